"""Readers of dates, times and durations, as frictionless 5.21 reads them.

Its own readers call `strptime`, and `dateutil` and `isodate` for the rest: what those two are
sure to say of the usual forms is said here without them, and the remainder is left undecided.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.validate.verdicts import UNDECIDED, WRONG, Accept

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The years that `dateutil` cannot take for a day, nor for a year of two digits.
_SURE_DATE = re.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_SURE_DATETIME = re.compile("[12][0-9]{3}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}")
_CLOCK = "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]+))?(Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_TIME = re.compile(_CLOCK)
_DATETIME = re.compile(f"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})[\x00-\x7f]{_CLOCK}")


def date_rule(field: Field) -> Accept:
    """Return the rule of `date`: ISO, any form, or a form of strptime."""
    match field.format:
        case "default":
            return _by_form("%Y-%m-%d", dt.datetime.date, _DATE)
        case "any":
            return _sure(_SURE_DATE, dt.date.fromisoformat)
        case form:
            return _by_form(form, dt.datetime.date)


def time_rule(field: Field) -> Accept:
    """Return the rule of `time`: ISO, any form, or a form of strptime."""
    match field.format:
        case "default":
            return _iso_time
        case "any":
            return lambda _cell: UNDECIDED
        case form:
            return _by_form(form, dt.datetime.timetz)


def datetime_rule(field: Field) -> Accept:
    """Return the rule of `datetime`: ISO, any form, or a form of strptime."""
    match field.format:
        case "default":
            return _iso_datetime
        case "any":
            return _sure(_SURE_DATETIME, dt.datetime.fromisoformat)
        case form:
            return _by_form(form, lambda moment: moment)


def year_rule(_field: Field) -> Accept:
    """Return the rule of `year`: a whole number written with four characters."""
    return _year


def yearmonth_rule(_field: Field) -> Accept:
    """Return the rule of `yearmonth`: two whole numbers around a hyphen."""
    return _yearmonth


def duration_rule(_field: Field) -> Accept:
    """Return the rule of `duration`, of which ISO 8601 has many forms, all with a P in front."""
    return lambda cell: UNDECIDED if "P" in cell[:2] else WRONG


def _by_form(
    form: str, part: Callable[[dt.datetime], Any], usual: re.Pattern[str] | None = None
) -> Accept:
    def accept(cell: str) -> Any:
        try:
            if usual is not None and usual.fullmatch(cell):
                return dt.date.fromisoformat(cell)
            return part(dt.datetime.strptime(cell, form))  # noqa: DTZ007 (the form says the zone)
        # A hostile form makes strptime fail in many ways, none of which reads the cell.
        except (ValueError, ArithmeticError, LookupError, TypeError, re.error, RecursionError):
            return WRONG

    return accept


def _sure(form: re.Pattern[str], read: Accept) -> Accept:
    def accept(cell: str) -> Any:
        if not form.fullmatch(cell):
            return UNDECIDED
        try:
            return read(cell)
        except ValueError:
            return UNDECIDED  # `dateutil` may take 2020-13-01 for the 13th of January

    return accept


def _iso_time(cell: str) -> Any:
    if len(cell) < 8 or cell[5] != ":":
        return WRONG
    parts = _TIME.fullmatch(cell)
    if not parts:
        return UNDECIDED
    return _moment(dt.date(2000, 1, 1), parts.groups(), dt.datetime.timetz)


def _iso_datetime(cell: str) -> Any:
    if len(cell) < 19 or cell[16] != ":" or not cell.isascii():
        return WRONG
    parts = _DATETIME.fullmatch(cell)
    if not parts:
        return UNDECIDED
    try:
        day = dt.date.fromisoformat(parts[1])
    except ValueError:
        return WRONG
    return _moment(day, parts.groups()[1:], lambda moment: moment)


def _moment(day: dt.date, clock: tuple[str | None, ...], part: Callable[[dt.datetime], Any]) -> Any:
    """Return the part of the moment that `day` and the groups of a clock make, else WRONG."""
    hour, minute, second = (int(each or 0) for each in clock[:3])
    fraction = int(((clock[3] or "") + "000000")[:6])
    midnight = hour == 24 and not (minute or second or fraction)
    try:
        time = dt.time(0 if midnight else hour, minute, second, fraction, _zone(clock[4]))
        moment = dt.datetime.combine(day, time)
        return part(moment + dt.timedelta(days=1) if midnight else moment)
    except (ValueError, OverflowError):
        return WRONG


def _zone(text: str | None) -> dt.tzinfo | None:
    """Return the zone of an ISO time. Raises ValueError when there is no such zone."""
    if text is None:
        return None
    digits = text[1:].replace(":", "")
    if not digits or not digits.strip("0"):
        return dt.UTC
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if minutes > 59:
        raise ValueError(text)
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if text[0] == "-" else offset)


def _year(cell: str) -> Any:
    try:
        year = int(cell) if len(cell) == 4 else -1
    except ValueError:
        return WRONG
    return year if year >= 0 else WRONG


def _yearmonth(cell: str) -> Any:
    try:
        year, month = (int(part) for part in cell.split("-"))
    except ValueError:
        return WRONG
    return (year, month) if 1 <= month <= 12 else WRONG


MOMENT_RULES: Mapping[str, Callable[[Field], Accept]] = {
    "date": date_rule,
    "time": time_rule,
    "datetime": datetime_rule,
    "year": year_rule,
    "yearmonth": yearmonth_rule,
    "duration": duration_rule,
}
