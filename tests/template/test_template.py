"""A template, as it is, follows its schema; in a workbook its columns help and protect."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from territo_opendata import project
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.errors import RefusedError, UsageError
from territo_opendata.template import plain_template
from territo_opendata.workflow.templates import write_template
from territo_opendata.workflow.validation import validate_files

NAMES = project.builtin_schema_names()
HOSTILE = '=HYPERLINK("http://x")'


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", NAMES)
def test_round_trip(name: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.{kind}"
    write_template(name, path, "fr")
    report = validate_files([str(path)], schema=name)
    assert (report.errors, report.warnings) == (0, 0), report.tables
    assert [table.rows for table in report.tables] == [1]
    assert not report.skipped


def test_sheets_of_others_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "sources.xlsx"
    write_template("sources", path, "en")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes").append(["Name of the column"])
    book["Listes"].append(["a"])
    book.save(path)
    report = validate_files([str(path)], schema="sources")
    assert {each.what.split()[-1] for each in report.skipped} == {"Notes"}
    book.remove(book["Explanations"])
    book.save(path)
    report = validate_files([str(path)], schema="sources")
    assert {each.what.split()[-1] for each in report.skipped} == {"Listes", "Notes"}


@pytest.mark.parametrize("name", NAMES)
def test_the_empty_one_has_only_its_header(name: str) -> None:
    schema = project.builtin_schema(name)
    assert list(csv.reader(io.StringIO(plain_template(schema, example=False)))) == [
        list(schema.field_names)
    ]


def columns(path: Path, sheet: int = 0) -> dict[str, Any]:
    """Return the columns of a sheet by the name in their first row."""
    table = openpyxl.load_workbook(path).worksheets[sheet]
    return {cell.value: cell.column_letter for cell in table[1]}


def rules(path: Path) -> dict[str, Any]:
    """Return the data validation of each column by its name."""
    table = openpyxl.load_workbook(path).worksheets[0]
    by_letter = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in table.data_validations.dataValidation
    }
    return {name: by_letter[letter] for name, letter in columns(path).items()}


@pytest.fixture
def financements(tmp_path: Path) -> Path:
    path = tmp_path / "financements.xlsx"
    write_template("financements", path, "fr")
    return path


def test_the_header_stays_in_view(financements: Path) -> None:
    table = openpyxl.load_workbook(financements).worksheets[0]
    assert table.title == "financements"
    assert table.freeze_panes == "A2"


def test_codes_are_text_and_numbers_are_numbers(financements: Path) -> None:
    table = openpyxl.load_workbook(financements).worksheets[0]
    where = columns(financements)
    form = {name: table.column_dimensions[letter].number_format for name, letter in where.items()}
    assert form["code_territoire"] == "@"
    assert form["date_decision"] == "@"
    assert form["montant_eur"] == "General"
    assert table[f"{where['montant_eur']}2"].value == 5_000_000_000
    assert table[f"{where['code_territoire']}2"].value == "62193"


def test_lists_to_choose_from(financements: Path) -> None:
    book = openpyxl.load_workbook(financements)
    given = rules(financements)
    lists = book["Listes"]
    assert lists.sheet_state == "hidden"
    for name, expected in (("nature", "subvention"), ("programme_id", "action-coeur-de-ville")):
        rule = given[name]
        assert rule.type == "list"
        cells = lists[rule.formula1.split("!")[1].replace("$", "")]
        assert expected in [cell[0].value for cell in cells]


def test_numbers_are_bounded(financements: Path) -> None:
    rule = rules(financements)["annee_debut"]
    assert (rule.type, rule.formula1, rule.formula2) == ("whole", "1950", "2100")
    assert rules(financements)["montant_eur"].formula1 == "0"


def test_each_column_has_its_help(financements: Path) -> None:
    for name, rule in rules(financements).items():
        field = project.builtin_schema("financements").field(name)
        assert rule.promptTitle == field.title[:32]
        assert rule.prompt
        assert len(rule.prompt) <= 255
        assert ("Obligatoire" in rule.prompt) is field.required


@pytest.mark.parametrize(("language", "sheet"), [("fr", "Explications"), ("en", "Explanations")])
def test_the_explanations(tmp_path: Path, language: Any, sheet: str) -> None:
    path = tmp_path / "a.xlsx"
    write_template("sources", path, language)
    cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].rows]
    assert "source_id" in [row[0] for row in cells]
    assert "territo validate" in str(cells[4][0])


SCHEMA = {
    "name": "essai",
    "fields": [
        {"name": "jour", "type": "date", "example": "2026-01-31", "constraints": {"minimum": "2020-01-01"}},
        {"name": "ok", "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"], "example": "oui"},
        {"name": "nom", "type": "string", "description": HOSTILE, "example": HOSTILE, "title": HOSTILE},
        {"name": "choix", "type": "string", "constraints": {"enum": ["a", "=b"], "required": True}},
        {"name": "libre", "type": "any"},
    ],
}  # fmt: skip


def test_a_schema_of_another(tmp_path: Path) -> None:
    schema, path = tmp_path / "s.json", tmp_path / "a.xlsx"
    schema.write_text(json.dumps(SCHEMA), "utf-8")
    write_template(str(schema), path, "fr")
    given = rules(path)
    assert (given["jour"].type, given["jour"].formula1) == ("date", "43831")
    assert given["ok"].type == "list"
    for sheet in openpyxl.load_workbook(path).worksheets:
        assert all(cell.data_type != "f" for row in sheet.rows for cell in row)
    report = validate_files([str(path)], schema=str(schema))
    assert report.errors == 0, report
    assert plain_template(parse_schema(SCHEMA, "s")).splitlines()[1].startswith("2026-01-31,oui,")


def test_what_is_there_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("précieux", "utf-8")
    with pytest.raises(RefusedError):
        write_template("sources", path, "fr")
    assert path.read_text("utf-8") == "précieux"
    write_template("sources", path, "fr", force=True)
    assert path.read_text("utf-8").startswith("source_id,")


@pytest.mark.parametrize("name", ["a.ods", "a", "a.txt"])
def test_other_kinds_of_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="xlsx"):
        write_template("sources", tmp_path / name, "fr")
    assert list(tmp_path.iterdir()) == []
