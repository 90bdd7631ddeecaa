"""A key with a NaN in it refers to nothing, in either executor, as frictionless has it."""

from pathlib import Path

import pytest
from frictionless import Resource, Schema, system

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.tables.source import Source
from territo_opendata.validate import executors
from territo_opendata.validate.executors import Settings
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.run import validate_tables

ONE = {"fields": "b", "reference": {"resource": "", "fields": "a"}}
TWO = {"fields": ["b", "c"], "reference": {"resource": "", "fields": ["a", "c"]}}
FIELDS = [{"name": name, "type": "number"} for name in "abc"]
ROWS = "a,b,c\nNaN,NaN,1\n2,2,1\nnan,-NaN,1\n3,2,1\n"


@pytest.mark.parametrize("large", [0, 10**9])
@pytest.mark.parametrize("key", [ONE, TWO], ids=["one", "two"])
def test_no_key_equals_nan(
    key: dict, large: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(executors, "SETTINGS", Settings(large=large))
    path = tmp_path / "t.csv"
    path.write_text(ROWS, "utf-8")
    descriptor = {"fields": FIELDS, "foreignKeys": [key]}
    table = TableInput("t", Source("t.csv", path), parse_schema(descriptor, "s"))
    found = validate_tables([table], lambda *_: None).tables[0].findings
    with system.use_context(trusted=True):
        theirs = Resource(path=str(path), schema=Schema.from_descriptor(descriptor)).validate()
    expected = sorted(
        row for row, kind in theirs.flatten(["rowNumber", "type"]) if kind == "foreign-key"
    )
    assert sorted(each.row for each in found if each.code == "foreign-key") == expected
    assert expected == [2, 4]
