"""A file that was received: which schema it may be of, and what its start shows."""

import csv
from pathlib import Path

import openpyxl
import pytest

from territo_opendata import project
from territo_opendata.workflow.first_look import ROWS, first_look
from territo_opendata.workflow.recognition import Recognised, recognise
from territo_opendata.workflow.tables import Received
from territo_opendata.workflow.validation import validate_received

SCHEMA = project.builtin_schema("sources")
HEADER = ",".join(SCHEMA.field_names)
ROW = "{},Titre,Éditeur,{},https://example.org/,,\n"


def received(folder: Path, content: bytes) -> Received:
    path = folder / "1"
    path.write_bytes(content)
    return Received("données.csv", path)


def table(rows: int) -> str:
    dates = ("2024-01-02" if number % 50 else "hier" for number in range(rows))
    lines = (ROW.format(f"s-{number}", date) for number, date in enumerate(dates))
    return f"{HEADER}\n{''.join(lines)}"


def test_what_the_start_shows_is_in_the_whole_report(tmp_path: Path) -> None:
    given = received(tmp_path, table(40_000).encode())
    look = first_look(given, SCHEMA)
    assert look is not None
    whole = validate_received(given, SCHEMA).tables[0]
    start = look.report.tables[0]
    assert start.errors > 10
    assert start.findings == whole.findings[: len(start.findings)]
    assert start.path == whole.path == "données.csv"
    assert look.rows == pytest.approx(whole.rows, rel=0.1)


def test_the_start_of_a_sheet_is_shown_before_it_is_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "1"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Sources")
    sheet.append(["Nos sources"])
    for row in csv.reader(table(6_000).splitlines()):
        sheet.append(row)
    book.save(path)
    told: list[int] = []
    given = Received("sources.xlsx", path, laid=told.append)
    look = first_look(given, SCHEMA)
    assert look is not None
    assert told == [1_000]
    whole = validate_received(given, SCHEMA).tables[0]
    assert told[1:] == [1_000, 2_000, 3_000, 4_000, 5_000, 6_000]
    start = look.report.tables[0]
    assert (start.rows, whole.rows) == (ROWS - 2, 6_000)
    assert start.errors > 10
    assert start.by_code["title-rows"] == 1
    assert start.findings == whole.findings[: len(start.findings)]


@pytest.mark.parametrize(
    "content",
    [
        table(10).encode(),
        table(40_000).encode("utf-16"),
        (HEADER + '\n"never closed' + table(40_000)).encode(),
    ],
    ids=["small", "UTF-16", "open quote"],
)
def test_a_start_that_cannot_be_judged_alone(tmp_path: Path, content: bytes) -> None:
    assert first_look(received(tmp_path, content), SCHEMA) is None


@pytest.mark.parametrize(
    ("fitting", "certain"),
    [
        ((), None),
        ((("a", 1.0),), "a"),
        ((("a", 0.79),), None),
        ((("a", 0.9), ("b", 0.7)), None),
        ((("a", 0.9), ("b", 0.6)), "a"),
    ],
)
def test_a_schema_is_certain(fitting: tuple[tuple[str, float], ...], certain: str | None) -> None:
    assert Recognised(fitting).certain == certain


def test_nothing_is_looked_for_around_a_received_file(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("broken", "utf-8")
    given = received(tmp_path, table(5).encode())
    assert recognise(given).certain == "sources"
    assert validate_received(given, SCHEMA).errors == 1
