"""Whether a value written in a schema (an example, a bound) can be read as its field's type.

The types of the standard are read here as frictionless 5.21 reads them, because a schema that it
refuses must be refused. What takes one of its libraries (any-format dates, e-mail addresses,
GeoJSON…) is asked of frictionless itself, which is imported only then.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

ValueReader = Callable[[Mapping[str, Any], Any], bool]
"""Tells whether a field's descriptor reads a value; both come from a hostile schema."""

_TRUE_VALUES = ("true", "True", "TRUE", "1")
_FALSE_VALUES = ("false", "False", "FALSE", "0")
_AFFIXES = re.compile(r"((^[^-\d]*)|(\D*$))")

# Forms that frictionless certainly reads; others may be good too, and then it is asked.
_ISO_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_ISO_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_ISO_DATETIME = re.compile(f"{_ISO_DATE.pattern}T{_ISO_TIME.pattern}")
_COUNT = "[0-9]{1,4}"
_DURATION = re.compile(
    f"P(?!$)(?:{_COUNT}Y)?(?:{_COUNT}M)?(?:{_COUNT}D)?"
    f"(?:T(?!$)(?:{_COUNT}H)?(?:{_COUNT}M)?(?:{_COUNT}S)?)?"
)
_DEGREES = r"(-?(?:0|[1-9][0-9]{0,2})(?:\.[0-9]+)?)"
_PLAIN_POINT = {
    "default": re.compile(f"{_DEGREES}, ?{_DEGREES}"),
    "array": re.compile(rf"\[{_DEGREES}, ?{_DEGREES}\]"),
}
_PLAIN_FORMATS = {
    "email": re.compile(
        r"[a-z0-9]{1,30}(?:[._-][a-z0-9]{1,10}){0,3}@[a-z0-9]{2,30}(?:-[a-z0-9]{1,30})?\.[a-z]{2,6}"
    ),
    "uri": re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?"),
    "uuid": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
}


def readable(field: Mapping[str, Any], value: Any) -> bool:
    """Tell whether the field reads the value, taken before its constraints.

    `field` holds `type`, `format` (without "fmt:") and the options to honour.
    """
    reader = _READERS.get(field.get("type", "any"))
    decided = reader(field, value) if reader else None
    return read_by_frictionless(field, value) if decided is None else decided


def read_by_frictionless(field: Mapping[str, Any], value: Any) -> bool:
    """Tell whether the field class of frictionless reads the value; imports frictionless.

    A format that takes a library which is not installed (wkt) cannot be judged: then yes, since
    the schema is not at fault.
    """
    from frictionless import Field, FrictionlessException

    made = Field.from_descriptor({"name": "example", **field})
    try:
        return made.create_value_reader()(value) is not None
    except FrictionlessException:
        return True
    except Exception:  # noqa: BLE001 - its third-party readers raise anything on hostile text
        return False


def _any(_field: Mapping[str, Any], _value: Any) -> bool | None:
    return True


def _string(field: Mapping[str, Any], value: Any) -> bool | None:
    if not isinstance(value, str):
        return False
    declared = field.get("format", "default")
    if declared in {"email", "uri", "uuid"}:
        return True if _PLAIN_FORMATS[declared].fullmatch(value) else None
    return None if declared in {"binary", "wkt"} else True


def _integer(field: Mapping[str, Any], value: Any) -> bool | None:
    if isinstance(value, str):
        return _parses(int, _stripped(field, value))
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _number(field: Mapping[str, Any], value: Any) -> bool | None:
    if not isinstance(value, str):
        return isinstance(value, int | float) and not isinstance(value, bool)
    text = _stripped(field, value).replace(field.get("groupChar", ""), "")
    decimal_char = field.get("decimalChar", ".")
    if decimal_char != "." and "." in text:
        return False
    return _parses(float if field.get("floatNumber") else Decimal, text.replace(decimal_char, "."))


def _stripped(field: Mapping[str, Any], value: str) -> str:
    text = value.strip()
    return text if field.get("bareNumber", True) else _AFFIXES.sub("", text)


def _boolean(field: Mapping[str, Any], value: Any) -> bool | None:
    if isinstance(value, str):
        return value in field.get("trueValues", _TRUE_VALUES) or value in field.get(
            "falseValues", _FALSE_VALUES
        )
    return isinstance(value, bool)


def _year(_field: Mapping[str, Any], value: Any) -> bool | None:
    if isinstance(value, int):
        return 0 <= value <= 9999
    if not isinstance(value, str) or len(value) != 4:
        return False
    return _parses(int, value) and int(value) >= 0


def _yearmonth(_field: Mapping[str, Any], value: Any) -> bool | None:
    if isinstance(value, list):
        return len(value) == 2
    if not isinstance(value, str) or value.count("-") != 1:
        return False
    year, month = value.split("-")
    return _parses(int, year) and _parses(int, month) and 1 <= int(month) <= 12


def _date(field: Mapping[str, Any], value: Any) -> bool | None:
    return _moment(field, value, _ISO_DATE, date.fromisoformat, "%Y-%m-%d")


def _datetime(field: Mapping[str, Any], value: Any) -> bool | None:
    return _moment(field, value, _ISO_DATETIME, datetime.fromisoformat, None)


def _time(field: Mapping[str, Any], value: Any) -> bool | None:
    return _moment(field, value, _ISO_TIME, time.fromisoformat, None)


def _moment(
    field: Mapping[str, Any],
    value: Any,
    form: re.Pattern[str],
    read: Callable[[str], Any],
    default: str | None,
) -> bool | None:
    if not isinstance(value, str):
        return False
    declared = field.get("format", "default")
    if declared in {"default", "any"} and form.fullmatch(value) and _parses(read, value):
        return True
    pattern = default if declared == "default" else declared
    if declared == "any" or pattern is None:
        return None
    return _parses(lambda text: datetime.strptime(text, pattern), value)  # noqa: DTZ007


def _duration(_field: Mapping[str, Any], value: Any) -> bool | None:
    if not isinstance(value, str):
        return False
    return True if _DURATION.fullmatch(value) else None


def _geopoint(field: Mapping[str, Any], value: Any) -> bool | None:
    if not isinstance(value, str | list):
        return False
    declared = field.get("format", "default")
    plain = _PLAIN_POINT.get(declared)
    found = plain.fullmatch(value) if plain and isinstance(value, str) else None
    if not found:
        return None
    return abs(Decimal(found[1])) <= 180 and abs(Decimal(found[2])) <= 90


def _array(_field: Mapping[str, Any], value: Any) -> bool | None:
    return _is_json(value, list)


def _object(_field: Mapping[str, Any], value: Any) -> bool | None:
    return _is_json(value, dict)


def _is_json(value: Any, kind: type) -> bool:
    if not isinstance(value, str):
        return isinstance(value, kind)
    try:
        return isinstance(json.loads(value), kind)
    except (ValueError, RecursionError):
        return False


def _list(field: Mapping[str, Any], value: Any) -> bool | None:
    if field.get("itemType", "string") != "string":
        return None
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return isinstance(value, str)


def _parses(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except (ValueError, ArithmeticError, re.error, UnicodeError):
        return False
    return True


_READERS: Mapping[str, Callable[[Mapping[str, Any], Any], bool | None]] = {
    "any": _any,
    "array": _array,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "duration": _duration,
    "geopoint": _geopoint,
    "integer": _integer,
    "list": _list,
    "number": _number,
    "object": _object,
    "string": _string,
    "time": _time,
    "year": _year,
    "yearmonth": _yearmonth,
}
