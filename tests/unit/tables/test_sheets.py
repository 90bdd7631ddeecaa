"""Sheets made into text: where the table is, and how typed cells are written for their field."""

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest

from territo_opendata.descriptors.model import Dialect, Field
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.findings import Report
from territo_opendata.tables.cell_texts import cell_text
from territo_opendata.tables.sheets import lay_out, write_grid
from territo_opendata.tables.spool import Spool
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.validation import validate_files
from tests.unit.tables import making

DAY = dt.datetime(2024, 3, 1)  # noqa: DTZ001 - a sheet knows no time zone
NOON = DAY.replace(hour=12, minute=30)


def field(kind: str, form: str = "default", **options) -> Field:
    return Field("x", kind, form, options=options)


@pytest.mark.parametrize(
    ("value", "into", "expected"),
    [
        (None, None, ""),
        ("a", field("integer"), "a"),
        (5.0, None, "5"),
        (-0.0, None, "0"),
        (0.1 + 0.2, None, "0.3"),
        (1e300, None, "1" + "0" * 300),
        (2.5, field("number", decimalChar=","), "2,5"),
        (2.5, field("integer", decimalChar=","), "2.5"),
        (Decimal("0.30000000000000004"), None, "0.30000000000000004"),
        (12345678901234567890, None, "12345678901234567890"),
        (True, None, "true"),
        (False, field("boolean", falseValues=["non"]), "non"),
        (True, field("boolean", trueValues=["vrai", "true"]), "true"),
        (True, field("string", trueValues=["oui"]), "true"),
        (DAY, None, "2024-03-01"),
        (DAY, field("date"), "2024-03-01"),
        (DAY, field("date", "%d/%m/%Y"), "01/03/2024"),
        (NOON, field("date", "%d/%m/%Y"), "2024-03-01T12:30:00"),
        (DAY, field("datetime"), "2024-03-01T00:00:00"),
        (NOON, field("datetime", "%d/%m/%Y %H:%M"), "01/03/2024 12:30"),
        (DAY, field("date", "any"), "2024-03-01"),
        (NOON.replace(microsecond=250_000), None, "2024-03-01T12:30:00.250"),
        (dt.time(8, 5), None, "08:05:00"),
        (dt.time(8, 5), field("time", "%H:%M"), "08:05"),
        (dt.timedelta(hours=8, minutes=5), field("time"), "08:05:00"),
        (dt.timedelta(hours=8, minutes=5), field("duration"), "PT8H5M"),
        (dt.timedelta(0), None, "PT0S"),
        (dt.timedelta(hours=-1), None, "-PT1H"),
        (["a", 1, None], None, '["a", 1, null]'),
        ({"é": True}, None, '{"é": true}'),
    ],
)
def test_cell_texts(value, into, expected) -> None:
    assert cell_text(value, into) == expected


def spread(*lines) -> list:
    return [(number, list(line)) for number, line in enumerate(lines, 1) if line is not None]


TITLES = (["Bilan 2025"], None, ["au 1er mars", None, "euros"])


@pytest.mark.parametrize(
    ("sheet", "dialect", "header"),
    [
        (spread("abcd", "1234"), Dialect(), 1),
        (spread(*TITLES, "abcdef", "123456"), Dialect(), 4),
        (spread(*TITLES, "abcdef"), Dialect(), 4),
        (spread(None, None, "ab", "12"), Dialect(), 3),
        (spread("abcdef", "1", "2", "3", "4", "5"), Dialect(), 1),
        (spread("a", "1", "2"), Dialect(), 1),
        (spread(*TITLES, "abcdef"), Dialect(header=True), 1),
        (spread(*TITLES, "abcdef"), Dialect(header=False), 0),
        (spread(*TITLES, "abcdef"), Dialect(header_rows=(3, 4)), 4),
        ([], Dialect(), 1),
    ],
    ids=range(10),
)
def test_where_the_header_is(sheet, dialect, header) -> None:
    assert lay_out(sheet, dialect).header_row == header


