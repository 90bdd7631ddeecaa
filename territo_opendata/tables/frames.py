"""Stretches of records as columns of text, where Polars reads them as Python's csv reader does.

Polars is silent about too few cells in a record and about blank lines. So every byte is accounted
for: those of the cells, of the delimiters that so many full records have, of line ends and
quotes. A record with less than its share leaves the sum too large.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray
from polars.exceptions import PolarsError

from territo_opendata.tables.byte_places import Places, count_byte, find_byte
from territo_opendata.tables.chunks import find_quotes
from territo_opendata.tables.dialects import CsvFormat

_LF = 0x0A


@dataclass(frozen=True)
class Frame:
    """The records of a stretch: `table` has a column of texts for each column."""

    data: bytes
    table: pl.DataFrame
    quotes: Places = field(repr=False)

    @property
    def records(self) -> int:
        """Number of records."""
        return self.table.height

    @cached_property
    def line_count(self) -> int:
        """Number of physical lines."""
        if not len(self.quotes):
            return self.records
        return count_byte(self.data, _LF)

    @cached_property
    def _starts(self) -> NDArray[np.int64] | None:
        """The line that each record starts on, None where each takes up one line."""
        if self.line_count == self.records:
            return None
        feeds = find_byte(self.data, _LF)
        ends = np.flatnonzero(np.searchsorted(self.quotes, feeds) % 2 == 0)
        return np.concatenate(([1], ends + 2))

    def line(self, index: int) -> int:
        """Return the physical line where a record starts; the first is 1."""
        return index + 1 if self._starts is None else int(self._starts[index])

    def lines(self) -> tuple[int, ...]:
        """Return the physical line of every record."""
        if self._starts is None:
            return tuple(range(1, self.records + 1))
        return tuple(self._starts[: self.records].tolist())

    def place(self, index: int) -> tuple[int, int]:
        """Return the number of a record, from 1, and the physical line where it starts."""
        return index + 1, self.line(index)

    def cells(self, index: int) -> Sequence[str]:
        """Return the cells of a record."""
        return self.table.row(index)


def column_name(index: int) -> str:
    """Return the name that the column at this place has in frames."""
    return f"c{index}"


def read_frame(
    data: bytes, csv_format: CsvFormat, width: int, quotes: Places | None
) -> Frame | None:
    """Return the records of a regular stretch, None where the csv reader must read them.

    `data` has been found regular (`tables.chunks.cut`), with quotes at these places.
    """
    if width < 2 or not data or data.startswith(b"\xef\xbb\xbf") or b"\x00" in data:
        return None
    if not data.endswith(b"\n"):
        # Without it, Polars drops an empty cell too many in silence.
        data += b"\r\n" if b"\r" in data else b"\n"
    try:
        table = pl.read_csv(
            data,
            has_header=False,
            schema={column_name(index): pl.String for index in range(width)},
            separator=csv_format.delimiter,
            quote_char=csv_format.quote_char,
            empty_string_is_null=False,
            extra_columns="raise",
            infer_schema=False,
        )
    except PolarsError:
        return None
    if quotes is None:
        quotes = find_quotes(data, csv_format, len(data))
    frame = Frame(data, table, quotes)
    return frame if _accounted(frame, width) else None


def _accounted(frame: Frame, width: int) -> bool:
    data, quotes, table = frame.data, frame.quotes, frame.table
    if table.width != width or not table.height:
        return False
    cells = sum(table.select(pl.all().str.len_bytes().cast(pl.Int64).sum()).row(0))
    ends = 2 if b"\r" in data else 1
    # A quote written twice stands for one: its second half opens anew, right after the first.
    doubled = int(np.count_nonzero(quotes[1:-1:2] + 1 == quotes[2::2])) if len(quotes) else 0
    return bool(cells + table.height * (width - 1 + ends) + len(quotes) - doubled == len(data))
