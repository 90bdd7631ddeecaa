"""Cells judged many at a time: whatever is not doubtful has a verdict without a fault."""

import pytest

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.validate.cells import CellJudge
from territo_opendata.validate.hashing import hash_value

NUMBERS = ("1", "01", " 1 ", "+1", "-0", "1_000", "1,5", "1.5", "1e3", "NaN", "sNaN", "INF", "٣")
MOMENTS = ("2024", "2024-02", "2024-02-29", "2023-02-29", "24/02/2024", "12:00:00", "P1Y")
TEXTS = ("true", "VRAI", "a", "a@b.fr", "a@b", "é", "http://a.fr", "a\n", "x" * 90, "12" * 20)
JSON = ("48.8,2.3", "200,1", "[1, 2]", "[48.8, 2.3]", '{"a": 1}')
CELLS = (*NUMBERS, *MOMENTS, "2024-02-29T12:00:00Z", *TEXTS, *JSON)
FIELDS = [
    {"type": "integer", "constraints": {"minimum": 0, "maximum": 1000}},
    {"type": "integer", "bareNumber": False},
    {"type": "number", "decimalChar": ",", "constraints": {"exclusiveMinimum": 1}},
    {"type": "number", "constraints": {"maximum": 100, "enum": [1, 1.5]}},
    {"type": "boolean"},
    {"type": "year", "constraints": {"minimum": 2000}},
    {"type": "yearmonth"},
    {"type": "date", "constraints": {"minimum": "2024-01-01"}},
    {"type": "date", "format": "any"},
    {"type": "date", "format": "%d/%m/%Y"},
    {"type": "time"},
    {"type": "datetime"},
    {"type": "duration"},
    {"type": "geopoint"},
    {"type": "array", "constraints": {"jsonSchema": {"maxItems": 1}}},
    {"type": "array", "arrayItem": {"type": "integer"}},
    {"type": "object"},
    {"type": "list", "itemType": "integer", "constraints": {"minLength": 2}},
    {"type": "string", "format": "email"},
    {"type": "string", "format": "uri", "constraints": {"pattern": "http.*"}},
    {"type": "string", "categories": ["a", "é"]},
    {"type": "any", "constraints": {"enum": ["a", 1]}},
]


def judge_of(field: dict) -> CellJudge:
    fields = [{"name": "a", **field}]
    profile = "https://datapackage.org/profiles/2.0/tableschema.json"
    schema = parse_schema({"$schema": profile, "fields": fields}, "test")
    return CellJudge(schema, schema.fields[0])


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: "-".join(map(str, field.values())))
def test_what_is_not_doubtful_is_right(field: dict) -> None:
    judge = judge_of(field)
    doubtful = set(judge.doubtful(CELLS))

    assert {cell for cell in CELLS if judge.judge(cell).faults} <= doubtful


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: "-".join(map(str, field.values())))
def test_values_are_those_of_the_verdicts(field: dict) -> None:
    judge = judge_of(field)

    for cell in ("", *CELLS):
        assert hash_value(judge.value(cell)) == hash_value(judge.judge(cell).value)


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ({"type": "integer", "constraints": {"minimum": 0}}, ["0", "12", "007"]),
        ({"type": "number", "constraints": {"maximum": 9.5}}, ["9.5", "-3", "1e0"]),
        ({"type": "date"}, ["2024-02-29"]),
        ({"type": "boolean"}, ["true", "false"]),
    ],
)
def test_usual_cells_need_no_verdict(field: dict, cells: list) -> None:
    assert list(judge_of(field).doubtful(cells)) == []