def test_the_text_of_a_sheet() -> None:
    sheet = [
        (2, ["Titre", None]),
        (4, [" a ", "b", "", None]),
        (5, ["un\ndeux", None, None]),
        (7, ["", "é\r"]),
        (8, ["1", "2", None, "en trop", ""]),
        (900, [None, ""]),
    ]
    schema = parse_schema({"fields": [{"name": "a", "type": "string"}]}, "s")
    with Spool() as spool:
        path = write_grid(lay_out(sheet, Dialect()), schema, "f", spool)
        text = path.read_bytes().decode()
    expected = ["", "Titre", "", " a ,b", '"un\ndeux",', "", ',"é\r"', "1,2,,en trop"]
    assert text == "".join(f"{line}\r\n" for line in expected)


SCHEMA = {
    "fields": [
        {"name": "code", "type": "string", "constraints": {"pattern": r"\d{5}"}},
        {"name": "nombre", "type": "integer", "constraints": {"required": True, "maximum": 100}},
        {"name": "montant", "type": "number", "decimalChar": ","},
        {"name": "jour", "type": "date", "format": "%d/%m/%Y"},
        {"name": "moment", "type": "datetime"},
        {"name": "oui", "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]},
        {"name": "an", "type": "year"},
    ],
    "primaryKey": "code",
}
LABELS = [each["name"] for each in SCHEMA["fields"]]
GOOD = ["01004", 5, 2.5, DAY, NOON, True, 2024]


def found(report: Report) -> Counter:
    return Counter((each.row, each.field, each.frictionless_type) for each in listed(report))


def listed(report: Report) -> list:
    return [each for table in report.tables for each in table.findings if each.frictionless_type]


def check(path: Path, schema: dict, **options) -> Report:
    place = path.parent / "schema.json"
    place.write_text(json.dumps(schema), "utf-8")
    return validate_files([str(path)], schema=str(place), options=Options(limit=None), **options)


def theirs(path: Path, schema: dict) -> Counter:
    resource = frictionless.Resource(
        path=path.name,
        basepath=str(path.parent),
        schema=frictionless.Schema.from_descriptor(schema),
    )
    report = resource.validate(limit_errors=1_000_000)
    return Counter(
        (getattr(each, "row_number", None), getattr(each, "field_name", None) or None, each.type)
        for task in report.tasks
        for each in task.errors
    )


AGREED = {
    "good": [GOOD],
    "required": [["01004", None, 2.5, DAY, NOON, True, 2024]],
    "maximum": [["01004", 101, 2.5, DAY, NOON, True, 2024]],
    "not whole": [["01004", 5.5, 2.5, DAY, NOON, True, 2024]],
    "text for a number": [["01004", "cinq", "2.5", DAY, NOON, True, 2024]],
    "texts in the notation": [
        ["01004", "5", "2,5", "01/03/2024", "2024-03-01T12:00:00", "oui", "2024"]
    ],
    "number for a date": [["01004", 5, 2.5, 45352, 45352, True, 2024]],
    "time in a date": [["01004", 5, 2.5, NOON, DAY, False, 2024]],
    "date for a year": [["01004", 5, 2.5, DAY, DAY, True, DAY]],
    "error value": [["01004", "#N/A", "#REF!", DAY, NOON, True, 2024]],
    "blank row between": [GOOD, [None] * 7, ["01005", *GOOD[1:]]],
    "same key": [GOOD, GOOD],
    "boolean for a number": [["01004", True, False, DAY, NOON, True, 2024]],
    "spaces": [["01004", " 5 ", "2,5", DAY, NOON, " oui", 2024]],
    "code that is a text": [["1004", 5, 2.5, DAY, NOON, True, 2024]],
}


@pytest.mark.parametrize("case", AGREED)
def test_verdicts_are_those_of_frictionless(case, tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Feuil1": [LABELS, *AGREED[case]]})
    ours = found(check(path, SCHEMA))
    assert ours == theirs(path, SCHEMA)
    other = making.ods(tmp_path / "a.ods", {"Feuil1": [LABELS, *AGREED[case]]})
    assert found(check(other, SCHEMA)) == ours


DIFFERENT = {
    "a code that the sheet made a number": (
        [["75056", *GOOD[1:]], [75056, *GOOD[1:]]],
        {(3, None, "primary-key")},
        {(3, "code", "type-error")},
    ),
    "a lost zero": (
        [[1004, *GOOD[1:]]],
        {(2, "code", "constraint-error")},
        {(2, "code", "type-error")},
    ),
    "a row that is only formatted": ([GOOD, [None] * 6 + [""]], set(), {(3, None, "blank-row")}),
    "columns that are empty beside": (
        [[*GOOD, None, None], ["01005", *GOOD[1:], "", ""]],
        set(),
        {(1, "", "extra-label")},
    ),
}


@pytest.mark.parametrize("case", DIFFERENT)
def test_verdicts_that_differ_from_frictionless(case, tmp_path: Path) -> None:
    lines, ours, others = DIFFERENT[case]
    path = making.xlsx(tmp_path / "a.xlsx", {"Feuil1": [LABELS, *lines]})
    assert set(found(check(path, SCHEMA))) == ours
    assert set(theirs(path, SCHEMA)) != ours
    assert {each[2] for each in theirs(path, SCHEMA)} >= {each[2] for each in others}


def test_one_and_zero_are_booleans_as_in_a_csv(tmp_path: Path) -> None:
    schema = {"fields": [{"name": "oui", "type": "boolean"}]}
    path = making.xlsx(tmp_path / "a.xlsx", {"Feuil1": [["oui"], [1], [0], [2]]})
    assert set(found(check(path, schema))) == {(4, "oui", "type-error")}
    assert {each[0] for each in theirs(path, schema)} == {2, 3, 4}


def test_titles_above_the_table_are_a_warning(tmp_path: Path) -> None:
    path = making.xlsx(
        tmp_path / "a.xlsx", {"Feuil1": [["Bilan"], [], [], LABELS, GOOD, ["x", *GOOD[1:]]]}
    )
    report = check(path, SCHEMA)
    (table,) = report.tables
    codes = [(each.code, each.row, each.line) for each in table.findings]
    assert codes == [("title-rows", 1, 1), ("pattern", 6, 6)]
    assert (table.warnings, table.errors, table.rows) == (1, 1, 2)
    assert theirs(path, SCHEMA)


def test_lines_are_the_rows_of_the_sheet(tmp_path: Path) -> None:
    schema = {
        "fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}],
        "primaryKey": "a",
    }
    lines = [["a", "b"], ["un\ndeux\ntrois", 1], ["x", "pas\nun\nnombre"], ["x", 2]]
    for path in (
        making.xlsx(tmp_path / "a.xlsx", {"Feuil1": lines}),
        making.ods(tmp_path / "a.ods", {"Feuil1": lines}),
    ):
        findings = check(path, schema).tables[0].findings
        places = [(each.code, each.row, each.line) for each in findings]
        assert places == [("type-integer", 3, 3), ("primary-key", 4, 4)]
        assert findings[1].facts["first_line"] == findings[1].facts["first"] == 3


def test_a_csv_and_the_sheets_of_the_same_texts_have_the_same_findings(tmp_path: Path) -> None:
    example = Path("schemas/financements/exemple-invalide.csv")
    import csv

    with example.open(encoding="utf-8", newline="") as stream:
        lines = [[cell or None for cell in line] for line in csv.reader(stream)]
    width = len(lines[0])
    square = [line for line in lines if len(line) == width]
    text = tmp_path / "table.csv"
    with text.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(square)
    places = [
        text,
        making.xlsx(tmp_path / "table.xlsx", {"Feuil1": square}),
        making.ods(tmp_path / "table.ods", {"Feuil1": square}),
    ]
    reports = [validate_files([str(place)], schema="financements") for place in places]
    assert reports[0].errors > 10
    for report in reports[1:]:
        assert report.tables[0].by_code == reports[0].tables[0].by_code
        assert report.tables[0].by_field == reports[0].tables[0].by_field
        for one, other in zip(
            report.tables[0].findings, reports[0].tables[0].findings, strict=True
        ):
            assert (one.code, one.row, one.column, one.value) == (
                other.code,
                other.row,
                other.column,
                other.value,
            )
