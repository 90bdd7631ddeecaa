"""The example row of a schema: one value for each field, as it is written in a cell."""

import json
from typing import Any

from territo_opendata.descriptors.model import Field, Schema


def example_row(schema: Schema) -> list[str]:
    """Return a cell for each field: its example, else its first allowed value, else empty.

    A reference to another row of the same table stays empty where it may: there is none yet.
    """
    within = {name for key in schema.foreign_keys if not key.resource for name in key.fields}
    return [
        "" if field.name in within and not field.required else example_of(field)
        for field in schema.fields
    ]


def example_of(field: Field) -> str:
    """Return the example of a field as a cell; empty where there is none and none is needed."""
    if field.example not in (None, ""):
        return _text(field.example, field)
    allowed = choices(field)
    return allowed[0] if allowed and field.required else ""


def choices(field: Field) -> list[str]:
    """Return the values that the field allows, when they are listed: enum, categories, booleans."""
    listed = field.constraints.get("enum") or [
        each.get("value") if isinstance(each, dict) else each
        for each in field.options.get("categories") or ()
    ]
    if not listed and field.type == "boolean":
        true, false = (field.options.get(name) for name in ("trueValues", "falseValues"))
        listed = [(true or ["true"])[0], (false or ["false"])[0]]
    return [_text(value, field) for value in listed]


def _text(value: Any, field: Field) -> str:
    if isinstance(value, bool) and field.type == "boolean":
        words = field.options.get("trueValues" if value else "falseValues")
        return str(words[0]) if words else str(value).lower()
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) else json.dumps(value, ensure_ascii=False)
