"""The writing of a table in its new shape: UTF-8, its header first, its columns in place."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from territo_opendata.repair.shape import Shape
from territo_opendata.repair.writing import RecordWriter
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.records import RecordReader
from territo_opendata.tables.sizes import Sizes
from territo_opendata.tables.table import Table, is_columnar, text_lines

_LARGE = 2 << 20
_BATCH = 4096


def shaped(table: Table, shape: Shape, into: CsvFormat, *, all_quoted: bool) -> Iterator[bytes]:
    """Yield the table as UTF-8, from its header on, its columns laid out as `shape` says.

    Lines are copied as they are where only the header changes.
    """
    writer = RecordWriter(into, all_quoted=all_quoted)
    if not shape.moves and not all_quoted and _same_marks(table.format, into):
        return _copied(table, shape, writer)
    records = _columnar if _is_large(table) and is_columnar(table) else _by_record
    if all_quoted:
        records = _by_record
    head = _encoded(writer.write([shape.names]) if table.header.labels else ())
    return itertools.chain((head,), records(table, shape, writer, into))


def _is_large(table: Table) -> bool:
    return table.source.size() >= _LARGE and table.source.format == "csv"


def _same_marks(one: CsvFormat, other: CsvFormat) -> bool:
    return (one.delimiter, one.quote_char) == (other.delimiter, other.quote_char)


def _copied(table: Table, shape: Shape, writer: RecordWriter) -> Iterator[bytes]:
    lines = text_lines(table.source, table.encoding)
    if table.header.row:
        taken: list[str] = []
        reader = RecordReader(_noted(lines, taken), table.format)
        if table.header.row > 1:
            reader.read(table.header.row - 1)
        above = len(taken)
        reader.read(1)
        if shape.names == table.header.labels:
            yield _encoded(taken[above:])
        else:
            yield _encoded(writer.write([shape.names], _end_of(taken[-1]) or "\n"))
    for batch in _batches(lines):
        yield _encoded(batch)


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _by_record(
    table: Table, shape: Shape, writer: RecordWriter, _into: CsvFormat
) -> Iterator[bytes]:
    move = _mover(shape, len(table.header.labels))
    for chunk in table.chunks():
        yield _encoded(writer.write(map(move, chunk.cells)))


def _mover(shape: Shape, width: int) -> "_Mover":
    return _Mover(shape.places, width)


class _Mover:
    """Lays the cells of a record out; cells beyond the header stay at the end, as do gaps."""

    def __init__(self, places: Sequence[int | None], width: int) -> None:
        self._places = places
        self._width = width
        self._plain = tuple(places) == tuple(range(width))

    def __call__(self, cells: Sequence[str]) -> Sequence[str]:
        if self._plain or not cells:
            return cells
        if len(cells) < self._width:
            return self._short(cells)
        moved = ["" if place is None else cells[place] for place in self._places]
        moved.extend(cells[self._width :])
        return moved

    def _short(self, cells: Sequence[str]) -> Sequence[str]:
        """Lay out a record that stops early: it still does where its last columns stay last."""
        known = len(cells)
        moved = [
            ("" if place is None else cells[place]) if place is None or place < known else None
            for place in self._places
        ]
        while moved and moved[-1] is None:
            moved.pop()
        return ["" if cell is None else cell for cell in moved]


def _columnar(table: Table, shape: Shape, writer: RecordWriter, into: CsvFormat) -> Iterator[bytes]:
    """Yield the records of a large table, those of regular stretches by Polars."""
    import polars as pl

    from territo_opendata.tables.chunks import Aligner
    from territo_opendata.tables.frames import column_name, read_frame
    from territo_opendata.tables.text_stream import TextStream

    text = TextStream(table)
    width = len(table.header.labels)
    move = _mover(shape, width)
    # An empty text is written as a missing value, that is without quotes.
    cells = [
        pl.lit(None, pl.String).alias(f"out{number}")
        if place is None
        else pl.col(column_name(place)).replace("", None).alias(f"out{number}")
        for number, place in enumerate(shape.places)
    ]
    stretches = Aligner(table, text, Sizes()).stretches()
    first = next(stretches, None) if table.header.row else None
    for stretch in stretches if first is not None or not table.header.row else ():
        frame = (
            None if stretch.chunk else read_frame(stretch.data, table.format, width, stretch.quotes)
        )
        if frame is not None and len(cells) > 1:
            yield (
                frame.table.select(cells)
                .write_csv(include_header=False, separator=into.delimiter, quote_style="necessary")
                .encode()
            )
            continue
        chunk = stretch.chunk or RecordReader(text.lines(stretch.data), table.format).read(1 << 40)
        if chunk is not None:
            yield _encoded(writer.write(map(move, chunk.cells)))


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _batches(lines: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(itertools.islice(lines, _BATCH)):
        yield batch


def _encoded(texts: Iterable[str]) -> bytes:
    # A byte that is no text is written as the byte that it was.
    return "".join(texts).encode("utf-8", "surrogateescape")
