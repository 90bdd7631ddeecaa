"""A table as an XLSX workbook, written row by row, the cells that a repair changed marked."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text, visible
from territo_opendata.repair.changes import Change, ChangeLog
from territo_opendata.tables.native_cells import (
    FONT,
    LAST_COLUMN,
    NativeCell,
    legal_text,
    native_cell,
)
from territo_opendata.tables.table import Table

_MARK = "FFF2CC"
_TEXT = "@"
_WAS = Text("Avant : {}", "Before: {}")


def write_workbook(
    table: Table, schema: Schema, log: ChangeLog, path: Path, title: str, language: Language
) -> None:
    """Write the table to a workbook of one sheet; a comment in each changed cell tells what it was.

    Numbers and dates are written as such where the cell says just that, everything else as text,
    so that a code keeps its zeros. Raises UsageError where openpyxl is not installed.
    """
    openpyxl = _library()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31] or "table")
    sheet.freeze_panes = "A2"
    names = table.header.labels
    pen = _Pen(sheet, language)
    pen.widen(names)
    changes = _Changes(log)
    known = {field.name: field for field in schema.fields}
    fields = [known.get(name, Field(name)) for name in names]
    sheet.append(pen.heading(names, changes.of(1)))
    number = 1
    for chunk in table.chunks():
        for cells in chunk.cells:
            number += 1
            sheet.append(pen.row(cells, fields, changes.of(number)))
    book.save(path)


def _library() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise UsageError(
            "Écrire un classeur demande l’option « xlsx » : pip install territo-opendata[xlsx]. "
            "Sinon, demandez un CSV avec --output fichier.csv.",
            "Writing a workbook needs the extra “xlsx”: pip install territo-opendata[xlsx]. "
            "Otherwise ask for a CSV with --output file.csv.",
        ) from error
    return openpyxl


class _Changes:
    """The changed cells of each row of the new table, asked for in increasing order."""

    def __init__(self, log: ChangeLog) -> None:
        targeted = (change for change in log.read() if change.target is not None)
        self._left: Iterator[Change] = iter(sorted(_headers(log), key=_target_column))
        self._body = (each for each in targeted if each.target is not None and each.target[0] > 1)
        self._next = next(self._body, None)

    def of(self, row: int) -> dict[int, Change]:
        """Return the changes of a row by column."""
        if row == 1:
            return {_target_column(each): each for each in self._left}
        found = {}
        while self._next is not None and self._next.target is not None:
            if self._next.target[0] > row:
                break
            if self._next.target[0] == row:
                found[self._next.target[1]] = self._next
            self._next = next(self._body, None)
        return found


def _headers(log: ChangeLog) -> Iterator[Change]:
    return (each for each in log.read() if each.target is not None and each.target[0] == 1)


def _target_column(change: Change) -> int:
    return change.target[1] if change.target is not None else 0


class _Pen:
    """Makes the cells of a row."""

    def __init__(self, sheet: Any, language: Language) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.comments import Comment
        from openpyxl.styles import Font, PatternFill

        self._cell: Callable[..., Any] = WriteOnlyCell
        self._comment: Callable[..., Any] = Comment
        self._fill = PatternFill("solid", start_color=_MARK)
        self._bold = Font(**FONT, bold=True)
        self._sheet = sheet
        self._language = language

    def widen(self, names: Sequence[str]) -> None:
        """Give each column the width of its name, before any row is written."""
        from openpyxl.utils import get_column_letter

        for number, name in enumerate(names[:LAST_COLUMN], 1):
            width = max(10, min(len(name) + 3, 40))
            self._sheet.column_dimensions[get_column_letter(number)].width = width

    def heading(self, names: Sequence[str], changes: dict[int, Change]) -> list[Any]:
        """Return the cells of the header."""
        row = self.row(names, (), changes)
        for cell in row:
            if cell is not None:
                cell.font = self._bold
        return row

    def row(
        self, cells: Sequence[str], fields: Sequence[Field], changes: dict[int, Change]
    ) -> list[Any]:
        """Return the cells of a row, those with a change marked."""
        row = [
            self._made(text, fields[place] if place < len(fields) else Field(""))
            for place, text in enumerate(cells)
        ]
        for column, change in changes.items():
            if column <= len(row):
                row[column - 1] = self._marked(row[column - 1], change)
        return row

    def _made(self, text: str, field: Field) -> Any:
        value = native(text, field)
        if value is None:
            return None
        cell = self._cell(self._sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, whatever it begins with
            cell.number_format = _TEXT
        elif isinstance(value, dt.datetime):
            cell.number_format = "yyyy-mm-dd"
        return cell

    def _marked(self, cell: Any, change: Change) -> Any:
        marked = cell if cell is not None else self._cell(self._sheet, value="")
        marked.fill = self._fill
        was = _WAS.say(self._language).format(legal_text(change.before)[:500])
        marked.comment = self._comment(was, "territo", height=60, width=220)
        return marked


def native(text: str, field: Field) -> NativeCell:
    """Return what a sheet is to store for the cell: the number or date that it is, else its text.

    Raises UsageError for a text that no workbook can hold.
    """
    if legal_text(text) != text:
        raise UsageError(
            f"« {visible(text)} » ne tient pas dans une cellule de classeur (trop long, ou caractère interdit). Demandez un CSV avec --output fichier.csv.",
            f"“{visible(text)}” cannot be put in a cell of a workbook (too long, or a forbidden character). Ask for a CSV with --output file.csv.",
        )
    return native_cell(text, field)
