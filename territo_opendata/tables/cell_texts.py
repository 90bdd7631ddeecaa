"""Typed cells as the texts that a steward reads in them.

A number, a date or a boolean is unambiguous in a sheet: it is written in the notation of its
field (decimalChar, trueValues, the pattern of a date), so that only its meaning is judged.
"""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from territo_opendata.descriptors.model import Field

_TRUE = ("true", "True", "TRUE", "1")
_FALSE = ("false", "False", "FALSE", "0")
_DAY = dt.timedelta(days=1)
_NO_FIELD = Field("")


def cell_text(value: Any, field: Field | None = None) -> str:
    """Return the text of a cell, "" for an empty one, in the notation of its field.

    Numbers keep 15 digits, as spreadsheets show them, without exponent nor useless zero; dates
    are ISO 8601 (a datetime at midnight is a date), durations too; objects and lists are JSON.
    """
    if value is None or isinstance(value, str):
        return value or ""
    into = field or _NO_FIELD
    if isinstance(value, bool):
        return _boolean(value, into)
    if isinstance(value, int | float | Decimal):
        return _number(value, into)
    if isinstance(value, dt.datetime | dt.time | dt.timedelta):
        return _temporal(value, into)
    return json.dumps(value, ensure_ascii=False)


def _temporal(value: dt.datetime | dt.time | dt.timedelta, into: Field) -> str:
    if isinstance(value, dt.datetime):
        return _moment(value, into)
    if isinstance(value, dt.time):
        return _time(value, into)
    if into.type == "time" and dt.timedelta() <= value < _DAY:
        return _time((dt.datetime.min + value).time(), into)  # noqa: DTZ901
    return _duration(value)


def _boolean(value: bool, into: Field) -> str:  # noqa: FBT001
    plain = ("true", _TRUE, "trueValues") if value else ("false", _FALSE, "falseValues")
    word, default, option = plain
    accepted = into.options.get(option, default) if into.type == "boolean" else default
    return word if not accepted or word in accepted else str(accepted[0])


def _number(value: float | Decimal, into: Field) -> str:
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    text = "0" if text == "-0" else text
    mark = into.options.get("decimalChar", ".") if into.type == "number" else "."
    return text if mark == "." else text.replace(".", str(mark))


def _moment(value: dt.datetime, into: Field) -> str:
    midnight = value.time() == dt.time()
    own = into.format if into.type in ("date", "datetime") else "default"
    if own not in ("default", "any") and (midnight or into.type == "datetime"):
        return _patterned(value, own)
    if midnight and into.type != "datetime":
        return value.date().isoformat()
    return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")


def _time(value: dt.time, into: Field) -> str:
    if into.type == "time" and into.format not in ("default", "any"):
        return _patterned(dt.datetime.combine(dt.date(1900, 1, 1), value), into.format)
    return value.isoformat(timespec="milliseconds" if value.microsecond else "seconds")


def _patterned(value: dt.datetime, pattern: str) -> str:
    """Write in the pattern of a field, in ISO 8601 when it is not one that Python can write."""
    try:
        return value.strftime(pattern.removeprefix("fmt:"))
    except (ValueError, UnicodeError):
        return value.isoformat()


def _duration(value: dt.timedelta) -> str:
    """Return the ISO 8601 form, in hours, minutes and seconds."""
    sign = "-" if value < dt.timedelta() else ""
    total = abs(value)
    minutes, seconds = divmod(total.days * 86_400 + total.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    written = "".join(f"{number}{letter}" for number, letter in parts if number)
    return f"{sign}PT{written or '0S'}"
