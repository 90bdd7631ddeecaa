"""The rules that the cells of a field are held to, by the codes of their findings."""

from territo_opendata.descriptors.model import Field
from territo_opendata.validate.constraints import CODES
from territo_opendata.validate.items import item_field

STRING_FORMATS = ("email", "uri", "uuid", "binary", "wkt")
"""Formats of a string that have a code of their own."""

_ALL_CODES = {**CODES, "unique": "unique", "jsonSchema": "json-schema"}


def type_code(field: Field) -> str:
    """Return the code of a cell that is not of the field's type and format."""
    if field.type == "string" and field.format in STRING_FORMATS:
        return f"format-{field.format}"
    return f"type-{field.type}"


def judged_codes(field: Field) -> tuple[str, ...]:
    """Return the codes of a field's type, constraints and categories.

    Those of custom checks are left out: one check has several.
    """
    asked = (name for name, value in field.constraints.items() if value not in (None, False))
    codes = [type_code(field), *(_ALL_CODES[name] for name in asked if name in _ALL_CODES)]
    if field.options.get("categories"):
        codes.append("categories")
    if field.options.get("arrayItem"):
        codes.extend(judged_codes(item_field(field)))
    return tuple(dict.fromkeys(codes))
