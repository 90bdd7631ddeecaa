"""Whether a mended value would satisfy its field: narrow rules, so that no fix makes a new fault.

A value that these rules cannot judge is refused: no fix is better than a wrong one.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.fixes.values import Value, is_iso, read_value

_INTEGER = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9_.+-]{1,60}@([A-Za-z0-9-]{1,60}\.){1,5}[A-Za-z]{2,20}", re.ASCII)
_URI = re.compile(
    r"https?://[A-Za-z0-9.-]+\.[A-Za-z]{2,20}(/[A-Za-z0-9._~/%+,;=&?#@!-]*)?", re.ASCII
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_DATETIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII)

_STRING_FORMATS: Mapping[str, re.Pattern[str]] = {"email": _EMAIL, "uri": _URI, "uuid": _UUID}
_BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "exclusiveMinimum": lambda value, bound: value > bound,
    "exclusiveMaximum": lambda value, bound: value < bound,
}


def fits(value: str, field: Field) -> bool:
    """Tell whether the value surely has the field's type and keeps all its constraints."""
    known = _FITTING.get(id(field))
    if known is None or known.field is not field:
        if len(_FITTING) >= _FIELDS:
            _FITTING.clear()
        known = _FITTING[id(field)] = _Fitting(field)
    return known.fits(value)


class _Fitting:
    """The rules of a field made ready; a column of a million values is judged by the same ones."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._missing = frozenset(field.missing_values or ())
        self._has_type = _TYPES.get(field.type)
        given = {name: each for name, each in field.constraints.items() if each is not None}
        self._bounds = [
            (_BOUNDS[name], _content(given[name], field)) for name in _BOUNDS.keys() & given.keys()
        ]
        self._tests = [
            _test(name, argument, field)
            for name, argument in given.items()
            if name not in _BOUNDS and name not in {"required", "unique"}
        ]

    def fits(self, value: str) -> bool:
        if not value or value in self._missing or self._has_type is None:
            return False
        if not self._has_type(value, self.field):
            return False
        return all(test(value) for test in self._tests) and self._is_within(value)

    def _is_within(self, value: str) -> bool:
        if not self._bounds:
            return True
        found = _content(value, self.field)
        return all(_within(holds, limit, found) for holds, limit in self._bounds)


_FIELDS = 512
_FITTING: dict[int, _Fitting] = {}
"""By the identity of the field, which each holds: what a schema writes cannot always be hashed."""


def _test(name: str, argument: Any, field: Field) -> Callable[[str], bool]:
    if name == "pattern":
        compiled = _compile(str(argument))
        return lambda value: compiled is not None and compiled.fullmatch(value) is not None
    if name == "enum" and isinstance(argument, list | tuple):
        return _member(argument, field)
    if isinstance(argument, int) and name == "minLength":
        return lambda value: len(value) >= argument
    if isinstance(argument, int) and name == "maxLength":
        return lambda value: len(value) <= argument
    return lambda _value: False


def _member(allowed: Iterable[Any], field: Field) -> Callable[[str], bool]:
    if field.type not in {"number", "integer"}:
        texts = frozenset(map(str, allowed))
        return lambda value: value in texts
    numbers = frozenset(_content(each, field) for each in allowed) - {None}
    return lambda value: _content(value, field) in numbers


def matches(pattern: str, value: str) -> bool:
    """Tell whether the pattern of a schema, hostile perhaps, accepts all of the value.

    A pattern that RE2 does not know accepts nothing here.
    """
    compiled = _compile(pattern)
    return compiled is not None and compiled.fullmatch(value) is not None


@lru_cache(maxsize=256)
def _compile(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options=options)
    except (re2.error, UnicodeError):
        return None


def _within(
    holds: Callable[[Any, Any], bool], limit: Decimal | str | None, found: Decimal | str | None
) -> bool:
    if found is None or limit is None or type(found) is not type(limit):
        return False
    if isinstance(found, str) and len(found) != len(str(limit)):
        return False
    return holds(found, limit)


def _content(written: Any, field: Field) -> Decimal | str | None:
    """Return what a cell, or the argument of a constraint, holds in that field."""
    if isinstance(written, int | float) and not isinstance(written, bool):
        if field.type not in {"number", "integer"}:
            return str(written)
        number = Decimal(str(written))
        return number if number.is_finite() else None
    read: Value | None = read_value(str(written), field)
    return None if read is None else read.content


def _is_text(value: str, field: Field) -> bool:
    if field.format == "default":
        return True
    form = _STRING_FORMATS.get(field.format)
    return form is not None and form.fullmatch(value) is not None


def _is_integer(value: str, field: Field) -> bool:
    return _INTEGER.fullmatch(value) is not None and read_value(value, field) is not None


def _is_number(value: str, field: Field) -> bool:
    decimal = str(field.options.get("decimalChar") or ".")
    try:
        Decimal(value.replace(decimal, ".", 1))
    except InvalidOperation:
        return False
    return read_value(value, field) is not None


def _is_date(value: str, field: Field) -> bool:
    if field.format == "default":
        try:
            return len(value) == 10 and is_iso(value) and bool(date.fromisoformat(value))
        except ValueError:
            return False
    return field.format != "any" and read_value(value, field) is not None


def _is_datetime(value: str, field: Field) -> bool:
    if field.format != "default" or _DATETIME.fullmatch(value) is None:
        return False
    try:
        return bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_boolean(value: str, field: Field) -> bool:
    return value in (*true_words(field), *false_words(field))


def _is_point(value: str, field: Field) -> bool:
    try:
        longitude, latitude = (float(part) for part in value.split(","))
    except ValueError:
        return False
    good = math.isfinite(longitude + latitude) and abs(longitude) <= 180 and abs(latitude) <= 90
    return good and field.format == "default"


def true_words(field: Field) -> tuple[str, ...]:
    """Return the words of a boolean field for true (Table Schema, "boolean")."""
    return tuple(field.options.get("trueValues") or ("true", "True", "TRUE", "1"))


def false_words(field: Field) -> tuple[str, ...]:
    """Return the words of a boolean field for false."""
    return tuple(field.options.get("falseValues") or ("false", "False", "FALSE", "0"))


_TYPES: Mapping[str, Callable[[str, Field], bool]] = {
    "any": lambda _value, _field: True,
    "boolean": _is_boolean,
    "date": _is_date,
    "datetime": _is_datetime,
    "geopoint": _is_point,
    "integer": _is_integer,
    "number": _is_number,
    "string": _is_text,
    "time": lambda value, field: field.format == "default" and _TIME.fullmatch(value) is not None,
    "year": lambda value, _field: len(value) == 4 and is_iso(value),
    "yearmonth": lambda value, _field: len(value) == 7 and is_iso(value),
}
