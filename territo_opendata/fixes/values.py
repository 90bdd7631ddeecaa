"""Cells read as values that can be compared and added, without the exact readers.

A cell that is not of its field's type is left to the type rules: it reads as None here, and the
checks pass over it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

from territo_opendata.descriptors.model import Field

Kind = Literal["number", "date", "time", "text"]

LONGEST = 1000
"""Characters beyond which no cell is a number or a date: hostile ones would cost time."""

EXACT = Context(prec=2 * LONGEST, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
"""Arithmetic that is exact on all that `LONGEST` characters can write in plain digits."""

_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,9})?\s*", re.ASCII)
_ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_AROUND_NUMBER = re.compile(r"^[^-\d]+|[^\d]+$")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that was read: a number, an ISO date or time of any precision, or a text."""

    kind: Kind
    content: Decimal | str


def read_value(text: str, field: Field) -> Value | None:
    """Return what the cell of that field holds, None when it is not of the field's type."""
    if field.type in {"number", "integer"}:
        return as_number(read_number(text, field))
    if field.type in {"date", "datetime", "time"}:
        return _read_moment(text, field.type, field.format) if len(text) <= LONGEST else None
    if field.type in {"year", "yearmonth"}:
        return Value("date", text) if is_iso(text) else None
    return Value("text", text)


def as_number(number: Decimal | None) -> Value | None:
    """Return the number as a value."""
    return None if number is None else Value("number", number)


def is_iso(text: str) -> bool:
    """Tell whether the text is an ISO year, year and month, or date."""
    return len(text) <= 10 and _ISO.fullmatch(text) is not None


def plain_number(text: str) -> Decimal | None:
    """Return the finite number that the text writes in ASCII digits, without an exact type."""
    if len(text) > LONGEST or _NUMBER.fullmatch(text) is None:
        return None
    return Decimal(text.strip())


def read_number(text: str, field: Field) -> Decimal | None:
    """Return the finite number in a cell of a number or integer field (Table Schema, "number")."""
    if len(text) > LONGEST:
        return None
    if field.options.get("bareNumber") is False:
        text = _AROUND_NUMBER.sub("", text)
    try:
        if field.type == "integer":
            return Decimal(int(text))
        number = Decimal(_without_marks(text, field))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def _without_marks(text: str, field: Field) -> str:
    group = field.options.get("groupChar")
    decimal = field.options.get("decimalChar")
    text = text.replace(group, "") if isinstance(group, str) and group else text
    return text.replace(decimal, ".") if isinstance(decimal, str) and decimal else text


@lru_cache(maxsize=4096)
def _read_moment(text: str, type_: str, format_: str) -> Value | None:
    try:
        moment = _moment(text, type_, format_)
    # re.error and IndexError: strptime, for a format that repeats a directive or ends in `%`.
    except (ValueError, OverflowError, re.error, IndexError):
        return None
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    kind: Kind = "time" if isinstance(moment, time_of_day) else "date"
    return Value(kind, moment.isoformat())


def _moment(text: str, type_: str, format_: str) -> date | datetime | time_of_day:
    if format_ == "any":
        from dateutil.parser import parse

        found: datetime = parse(text)
    elif format_ != "default":
        found = datetime.strptime(text, format_)  # noqa: DTZ007 - cells have the zone they have
    elif type_ == "time":
        return time_of_day.fromisoformat(text.removesuffix("Z"))
    elif type_ == "date":
        # Not fromisoformat: the standard's readers take 2020-1-2 and refuse 20200102.
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    else:
        found = datetime.fromisoformat(text)
    if type_ == "date":
        return found.date()
    return found.timetz() if type_ == "time" else found
