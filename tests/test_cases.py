"""Every folder of `cases/` gives the findings that it expects, in their places.

A folder is `cases/<code>/<slug>/`: the file, its `schema.json`, and `expected.json`, which holds
the verdict, the findings as [code, row, line, column, field], and what a resource would declare
of the file (`resource`: dialect, encoding, hash, bytes).
"""

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.descriptors.dialect import parse_dialect
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.findings import Report
from territo_opendata.language import LANGUAGES
from territo_opendata.rules import files, header_causes, headers, rows
from territo_opendata.tables.source import file_source
from territo_opendata.validate.inputs import Options, TableInput
from territo_opendata.validate.run import validate_tables
from territo_opendata.workflow.validation import validate_files

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/*/expected.json"))
CODES = [rule.code for module in (files, headers, header_causes, rows) for rule in module.RULES]
WITHOUT_FOLDER = {
    "blank-header": "frictionless 5.21 has the error and never gives it; neither do we",
    "csv-unreadable": "made by `test_a_broken_archive`: it is no text to keep in a folder",
}
UNFILLED = re.compile("[{][a-z]|None|[\\[\\]]$")
"""What a message shows when one of its facts is missing."""


def check(path: Path, schema: Any, resource: dict[str, Any]) -> Report:
    table = TableInput(
        "table",
        file_source(path.name, path),
        parse_schema(schema, "schema.json"),
        parse_dialect(resource.get("dialect", {})),
        resource.get("encoding"),
        resource.get("hash"),
        resource.get("bytes"),
    )
    return validate_tables(
        [table], lambda key, _table: pytest.fail(f"no other table: {key}"), Options(limit=None)
    )


def found(report: Report) -> Counter[tuple[Any, ...]]:
    return Counter(
        (each.code, each.row, each.line, each.column, each.field)
        for each in report.tables[0].findings
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: "/".join(each.parts[-2:]))
def test_the_findings_are_those_expected(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    schema = json.loads((folder / "schema.json").read_text("utf-8"))
    report = check(folder / "data.csv", schema, expected.get("resource", {}))
    assert found(report) == Counter(map(tuple, expected["findings"]))
    assert report.verdict == expected["verdict"]
    messages = [
        each.message(language) for each in report.tables[0].findings for language in LANGUAGES
    ]
    assert not [message for message in messages if UNFILLED.search(message)]


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_structure_has_two_folders(code: str) -> None:
    if code in WITHOUT_FOLDER:
        return
    showing = [
        folder
        for folder in FOLDERS
        if any(
            each[0] == code
            for each in json.loads((folder / "expected.json").read_text("utf-8"))["findings"]
        )
    ]
    assert len(showing) >= 2


WIDE = {"fields": [{"name": f"c{number}", "type": "integer"} for number in range(5_000)]}
ONE = {"fields": [{"name": "nom", "type": "string"}, {"name": "population", "type": "integer"}]}


def write(folder: Path, content: bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_five_thousand_columns(tmp_path: Path) -> None:
    header = ",".join(field["name"] for field in WIDE["fields"])
    rows = [",".join("1" for _ in range(5_000)) for _ in range(20)]
    rows[10] = rows[10].removesuffix("1") + "x"
    path = write(tmp_path, "\n".join([header, *rows, ""]).encode())
    assert found(check(path, WIDE, {})) == {("type-integer", 12, 12, 5_000, "c4999"): 1}


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_ten_megabytes(tmp_path: Path, quote: str) -> None:
    cell = quote + "é" * 5_000_000 + quote
    path = write(tmp_path, f"nom,population\n{cell},1\nTulle,{cell}\nUssel,x\n".encode())
    report = check(path, ONE, {})
    assert found(report) == {
        ("type-integer", 3, 3, 2, "population"): 1,
        ("type-integer", 4, 4, 2, "population"): 1,
    }
    assert all(len(each.message("fr")) < 400 for each in report.tables[0].findings)


def test_undecodable_bytes_far_from_the_start(tmp_path: Path) -> None:
    content = b"nom,population\n" + "Égletons,1\n".encode() * 20_000 + b"\xc9gletons,x\n"
    assert found(check(write(tmp_path, content), ONE, {})) == {
        ("encoding-undecodable", None, 20_002, None, None): 1,
        ("type-integer", 20_002, 20_002, 2, "population"): 1,
    }


def test_a_broken_archive(tmp_path: Path) -> None:
    whole = gzip.compress(b"a,b\n" + b"1,x\n" * 5000)
    (tmp_path / "t.csv.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "s.json").write_text('{"fields": [{"name": "a"}, {"name": "b"}]}', "utf-8")
    report = validate_files([str(tmp_path / "t.csv.gz")], schema=str(tmp_path / "s.json"))
    assert report.verdict == "invalid"
    assert "csv-unreadable" in report.tables[0].by_code
