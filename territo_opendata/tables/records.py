"""Records of a delimited text, in chunks that keep record and line numbers."""

import csv
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.tables.dialects import CsvFormat

CHUNK_RECORDS = 8192
_FIELD_SIZE_LIMIT = 2**31 - 2
# One more line after the last: read as a record of its own, unless a quote is still open.
_END = "\x00end of file\x00"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole records that follow one another, numbered within the chunk.

    `rows[i]` is the number of record `i` (the first record of the chunk is 1, blank ones count),
    `lines[i]` the physical line where it starts (the chunk's first is 1), `cells[i]` its cells.
    `records` and `line_count` are how many of each the chunk takes up in the file, those left
    out of `cells` (header, comments) included. `unclosed` is True when the last record ends with
    the file inside an open quote; `broken` says why the reader could not go on.
    """

    rows: tuple[int, ...]
    lines: tuple[int, ...]
    cells: tuple[list[str], ...]
    records: int
    line_count: int
    unclosed: bool = False
    broken: str = ""

    def until(self, row: int) -> "Chunk":
        """Return the chunk as if it ended with the record of this number."""
        kept = bisect_right(self.rows, row)
        if kept == len(self.rows):
            return self
        return Chunk(
            self.rows[:kept],
            self.lines[:kept],
            self.cells[:kept],
            self.rows[kept] - 1,
            self.lines[kept] - 1,
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One record, with its number and first line in the file."""

    row: int
    line: int
    cells: Sequence[str]


def records_of(chunks: Iterable[Chunk], rows: Sequence[int]) -> Iterator[Record]:
    """Yield the records of these increasing numbers, from chunks that start with the file."""
    wanted = iter(rows)
    row = next(wanted, None)
    rows_before = lines_before = 0
    for chunk in chunks:
        while row is not None and row - rows_before <= chunk.records:
            place = bisect_left(chunk.rows, row - rows_before)
            yield Record(row, chunk.lines[place] + lines_before, chunk.cells[place])
            row = next(wanted, None)
        if row is None:
            return
        rows_before += chunk.records
        lines_before += chunk.line_count


def read_chunks(
    lines: Iterable[str], csv_format: CsvFormat, size: int = CHUNK_RECORDS
) -> Iterator[Chunk]:
    """Yield the records of `lines` as Python's csv reader sees them, in chunks of `size`."""
    reader = RecordReader(lines, csv_format)
    while (chunk := reader.read(size)) is not None:
        yield chunk


class RecordReader:
    """Reads records one after the other; never a line more than the records read take up."""

    def __init__(self, lines: Iterable[str], csv_format: CsvFormat) -> None:
        csv.field_size_limit(_FIELD_SIZE_LIMIT)
        self._reader: Any = csv.reader(itertools.chain(lines, (_END,)), csv_format.python())
        self.ended = False

    def read(self, size: int, enough: Callable[[], bool] | None = None) -> Chunk | None:
        """Return the next `size` records, fewer once there are `enough`; None after the last."""
        if self.ended:
            return None
        before = self._reader.line_num
        cells, starts, broken = self._take(size, enough)
        unclosed = self._strip_end(cells, starts)
        if not cells and not broken:
            return None
        return Chunk(
            tuple(range(1, len(cells) + 1)),
            tuple(start - before for start in starts),
            tuple(cells),
            len(cells),
            self._reader.line_num - before - (self.ended and not unclosed and not broken),
            unclosed,
            broken,
        )

    def _take(
        self, size: int, enough: Callable[[], bool] | None
    ) -> tuple[list[list[str]], list[int], str]:
        reader = self._reader
        cells: list[list[str]] = []
        starts = [reader.line_num + 1]
        broken = ""
        try:
            for record in itertools.islice(reader, size):
                cells.append(record)
                starts.append(reader.line_num + 1)
                if enough is not None and enough():
                    break
            else:
                self.ended = len(cells) < size
        except csv.Error as error:
            self.ended, broken = True, str(error)
        starts.pop()
        return cells, starts, broken

    def _strip_end(self, cells: list[list[str]], starts: list[int]) -> bool:
        """Take the end mark away; return True when an open quote had swallowed it."""
        if not cells or not cells[-1] or not cells[-1][-1].endswith(_END):
            return False
        self.ended = True
        if starts[-1] == self._reader.line_num:
            cells.pop()
            starts.pop()
            return False
        cells[-1][-1] = cells[-1][-1].removesuffix(_END)
        return True
