"""Tables written in several files, or in the descriptor itself, made into one plain text."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from territo_opendata.descriptors.model import Dialect, Schema
from territo_opendata.language import Text
from territo_opendata.tables.cell_texts import cell_text
from territo_opendata.tables.sheets import cells_texts, field_finder, write_records
from territo_opendata.tables.source import BrokenFileError, Source
from territo_opendata.tables.spool import BLOCK, Spool

_NO_ROWS = Text(
    "« data » doit être une liste de lignes, toutes des listes ou toutes des objets",
    "“data” must be a list of rows, all of them lists or all of them objects",
)


def inline_source(label: str, data: Any, schema: Schema, dialect: Dialect, spool: Spool) -> Source:
    """Return the table that a descriptor holds as `data`, as frictionless 5.21 reads it.

    A list of lists starts with the header; a list of objects has that of the schema. Raises
    BrokenFileError for anything else.
    """
    if not isinstance(data, list):
        raise BrokenFileError(label, _NO_ROWS)
    rows = _keyed(label, data, schema) if data and isinstance(data[0], dict) else data
    if not all(isinstance(row, list) for row in rows):
        raise BrokenFileError(label, _NO_ROWS)
    labels = cells_texts(rows[0]) if rows and dialect.header is not False else ()
    return Source(label, write_records(_texts(rows, labels, schema), label, spool))


def _keyed(label: str, data: list[Any], schema: Schema) -> list[list[Any]]:
    """Return the rows, the header first, of a list of objects."""
    names = list(schema.field_names or data[0])
    if not all(isinstance(item, dict) for item in data):
        raise BrokenFileError(label, _NO_ROWS)
    return [names, *([item.get(name) for name in names] for item in data)]


def _texts(rows: list[list[Any]], labels: Sequence[str], schema: Schema) -> Iterator[list[str]]:
    field_at = field_finder(labels, schema)
    for number, row in enumerate(rows):
        heads = bool(labels) and not number
        yield [
            cell_text(_exact(cell), None if heads else field_at(place))
            for place, cell in enumerate(row)
        ]


def _exact(cell: Any) -> Any:
    """Return a number with all its digits, and none after the point of a whole one."""
    if not isinstance(cell, float):
        return cell
    return int(cell) if cell.is_integer() else Decimal(repr(cell))


def joined_source(
    label: str, parts: Sequence[Source], dialect: Dialect, spool: Spool
) -> tuple[Source, tuple[int, ...]]:
    """Return the table made of `parts` end to end, and how many lines each takes in it.

    As frictionless 5.21 does, and as the standard says, bytes are put one after the other; in
    CSV files with a header, the first line of all but the first is left out. Raises
    MissingFileError and TooLargeError.
    """
    counts = [0] * len(parts)
    headed = dialect.header is not False and parts[0].format == "csv"

    def blocks() -> Iterator[bytes]:
        for number, part in enumerate(parts):
            with part.open() as stream:
                if number and headed:
                    stream.readline()
                while block := stream.read(BLOCK):
                    counts[number] += block.count(b"\n")
                    yield block

    path = spool.keep(label, blocks())
    return Source(label, path, parts[0].format), tuple(counts)
