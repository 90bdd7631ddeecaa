"""The steward's own sheets, what was found noted in their cells, and the list of it all.

The one report that is no function of the report alone: it needs the rows of the tables too.
They are written as they are read, so that memory does not grow with the file.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from territo_opendata.errors import UsageError
from territo_opendata.findings import Report, TableReport
from territo_opendata.language import Language, Text
from territo_opendata.report import words
from territo_opendata.report.finding_list import LIST, write_list
from territo_opendata.report.notes import CellNotes
from territo_opendata.report.pen import Pen
from territo_opendata.tables.table_rows import TableRows

LAST_ROW = 1_048_576
"""How many rows a sheet holds (Excel specifications and limits, Microsoft)."""

_FORBIDDEN = re.compile(r"[\\/*?:\[\]\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def write_annotated(
    report: Report, tables: Sequence[TableRows | None], path: Path, language: Language
) -> None:
    """Write the workbook; `tables` are those of the report, None for one that cannot be read.

    Raises UsageError where openpyxl is not installed.
    """
    book = library().Workbook(write_only=True)
    titles = _Titles(LIST.say(language))
    shown, said = {}, []
    for place, (table, rows) in enumerate(zip(report.tables, tables, strict=True)):
        if rows is not None:
            shown[place] = titles.of(table.name)
            said += _write_table(book, shown[place], table, rows, language)
    write_list(book, report, shown, said, language, LAST_ROW)
    book.save(path)


def library() -> Any:
    """Return openpyxl. Raises UsageError where it is not installed."""
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            "Écrire un classeur demande l’option « xlsx » : pip install territo-opendata[xlsx]. "
            "Sinon, demandez --format html ou --format csv.",
            "Writing a workbook needs the extra “xlsx”: pip install territo-opendata[xlsx]. "
            "Otherwise ask for --format html or --format csv.",
        ) from error
    return openpyxl


class _Titles:
    """Names of sheets: short, without forbidden signs, each used once."""

    def __init__(self, taken: str) -> None:
        self._taken = {taken.casefold()}

    def of(self, name: str) -> str:
        plain = _FORBIDDEN.sub(" ", name).strip(" '")[:31].rstrip(" '") or "table"
        title, number = plain, 1
        while title.casefold() in self._taken:
            number += 1
            ending = f" {number}"
            title = plain[: 31 - len(ending)] + ending
        self._taken.add(title.casefold())
        return title


def _write_table(
    book: Any, title: str, table: TableReport, rows: TableRows, language: Language
) -> list[str]:
    """Write the sheet of a table, and return what is to be said of it in the list."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = f"A{rows.header_row + 1}"
    columns = rows.columns
    pen = Pen(sheet)
    pen.widen(max(10, min(len(each.name) + 3, 40)) for each in columns)
    notes = CellNotes(table, language)
    left = iter(rows)
    for number, cells in enumerate(left, 1):
        below = number > rows.header_row
        sheet.append(
            pen.row(
                cells, columns if below else (), notes.of(number), bold=number == rows.header_row
            )
        )
        if number == LAST_ROW:
            break
    about = [_beyond(sum(1 for _ in left)), Text(*_capped(table)), notes.unwritten]
    return [f"{title} — {each.say(language)}" for each in about if each.fr]


def _capped(table: TableReport) -> tuple[str, str]:
    return words.capped(table, "fr"), words.capped(table, "en")


def _beyond(rows: int) -> Text:
    if not rows:
        return Text("", "")
    fr, en = words.rows(rows, "fr"), words.rows(rows, "en")
    return Text(
        f"Une feuille s’arrête à la ligne {words.number(LAST_ROW, 'fr')} : {fr} du fichier "
        "n’y sont pas. Elles ont été vérifiées comme les autres.",
        f"A sheet ends at row {words.number(LAST_ROW, 'en')}: {en} of the file are not in it. "
        "They were checked like the others.",
    )
