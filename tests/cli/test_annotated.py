"""A report in the steward's own cells: what is coloured, what is noted, what is kept as it was."""

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from territo_opendata.cli.main import run
from territo_opendata.report import annotated, notes

SCHEMA = {
    "name": "essai",
    "version": "1.0.0",
    "fields": [
        {"name": "code", "type": "string", "constraints": {"required": True}},
        {"name": "montant", "type": "number"},
        {"name": "jour", "type": "date"},
    ],
    "primaryKey": ["code"],
}
DAY = dt.datetime.fromisoformat("2026-03-31")
ROWS = """code,montant,jour
0042,12.5,2026-03-31
=1+1,douze,2026-04-01
0042,3
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def annotate(*files: str, more: tuple[str, ...] = (), code: int = 1) -> Any:
    """Return the workbook of the report on these files."""
    asked = ["--schema", "schema.json", "--format", "xlsx", "--output", "r.xlsx", "--lang", "fr"]
    assert run(["validate", *files, *asked, *more]) == code
    return openpyxl.load_workbook("r.xlsx")


def marked(sheet: Any) -> dict[str, str]:
    """Return the comments of the coloured cells, "" for one that is coloured only."""
    return {
        cell.coordinate: cell.comment.text.replace("\u00a0", " ") if cell.comment else ""
        for row in sheet
        for cell in row
        if cell.fill.fill_type
    }


def test_cells_are_kept_and_those_at_fault_are_marked(here: Path) -> None:
    (here / "a.csv").write_text(ROWS, "utf-8")
    sheet = annotate("a.csv")["a"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["code", "montant", "jour"],
        ["0042", 12.5, DAY],
        ["=1+1", "douze", DAY + dt.timedelta(1)],
        ["0042", 3, None],
    ]
    assert sheet["A3"].data_type == "s"
    assert sheet["A2"].number_format == "@"
    found = marked(sheet)
    assert set(found) == {"A4", "B3", "C4"}
    assert "« douze »" in found["B3"]
    assert "Écrivez un nombre" in found["B3"]


def test_every_finding_is_in_the_list(here: Path) -> None:
    (here / "a.csv").write_text(ROWS, "utf-8")
    sheet = annotate("a.csv")["Constats"]
    verdict, head, *lines = sheet.iter_rows(values_only=True)
    assert verdict[0] == "Invalide\u00a0: 3 erreurs."
    assert head[-1] == "Code du constat"
    assert [(line[0], line[-1]) for line in lines] == [
        ("B3", "type-number"),
        ("A4", "primary-key"),
        ("C4", "missing-cell"),
    ]
    assert [sheet.cell(3 + place, 1).hyperlink.location for place in range(3)] == [
        "'a'!B3",
        "'a'!A4",
        "'a'!C4",
    ]


def test_a_link_leads_to_a_sheet_of_any_name(here: Path) -> None:
    (here / "l’état d'été.csv").write_text(ROWS, "utf-8")
    links = annotate("l’état d'été.csv")["Constats"]
    assert links["A3"].hyperlink.location == "'l’état d''été'!B3"


def test_the_report_can_be_mended_and_checked_again(here: Path) -> None:
    (here / "a.csv").write_text(ROWS, "utf-8")
    book = annotate("a.csv")
    assert run(["validate", "r.xlsx", "--schema", "schema.json"]) == 1
    for place, value in (("B3", 4), ("A4", "0043"), ("C4", DAY)):
        book["a"][place].value = value
    book.save("r.xlsx")
    assert run(["validate", "r.xlsx", "--schema", "schema.json"]) == 0


def test_header_findings_are_on_its_cells_below_the_titles(here: Path) -> None:
    (here / "a.csv").write_text(
        "Aides de 2026\n\ncode,Montants,jour\na,1,2026-01-01\nb,2,2026-01-02\n", "utf-8"
    )
    found = marked(annotate("a.csv")["a"])
    assert any("« Montants »" in text for place, text in found.items() if place == "B3")


@pytest.mark.usefixtures("here")
def test_rows_of_a_workbook_keep_their_places() -> None:
    book = openpyxl.Workbook()
    for row in (["Titre"], [], ["code", "montant", "jour"], ["01", "x", DAY]):
        book.active.append(row)
    book.save("a.xlsx")
    sheet = annotate("a.xlsx")["a"]
    assert sheet["A1"].value == "Titre"
    assert sheet["C4"].value == DAY
    assert "B4" in marked(sheet)


def test_hostile_cells_and_names_do_no_harm(here: Path) -> None:
    name = "[a]'.csv" if os.name == "nt" else "[a]*'.csv"  # Windows has no stars in names
    (here / name).write_text("code,montant,jour\n\x0b\x1b[31m=1,<b>,\n", "utf-8")
    book = annotate(name)
    assert book.sheetnames[0] == "a"
    assert "\x1b" not in str(book["a"]["A2"].value)
    assert [cell.data_type for row in book["Constats"] for cell in row].count("f") == 0


def test_two_tables_of_one_name_have_each_their_sheet(here: Path) -> None:
    for folder in ("x", "y"):
        (here / folder).mkdir()
        (here / folder / "constats.csv").write_text(ROWS, "utf-8")
    names = annotate("x/constats.csv", "y/constats.csv").sheetnames
    assert names == ["constats 2", "constats 3", "Constats"]


def test_what_is_cut_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotated, "LAST_ROW", 5)
    monkeypatch.setattr(notes, "MOST", 1)
    (here / "a.csv").write_text("code,montant,jour\na,x,\nb,y,\nc,z,\n", "utf-8")
    book = annotate("a.csv", more=("--limit", "2"))
    assert book["a"].max_row == 4
    assert list(marked(book["a"]).values()).count("") == 1
    assert book["Constats"].max_row == 5
    monkeypatch.setattr(annotated, "LAST_ROW", 1_048_576)
    said = [row[0] for row in annotate("a.csv", more=("--limit", "2"))["Constats"].values]
    assert "Seuls les 2 premiers constats sur 3" in said[1]
    assert "seulement colorées" in said[2]


def test_rows_beyond_a_sheet_are_counted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.csv").write_text("code,montant,jour\na,1,\nb,2,\nc,3,\nd,4,\ne,5,\n", "utf-8")
    monkeypatch.setattr(annotated, "LAST_ROW", 4)
    book = annotate("a.csv", code=0)
    assert "2 lignes du fichier n’y sont pas" in book["Constats"]["A2"].value


def test_a_workbook_asks_for_a_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a.csv").write_text(ROWS, "utf-8")
    assert run(["validate", "a.csv", "--schema", "schema.json", "--format", "xlsx"]) == 2
    assert "--output" in capsys.readouterr().err


def test_without_openpyxl_it_is_said_before_anything_is_read(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    asked = ["--schema", "schema.json", "--format", "xlsx", "--output", "r.xlsx"]
    assert run(["validate", "absent.csv", *asked]) == 2
    assert "territo-opendata[xlsx]" in capsys.readouterr().err
    assert not (here / "r.xlsx").exists()


@pytest.mark.usefixtures("here")
def test_schemas_give_the_list_alone() -> None:
    asked = ["--format", "xlsx", "--output", "r.xlsx", "--lang", "fr"]
    run(["schema", "lint", "schema.json", *asked])
    assert openpyxl.load_workbook("r.xlsx").sheetnames == ["Constats"]
