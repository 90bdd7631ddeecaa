"""The sheets of an XLSX workbook (ECMA-376, Part 1, SpreadsheetML), read row by row."""

import datetime as dt
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from territo_opendata.language import Text
from territo_opendata.tables.archives import Archive
from territo_opendata.tables.source import BrokenFileError
from territo_opendata.tables.workbooks import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    TOO_LONG,
    Row,
    Sheet,
    Uncomputed,
    Value,
)
from territo_opendata.tables.xlsx_parts import (
    Kind,
    read_formats,
    read_part,
    read_shared_strings,
    unescape,
)
from territo_opendata.tables.xml_stream import XmlError, parse_xml

_DAY = dt.timedelta(days=1)
_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zone
_EPOCH_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_465
_LAST_DAY_1904 = _LAST_DAY - 1_462
_FALSE_LEAP_DAY = 60
"""Day numbers below are one short: Excel believes that 1900 had a 29 February."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What all the sheets of a workbook share."""

    label: str
    path: Path
    limit: int
    texts: Sequence[str]
    formats: Sequence[Kind]
    from_1904: bool


def read_xlsx(label: str, path: Path, limit: int) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook, charts and dialogs left out.

    Raises BrokenFileError or XmlError when its parts are damaged.
    """
    with Archive(label, path, limit) as archive:
        names = {name.lower(): name for name in archive.names}
        main = _main_part(archive, names)
        parts = _relations(archive, names, main)
        workbook = read_part(archive, main)
        texts = _find(names, parts, "sharedStrings")
        styles = _find(names, parts, "styles")
        book = _Book(
            label,
            path,
            limit,
            read_shared_strings(archive, texts) if texts else (),
            read_formats(archive, styles) if styles else (),
            any(each.get("date1904") in ("1", "true") for each in workbook.of("workbookPr")),
        )
    sheets = []
    for each in workbook.of("sheet"):
        kind, target = parts.get(each.get("id", ""), ("", ""))
        member = names.get(target.lower())
        if kind == "worksheet" and member is not None:
            hidden = each.get("state", "visible") != "visible"
            sheets.append(Sheet(each.get("name", ""), hidden, partial(_rows, book, member)))
    if not sheets:
        raise BrokenFileError(label, Text("il n’a aucune feuille", "it has no sheet"))
    return tuple(sheets)


def _main_part(archive: Archive, names: dict[str, str]) -> str:
    for kind, target in _relations(archive, names, "").values():
        if kind == "officeDocument" and target.lower() in names:
            return names[target.lower()]
    if "xl/workbook.xml" in names:
        return names["xl/workbook.xml"]
    reason = Text("sa partie principale manque", "its main part is missing")
    raise BrokenFileError(archive.label, reason)


def _relations(archive: Archive, names: dict[str, str], part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that `part` refers to, by id: the last word of the relation, the path."""
    folder, name = posixpath.split(part)
    member = names.get(f"{folder}/_rels/{name}.rels".lstrip("/").lower())
    if member is None:
        return {}
    return {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"),
        )
        for each in read_part(archive, member).of("Relationship")
    }


