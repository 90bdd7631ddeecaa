"""The sheets of an ODS workbook (OpenDocument 1.3, Part 3), read row by row."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
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
from territo_opendata.tables.xml_stream import XmlError, local, parse_xml

_CONTENT = "content.xml"
_SPAN = re.compile(
    r"(-?)P(?:(\d{1,6})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d+))?S)?"
)
_DAY = dt.timedelta(days=1)


def read_ods(label: str, path: Path, limit: int) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook. Raises BrokenFileError or XmlError when damaged."""
    outline = _Outline()
    with Archive(label, path, limit) as archive:
        for _ in parse_xml(archive.blocks(_CONTENT), outline.start, outline.end, _ignore):
            pass
    if not outline.tables:
        raise BrokenFileError(label, Text("il n’a aucune feuille", "it has no sheet"))
    return tuple(
        Sheet(name, style in outline.hidden, partial(_rows, label, path, limit, number))
        for number, (name, style) in enumerate(outline.tables)
    )


def _rows(label: str, path: Path, limit: int, number: int, uncomputed: Uncomputed) -> Iterator[Row]:
    sheet = _SheetReader(label, number, uncomputed)
    try:
        with Archive(label, path, limit) as archive:
            for _ in parse_xml(archive.blocks(_CONTENT), sheet.start, sheet.end, sheet.data):
                yield from sheet.take()
                if sheet.finished:
                    return
    except XmlError as error:
        raise BrokenFileError(label, error.reason) from error


class _Tables:
    """Follows which sheet is being read: tables within tables, or cached from elsewhere, are none."""

    def __init__(self) -> None:
        self._depth = 0
        self._links = 0

    def opened(self, name: str) -> bool:
        """Take note of an element that starts; tell whether a sheet starts with it."""
        if name == "dde-links":
            self._links += 1
        if name != "table":
            return False
        self._depth += 1
        return self._depth == 1 and not self._links

    def closed(self, name: str) -> bool:
        """Take note of an element that ends; tell whether a sheet ends with it."""
        if name == "dde-links":
            self._links -= 1
        if name != "table":
            return False
        self._depth -= 1
        return self._depth == 0 and not self._links


class _Outline(_Tables):
    """Handlers that gather the names of sheets, and which table styles hide theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, str]] = []
        self.hidden: set[str] = set()
        self._style = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the name of a sheet, or what a style hides."""
        if self.opened(name):
            found = local(attributes)
            self.tables.append((found.get("name", ""), found.get("style-name", "")))
        elif name == "style":
            self._style = local(attributes).get("name", "")
        elif name == "table-properties" and local(attributes).get("display") == "false":
            self.hidden.add(self._style)

    def end(self, name: str) -> None:
        """Note the end of a sheet."""
        self.closed(name)


class _SheetReader(_Tables):
    """Handlers that gather the rows of the sheet of that number."""

    def __init__(self, label: str, number: int, uncomputed: Uncomputed) -> None:
        super().__init__()
        self._label = label
        self._length = 0
        self._wanted = number
        self._uncomputed = uncomputed
        self._seen = -1
        self._inside = False
        self.finished = False
        self._done: list[tuple[int, list[Value], int]] = []
        self._row = 0
        self._row_repeats = 1
        self._cells: list[Value] = []
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._notes = 0
        self._text_depth = 0

    def take(self) -> Iterator[Row]:
        """Yield the rows that have been read whole since the last call, repeated ones apart."""
        done, self._done = self._done, []
        for first, cells, times in done:
            for row in range(first, first + times):
                yield row, cells

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note what starts."""
        if self.opened(name):
            self._seen += 1
            self._inside = self._seen == self._wanted
        if not self._inside or self._depth > 1:
            return
        if name == "table-row":
            self._row_repeats = _times(local(attributes).get("number-rows-repeated"))
            self._cells, self._column = [], 0
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs, self._length = local(attributes), [], 0
        elif name == "annotation":
            self._notes += 1
        elif self._cell is not None and not self._notes:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._text_depth += 1
            self._paragraphs.append("")
        elif self._text_depth:
            spaces = (
                " " * min(_times(local(attributes).get("c")), MAX_COLUMNS) if name == "s" else ""
            )
            self._paragraphs[-1] += spaces or {"tab": "\t", "line-break": "\n"}.get(name, "")

    def data(self, text: str) -> None:
        """Keep the text of cells."""
        if self._text_depth and not self._notes:
            self._paragraphs[-1] += text
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise BrokenFileError(self._label, TOO_LONG)

    def end(self, name: str) -> None:
        """Make a cell or a row of what ends."""
        inside = self._inside and self._depth == 1
        if self.closed(name) and inside:
            self._inside, self.finished = False, True
        if not inside:
            return
        if name == "annotation":
            self._notes -= 1
        elif name == "p" and self._text_depth and not self._notes:
            self._text_depth -= 1
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell(covered=name != "table-cell")
        elif name == "table-row":
            times = min(self._row_repeats, MAX_ROWS - self._row)
            if self._cells and times > 0:
                self._done.append((self._row + 1, self._cells, times))
            self._row += max(times, 0)

    def _end_cell(self, *, covered: bool) -> None:
        attributes, self._cell = self._cell or {}, None
        times = min(_times(attributes.get("number-columns-repeated")), MAX_COLUMNS - self._column)
        value = None if covered else self._value(attributes)
        if value is not None and value != "":
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * times)
        self._column += max(times, 0)

    def _value(self, attributes: Mapping[str, str]) -> Value:
        kind = attributes.get("value-type", "")
        if kind in ("float", "percentage", "currency"):
            return _float(attributes.get("value", ""))
        if kind == "boolean":
            return attributes.get("boolean-value") == "true"
        if kind == "date":
            return _moment(attributes.get("date-value", ""))
        if kind == "time":
            return _time(attributes.get("time-value", ""))
        text = attributes.get("string-value") or "\n".join(self._paragraphs)
        self._uncomputed.cells += "formula" in attributes and not kind and not text
        return text


def _times(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else 1


def _float(text: str) -> int | float | str:
    if len(text) <= 15 and text.isdecimal():
        return int(text)
    try:
        return float(text)
    except ValueError:
        return text


def _moment(text: str) -> Value:
    try:
        return dt.datetime.fromisoformat(text[:26])
    except ValueError:
        return text


def _time(text: str) -> Value:
    """Return the time of day, or from a day on the duration, that an ISO 8601 span stands for."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return text
    sign, *parts, fraction = match.groups()
    days, hours, minutes, seconds = (int(part or 0) for part in parts)
    span = dt.timedelta(
        days=days,
        hours=hours,
        minutes=minutes,
        seconds=seconds,
        milliseconds=round(float(f"0.{fraction or 0}") * 1000),
    )
    if sign or span >= _DAY:
        return -span if sign else span
    return (dt.datetime.min + span).time()  # noqa: DTZ901


def _ignore(*_: object) -> None:
    """Leave text out."""
