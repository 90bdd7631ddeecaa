"""The rows of a table as frames of text, whatever way it is written."""

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from territo_opendata.compare.sides import TableText
from territo_opendata.errors import InvalidDataError
from territo_opendata.language import Text, visible
from territo_opendata.release.cells import format_rows
from territo_opendata.tables.chunks import Aligner, Stretch
from territo_opendata.tables.frames import column_name, read_frame
from territo_opendata.tables.records import Chunk, RecordReader
from territo_opendata.tables.sizes import Sizes
from territo_opendata.tables.source import BrokenFileError
from territo_opendata.tables.table import is_columnar, open_table
from territo_opendata.tables.text_stream import TextStream

ROW = "row"
EXCESS = "excess"
Watch = Callable[[int], None]
"""Told how many rows were read so far."""


class Rows:
    """A table opened: `labels` of its columns, each once, and its rows."""

    def __init__(self, text: TableText) -> None:
        """Open the table. Raises BrokenFileError when it is none, MissingFileError."""
        self._table = open_table(text.source, text.dialect, text.encoding)
        if self._table.binary is not None:
            reason = Text("ce n’est pas du texte", "it is not text")
            raise BrokenFileError(text.source.label, reason)
        known = text.schema.field_names if text.schema else ()
        self.labels = _distinct(self._table.header.labels or known)
        self.size = text.source.size()

    def frames(self, names: Sequence[str], watch: Watch) -> Iterator[pl.DataFrame]:
        """Yield the rows, a part at a time.

        A frame has the number of the record in the file (ROW; the header counts), the cells of
        the columns called `names` as c0, c1… ("" where the record is too short), and those beyond
        the last column (EXCESS). Blank lines are no rows. Raises InvalidDataError for bytes that
        are no text, BrokenFileError where the file cannot be read on.
        """
        places = [self.labels.index(name) for name in names]
        wanted = [
            pl.col(column_name(place)).alias(f"c{number}") for number, place in enumerate(places)
        ]
        total = 0
        for frame in self._whole():
            total += frame.height
            watch(total)
            yield frame.select(ROW, *wanted, EXCESS)

    def _whole(self) -> Iterator[pl.DataFrame]:
        table = self._table
        before = 0
        if not is_columnar(table):
            for chunk in table.chunks():
                yield self._records(chunk, before)
                before += chunk.records
            return
        text = TextStream(table)
        for stretch in Aligner(table, text, Sizes()).stretches():
            frame, records = self._stretch(stretch, text, before)
            if frame.height:
                yield frame
            before += records

    def _stretch(self, stretch: Stretch, text: TextStream, before: int) -> tuple[pl.DataFrame, int]:
        """Return the rows of a stretch and the number of its records."""
        chunk = stretch.chunk
        if chunk is None:
            width = len(self.labels)
            found = read_frame(stretch.data, self._table.format, width, stretch.quotes)
            if found is not None:
                numbers = pl.int_range(before + 1, before + found.records + 1, dtype=pl.UInt64)
                return found.table.with_columns(
                    numbers.alias(ROW), pl.lit("").alias(EXCESS)
                ), found.records
            reader = RecordReader(text.lines(stretch.data), self._table.format)
            chunk = reader.read(len(stretch.data) + 1) or Chunk((), (), (), 0, 0)
        return self._records(chunk, before), chunk.records

    def _records(self, chunk: Chunk, before: int) -> pl.DataFrame:
        if chunk.broken:
            raise BrokenFileError(
                self._table.source.label, Text(visible(chunk.broken), visible(chunk.broken))
            )
        width = len(self.labels)
        kept = [
            (row + before, cells)
            for row, cells in zip(chunk.rows, chunk.cells, strict=True)
            if cells
        ]
        filled = [cells + [""] * (width - len(cells)) for _, cells in kept]
        columns = {column_name(place): [cells[place] for cells in filled] for place in range(width)}
        excess = [_excess(cells[width:]) for _, cells in kept]
        try:
            return pl.DataFrame(
                {**columns, EXCESS: excess, ROW: [row for row, _ in kept]},
                schema=dict.fromkeys((*columns, EXCESS), pl.String) | {ROW: pl.UInt64},
            )
        except UnicodeEncodeError as error:
            raise self._no_text(kept) from error

    def _no_text(self, kept: Sequence[tuple[int, Sequence[str]]]) -> InvalidDataError:
        row = next((row for row, cells in kept if _has_surrogate(cells)), 0)
        shown = visible(self._table.source.label, 300)
        return InvalidDataError(
            f"« {shown} », ligne {row} : des octets ne sont pas du texte, ses lignes ne peuvent pas "
            "être comparées. Enregistrez le fichier en UTF-8 ; « territo validate » dit où.",
            f"“{shown}”, row {row}: bytes that are no text, so that its rows cannot be compared. "
            "Save the file as UTF-8; “territo validate” says where.",
        )


def _excess(cells: Sequence[str]) -> str:
    return format_rows([cells]).removesuffix("\n") if cells else ""


def _has_surrogate(cells: Sequence[str]) -> bool:
    return any("\ud800" <= char <= "\udfff" for cell in cells for char in cell)


def _distinct(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels, a number added to those that an earlier column has already."""
    found: dict[str, None] = {}
    for label in labels:
        name, number = label, 1
        while name in found:
            number += 1
            name = f"{label} ({number})"
        found[name] = None
    return tuple(found)
