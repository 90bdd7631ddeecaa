"""Dates as people write them: `31/12/2020`, `1er janvier 2021`, `20201231`, Excel's day numbers.

Each reading is safe only where nothing leaves a doubt on which number is the day: the cell alone,
or the fact `date_order`, which tells what all the dates of its column show (see `date_orders`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix, Safety
from territo_opendata.fixes.date_orders import DAY_FIRST, LONGEST, WITH_TIME
from territo_opendata.fixes.proposals import Facts, mended, trim
from territo_opendata.language import Text
from territo_opendata.reference.names import fold
from territo_opendata.rules.writing import text

_MONTHS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_YEAR_FIRST = re.compile(r"(\d{4})([/. ])(\d\d?)\2(\d\d?)", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_IN_WORDS = re.compile(r"(?:(\d\d?)(?:er)? )?([a-z]{3,9}) (\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d\d?)[/.\-](\d{4})", re.ASCII)
_YEAR_NUMBER = re.compile(r"([12])[ \u00a0\u202f]?(\d{3})(?:[.,]0+)?", re.ASCII)
_SERIAL = re.compile(r"[2-6]\d{4}", re.ASCII)
_EXCEL_EPOCH = date(1899, 12, 30)
_PLAIN_FORMAT = re.compile(r"(?:%[Ymd]|[/.\- ])+")

_CERTAIN = text(
    "c’est la même date, dans l’ordre attendu", "it is the same date, in the order expected"
)
_DOUBTFUL = text(
    "si le jour vient en premier, comme d’usage en France ; à vérifier",
    "if the day comes first, as is usual in France; to be checked",
)
_COLUMN = text(
    "c’est la même date ; d’autres dates de la colonne montrent que le jour vient d’abord",
    "it is the same date; other dates of the column show that the day comes first",
)
_MIXED = text(
    "d’autres dates de la colonne ont le mois avant le jour ; à vérifier",
    "other dates of the column have the month before the day; to be checked",
)
_AMERICAN = text(
    "le mois semble écrit avant le jour, à l’américaine",
    "the month seems to stand before the day, as in America",
)
_DAYS = text(
    "le tableur semble avoir enregistré la date comme un nombre de jours",
    "the spreadsheet seems to have saved the date as a number of days",
)
_CUT = text("l’heure est laissée de côté", "the time is left out")
_SHORT = text(
    "c’est la même période, écrite dans l’ordre attendu",
    "it is the same period, in the order expected",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that a cell may mean, how surely, and why."""

    day: date
    safety: Safety
    why: Text


def dates(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the date that the cell spells, in the format of its date field."""
    format_ = "" if field is None else field.format
    for reading in read_dates(value, facts):
        written = _write(reading.day, format_)
        if written is not None:
            yield mended(written, reading.why, reading.safety)


def datetimes(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the date and time that the cell spells, in ISO form."""
    found = WITH_TIME.fullmatch(trim(value)[:LONGEST])
    if found is None:
        return
    hour, minute, second = found[2].zfill(2), found[3], found[4] or "00"
    for reading in read_dates(found[1], facts, iso=True):
        written = f"{reading.day.isoformat()}T{hour}:{minute}:{second}"
        yield mended(written, reading.why, reading.safety)


def iso_texts(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the ISO date, month or year that a cell of a text or year column spells."""
    for reading in read_dates(value, facts):
        yield mended(reading.day.isoformat(), reading.why, reading.safety)
    yield from months(value, field, facts)
    yield from years(value, field, facts)


def months(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield `2020-12` for `12/2020` and `décembre 2020`."""
    bare = trim(value)
    found = _MONTH_YEAR.fullmatch(bare)
    if found is not None and 1 <= int(found[1]) <= 12:
        yield mended(f"{found[2]}-{int(found[1]):02}", _SHORT)
    words = _IN_WORDS.fullmatch(fold(bare)) if len(bare) <= LONGEST else None
    if words is not None and words[1] is None and words[2] in _MONTH:
        yield mended(f"{words[3]}-{_MONTH[words[2]]:02}", _SHORT)


def years(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the year that a spreadsheet wrote as a number (`2020.0`, `2 020`)."""
    found = _YEAR_NUMBER.fullmatch(trim(value))
    if found is not None:
        yield mended(
            found[1] + found[2],
            text("une année s’écrit en quatre chiffres", "a year is written with four digits"),
        )


def read_dates(value: str, facts: Facts, *, iso: bool = False) -> Iterator[Reading]:
    """Yield what the text may mean as one date; `iso` also reads `2020-12-31`."""
    bare = trim(value)
    if len(bare) > LONGEST:
        return
    yield from _day_first(bare, facts.get("date_order"))
    yield from _year_first(bare, iso=iso)
    yield from _in_words(bare)
    if not iso:
        yield from _dated_time(bare, facts)
        yield from _serial(bare)


def _day_first(bare: str, order: object) -> Iterator[Reading]:
    found = DAY_FIRST.fullmatch(bare)
    if found is None:
        return
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first == second:
        yield from _reading(year, second, first, "safe", _CERTAIN)
    elif second > 12:
        yield from _reading(year, first, second, "unsafe", _AMERICAN)
    elif order == "mixed":
        safety: Safety = "unsafe" if first > 12 else "display"
        yield from _reading(year, second, first, safety, _MIXED)
    elif first > 12:
        yield from _reading(year, second, first, "safe", _CERTAIN)
    elif order == "day":
        yield from _reading(year, second, first, "safe", _COLUMN)
    else:
        yield from _reading(year, second, first, "unsafe", _DOUBTFUL)


def _year_first(bare: str, *, iso: bool) -> Iterator[Reading]:
    found = _YEAR_FIRST.fullmatch(bare.replace("-", "/") if iso else bare)
    if found is not None:
        yield from _reading(int(found[1]), int(found[3]), int(found[4]), "safe", _CERTAIN)
    compact = _COMPACT.fullmatch(bare)
    if compact is not None:
        year, month, day = (int(part) for part in compact.groups())
        yield from _reading(year, month, day, "safe", _CERTAIN)


def _in_words(bare: str) -> Iterator[Reading]:
    found = _IN_WORDS.fullmatch(fold(bare))
    if found is not None and found[1] is not None and found[2] in _MONTH:
        yield from _reading(int(found[3]), _MONTH[found[2]], int(found[1]), "safe", _CERTAIN)


def _dated_time(bare: str, facts: Facts) -> Iterator[Reading]:
    found = WITH_TIME.fullmatch(bare)
    if found is None:
        return
    midnight = int(found[2]) == 0 and found[3] == "00" and (found[4] or "00") == "00"
    for each in read_dates(found[1], facts, iso=True):
        if midnight or each.safety != "safe":
            yield each
        else:
            yield Reading(each.day, "unsafe", _CUT)


def _serial(bare: str) -> Iterator[Reading]:
    if _SERIAL.fullmatch(bare):
        yield Reading(_EXCEL_EPOCH + timedelta(days=int(bare)), "unsafe", _DAYS)


def _reading(year: int, month: int, day: int, safety: Safety, why: Text) -> Iterator[Reading]:
    try:
        yield Reading(date(year, month, day), safety, why)
    except ValueError:
        return


def _write(day: date, format_: str) -> str | None:
    if format_ == "default":
        return day.isoformat()
    if not _PLAIN_FORMAT.fullmatch(format_):
        return None
    parts = {"%Y": f"{day.year:04}", "%m": f"{day.month:02}", "%d": f"{day.day:02}"}
    for directive, part in parts.items():
        format_ = format_.replace(directive, part)
    return format_
