"""A table with faults of every common type is judged without importing frictionless."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.validate.cells import CellJudge
import json
schema = parse_schema(json.loads(sys.argv[1]), "essai")
judge = CellJudge(schema, schema.fields[0])
found = [len(judge.judge(cell).faults) for cell in json.loads(sys.argv[2])]
heavy = ("frictionless", "pandas", "polars", "jsonschema", "requests", "numpy")
print(json.dumps([found, [name for name in heavy if name in sys.modules]]))
"""

FIELDS = (
    ({"type": "string", "format": "email"}, ["a@b.fr", "a.b.fr", "é@b.fr", "a b@c.fr"]),
    ({"type": "string", "format": "uri"}, ["http://a.fr", "a.fr", "urn:isbn:1", "http://%zz"]),
    ({"type": "string", "format": "uuid"}, ["c56a4180-65aa-42ec-a945-5fd21dec0538", "x"]),
    ({"type": "date"}, ["2020-01-01", "01/02/2020"]),
    ({"type": "date", "format": "any"}, ["2020-01-01", "5 mai 2020", "Jan 5 2020"]),
    ({"type": "datetime"}, ["2020-01-01T10:00:00Z", "2020-W01-1T10:00:00", "2020-01-01"]),
    ({"type": "time"}, ["10:00:00", "10+00:00", "10h"]),
    ({"type": "duration"}, ["P1Y", "1 an", "P1X"]),
    ({"type": "number", "decimalChar": ",", "constraints": {"enum": [1.5, "2,5"]}}, ["1,5", "x"]),
    ({"type": "boolean", "constraints": {"enum": [True]}}, ["true", "false"]),
    ({"type": "geopoint", "format": "array"}, ["[1,2]", "1,2"]),
    ({"type": "list", "itemType": "date"}, ["2020-01-01,2020-01-02", "2020-01-01,x"]),
    ({"type": "array", "arrayItem": {"type": "integer"}}, ["[1]", '["x"]']),
    ({"type": "object", "constraints": {"enum": [{"a": 1}]}}, ['{"a": 1}', "{}"]),
    ({"type": "geojson"}, ["x", "[]"]),
)


@pytest.mark.parametrize(("field", "cells"), FIELDS, ids=lambda each: json.dumps(each)[:40])
def test_without_frictionless(field: dict[str, object], cells: list[str]) -> None:
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [{"name": "cell", **field}],
    }
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(schema), json.dumps(cells)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    faults, imported = json.loads(made.stdout)
    assert imported == []
    assert any(faults)
