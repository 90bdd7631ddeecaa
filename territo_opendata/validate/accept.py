"""Narrow rules that read the usual forms of each type without frictionless or its libraries.

A rule either reads a cell as frictionless 5.21 would, by the same calls of the standard library
where it makes such, or leaves it undecided, for the exact tier: it never passes a bad cell.
Sources: Table Schema v2, "Field Types", and the readers of frictionless for what it leaves open.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.validate.moments import MOMENT_RULES
from territo_opendata.validate.verdicts import UNDECIDED, WRONG, Accept

_EMAIL = re.compile(
    r"[A-Za-z0-9_]+(?:[.+-][A-Za-z0-9_]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?\.)+"
    r"[A-Za-z]{2,10}",
    re.ASCII,
)
_URI = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/%+,;=&?@!-]*)?", re.ASCII)
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
_MAX_EMAIL = 64
_MAX_URI = 10_000
# As in the readers of frictionless: what is not a digit at either end, a leading minus kept.
_NOT_NUMBER = re.compile(r"(?:^[^-\d]*)|(?:\D*$)")
_TRUE = ("true", "True", "TRUE", "1")
_FALSE = ("false", "False", "FALSE", "0")


def accept_rule(field: Field) -> Accept | None:
    """Return the narrow rule of `field`, or None when its type and format have none."""
    make = _RULES.get(field.type)
    return make(field) if make else None


def _string(field: Field) -> Accept | None:
    return _STRINGS.get(field.format, str)


def _email(cell: str) -> Any:
    if cell.count("@") != 1:
        return WRONG
    return cell if len(cell) <= _MAX_EMAIL and _EMAIL.fullmatch(cell) else UNDECIDED


def _uri(cell: str) -> Any:
    if not _SCHEME.match(cell):
        return WRONG
    return cell if len(cell) <= _MAX_URI and _URI.fullmatch(cell) else UNDECIDED


def _uuid(cell: str) -> Any:
    import uuid

    return _text(uuid.UUID, cell)


def _binary(cell: str) -> Any:
    return _text(base64.b64decode, cell)


def _text(read: Accept, cell: str) -> Any:
    """Return the cell as it is, once it is known to be readable."""
    try:
        read(cell)
    except ValueError:
        return WRONG
    return cell


_STRINGS: Mapping[str, Accept | None] = {
    "email": _email,
    "uri": _uri,
    "uuid": _uuid,
    "binary": _binary,
    "wkt": None,
}


def _any(_field: Field) -> Accept:
    return str


def _integer(field: Field) -> Accept:
    bare = field.options.get("bareNumber", True)
    # Of the standard, but unknown to frictionless for integers, and so to its options.
    declared = field.descriptor.get("groupChar")
    group = declared if isinstance(declared, str) else ""

    def accept(cell: str) -> Any:
        text = cell.strip()
        text = text.replace(group, "") if group else text
        try:
            return int(text if bare else _NOT_NUMBER.sub("", text))
        except ValueError:
            return WRONG

    return accept


def _number(field: Field) -> Accept:
    read: Accept = float if field.options.get("floatNumber") else Decimal
    bare = field.options.get("bareNumber", True)
    group = field.options.get("groupChar", "")
    point = field.options.get("decimalChar", ".")

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
            return read(text)
        except (ValueError, ArithmeticError):
            return WRONG

    return accept


def _boolean(field: Field) -> Accept:
    words: dict[str, bool] = dict.fromkeys(field.options.get("trueValues", _TRUE), True)
    words.update(dict.fromkeys(field.options.get("falseValues", _FALSE), False))
    return lambda cell: words.get(cell, WRONG)


def _geopoint(field: Field) -> Accept:
    split = _POINTS.get(field.format)
    return (lambda cell: _point(split, cell)) if split else lambda _cell: WRONG


def _point(split: Callable[[str], tuple[Any, Any]], cell: str) -> Any:
    try:
        lon, lat = (Decimal(part) for part in split(cell))
        inside = -180 <= lon <= 180 and -90 <= lat <= 90
    # A list or an object in JSON may hold anything in the place of a number.
    except (ValueError, ArithmeticError, TypeError, LookupError, RecursionError):
        return WRONG
    return (lon, lat) if inside else WRONG


def _pair(cell: str) -> tuple[Any, Any]:
    lon, lat = cell.split(",")
    return lon.strip(), lat.strip()


def _array_pair(cell: str) -> tuple[Any, Any]:
    lon, lat = json.loads(cell)
    return lon, lat


def _object_pair(cell: str) -> tuple[Any, Any]:
    point = json.loads(cell)
    if len(point) != 2:
        raise ValueError(cell)
    return point["lon"], point["lat"]


_POINTS: Mapping[str, Callable[[str], tuple[Any, Any]]] = {
    "default": _pair,
    "array": _array_pair,
    "object": _object_pair,
}


def _array(_field: Field) -> Accept:
    return _json(list)


def _object(_field: Field) -> Accept:
    return _json(dict)


def _json(kind: type) -> Accept:
    def accept(cell: str) -> Any:
        try:
            value = json.loads(cell)
        except (ValueError, RecursionError):
            return WRONG
        return value if isinstance(value, kind) else WRONG

    return accept


def _geojson(_field: Field) -> Accept:
    is_object = _json(dict)
    return lambda cell: WRONG if is_object(cell) is WRONG else UNDECIDED


def item_field(field: Field) -> Field:
    """Return the field as which the items of a list are read (Table Schema v2, "list")."""
    return Field(field.name, field.options.get("itemType", "string"))


def _list(field: Field) -> Accept | None:
    """Read a list by the rule of its items, which have the default format of their type."""
    delimiter = field.options.get("delimiter", ",")
    read = accept_rule(item_field(field))
    if read is None:
        return None

    def accept(cell: str) -> Any:
        items = [read(each) for each in cell.split(delimiter)]
        if any(each is UNDECIDED for each in items):
            return UNDECIDED
        return WRONG if any(each is WRONG for each in items) else items

    return accept


_RULES: Mapping[str, Callable[[Field], Accept | None]] = {
    **MOMENT_RULES,
    "string": _string,
    "any": _any,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "geopoint": _geopoint,
    "array": _array,
    "object": _object,
    "geojson": _geojson,
    "list": _list,
}
