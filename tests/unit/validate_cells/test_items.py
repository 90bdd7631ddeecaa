"""Faults of the items of an array name the item."""

from typing import Any

import pytest

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.rules import rule
from territo_opendata.validate.cells import CellJudge
from tests.agreement.readings import schema_of


@pytest.mark.parametrize(
    ("item", "cell", "code", "shown"),
    [
        ({"type": "integer"}, '[1, "x", "y"]', "type-integer", 'La valeur « x » de la liste « [1, "x", "y"] »'),
        ({"type": "integer", "constraints": {"minimum": 2}}, "[3, 1]", "minimum", "La valeur « 1 » de la liste « [3, 1] »"),
        ({"type": "string", "constraints": {"maxLength": 2}}, '["abc"]', "max-length", "compte 3 caractères"),
        ({"type": "string", "constraints": {"enum": ["a"]}}, '["a", "b"]', "enum", "La valeur « b »"),
        ({"type": "string", "constraints": {"required": True}}, '["a", ""]', "required", 'Un élément de la liste « ["a", ""] »'),
        ({"type": "boolean"}, "[{}]", "type-boolean", "La valeur « {} »"),
    ],
)  # fmt: skip
def test_the_item_is_named(item: dict[str, Any], cell: str, code: str, shown: str) -> None:
    schema = parse_schema(schema_of({"type": "array", "arrayItem": item}), "essai")
    (fault,) = CellJudge(schema, schema.fields[0]).judge(cell).faults
    facts = {"value": cell, "field": "cell", "argument": fault.argument, **fault.facts}
    said = rule(code).word("fr", facts)
    assert fault.code == code
    assert shown in said.replace("\u00a0", " "), said
