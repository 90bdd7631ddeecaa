"""Rows of a released CSV in batches for the DataStore, read as they are sent."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.publish.ckan.datastore import Table
from territo_opendata.release.cells import read_rows, reader_of

MAX_ROWS = 5_000
MAX_BYTES = 900_000
"""Size of a batch: below 1 MB, the body that nginx takes unless it is told otherwise."""

Row = dict[str, Any]
Writer = Callable[[str], Any]


def batches(path: Path, table: Table) -> Iterator[list[Row]]:
    """Yield the rows of the CSV at `path`, a batch at a time."""
    records = read_rows(path)
    names = next(records, [])
    writers = [_writer(table, name) for name in names]
    batch: list[Row] = []
    size = 0
    for cells in records:
        row = {name: write(cell) for name, write, cell in zip(names, writers, cells, strict=True)}
        length = len(json.dumps(row))
        if batch and (len(batch) >= MAX_ROWS or size + length > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += length
    if batch:
        yield batch


def _writer(table: Table, name: str) -> Writer:
    """Return what turns a cell into the JSON that PostgreSQL reads exactly."""
    try:
        field = table.schema.field(name)
    except KeyError:
        field = Field(name)
    missing = frozenset(table.schema.missing_values_of(field))
    read = reader_of(field) if table.types[name] != "text" else None
    known: dict[str, Any] = {}

    def write(cell: str) -> Any:
        if cell in missing:
            return None
        if read is None:
            return cell
        if cell not in known:
            if len(known) > MAX_ROWS:
                known.clear()
            known[cell] = _json(read(cell))
        return known[cell]

    return write


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value
