"""Narrow rules that read the usual forms of each type without frictionless.

A rule either reads a cell as frictionless 5.21 would, by the same calls of the standard library
where it makes such, or leaves it undecided, for the exact tier: it never passes a bad cell.
Sources: Table Schema v2, "Field Types", and the readers of frictionless for what it leaves open.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from territo_opendata.descriptors.model import Field

UNDECIDED: Final = object()
"""What a narrow rule answers for a cell that the exact tier must read."""

WRONG: Final = object()
"""What a narrow rule answers for a cell that certainly has not the type."""

Accept = Callable[[str], Any]

_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])", re.ASCII)
_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]", re.ASCII)
_EMAIL = re.compile(
    r"[A-Za-z0-9_]+(?:[.+-][A-Za-z0-9_]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?\.)+"
    r"[A-Za-z]{2,10}",
    re.ASCII,
)
_URI = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/%+,;=&?@!-]*)?", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MAX_EMAIL = 64
# As in the readers of frictionless: what is not a digit at either end, a leading minus kept.
_NOT_NUMBER = re.compile(r"(?:^[^-\d]*)|(?:\D*$)")


def accept_rule(field: Field) -> Accept | None:
    """Return the narrow rule of `field`, or None when its type and format have none."""
    make = _RULES.get(field.type)
    return make(field) if make else None


def _string(field: Field) -> Accept | None:
    match field.format:
        case "email":
            return _matching(_EMAIL, str, _MAX_EMAIL)
        case "uri":
            return _matching(_URI, str)
        case "uuid":
            return _matching(_UUID, str)
        case "binary" | "wkt":
            return None
        case _:
            return str


def _any(_field: Field) -> Accept:
    return str


def _matching(pattern: re.Pattern[str], read: Accept, limit: int = 10_000) -> Accept:
    def accept(cell: str) -> Any:
        if len(cell) <= limit and pattern.fullmatch(cell):
            return read(cell)
        return UNDECIDED

    return accept


def _integer(field: Field) -> Accept:
    bare = field.options.get("bareNumber", True)

    def accept(cell: str) -> Any:
        text = cell.strip()
        try:
            return int(text if bare else _NOT_NUMBER.sub("", text))
        except ValueError:
            return WRONG

    return accept


def _number(field: Field) -> Accept | None:
    if field.options.get("floatNumber"):
        return None
    bare = field.options.get("bareNumber", True)
    group = str(field.options.get("groupChar", ""))
    point = str(field.options.get("decimalChar", "."))

    def accept(cell: str) -> Any:
        text = cell.strip()
        if not bare:
            text = _NOT_NUMBER.sub("", text)
        text = text.replace(group, "") if group else text
        if point != ".":
            if "." in text:
                return WRONG
            text = text.replace(point, ".")
        try:
            return Decimal(text)
        except ArithmeticError:
            return WRONG

    return accept


def _boolean(field: Field) -> Accept | None:
    words: dict[str, bool] = {}
    for option, default, meaning in (
        ("trueValues", ["true", "True", "TRUE", "1"], True),
        ("falseValues", ["false", "False", "FALSE", "0"], False),
    ):
        values = field.options.get(option, default)
        if not isinstance(values, list | tuple):
            return None
        words.update(dict.fromkeys((str(value) for value in values), meaning))
    return lambda cell: words.get(cell, WRONG)


def _date(field: Field) -> Accept | None:
    if field.format == "any":
        return None
    if field.format == "default":
        return _strptime("%Y-%m-%d", _DATE)
    return _strptime(field.format)


def _strptime(form: str, usual: re.Pattern[str] | None = None) -> Accept:
    def accept(cell: str) -> Any:
        try:
            if usual is not None and usual.fullmatch(cell):
                return dt.date.fromisoformat(cell)
            return dt.datetime.strptime(cell, form).date()  # noqa: DTZ007 (dates have no zone)
        except ValueError:
            return WRONG
        except (OverflowError, re.error):
            return UNDECIDED

    return accept


def _time(field: Field) -> Accept | None:
    if field.format != "default":
        return None
    return _matching(_TIME, dt.time.fromisoformat)


def _year(_field: Field) -> Accept:
    def accept(cell: str) -> Any:
        try:
            year = int(cell) if len(cell) == 4 else -1
        except ValueError:
            return WRONG
        return year if year >= 0 else WRONG

    return accept


def _yearmonth(_field: Field) -> Accept:
    def accept(cell: str) -> Any:
        parts = cell.split("-")
        try:
            year, month = (int(part) for part in parts)
        except ValueError:
            return WRONG
        return (year, month) if 1 <= month <= 12 else WRONG

    return accept


def _geopoint(field: Field) -> Accept | None:
    if field.format != "default":
        return None

    def accept(cell: str) -> Any:
        try:
            lon, lat = (Decimal(part.strip()) for part in cell.split(","))
            inside = -180 <= lon <= 180 and -90 <= lat <= 90
        except (ValueError, ArithmeticError):
            return WRONG
        return (lon, lat) if inside else WRONG

    return accept


_RULES: Mapping[str, Callable[[Field], Accept | None]] = {
    "string": _string,
    "any": _any,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
    "year": _year,
    "yearmonth": _yearmonth,
    "geopoint": _geopoint,
}
