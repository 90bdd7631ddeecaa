"""Rows that say again what an earlier row says, to the letter."""

from collections.abc import Iterable, Sequence

from territo_opendata.tables.records import records_of
from territo_opendata.tables.table import Table


def identical_rows(table: Table, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return, of pairs (row, earlier row), the rows whose cells are all those of the earlier one."""
    wanted: dict[int, int] = dict(pairs)
    numbers = sorted({*wanted, *wanted.values()})
    cells: dict[int, Sequence[str]] = {}
    for record in records_of(table.chunks(), numbers):
        cells[record.row] = tuple(record.cells)
    return [row for row in sorted(wanted) if cells.get(row) == cells.get(wanted[row])]