def _find(names: dict[str, str], parts: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((names.get(path.lower()) for each, path in parts.values() if each == kind), None)


def _rows(book: _Book, member: str, uncomputed: Uncomputed) -> Iterator[Row]:
    sheet = _SheetReader(book, uncomputed)
    try:
        with Archive(book.label, book.path, book.limit) as archive:
            blocks = archive.blocks(member)
            for _ in parse_xml(blocks, sheet.start, sheet.end, sheet.data):
                yield from sheet.take()
    except XmlError as error:
        raise BrokenFileError(book.label, error.reason) from error


class _SheetReader:
    """Handlers that gather the rows of one sheet; called some ten times a cell, hence long."""

    def __init__(self, book: _Book, uncomputed: Uncomputed) -> None:
        self._book = book
        self._uncomputed = uncomputed
        self._columns = _Columns(book.label)
        self._done: list[Row] = []
        self._row = 0
        self._cells: list[Value] = []
        self._column = 0
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._length = 0
        self._formula = self._phonetic = self._listening = False

    def take(self) -> list[Row]:
        """Return the rows that have been read whole since the last call."""
        done, self._done = self._done, []
        return done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note what starts."""
        if name == "c":
            self._attributes = attributes
            self._length = 0
            self._formula = False
        elif name in ("v", "t"):
            self._listening = not self._phonetic
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name == "rPh":
            self._phonetic = True

    def data(self, text: str) -> None:
        """Keep the text of values."""
        if self._listening:
            self._text.append(text)
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise BrokenFileError(self._book.label, TOO_LONG)

    def end(self, name: str) -> None:
        """Make a cell or a row of what ends."""
        if name in ("v", "t"):
            self._listening = False
        elif name == "c":
            place = self._attributes.get("r")
            if place is None:
                self._column += 1
                self._columns.check(self._column)
            else:
                self._column = self._columns[place.rstrip("0123456789")]
            if self._text:
                self._keep("".join(self._text), self._column)
                self._text.clear()
            elif self._formula and self._attributes.get("t") != "str":
                self._uncomputed.cells += 1
        elif name == "row":
            self._done.append((self._row, self._cells))
        elif name == "rPh":
            self._phonetic = False

    def _start_row(self, place: str | None) -> None:
        number = self._row + 1 if place is None else _number(place)
        if not self._row < number <= MAX_ROWS:
            reason = Text("ses lignes ne se suivent pas", "its rows are out of order")
            raise BrokenFileError(self._book.label, reason)
        self._row, self._cells, self._column = number, [], 0

    def _keep(self, text: str, column: int) -> None:
        cells = self._cells
        if column > len(cells):
            cells.extend([None] * (column - len(cells)))
        attributes = self._attributes
        cells[column - 1] = self._typed(attributes.get("t", "n"), text, attributes)

    def _typed(self, kind: str, text: str, attributes: dict[str, str]) -> Value:
        if kind == "s":
            number = _number(text)
            known = 0 <= number < len(self._book.texts)
            return self._book.texts[number] if known else None
        if kind == "n":
            return self._numeric(text, _number(attributes.get("s", "0")))
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "d":
            return _iso(text)
        return text if kind == "e" else unescape(text)

    def _numeric(self, text: str, style: int) -> Value:
        formats = self._book.formats
        kind = formats[style] if 0 <= style < len(formats) else "number"
        if kind == "number":
            return int(text) if len(text) <= 15 and text.isdecimal() else _float(text)
        number = _float(text)
        if isinstance(number, str) or not 0 <= number < _LAST_DAY:
            return number
        return moment(number, kind, from_1904=self._book.from_1904)


class _Columns(dict[str, int]):
    """Numbers of columns by their letters."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters if re.fullmatch("[A-Z]{1,3}", letters) else "":
            number = number * 26 + ord(letter) - 64
        self.check(number)
        self[letters] = number
        return number

    def check(self, number: int) -> None:
        """Raise BrokenFileError for a column that no sheet has."""
        if not 0 < number <= MAX_COLUMNS:
            reason = Text("une cellule est hors de la feuille", "a cell lies outside the sheet")
            raise BrokenFileError(self._label, reason)


def moment(number: float, kind: Kind, *, from_1904: bool) -> Value:
    """Return the date, time of day or duration that `number` days stand for, to the millisecond."""
    span = dt.timedelta(milliseconds=round(number * 86_400_000))
    if kind == "duration":
        return span
    if span < _DAY:
        return (_EPOCH + span).time()
    if from_1904:
        return _EPOCH_1904 + span if number < _LAST_DAY_1904 else number
    return _EPOCH + span + (_DAY if number < _FALSE_LEAP_DAY else dt.timedelta())


def _number(text: str) -> int:
    return int(text) if len(text) <= 9 and text.isdecimal() else -1


def _float(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _iso(text: str) -> Value:
    try:
        return dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return text
