"""Resources whose data is in several files, in the descriptor, packed, in a sheet or far away."""

import datetime as dt
import gzip
import json
from collections import Counter
from pathlib import Path

import frictionless
import pytest

from territo_opendata.descriptors.package import load_package
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report
from territo_opendata.tables.spool import Spool
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.resources import resource_given
from territo_opendata.workflow.validation import validate_package
from tests.unit.tables import making

SCHEMA = {
    "fields": [
        {"name": "a", "type": "string", "constraints": {"required": True}},
        {"name": "b", "type": "integer"},
    ],
    "primaryKey": "a",
}


def package(folder: Path, *resources: dict) -> Path:
    path = folder / "datapackage.json"
    full = [
        {"name": f"r{number}", "schema": SCHEMA, **each} for number, each in enumerate(resources)
    ]
    path.write_text(json.dumps({"name": "p", "resources": full}), "utf-8")
    return path


def check(path: Path) -> Report:
    return validate_package(path, options=Options(limit=None))


def ours(report: Report) -> Counter:
    return Counter(
        (table.name, None if each.row == 1 else each.row, each.field, each.frictionless_type)
        for table in report.tables
        for each in table.findings
        if each.frictionless_type
    )


def theirs(path: Path) -> Counter:
    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(path)).validate(limit_errors=1_000_000)
    return Counter(
        (
            task.name,
            getattr(each, "row_number", None),
            getattr(each, "field_name", None) or None,
            each.type,
        )
        for task in report.tasks
        for each in task.errors
    )


INLINE = {
    "lists": [["a", "b"], ["x", 1], ["y", "2"]],
    "objects": [{"a": "x", "b": 1}, {"b": 2, "a": "y"}],
    "an object that lacks a key": [{"a": "x"}, {"b": 1}],
    "an object with one more": [{"a": "x", "b": 1, "c": 3}],
    "wrong values": [["a", "b"], ["x", "un"], [None, 1], ["x", 2.5]],
    "ragged": [["a", "b"], ["x"], ["y", 1, 2], []],
    "blank": [["a", "b"], ["x", 1], [None, None], ["", ""]],
    "labels": [["a", "c"], ["x", 1]],
    "line ends": [["a", "b"], ["x\ny", "z\n"], ["x\r", 1]],
    "whole float": [["a", "b"], ["x", 5.0]],
}


@pytest.mark.parametrize("case", INLINE)
def test_inline_data_is_judged_as_by_frictionless(case, tmp_path: Path) -> None:
    path = package(tmp_path, {"data": INLINE[case]})
    assert ours(check(path)) == theirs(path)


def test_inline_values_that_frictionless_judges_by_their_type(tmp_path: Path) -> None:
    path = package(tmp_path, {"data": [["a", "b"], [5, 1], [True, 2]]})
    assert not ours(check(path))
    assert {each[3] for each in theirs(path)} >= {"type-error"}


def test_places_in_inline_data_are_rows(tmp_path: Path) -> None:
    report = check(package(tmp_path, {"data": INLINE["line ends"]}))
    assert [(each.row, each.line) for each in report.tables[0].findings] == [(2, 2), (3, 3)]


@pytest.mark.parametrize("data", [{"a": 1}, [["a", "b"], {"a": 1}], [{"a": 1}, [1]], [5]])
def test_inline_data_of_another_shape(data, tmp_path: Path) -> None:
    path = package(tmp_path, {"data": data, "type": "table"})
    report = check(path)
    assert [each.code for each in report.tables[0].findings] == ["csv-unreadable"]
    assert not report.valid


def test_no_rows_in_the_descriptor(tmp_path: Path) -> None:
    report = check(package(tmp_path, {"data": []}))
    assert [each.code for each in report.tables[0].findings] == ["file-empty"]


PARTS = {
    "with headers": ([b"a,b\nx,1\n", b"a,b\ny,2\nx,3\n"], {}),
    "without headers": ([b"x,1\n", b"y,un\n"], {"dialect": {"header": False}}),
    "three": ([b"a,b\nx,1\n", b"a,b\n", b"a,b\n,2\n"], {}),
    "no end of line": ([b"a,b\nx,1", b"a,b\ny,2\n"], {}),
    "other ends": ([b"a,b\r\nx,1\r\n", b"a,b\r\ny,z\r\n"], {}),
    "a quote across": ([b'a,b\nx,"1\n', b'a,b\ny",2\n'], {}),
    "an empty part": ([b"a,b\nx,1\n", b""], {}),
}


@pytest.mark.parametrize("case", PARTS)
def test_parts_are_joined_as_by_frictionless(case, tmp_path: Path) -> None:
    contents, more = PARTS[case]
    names = [f"partie-{number}.csv" for number in range(len(contents))]
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(content)
    path = package(tmp_path, {"path": names, **more})
    assert ours(check(path)) == theirs(path)


def test_where_parts_start_is_told(tmp_path: Path) -> None:
    (tmp_path / "un.csv").write_bytes(b"a,b\nx,1\ny,2\n")
    packed = making.gzipped(tmp_path / "deux.csv.gz", b"a,b\nz,zut\n")
    report = check(package(tmp_path, {"path": ["un.csv", packed.name]}))
    (table,) = report.tables
    assert [(each.code, each.line) for each in table.findings] == [("type-integer", 4)]
    assert "« deux.csv.gz » commence à la ligne 4" in table.notes[0].fr


