"""Stretches of whole records, cut out of the bytes of a table without reading its cells.

Where quotes stand only where they must, the number of quotes before a line end tells whether it
ends a record. Where they do not, Python's csv reader goes on until a record ends, and the cut is
there. numpy is loaded with this module: it is for large tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from territo_opendata.tables.byte_places import NOWHERE, Places, find_byte
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.records import Chunk, RecordReader
from territo_opendata.tables.sizes import Sizes
from territo_opendata.tables.table import Table, first_content_row
from territo_opendata.tables.text_stream import UTF8_MARK, TextStream

_GROWTH = 8
_LF, _CR = 0x0A, 0x0D


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole records that follow one another, as UTF-8.

    `offset` is where they start in the text stream of the table. `chunk` holds them read by the
    csv reader where quotes are irregular (or they are no content), else None; `quotes` are the
    places of the quotes in `data`, where known.
    """

    data: bytes
    offset: int
    chunk: Chunk | None = None
    quotes: Places | None = None


class Aligner:
    """Cuts the text stream of a table into stretches of whole records."""

    def __init__(self, table: Table, text: TextStream, sizes: Sizes) -> None:
        self._table = table
        self._format = table.format
        self._text = text
        self._sizes = sizes
        self._blocks = text.blocks(lambda: self._wanted, table.undecodable)
        self._wanted = 0
        self._held = b""
        self._offset = 0
        self._ended = False

    def stretches(self) -> Iterator[Stretch]:
        """Yield the whole table; the first stretch is what precedes its content."""
        size = self._sizes.first
        first = first_content_row(self._table.dialect, self._table.header)
        if first > 1:
            head = self._run_on(0, records=first - 1)
            if head is None:
                return
            yield head
        while self._fill(size):
            held = len(self._held)
            # A little more than asked for ends with a line, most likely: nothing need be copied.
            limit = held if held <= size + size // _GROWTH else size
            end, quotes = cut(self._held, self._format, limit, whole=self._ended)
            if end:
                yield self._taken(end, quotes=quotes)
                size = min(size * _GROWTH, self._sizes.largest)
            elif size > self._sizes.smallest:
                size = max(size // _GROWTH, self._sizes.smallest)
            else:
                stretch = self._run_on(size)
                if stretch is None:
                    return
                yield stretch
                if stretch.chunk and stretch.chunk.broken:
                    return

    def _fill(self, size: int) -> bool:
        """Hold `size` bytes or more, fewer at the end of the table; return whether there are any."""
        parts = [self._held] if self._held else []
        held = len(self._held)
        while not self._ended and held < size:
            self._wanted = size - held
            block = next(self._blocks, b"")
            parts.append(block)
            held += len(block)
            self._ended = not block
        self._held = b"".join(parts)
        return bool(self._held)

    def _taken(self, end: int, chunk: Chunk | None = None, quotes: Places | None = None) -> Stretch:
        stretch = Stretch(self._held[:end], self._offset, chunk, quotes)
        self._held = self._held[end:]
        self._offset += end
        return stretch

    def _run_on(self, size: int, records: int = 1 << 40) -> Stretch | None:
        """Read records until they take up `size` bytes or more, or are so many."""
        used = 0

        def lines() -> Iterator[str]:
            nonlocal used
            while True:
                end = self._line_end(used)
                if end == used:
                    return
                line = self._held[used:end]
                used = end
                yield line.decode("utf-8", self._text.errors)

        chunk = RecordReader(lines(), self._format).read(records, lambda: 0 < size <= used)
        if chunk is None:
            return None
        if records < 1 << 40:
            chunk = Chunk((), (), (), chunk.records, chunk.line_count, chunk.unclosed, chunk.broken)
        return self._taken(used, chunk)

    def _line_end(self, start: int) -> int:
        """Return where the line that starts at `start` ends, its line end included."""
        searched = start
        while True:
            found = _next_end(self._held, searched)
            # A CR at the end of what is held may be half of a CR LF.
            if found and (found < len(self._held) or self._held.endswith(b"\n")):
                return found
            if self._ended:
                return len(self._held)
            searched = max(start, len(self._held) - 1)
            self._fill(len(self._held) + self._sizes.smallest)


def _next_end(data: bytes, start: int) -> int:
    feed = data.find(b"\n", start)
    stop = len(data) if feed < 0 else feed
    lone = data.find(b"\r", start, stop)
    if lone >= 0 and lone + 1 != feed:
        return lone + 1
    return feed + 1


def cut(data: bytes, csv_format: CsvFormat, size: int, *, whole: bool) -> tuple[int, Places]:
    """Return where the last record that ends within `size` bytes of `data` does, and its quotes.

    0 where that cannot be told from the quotes alone. `whole` tells that nothing follows `data`.
    """
    if data.startswith(UTF8_MARK):
        return 0, NOWHERE  # Here a mark is text, which a parser may take for a mark.
    rest = whole and len(data) <= size
    end = len(data) if rest else data.rfind(b"\n", 0, size) + 1
    quotes = find_quotes(data, csv_format, end)
    if len(quotes) % 2 and rest:
        return 0, NOWHERE
    while len(quotes) % 2:
        end = data.rfind(b"\n", 0, int(quotes[-1])) + 1
        quotes = quotes[: int(np.searchsorted(quotes, end))]
    return (end, quotes) if end and _regular(data, end, quotes, csv_format) else (0, NOWHERE)


def find_quotes(data: bytes, csv_format: CsvFormat, end: int) -> Places:
    """Return the places of the quotes before `end`."""
    return find_byte(data, ord(csv_format.quote_char), end)


def _regular(data: bytes, end: int, quotes: Places, csv_format: CsvFormat) -> bool:
    """Tell whether quotes and line ends stand only where every reader understands them alike.

    An opening quote stands after a delimiter, a line end or a quote, a closing one before a
    delimiter, a line end or a quote; every CR belongs to a CR LF.
    """
    text = np.frombuffer(data, np.uint8, end)
    returns = find_byte(data, _CR, end)
    if len(returns) and (returns[-1] + 1 == end or not (text[returns + 1] == _LF).all()):
        return False
    if not len(quotes):
        return True
    opening, closing = quotes[0::2], quotes[1::2]
    delimiter, quote = ord(csv_format.delimiter), ord(csv_format.quote_char)
    before = text[opening[1:] - 1] if opening[0] == 0 else text[opening - 1]
    after = text[closing[:-1] + 1] if closing[-1] + 1 == end else text[closing + 1]
    return _among(before, (delimiter, _LF, quote)) and _among(after, (delimiter, _LF, _CR, quote))


def _among(values: NDArray[np.uint8], allowed: tuple[int, ...]) -> bool:
    table = np.zeros(256, bool)
    table[list(allowed)] = True
    return bool(table[values].all())
