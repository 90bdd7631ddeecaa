"""XLSX and ODS read cell by cell, and compared with two other readers."""

import contextlib
import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from territo_opendata.tables.cell_texts import cell_text
from territo_opendata.tables.source import BrokenFileError
from territo_opendata.tables.spool import TooLargeError
from territo_opendata.tables.workbooks import Uncomputed, open_workbook
from territo_opendata.tables.xlsx_parts import format_kind, unescape
from tests.unit.tables import making

LIMIT = 50_000_000
DAY = dt.datetime(2024, 3, 1)  # noqa: DTZ001 - a sheet knows no time zone
VALUES = [
    "texte",
    " bords ",
    "deux\nlignes",
    'à "guillemets", & <balise>',
    5,
    -3,
    2.5,
    1e22,
    1e-7,
    79912345600012,
    True,
    False,
    None,
    dt.date(2024, 3, 1),
    DAY.replace(hour=13, minute=5, second=59),
    dt.time(10, 30),
    dt.timedelta(hours=30),
]


def texts(path: Path, number: int = 0, uncomputed: Uncomputed | None = None) -> dict:
    sheet = open_workbook("classeur", path, LIMIT)[number]
    rows = sheet.read(uncomputed or Uncomputed())
    return {row: [cell_text(cell) for cell in cells] for row, cells in rows if any(cells)}