def test_a_declared_digest_is_that_of_the_file_as_it_lies(tmp_path: Path) -> None:
    import hashlib

    packed = gzip.compress(b"a,b\nx,1\n")
    (tmp_path / "t.csv.gz").write_bytes(packed)
    book = making.xlsx(tmp_path / "t.xlsx", {"Un": [["a", "b"], ["x", 1]]}).read_bytes()
    stated = [
        {"path": name, "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}", "bytes": len(raw)}
        for name, raw in (("t.csv.gz", packed), ("t.xlsx", book))
    ]
    assert check(package(tmp_path, *stated)).valid
    stated[1]["bytes"] += 1
    report = check(package(tmp_path, *stated))
    assert [list(table.by_code) for table in report.tables] == [[], ["bytes-mismatch"]]


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ({}, 1),
        ({"sheetName": "Deux"}, 2),
        ({"sheetNumber": 2}, 2),
        ({"excel": {"sheet": "Deux"}}, 2),
    ],
)
def test_the_sheet_of_a_resource(dialect, expected, tmp_path: Path) -> None:
    lines = [["a", "b"], *([f"x{number}", number] for number in range(2))]
    making.xlsx(tmp_path / "t.xlsx", {"Un": lines[:2], "Deux": lines})
    report = check(package(tmp_path, {"path": "t.xlsx", "dialect": dialect}))
    assert [(table.rows, table.errors) for table in report.tables] == [(expected, 0)]


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    making.xlsx(tmp_path / "t.xlsx", {"Un": [["a", "b"]]})
    with pytest.raises(UsageError, match="« Un »"):
        check(package(tmp_path, {"path": "t.xlsx", "dialect": {"sheetName": "Deux"}}))


def test_two_resources_in_two_sheets_refer_to_each_other(tmp_path: Path) -> None:
    making.xlsx(
        tmp_path / "t.xlsx",
        {"Un": [["a", "b"], ["x", 1], ["y", 2]], "Deux": [["a", "b"], ["z", 3]]},
    )
    fields = {"fields": SCHEMA["fields"]}
    key = {"fields": "b", "reference": {"resource": "r1", "fields": "b"}}
    own = {"fields": "b", "reference": {"resource": "r0", "fields": "b"}}
    report = check(
        package(
            tmp_path,
            {"path": "t.xlsx", "dialect": {"sheetName": "Un"}, "schema": fields},
            {"path": "t.xlsx", "dialect": {"sheetName": "Deux"}, "schema": fields},
            {
                "data": [["a", "b"], ["x", 3], ["y", 1]],
                "schema": {**fields, "foreignKeys": [key, own]},
            },
        )
    )
    found = [(each.code, each.row, each.facts["table"]) for each in report.tables[2].findings]
    assert found == [("foreign-key", 2, "r0"), ("foreign-key", 3, "r1")]


def test_addresses_of_a_descriptor_lead_to_no_private_machine(tmp_path: Path) -> None:
    report = check(package(tmp_path, {"path": "http://127.0.0.1:9/t.csv"}))
    assert report.tables == ()
    assert report.verdict == "incomplete"
    assert "réseau privé" in report.skipped[0].reason.fr


def test_a_damaged_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"a,b\nx,1\n")
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04")
    fields = {"fields": SCHEMA["fields"]}
    key = {"fields": "a", "reference": {"resource": "r0", "fields": "a"}}
    report = check(
        package(
            tmp_path,
            {"path": "t.xlsx"},
            {"path": "t.csv", "schema": {**fields, "foreignKeys": [key]}},
        )
    )
    assert [list(table.by_code) for table in report.tables] == [["csv-unreadable"], []]
    assert report.tables[0].bytes == 4
    assert not report.tables[0].complete
    assert "illisible" in report.skipped[0].reason.fr
    assert report.verdict == "invalid"


def test_formulas_without_result_leave_the_verdict_open(tmp_path: Path) -> None:
    making.xlsx(tmp_path / "t.xlsx", {"Un": [["a", "b"], ["x", "=1+1"]]})
    report = check(package(tmp_path, {"path": "t.xlsx"}))
    assert report.verdict == "incomplete"
    assert "formule" in report.skipped[0].reason.fr


def test_dates_of_sheets_keep_their_meaning(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "a", "type": "date", "format": "%d/%m/%y"}]}
    making.ods(tmp_path / "t.ods", {"Un": [["a"], [dt.date(2024, 3, 1)], ["01/03/24"]]})
    assert check(package(tmp_path, {"path": "t.ods", "schema": schema})).valid


def test_an_inner_path_names_the_member(tmp_path: Path) -> None:
    making.zipped(tmp_path / "t.zip", {"un.csv": b"a,b\n", "deux.csv": b"a,b\nx,1\n"})
    report = check(package(tmp_path, {"path": "t.zip", "innerpath": "deux.csv"}))
    assert report.tables[0].rows == 1


def test_temporary_files_go_with_the_spool(tmp_path: Path) -> None:
    resource = load_package(package(tmp_path, {"data": INLINE["lists"]})).resources[0]
    with Spool() as spool:
        given = resource_given(resource, spool)
        assert isinstance(given, Given)
        assert given.table.source.path.exists()
    assert not given.table.source.path.exists()
