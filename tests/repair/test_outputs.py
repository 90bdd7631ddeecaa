"""What a repair writes: workbooks with their changes marked, CSV for Excel, logs; and what it refuses."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from territo_opendata.cli.main import run
from territo_opendata.descriptors.model import Field
from territo_opendata.repair.journal import neutral
from territo_opendata.repair.workbook import native
from territo_opendata.workflow.repair_output import default_output
from territo_opendata.workflow.validation import validate_files

SCHEMA = {
    "fields": [
        {"name": "code", "type": "string", "constraints": {"pattern": r"\d{5}"}},
        {"name": "montant", "type": "number"},
        {"name": "date", "type": "date"},
        {"name": "note", "type": "string"},
    ],
    "primaryKey": ["code"],
}
MESSY = 'code,montant,date,note\n1004,"1 234,56 €",31/12/2020,=1+1\n75056,12,2021-01-02,"-5 %"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    (tmp_path / "aides.csv").write_text(MESSY, "utf-8")
    return tmp_path


def territo(folder: Path, *arguments: str) -> int:
    file, *rest = arguments
    schema = str(folder / "schema.json")
    return run(["repair", str(folder / file), "--schema", schema, "--lang", "en", *rest])


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Aides 2025"],
        [],
        ["Code", "Montant", "Date", "Note"],
        ["1004", "1 234,56 €", "31/12/2020", "=1+1"],
        ["75056", 12.5, "2021-01-02", None],
        [None, None, None, None],
    ):
        sheet.append(row)
    sheet["D4"].data_type = "s"
    path = folder / "aides.xlsx"
    book.save(path)
    return path


def test_a_workbook_gives_a_workbook_with_its_changes_marked(folder: Path) -> None:
    assert territo(folder, workbook(folder).name) == 0
    sheet = openpyxl.load_workbook(folder / "aides.repare.xlsx").active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0] == ["code", "montant", "date", "note"]
    assert values[1][0] == "01004"
    assert values[1][1] == 1234.56
    assert str(values[1][2]).startswith("2020-12-31")
    assert (values[1][3], sheet["D2"].data_type) == ("=1+1", "s")
    assert values[2][:2] == ["75056", 12.5]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked == {"A1", "B1", "C1", "D1", "A2", "B2", "C2"}
    assert "1 234,56 €" in sheet["B2"].comment.text
    assert sheet["B2"].fill.start_color.rgb.endswith("FFF2CC")
    again = str(folder / "aides.repare.xlsx")
    assert validate_files([again], schema=str(folder / "schema.json")).verdict == "valid"


def test_a_workbook_gives_a_csv_on_demand(folder: Path) -> None:
    output = folder / "aides.csv2.csv"
    assert territo(folder, workbook(folder).name, "--output", str(output)) == 0
    assert output.read_text("utf-8") == (
        "code,montant,date,note\n01004,1234.56,2020-12-31,=1+1\n75056,12.5,2021-01-02,\n"
    )


def test_a_workbook_without_fault_is_copied(folder: Path) -> None:
    assert territo(folder, workbook(folder).name) == 0
    output = folder / "copie.xlsx"
    assert territo(folder, "aides.repare.xlsx", "--output", str(output)) == 0
    assert output.read_bytes() == (folder / "aides.repare.xlsx").read_bytes()


def test_excel_opens_codes_and_numbers_right(folder: Path) -> None:
    assert territo(folder, "aides.csv", "--excel", "--log", str(folder / "log.csv")) == 0
    content = (folder / "aides.repare.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 3
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ['="01004"', "1234,56", "2020-12-31", '="=1+1"']
    assert rows[2][3] == '="-5 %"'
    assert (folder / "log.csv").read_bytes().startswith(b"\xef\xbb\xbfrow;column;")


def test_what_excel_opens_is_mended_back(folder: Path) -> None:
    territo(folder, "aides.csv", "--excel", "--output", str(folder / "e.csv"))
    assert territo(folder, "e.csv") == 0
    assert (
        (folder / "e.repare.csv")
        .read_text("utf-8")
        .splitlines()[1]
        .startswith("01004,1234.56,2020-12-31")
    )


def test_the_log_holds_no_formula(folder: Path) -> None:
    (folder / "f.csv").write_text(
        'code,montant,date,note\n"=""01004""",+1 000,2020-01-01,x\n', "utf-8"
    )
    assert territo(folder, "f.csv", "--log", str(folder / "log.csv")) == 0
    rows = list(csv.DictReader(io.StringIO((folder / "log.csv").read_text("utf-8"))))
    assert [row["before"] for row in rows] == ['\'="01004"', "'+1 000"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx"])
def test_neutral(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert neutral("01004") == "01004"


def test_the_log_in_words(folder: Path) -> None:
    territo(folder, "aides.csv", "--log", str(folder / "log.txt"))
    assert "row 2, column A, code — “1004” → “01004” [pattern]" in (folder / "log.txt").read_text(
        "utf-8"
    )


def test_a_dry_run_shows_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert territo(folder, "aides.csv", "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "@@ row 2, column B, montant · type-number @@\n-1 234,56 €\n+1234.56\n" in shown
    assert not (folder / "aides.repare.csv").exists()


def test_errors_left_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.csv").write_text("code,montant,date,note\nx,12 5a,bientôt,\n", "utf-8")
    assert territo(folder, "bad.csv") == 1
    shown = capsys.readouterr().out
    assert "Nothing to repair automatically" in shown
    assert "Left to mend by hand:" in shown
    assert not (folder / "bad.repare.csv").exists()


def test_what_is_to_be_confirmed_is_told_with_its_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "d.csv").write_text("code,montant,date,note\n01004,1,03/04/2020,\n", "utf-8")
    assert territo(folder, "d.csv") == 1
    assert "--accept type-date" in capsys.readouterr().out
    assert territo(folder, "d.csv", "--accept", "type-date,pattern") == 0
    assert "2020-04-03" in (folder / "d.repare.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("aides.csv", "--accept", "type-dat"), "is not the code of a repair"),
        (("aides.csv", "--accept", "required"), "is not the code of a repair"),
        (("aides.csv", "--excel", "--output", "x.xlsx"), "--excel writes a CSV"),
        (("nothing.csv",), "There is no file"),
    ],
)
def test_what_makes_no_sense_is_refused(
    folder: Path,
    arguments: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert territo(folder, *arguments) == 2
    assert said in capsys.readouterr().err


def test_an_existing_file_is_replaced_only_by_force(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = folder / "aides.repare.csv"
    there.write_text("kept", "utf-8")
    assert territo(folder, "aides.csv") == 2
    assert there.read_text("utf-8") == "kept"
    assert "--force" in capsys.readouterr().err
    assert territo(folder, "aides.csv", "--force") == 0
    assert "01004" in there.read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "excel", "output"),
    [
        ("a/b.csv", False, "a/b.repare.csv"),
        ("b.TSV", False, "b.repare.tsv"),
        ("b.csv.gz", False, "b.repare.csv"),
        ("b.ods", False, "b.repare.xlsx"),
        ("b.xlsx", True, "b.repare.csv"),
        ("b", False, "b.repare.csv"),
        ("-", False, "stdin.repare.csv"),
        ("https://exemple.fr/d/b.csv?x=1", False, "b.repare.csv"),
    ],
)
def test_where_the_result_goes(file: str, excel: bool, output: str) -> None:
    assert default_output(file, excel=excel).as_posix() == output


@pytest.mark.parametrize(
    ("text", "field", "stored"),
    [
        ("12", Field("n", "integer"), 12),
        ("1234.56", Field("n", "number"), 1234.56),
        ("1234.50", Field("n", "number"), 1234.5),
        ("012", Field("n", "integer"), "012"),
        ("12345678901234567", Field("n", "integer"), "12345678901234567"),
        ("01004", Field("n"), "01004"),
        ("=1+1", Field("n"), "=1+1"),
        ("2020-02-30", Field("n", "date"), "2020-02-30"),
        ("", Field("n"), None),
    ],
)
def test_cells_are_stored_as_they_read(text: str, field: Field, stored: object) -> None:
    assert native(text, field) == stored
