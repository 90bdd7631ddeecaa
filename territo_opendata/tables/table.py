"""A delimited table opened: how it is written, its header, its records."""

import dataclasses
import itertools
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from territo_opendata.descriptors.model import Dialect
from territo_opendata.tables.dialects import (
    SAMPLE_SIZE,
    CsvFormat,
    find_format,
    find_header_rows,
)
from territo_opendata.tables.encodings import (
    BUFFER_SIZE,
    Encoding,
    Undecodable,
    decode_lines,
    detect_encoding,
    find_undecodable,
)
from territo_opendata.tables.records import CHUNK_RECORDS, Chunk, read_chunks
from territo_opendata.tables.source import Source, binary_kind


@dataclass(frozen=True, slots=True)
class Header:
    """The labels of a table, the record they end in and its line; no labels without a header."""

    labels: tuple[str, ...]
    row: int
    line: int
    declared: bool


@dataclass(slots=True)
class Table:
    """A table that can be read again and again; what reading met is noted on the way."""

    source: Source
    dialect: Dialect
    encoding: Encoding
    format: CsvFormat
    header: Header
    binary: str | None
    empty: bool
    undecodable: Undecodable = field(default_factory=Undecodable)

    def chunks(self, size: int = CHUNK_RECORDS) -> Iterator[Chunk]:
        """Yield the content records, without header, comments and declared blank rows."""
        self.undecodable = Undecodable()
        with self.source.open() as stream:
            lines = decode_lines(
                stream, self.encoding.name, self.undecodable, translate=self.source.format == "tsv"
            )
            first = first_content_row(self.dialect, self.header)
            before = 0
            for chunk in read_chunks(lines, self.format, size):
                yield _content(chunk, before, first, self.dialect)
                before += chunk.records

    def first_records(self, count: int) -> list[tuple[int, list[str]]]:
        """Return the first `count` content records, by their numbers."""
        chunk = next(self.chunks(count), None)
        return [] if chunk is None else [*zip(chunk.rows, chunk.cells, strict=True)]

    def note_until(self, line: int) -> None:
        """Keep no note of what was met after this line, when no record after it counts."""
        if not self.undecodable.lines:
            return
        kept = Undecodable()
        for number, text in enumerate(
            itertools.islice(text_lines(self.source, self.encoding), line)
        ):
            kept.add(find_undecodable(text, self.undecodable.bad), number)
        self.undecodable = kept


def open_table(source: Source, dialect: Dialect, encoding: str | None = None) -> Table:
    """Return the table in `source`, its dialect and header found where not declared.

    Raises MissingFileError where the bytes cannot be opened, DescriptorError for an encoding
    without a codec.
    """
    with source.open() as stream:
        buffer = stream.read(BUFFER_SIZE)
    binary = binary_kind(buffer)
    found = detect_encoding(b"" if binary is not None else buffer, encoding)
    csv_format = find_format(_sample_lines(source, found), dialect, tabs=source.format == "tsv")
    records = sample_records(source, found, csv_format)
    header = _find_header(records, dialect)
    empty = not header.labels and len(records.cells) < first_content_row(dialect, header)
    return Table(source, dialect, found, csv_format, header, binary, empty)


def text_lines(source: Source, encoding: Encoding) -> Generator[str, None, None]:
    """Yield the lines of a text with their ends; bytes that are no text are lone surrogates."""
    with source.open() as stream:
        yield from decode_lines(
            stream, encoding.name, Undecodable(), translate=source.format == "tsv"
        )


def _sample_lines(source: Source, encoding: Encoding) -> list[str]:
    return list(itertools.islice(text_lines(source, encoding), SAMPLE_SIZE))


def sample_records(source: Source, encoding: Encoding, csv_format: CsvFormat) -> Chunk:
    """Return the first records of a text, among which its header is looked for."""
    chunks = read_chunks(text_lines(source, encoding), csv_format, SAMPLE_SIZE)
    return next(chunks, Chunk((), (), (), 0, 0))


def _find_header(records: Chunk, dialect: Dialect) -> Header:
    declared = dialect.header is not None or dialect.header_rows is not None
    if dialect.header is False:
        return Header((), 0, 0, declared)
    comments = [
        _is_comment(dialect, *pair) for pair in zip(records.rows, records.cells, strict=True)
    ]
    if dialect.header_rows is not None:
        numbers = dialect.header_rows
    elif declared:
        numbers = (1,)
    else:
        numbers = find_header_rows([len(cells) for cells in records.cells], comments)
    labels = _join_labels(records, numbers, comments, dialect.header_join)
    row = numbers[-1] if numbers else 0
    line = records.lines[row - 1] if 0 < row <= len(records.lines) else 1
    return Header(labels, row, line, declared)


def _join_labels(
    records: Chunk, numbers: tuple[int, ...], comments: list[bool], join: str
) -> tuple[str, ...]:
    """Join the cells of the header records, one below the other, as frictionless does."""
    labels: list[str] = []
    previous: dict[int, str] = {}
    for row, cells, comment in zip(records.rows, records.cells, comments, strict=True):
        if comment or row not in numbers:
            continue
        for index, cell in enumerate(text.strip() for text in cells):
            if previous.get(index) == cell:
                continue
            previous[index] = cell
            if len(labels) <= index:
                labels.append(cell)
            else:
                labels[index] = join.join((labels[index], cell))
    return tuple(labels)


def first_content_row(dialect: Dialect, header: Header) -> int:
    """Return the number of the first record that may be content."""
    return 1 if dialect.header is False or not header.row else header.row + 1


def is_columnar(table: Table) -> bool:
    """Tell whether Polars can read tables written so, and every record is to be read."""
    dialect = table.dialect
    return (
        len(table.header.labels) != 1
        and table.format.is_plain
        and not (dialect.comment_char or dialect.comment_rows or dialect.skip_blank_rows)
    )


def _is_comment(dialect: Dialect, row: int, cells: list[str]) -> bool:
    if dialect.comment_char and cells and cells[0].startswith(dialect.comment_char):
        return True
    return row in dialect.comment_rows


def _content(chunk: Chunk, before: int, first: int, dialect: Dialect) -> Chunk:
    """Leave out what is not content; `before` is how many records precede the chunk."""
    filtered = bool(dialect.comment_char or dialect.comment_rows or dialect.skip_blank_rows)
    if not filtered and before + 1 >= first:
        return chunk
    kept = [
        index
        for index, (row, cells) in enumerate(zip(chunk.rows, chunk.cells, strict=True))
        if before + row >= first
        and not _is_comment(dialect, before + row, cells)
        and not (dialect.skip_blank_rows and not any(cells))
    ]
    return dataclasses.replace(
        chunk,
        rows=tuple(chunk.rows[index] for index in kept),
        lines=tuple(chunk.lines[index] for index in kept),
        cells=tuple(chunk.cells[index] for index in kept),
    )
