"""A sheet, or data written in a descriptor, made into the plain text that the engine reads.

Each row of the sheet is one record, so that the number of a record is that of its row; where a
cell holds a line end, `line` of a finding must be taken from `row`.

What is judged is what a person means by the sheet. The verdict differs from frictionless 5.21,
which judges the types that the file stores, in these cases (each has a test):

- a number, date or boolean in a field of type string: judged as the text it shows, where
  frictionless finds a type error (a spreadsheet makes a number of any code without a letter);
- 1 or 0 in a boolean field: accepted as in a CSV;
- rows and columns without any value below and beside the table, formatted or not: left out, where
  frictionless finds blank rows and extra labels;
- title rows above the header: passed over with a warning, as in a CSV;
- numbers of more than 15 significant digits: as the spreadsheet shows them;
- the decimal mark or group mark of a field: native numbers meet it, as with frictionless, but a
  number that is text in its sheet is judged by it.
"""

import csv
import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.descriptors.model import Dialect, Field, Schema
from territo_opendata.tables.cell_texts import cell_text
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.workbooks import Row

_SAMPLE = 100
_LINE_END = "\r\n"


@dataclass(frozen=True, slots=True)
class Grid:
    """Typed rows laid out as a table: the header's row (0 for none) and labels, and the rows.

    The rows from the header on have their empty cells at the right filled up to its width.
    """

    header_row: int
    labels: tuple[str, ...]
    rows: Iterator[Row]


def lay_out(rows: Iterable[Row], dialect: Dialect) -> Grid:
    """Return the rows as a table; the header is found unless the dialect tells where it is.

    It is the first of the hundred first rows that fills at least half as many cells as the
    fullest of them: titles above a table fill one or two.
    """
    stream = iter(rows)
    sample = list(itertools.islice(stream, _SAMPLE))
    header = _header(sample, dialect)
    labels = next((cells for number, cells in sample if number == header), ())
    return Grid(header, cells_texts(labels), itertools.chain(sample, stream))


def cells_texts(cells: Sequence[Any]) -> tuple[str, ...]:
    """Return the texts of the cells, empty ones at the end and outer spaces left out."""
    return tuple(cell_text(each).strip() for each in _trimmed(cells))


def _header(sample: Sequence[Row], dialect: Dialect) -> int:
    if dialect.header is False:
        return 0
    if dialect.header_rows is not None:
        return dialect.header_rows[-1] if dialect.header_rows else 0
    if dialect.header:
        return 1
    filled = [(number, sum(cell not in (None, "") for cell in cells)) for number, cells in sample]
    most = max((count for _, count in filled), default=0)
    return next((number for number, count in filled if count and count * 2 >= most), 1)


def write_grid(grid: Grid, schema: Schema, label: str, spool: Spool) -> Path:
    """Write the table to a file of `spool` as text, in the dialect of `as_written`, and return its path.

    Raises TooLargeError past the limit of the spool.
    """
    return write_records(_records(grid, field_finder(grid.labels, schema)), label, spool)


def write_records(records: Iterable[Sequence[str]], label: str, spool: Spool) -> Path:
    """Write records of text to a file of `spool`, in the dialect of `as_written`, and return its path.

    Raises TooLargeError past the limit of the spool.
    """
    return spool.keep(label, _encoded(records))


def as_written(declared: Dialect, header_row: int) -> Dialect:
    """Return the dialect of what `write_records` writes; the header is where it was found.

    What `declared` says of comments and blank rows still holds. With CR LF for line ends, a
    lone CR or LF in a cell is quoted too.
    """
    found = declared.header is not False and declared.header_rows is None
    return dataclasses.replace(
        declared,
        delimiter=",",
        line_terminator=_LINE_END,
        quote_char='"',
        double_quote=True,
        escape_char=None,
        skip_initial_space=False,
        header=None if found else declared.header,
        header_rows=(max(header_row, 1),) if found else declared.header_rows,
    )


def field_finder(labels: Sequence[str], schema: Schema) -> Callable[[int], Field | None]:
    """Return the field of each column: that of its label, else that of its place."""
    known = {field.name: field for field in schema.fields}
    found = [known.get(label) for label in labels]

    def field_at(column: int) -> Field | None:
        if column < len(found) and found[column] is not None:
            return found[column]
        return schema.fields[column] if column < len(schema.fields) else None

    return field_at


def _records(grid: Grid, field_at: Callable[[int], Field | None]) -> Iterator[list[str]]:
    """Yield a record for every row up to the last that holds anything."""
    written = 0
    width = len(grid.labels)
    for number, cells in grid.rows:
        trimmed = _trimmed(cells)
        if not trimmed:
            continue
        yield from ([] for _ in range(number - written - 1))
        written = number
        if number <= grid.header_row:
            yield [cell_text(cell) for cell in trimmed]
            continue
        texts = [
            cell if isinstance(cell, str) else cell_text(cell, field_at(place))
            for place, cell in enumerate(trimmed)
        ]
        texts.extend([""] * (width - len(texts)))
        yield texts


def _trimmed(cells: Sequence[Any]) -> Sequence[Any]:
    end = len(cells)
    while end and cells[end - 1] in (None, ""):
        end -= 1
    return cells[:end]


def _encoded(records: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield the records as bytes; an empty one is an empty line."""
    # A lone surrogate, that JSON can hold, is written as it is: the reader tells where.
    for part in _batches(records):
        lines: list[str] = []
        writer = csv.writer(_Lines(lines), lineterminator=_LINE_END)
        writer.writerows(part)
        yield "".join(lines).encode("utf-8", "surrogatepass")


def _batches(records: Iterable[Sequence[str]], size: int = 4096) -> Iterator[list[Sequence[str]]]:
    stream = iter(records)
    while batch := list(itertools.islice(stream, size)):
        yield batch


class _Lines:
    """A file of which only `write` is asked."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
