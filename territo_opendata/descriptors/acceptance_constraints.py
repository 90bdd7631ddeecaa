"""Whether the constraints of a field can be checked: the rules of frictionless 5.21."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.examples import ValueReader
from territo_opendata.descriptors.reasons import (
    BOOLEAN,
    INTEGER,
    LIST,
    OBJECT,
    TEXT,
    Kind,
    Reason,
    expect_all,
    join,
)
from territo_opendata.language import Text, visible

_LENGTHS = ("minLength", "maxLength")
_EXCLUSIVE = ("exclusiveMinimum", "exclusiveMaximum")
_BOUNDS = ("minimum", "maximum", *_EXCLUSIVE)

CONSTRAINTS: Mapping[str, tuple[str, ...]] = {
    "any": ("enum",),
    "array": (*_LENGTHS, "enum", "jsonSchema"),
    "boolean": ("enum",),
    "date": (*_BOUNDS, "enum"),
    "datetime": (*_BOUNDS, "enum"),
    "duration": ("enum",),
    "geojson": ("enum",),
    "geopoint": ("enum",),
    "integer": (*_BOUNDS, "enum"),
    "list": _LENGTHS,
    "number": (*_BOUNDS, "enum"),
    "object": (*_LENGTHS, "enum", "jsonSchema"),
    "string": (*_LENGTHS, "pattern", "enum"),
    "time": (*_BOUNDS, "enum"),
    "year": (*_BOUNDS, "enum"),
    "yearmonth": (*_BOUNDS, "enum"),
}
"""Constraints beside `required` and `unique` that each type knows."""

_KINDS: Mapping[str, Kind] = {
    "required": BOOLEAN,
    "unique": BOOLEAN,
    "pattern": TEXT,
    "enum": LIST,
    "minLength": INTEGER,
    "maxLength": INTEGER,
    "jsonSchema": OBJECT,
}


def constraint_shapes(constraints: Mapping[str, Any], where: str) -> Iterator[Reason]:
    """Yield a reason for each constraint that is of a wrong JSON kind."""
    yield from expect_all(constraints, _KINDS, where)


def constraint_reasons(
    constraints: Mapping[str, Any],
    field: Mapping[str, Any],
    where: str,
    version: str,
    read: ValueReader,
) -> Iterator[Reason]:
    """Yield every reason to refuse the constraints of a field, once their shapes are right.

    `field` holds the type, format and options by which `read` judges bounds.
    """
    type_ = field["type"]
    for name, argument in constraints.items():
        place = join(where, name)
        if name not in (*CONSTRAINTS[type_], "required", "unique"):
            yield Reason(
                place,
                Text(
                    f"cette contrainte n’existe pas pour le type {type_}",
                    f"the type {type_} has no such constraint",
                ),
            )
        elif name in (*_EXCLUSIVE, "jsonSchema") and version == "v1":
            yield Reason(place, needs_v2("cette contrainte", "this constraint"))
        elif name == "enum" and type_ == "number" and not _is_comparable(field, argument):
            yield Reason(place, Text("sNaN ne se compare à rien", "sNaN compares with nothing"))
        elif name == "pattern":
            yield from _pattern_reasons(argument, place)
        elif name in _BOUNDS and not _is_bound(field, argument, read):
            yield Reason(
                place,
                Text(
                    f"{visible(repr(argument))} n’est pas une borne du type {type_}",
                    f"{visible(repr(argument))} is not a bound of type {type_}",
                ),
            )


def _is_bound(field: Mapping[str, Any], argument: Any, read: ValueReader) -> bool:
    """Tell whether cells can be held to the bound; null means none."""
    return argument is None or (read(field, argument) and _is_ordered(field, argument))


def _is_ordered(field: Mapping[str, Any], bound: Any) -> bool:
    """Tell whether cells can be compared with the bound: not with NaN, nor with texts."""
    if field["type"] == "number" and not field.get("floatNumber"):
        return "nan" not in str(bound).lower()
    if field["type"] == "yearmonth" and isinstance(bound, list):
        return all(isinstance(each, int | float) for each in bound)
    return True


def _is_comparable(field: Mapping[str, Any], values: list[Any]) -> bool:
    """Tell whether no value is a signalling NaN, at which any comparison of decimals fails."""
    return bool(field.get("floatNumber")) or not any(
        isinstance(each, str) and "snan" in each.lower() for each in values
    )


def _pattern_reasons(pattern: str, where: str) -> Iterator[Reason]:
    if _is_slow_to_compile(pattern):
        return
    try:
        re.compile(f"^{pattern}$")
    except (re.error, OverflowError, RecursionError) as error:
        yield Reason(
            where,
            Text(
                f"l’expression régulière est fausse ({visible(str(error))})",
                f"the regular expression is wrong ({visible(str(error))})",
            ),
        )


def _is_slow_to_compile(pattern: str) -> bool:
    """Tell whether compiling might take seconds: then it is left to whoever has to match it.

    `re` spends microseconds per character, and 25 ms on a set that goes beyond Latin-1.
    """
    beyond_latin = not pattern.isascii() or re.search(r"\\[uUN]", pattern) is not None
    return len(pattern) > 20_000 or (beyond_latin and pattern.count("[") > 50)


def needs_v2(fr: str, en: str) -> Text:
    """Return the sentence that something is of version 2 of the standard only."""
    return Text(
        f"{fr} demande un schéma en version 2 (propriété $schema)",
        f"{en} needs a version 2 schema (property $schema)",
    )
