"""How a table is to be read and laid out, before any of its cells is mended."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from territo_opendata.descriptors.model import Dialect, Schema
from territo_opendata.findings import Safety
from territo_opendata.repair.changes import Change
from territo_opendata.repair.choices import Choices
from territo_opendata.repair.encodings import settle_encoding
from territo_opendata.repair.shape import (
    Shape,
    empty_columns,
    find_header_row,
    is_of_schema,
    plan_shape,
    untouched,
)
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.encodings import Encoding
from territo_opendata.tables.source import Source
from territo_opendata.tables.table import Table, open_table, sample_records

_UTF8 = ("utf-8", "utf-8-sig")


@dataclass(frozen=True, slots=True)
class ToRepair:
    """A table to repair. `found` tells that its header's row was found, not declared."""

    source: Source
    schema: Schema
    dialect: Dialect
    encoding: str | None
    found: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table opened as it should be read, and what its shape is to become.

    `into` is the format to write; `changes` and `proposals` include those of the shape.
    `readable` is False for what is no table, or no table of this schema; `is_certain` when its
    encoding is but a guess.
    """

    table: Table
    shape: Shape
    into: CsvFormat
    changes: tuple[Change, ...]
    proposals: tuple[Change, ...] = ()
    readable: bool = True
    is_certain: bool = True

    @property
    def reshaped(self) -> bool:
        """Whether anything of the shape changes."""
        return bool(self.changes)

    @property
    def titles(self) -> int:
        """How many rows above the header are left out."""
        return sum(change.code == "title-rows" for change in self.changes)


def prepare(
    given: ToRepair,
    is_faulty: Callable[[Sequence[str]], bool],
    choices: Choices,
) -> Prepared:
    """Return how to read and lay out a table; `is_faulty` tells whether labels have a fault."""
    seen = open_table(given.source, given.dialect, given.encoding)
    if seen.binary is not None or seen.empty:
        return _unreadable(seen)
    decoded = _decoded(given, seen, choices)
    if decoded is None:
        if not is_of_schema(given.schema, seen.header.labels):
            return _unreadable(seen)
        doubt = _doubt(seen.encoding)
        return Prepared(
            seen, untouched(seen.header.labels), seen.format, (), (doubt,), is_certain=False
        )
    table, changes = decoded
    if given.found:
        table = _with_header(given, table)
    labelled = bool(table.header.labels) or given.dialect.header is False
    known = labelled and is_of_schema(given.schema, table.header.labels)
    if not known:
        return _unreadable(seen)
    if given.found and table.header.row > 1:
        changes += list(_titles(table))
    into = table.format
    if not into.delimiter_declared and into.delimiter != ",":
        changes.append(Change("delimiter-unusual", into.delimiter, ","))
        into = dataclasses.replace(CsvFormat(), quote_char='"')
    shape = untouched(table.header.labels)
    if known and is_faulty(table.header.labels):
        shape = plan_shape(given.schema, table, empty_columns(table), choices)
    return Prepared(
        table,
        shape,
        into,
        (*changes, *shape.changes),
        shape.proposals,
    )


def _unreadable(seen: Table) -> Prepared:
    return Prepared(seen, untouched(seen.header.labels), seen.format, (), readable=False)


def _decoded(given: ToRepair, seen: Table, choices: Choices) -> tuple[Table, list[Change]] | None:
    """Return the table in its certain encoding, None where none is: it is not to be rewritten."""
    found = seen.encoding
    if found.declared:
        return seen, []
    settled = settle_encoding(given.source, found)
    safety: Safety = "safe"
    if settled is None:
        if found.name not in _UTF8 and not choices.wants(_doubt(found).kind):
            return None
        settled, safety = found.name, "unsafe"
    table = seen if settled == found.name else open_table(given.source, given.dialect, settled)
    if settled not in _UTF8:
        code = "encoding-undecodable" if found.name in _UTF8 else "encoding-not-utf8"
        return table, [Change(code, settled, "utf-8", safety=safety)]
    return table, [Change("byte-order-mark", "utf-8-sig", "utf-8")] if found.mark else []


def _doubt(seen: Encoding) -> Change:
    return Change("encoding-not-utf8", seen.name, "utf-8", safety="unsafe")


def _with_header(given: ToRepair, table: Table) -> Table:
    """Return the table with its header where the schema recognises it."""
    records = sample_records(table.source, table.encoding, table.format)
    row = find_header_row(records, given.schema, table.header.row)
    if row == table.header.row:
        return table
    dialect = dataclasses.replace(given.dialect, header=None, header_rows=(row,))
    encoding: Encoding = table.encoding
    return open_table(table.source, dialect, encoding.name)


def _titles(table: Table) -> Iterator[Change]:
    records = sample_records(table.source, table.encoding, table.format)
    for row in range(1, table.header.row):
        cells = records.cells[row - 1] if row <= len(records.cells) else []
        before = table.format.delimiter.join(cells).strip(f"{table.format.delimiter} ")
        yield Change("title-rows", before, "", row)