def with_part(path: Path, name: str, change) -> Path:
    """Write the workbook again with one part changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            if content:
                archive.writestr(each, content)
    return path


def test_cells_of_xlsx_are_those_that_openpyxl_reads(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [VALUES, VALUES[::-1]]})
    (sheet,) = open_workbook("a", path, LIMIT)
    ours = [list(cells) for _, cells in sheet.read(Uncomputed())]
    theirs = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(path, data_only=True)["Un"]
    ]
    assert ours == theirs


def test_cells_are_those_that_calamine_reads(tmp_path: Path) -> None:
    plain = [each for each in VALUES if not isinstance(each, dt.timedelta | str)]
    rows = [["nom", *plain], ["é\nà", *plain]]
    for path in (
        making.xlsx(tmp_path / "a.xlsx", {"Un": rows}),
        making.ods(tmp_path / "a.ods", {"Un": rows}),
    ):
        book = python_calamine.CalamineWorkbook.from_path(path)
        theirs = [
            [cell_text(_at_midnight(cell)) for cell in row]
            for row in book.get_sheet_by_index(0).to_python()
        ]
        assert list(texts(path).values()) == theirs


def _at_midnight(cell):
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return dt.datetime.combine(cell, dt.time())
    return cell


@pytest.mark.parametrize("make", [making.xlsx, making.ods])
def test_texts_of_typed_cells(make, tmp_path: Path) -> None:
    values = [each for each in VALUES if not isinstance(each, dt.timedelta)]
    assert texts(make(tmp_path / "classeur.x", {"Un": [values]}))[1] == [
        "texte",
        " bords ",
        "deux\nlignes",
        'à "guillemets", & <balise>',
        "5",
        "-3",
        "2.5",
        "10000000000000000000000",
        "0.0000001",
        "79912345600012",
        "true",
        "false",
        "",
        "2024-03-01",
        "2024-03-01T13:05:59",
        "10:30:00",
    ]


def test_error_values_are_kept(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["#N/A", "#REF!"]]})
    assert texts(path) == {1: ["#N/A", "#REF!"]}
    error = '<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/D</text:p></table:table-cell>'
    row = f"<table:table-row>{error}</table:table-row>"
    path = making.ods_of(tmp_path / "a.ods", f'<table:table table:name="Un">{row}</table:table>')
    assert texts(path) == {1: ["#N/D"]}


def test_formulas_without_a_result_are_counted(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["=1+1", "=A1", "x"]]})
    found = Uncomputed()
    texts(path, uncomputed=found)
    assert found.cells == 2


def test_shared_and_rich_texts(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["x"]]})
    shared = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t>un</t></si><si><r><rPr><b/></rPr><t>gr</t></r><r><t xml:space='preserve'>as </t></r>"
        b"<rPh sb='0' eb='1'><t>PHONETIQUE</t></rPh></si><si><t>a_x000D_b _x005F_x000D_</t></si><si/></sst>"
    )
    relation = b'<Relationship Id="rIdS" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    with_part(path, "xl/sharedStrings.xml", lambda _: shared)
    with_part(
        path,
        "xl/_rels/workbook.xml.rels",
        lambda rels: re.sub(b"</Relationships>|</\\w+:Relationships>", relation, rels),
    )
    cells = b"".join(b'<c t="s"><v>%d</v></c>' % number for number in (0, 1, 2, 3, 9))
    with_part(path, "xl/worksheets/sheet1.xml", lambda _: sheet_xml(b"<row>" + cells + b"</row>"))
    assert texts(path) == {1: ["un", "gras ", "a\rb _x000D_", "", ""]}


def sheet_xml(data: bytes, prefix: bytes = b"") -> bytes:
    space = b"xmlns:x" if prefix else b"xmlns"
    return b"<%sworksheet %s='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>" % (
        prefix,
        space,
    ) + b"<%ssheetData>%s</%ssheetData></%sworksheet>" % (prefix, data, prefix, prefix)


@pytest.mark.parametrize(
    ("data", "prefix", "expected"),
    [
        (b"<row><c><v>1</v></c><c/><c><v>3</v></c></row>", b"", {1: ["1", "", "3"]}),
        (b'<row r="4"><c r="C4"><v>1</v></c></row>', b"", {4: ["", "", "1"]}),
        (b'<x:row><x:c t="str"><x:v>a</x:v></x:c></x:row>', b"x:", {1: ["a"]}),
        (
            b'<row><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
            b"",
            {1: ["ab"]},
        ),
        (b'<row><c t="d"><v>2024-03-01T00:00:00</v></c></row>', b"", {1: ["2024-03-01"]}),
        (b"<row><c><v>0.30000000000000004</v></c></row>", b"", {1: ["0.3"]}),
        (b"<row><c><v>7.9912345600012E+13</v></c></row>", b"", {1: ["79912345600012"]}),
        (b'<row><c t="str"><f>"x"&amp;"y"</f><v>xy</v></c></row>', b"", {1: ["xy"]}),
        (b'<row><c s="99"><v>45000</v></c></row>', b"", {1: ["45000"]}),
    ],
)
def test_sheets_as_other_programs_write_them(data, prefix, expected, tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["x"]]})
    with_part(path, "xl/worksheets/sheet1.xml", lambda _: sheet_xml(data, prefix))
    assert texts(path) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<row r="2"/><row r="1"/>', "ne se suivent pas"),
        (b'<row r="1048577"><c><v>1</v></c></row>', "ne se suivent pas"),
        (b'<row r="1"><c r="XFE1"><v>1</v></c></row>', "hors de la feuille"),
        (b'<row r="1"><c r="ABCDEF1"><v>1</v></c></row>', "hors de la feuille"),
        (b'<row r="1"><c r=""><v>1</v></c></row>', "hors de la feuille"),
        (b"<row><c><v>1</v></c>", "abîmé"),
        (b"<row>" + b"<c/>" * 16385 + b"</row>", "hors de la feuille"),
        (b"<row><c t='str'><v>" + b"x" * 40_000_000 + b"</v></c></row>", "démesurée"),
    ],
    ids=range(8),
)
def test_damaged_sheets(data, reason, tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["x"]]})
    with_part(path, "xl/worksheets/sheet1.xml", lambda _: sheet_xml(data))
    with pytest.raises(BrokenFileError) as caught:
        texts(path)
    assert reason in caught.value.reason.fr


def test_the_last_cell_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["x"]]})
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with_part(path, "xl/worksheets/sheet1.xml", lambda _: sheet_xml(far))
    found = texts(path)
    assert list(found) == [1, 1048576]
    assert len(found[1048576]) == 16384


def test_entities_are_refused(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["x"]]})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + sheet_xml(b"<row/>")
    with_part(path, "xl/worksheets/sheet1.xml", lambda _: bomb)
    with pytest.raises(BrokenFileError, match="DOCTYPE"):
        texts(path)


def test_a_part_that_expands_absurdly_is_refused(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["x"]]})
    data = b"<row>" + b" " * 70_000_000 + b"</row>"
    with_part(path, "xl/worksheets/sheet1.xml", lambda _: sheet_xml(data))
    with pytest.raises(TooLargeError):
        for _ in open_workbook("a", path, 1 << 40)[0].read(Uncomputed()):
            pass
    with pytest.raises(TooLargeError, match="--max-size"):
        for _ in open_workbook("a", path, 1 << 20)[0].read(Uncomputed()):
            pass


def test_hidden_sheets_and_1904_dates(tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [[DAY]], "Deux": [["x"]]}, hidden=["Deux"])
    with_part(
        path,
        "xl/workbook.xml",
        lambda part: re.sub(rb"<workbookPr[^>]*>", b'<workbookPr date1904="1"/>', part),
    )
    sheets = open_workbook("a", path, LIMIT)
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Un", False), ("Deux", True)]
    assert texts(path) == {1: [(DAY.date() + dt.timedelta(days=1462)).isoformat()]}
    path = making.ods(tmp_path / "a.ods", {"Un": [["x"]], "Deux": [["x"]]}, hidden=["Un"])
    assert [sheet.hidden for sheet in open_workbook("a", path, LIMIT)] == [True, False]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("61", "1900-03-01"),
        ("2958465.9", "2958465.9"),
        ("-1", "-1"),
        ("0.5", "12:00:00"),
        ("45352.999999999", "2024-03-02"),
        ("45352.0000058", "2024-03-01T00:00:00.501"),
    ],
)
def test_day_numbers(number, expected, tmp_path: Path) -> None:
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [[DAY]]})
    with_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda part: re.sub(rb"<v>45352</v>", f"<v>{number}</v>".encode(), part),
    )
    assert texts(path) == {1: [expected]}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("0.00E+00", "number"),
        ('#,##0.00\\ "€ de dotations"', "number"),
        ("[Red]0", "number"),
        ("_-* #,##0_h;-0", "number"),
        ("yyyy-mm-dd", "date"),
        ("[$-40C]d mmmm yyyy;@", "date"),
        ("hh:mm", "date"),
        ("[h]:mm:ss", "duration"),
        ("[mm]:ss", "duration"),
        ("@", "number"),
    ],
)
def test_formats(code, kind) -> None:
    assert format_kind(code) == kind


def test_escapes() -> None:
    assert unescape("plain _x") == "plain _x"
    assert unescape("_x0041_") == "A"


def test_ods_repeats_notes_and_hidden_content(tmp_path: Path) -> None:
    inner = (
        '<office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:s text:c="2"/>'
        "b<text:tab/><text:span>c</text:span><text:line-break/>d</text:p>"
    )
    cell = f'<table:table-cell office:value-type="string" table:number-columns-repeated="2">{inner}</table:table-cell>'
    covered = "<table:covered-table-cell><text:p>couvert</text:p></table:covered-table-cell>"
    number = '<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25 %</text:p></table:table-cell>'
    span = '<table:table-cell office:value-type="time" office:time-value="PT30H05M00S"/>'
    path = making.ods_of(
        tmp_path / "a.ods",
        "<table:tracked-changes><table:table-cell><text:p>ancien</text:p></table:table-cell></table:tracked-changes>"
        '<table:table table:name="Un"><table:table-header-rows>'
        f'<table:table-row table:number-rows-repeated="2">{cell}{covered}{number}{span}</table:table-row>'
        '</table:table-header-rows><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{number}</table:table-row></table:table>"
        '<table:dde-links><table:table table:name="cache"/></table:dde-links>',
    )
    assert [sheet.name for sheet in open_workbook("a", path, LIMIT)] == ["Un"]
    row = ["a  b\tc\nd", "a  b\tc\nd", "", "0.25", "PT30H5M"]
    assert texts(path) == {1: row, 2: row, 6: ["0.25"]}


BROKEN = {
    "empty": (b"", "est vide", "file-empty"),
    "text": (b"a,b\n1,2\n", "ce n’est pas un classeur", "csv-unreadable"),
    "old": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000),
        "ancien format .xls",
        "csv-unreadable",
    ),
    "locked": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999) + "EncryptedPackage".encode("utf-16-le"),
        "mot de passe",
        "csv-unreadable",
    ),
    "zip start only": (b"PK\x03\x04" + bytes(30), "abîmée", "csv-unreadable"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_files_that_are_no_workbook(case, tmp_path: Path) -> None:
    content, reason, code = BROKEN[case]
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(BrokenFileError) as caught:
        open_workbook("a", path, LIMIT)
    assert reason in caught.value.reason.fr
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"content.xml": b"x", "META-INF/manifest.xml": b"<encryption-data/>"}, "mot de passe"),
        ({"encrypted-package": b"x"}, "mot de passe"),
        ({"content.xml": b"<a></b>"}, "abîmé"),
        ({"content.xml": b"<a/>"}, "aucune feuille"),
        ({"xl/workbook.xml": b"<workbook/>"}, "aucune feuille"),
        ({"_rels/.rels": b"<Relationships/>"}, "partie principale"),
        ({"photo.png": b"x"}, "ce n’est pas un classeur"),
    ],
)
def test_archives_that_are_no_workbook(members, reason, tmp_path: Path) -> None:
    path = making.zipped(tmp_path / "a.xlsx", members)
    with pytest.raises(BrokenFileError) as caught:
        open_workbook("a", path, LIMIT)
    assert reason in caught.value.reason.fr


def test_truncated_workbooks_never_escape(tmp_path: Path) -> None:
    """Whatever byte a copy stops at, or is changed, there is one clear error or the same rows."""
    path = making.xlsx(tmp_path / "a.xlsx", {"Un": [["x", 1], ["y", 2]]})
    whole = path.read_bytes()
    for place in range(0, len(whole), 97):
        for damaged in (whole[:place], whole[:place] + b"\xff\xff" + whole[place + 2 :]):
            path.write_bytes(damaged)
            with contextlib.suppress(BrokenFileError):
                assert texts(path)
