"""What frictionless does not read of the standard: categories, JSON Schema; and what runs out."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.errors import DescriptorError
from territo_opendata.findings import Report
from territo_opendata.tables.source import file_source
from territo_opendata.validate.cells import CellJudge
from territo_opendata.validate.exact import UncheckableError
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.json_schemas import compile_json_schema
from territo_opendata.validate.run import validate_tables
from tests.agreement.readings import schema_of

EVIL = r"(a|a)*(?:(?=b)b|c)(?<!x)\1*d"


def judge_of(field: dict[str, Any]) -> CellJudge:
    schema = parse_schema(schema_of(field), "essai")
    return CellJudge(schema, schema.fields[0])


def codes(field: dict[str, Any], cell: str) -> list[str]:
    judge = judge_of(field)
    found = [fault.code for fault in judge.judge(cell).faults]
    assert not judge.unchecked
    return found


LABELLED = [{"value": 1, "label": "Un"}, {"value": 2}]


@pytest.mark.parametrize(
    ("field", "cell", "expected"),
    [
        ({"type": "string", "categories": ["a", "b"]}, "a", []),
        ({"type": "string", "categories": ["a", "b"]}, "A", ["categories"]),
        ({"type": "string", "categories": ["a", "b"]}, "", []),
        ({"type": "string", "categories": ["a"], "missingValues": ["-"]}, "", ["categories"]),
        ({"type": "string", "categories": [{"value": "a", "label": "b"}]}, "b", ["categories"]),
        ({"type": "string", "categories": ["a"], "categoriesOrdered": True}, "b", ["categories"]),
        ({"type": "string", "categories": ["a"], "constraints": {"enum": ["b"]}}, "b", ["categories"]),
        ({"type": "string", "categories": ["a"], "constraints": {"enum": ["b"]}}, "c", ["enum", "categories"]),
        ({"type": "integer", "categories": LABELLED}, "01", []),
        ({"type": "integer", "categories": LABELLED}, "3", ["categories"]),
        ({"type": "integer", "categories": LABELLED}, "x", ["type-integer"]),
        ({"type": "integer", "categories": [1, "2"]}, "3", []),  # malformed: told by lint
        ({"type": "number", "categories": [1]}, "3", []),
    ],
)  # fmt: skip
def test_categories(field: dict[str, Any], cell: str, expected: list[str]) -> None:
    assert codes(field, cell) == expected


PLACES = {"type": "object", "properties": {"places": {"type": "integer", "minimum": 1}}}


@pytest.mark.parametrize(
    ("schema", "cell", "fits"),
    [
        ({}, "{}", True),
        (PLACES, '{"places": 3}', True),
        (PLACES, '{"places": 0}', False),
        (PLACES, '{"places": "3"}', False),
        ({"required": ["a"]}, "{}", False),
        ({"additionalProperties": False}, '{"a": 1}', False),
        ({"patternProperties": {"^x": {"type": "integer"}}}, '{"ax": "a", "x": 1}', True),
        ({"patternProperties": {"x": {"type": "integer"}}}, '{"ax": "a"}', False),
        ({"properties": {"a": {"pattern": "b"}}}, '{"a": "abc"}', True),
        ({"properties": {"a": {"pattern": "^b"}}}, '{"a": "abc"}', False),
        ({"properties": {"a": {"pattern": "b$"}}}, '{"a": "ab"}', True),
        ({"$schema": "http://json-schema.org/draft-07/schema#", "dependencies": {"a": ["b"]}}, '{"a": 1}', False),
        ({"$defs": {"n": {"type": "integer"}}, "properties": {"a": {"$ref": "#/$defs/n"}}}, '{"a": "1"}', False),
        ({"properties": {"a": {"$ref": "#"}}, "maxProperties": 1}, '{"a": {"a": {}}}', True),
        ({"unevaluatedProperties": False, "properties": {"a": {}}}, '{"b": 1}', False),
    ],
)  # fmt: skip
def test_json_schemas(schema: dict[str, Any], cell: str, fits: bool) -> None:
    field = {"type": "object", "constraints": {"jsonSchema": schema}}
    assert codes(field, cell) == ([] if fits else ["json-schema"])


def test_a_json_schema_of_arrays() -> None:
    field = {"type": "array", "constraints": {"jsonSchema": {"items": {"type": "integer"}}}}
    assert codes(field, "[1, 2]") == []
    assert codes(field, '[1, "2"]') == ["json-schema"]
    assert codes(field, "{}") == ["type-array"]


def doubling(depth: int) -> dict[str, Any]:
    """Make a schema whose references double at each level."""
    levels = {
        f"l{level}": {"allOf": [{"$ref": f"#/$defs/l{level + 1}"}] * 2} for level in range(depth)
    }
    return {"$defs": {**levels, f"l{depth}": {}}, "$ref": "#/$defs/l0"}


HOSTILE = {
    "not a schema": {"type": 12},
    "broken pattern": {"patternProperties": {"(": {}}},
    "broken pattern in a value": {"properties": {"a": {"pattern": "("}}},
    "no such definition": {"properties": {"a": {"$ref": "#/$defs/x"}}},
    "another document": {"properties": {"a": {"$ref": "https://example.org/schema.json"}}},
    "a file": {"properties": {"a": {"$ref": "file:///etc/passwd"}}},
    "endless reference": {"$ref": "#"},
    "doubling references": doubling(40),
    "uncounted references": {"unevaluatedProperties": {"$ref": "#"}},
    "evil pattern": {"properties": {"a": {"pattern": EVIL}}},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_json_schema_is_told_as_unchecked(name: str) -> None:
    field = {"type": "object", "constraints": {"jsonSchema": HOSTILE[name]}}
    judge = judge_of(field)
    assert judge.judge('{"a": "' + "a" * 40 + '"}').faults == ()
    reason = judge.unchecked["jsonSchema"]
    assert reason.fr.startswith("le « jsonSchema »")
    assert len(reason.en) < 300


def test_references_are_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.urlopen", lambda *_args, **_more: pytest.fail("fetched"))
    check = compile_json_schema({"$ref": "https://example.org/schema.json"})
    with pytest.raises(UncheckableError):
        check({})


def validate(tmp_path: Any, field: dict[str, Any], content: bytes) -> Report:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    schema = parse_schema(schema_of(field), "essai")
    table = TableInput("table", file_source("table.csv", path), schema)
    return validate_tables([table], lambda _key, _table: pytest.fail("no other table"))


def test_what_is_unchecked_makes_the_verdict_incomplete(tmp_path: Any) -> None:
    field = {"type": "object", "constraints": {"jsonSchema": {"$ref": "#/nowhere"}}}
    report = validate(tmp_path, field, b"cell\n{}\n")
    assert report.verdict == "incomplete"
    assert [skipped.what for skipped in report.skipped] == ["table (cell, jsonSchema)"]


def test_a_format_without_its_library_is_unchecked(tmp_path: Path) -> None:
    field = {"name": "cell", "type": "string", "format": "wkt", "constraints": {"enum": ["x"]}}
    (tmp_path / "schema.json").write_text(json.dumps({"fields": [field]}), "utf-8")
    (tmp_path / "table.csv").write_text("cell\nPOINT (1 2)\n", "utf-8")
    # In a process of its own: frictionless keeps the library once it has found it.
    code = (
        "import sys; sys.modules['tatsu'] = None; import territo_opendata.__main__ as it; it.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "validate", "table.csv", "--schema", "schema.json"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 3, done
    assert "table (cell, format)" in done.stdout


def test_a_pattern_out_of_time_is_unchecked(tmp_path: Any) -> None:
    field = {"type": "string", "constraints": {"pattern": r"(a*)*\1b"}}
    report = validate(tmp_path, field, b"cell\n" + b"a" * 60 + b"\n")
    assert report.verdict == "incomplete"
    assert [skipped.what for skipped in report.skipped] == ["table (cell, pattern)"]


@pytest.mark.parametrize(
    "field",
    [
        {"type": "integer", "constraints": {"minimum": "x"}},
        {"type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "2020-01-01"}},
    ],
)
def test_an_unreadable_bound_is_for_the_author(field: dict[str, Any]) -> None:
    with pytest.raises(DescriptorError):
        judge_of(field)
