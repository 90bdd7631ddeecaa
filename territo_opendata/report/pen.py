"""Makes the cells of a workbook that is written row by row (write-only mode of openpyxl)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.language import visible
from territo_opendata.report.notes import Note
from territo_opendata.tables.native_cells import (
    FONT,
    LAST_COLUMN,
    NativeCell,
    legal_text,
    native_cell,
    row_height,
)

_COLOURS = {"error": "F8CBC0", "warning": "FFE9A8"}
_TEXT, _DAY = "@", "yyyy-mm-dd"
_PLAIN = Field("")


class Pen:
    """Makes rows for one sheet."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill

        self._cell, self._comment = WriteOnlyCell, Comment
        self._fills = {
            name: PatternFill("solid", start_color=each) for name, each in _COLOURS.items()
        }
        self._bold = Font(**FONT, bold=True)
        self._linked = Font(**FONT, color="0B5394", underline="single")
        self._wrapped = Alignment(wrap_text=True, vertical="top")
        self._sheet = sheet
        self._cells: dict[tuple[int, str], Any] = {}

    def widen(self, widths: Iterable[int]) -> None:
        """Set the widths of the columns, in characters, before any row is written."""
        from openpyxl.utils import get_column_letter

        for number, width in enumerate(widths, 1):
            if number <= LAST_COLUMN:
                self._sheet.column_dimensions[get_column_letter(number)].width = width

    def row(
        self,
        cells: Sequence[str],
        columns: Sequence[Field],
        notes: Mapping[int, Note],
        *,
        bold: bool = False,
    ) -> list[Any]:
        """Return the cells of a row: numbers and dates where `columns` say so, else texts.

        A note beyond the last cell gets a cell of its own, next to it.
        """
        values = [
            native_cell(text, columns[place] if place < len(columns) else _PLAIN)
            for place, text in enumerate(cells[:LAST_COLUMN])
        ]
        row = [self._used_again(value, place) for place, value in enumerate(values)]
        if bold:
            row = [self._bolded(value) for value in values]
        for column, note in notes.items():
            place = min(column, len(row) + 1, LAST_COLUMN) - 1
            if place == len(row):
                row.append(None)
            row[place] = self._noted(values[place] if place < len(values) else None, note, bold)
        return row

    def heading(self, names: Iterable[str]) -> list[Any]:
        """Return the cells of a header of ours."""
        return [self._bolded(name) for name in names]

    def plain(self, text: str) -> Any:
        """Return a cell of ours, which may reach over those to its right."""
        return self._made(text)

    def line(self, cells: Sequence[str], number: int, widths: Sequence[int]) -> list[Any]:
        """Return the cells of the row `number`, as high as they need: texts of others, as such."""
        texts = [visible(text, 32_000) for text in cells]
        self._sheet.row_dimensions[number].height = row_height(texts, widths)
        row = [self._made(text or None) for text in texts]
        for cell in row:
            cell.alignment = self._wrapped
        return row

    def link(self, cell: Any, target: str) -> None:
        """Make a cell lead to another one of the workbook."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell.hyperlink = Hyperlink(ref="A1", location=target)
        cell.font = self._linked

    def _used_again(self, value: NativeCell, place: int) -> Any:
        """Return what to append for a value: a number as such, else the cell of its column.

        A row is written as soon as it is appended: a column needs one cell for its texts and one
        for its dates, and making them anew for each row would take most of the time.
        """
        if value is None or isinstance(value, int | float):
            return value
        form = _TEXT if isinstance(value, str) else _DAY
        cell = self._cells.get((place, form))
        if cell is None:
            cell = self._cells[place, form] = self._cell(self._sheet)
            cell.number_format = form
        return _set(cell, value)

    def _made(self, value: NativeCell) -> Any:
        cell = self._cell(self._sheet)
        if value is not None and not isinstance(value, int | float):
            cell.number_format = _TEXT if isinstance(value, str) else _DAY
        return _set(cell, value)

    def _bolded(self, value: NativeCell) -> Any:
        cell = self._made(value)
        cell.font = self._bold
        return cell

    def _noted(self, value: NativeCell, note: Note, bold: bool) -> Any:  # noqa: FBT001
        cell = self._bolded(value) if bold else self._made(value)
        cell.fill = self._fills[note.severity]
        if note.text:
            height = 40 + 17 * (len(note.text) // 45 + note.text.count("\n"))
            cell.comment = self._comment(note.text, "territo", height=height, width=340)
        return cell


def _set(cell: Any, value: NativeCell) -> Any:
    if isinstance(value, str):
        cell.value = legal_text(value)
        cell.data_type = "s"  # never a formula nor an error, whatever it looks like
    else:
        cell.value = value
    return cell
