"""The first rows that were added, removed and changed, in the order of the files."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from territo_opendata.compare.cells import EXCESS_FIELD
from territo_opendata.compare.matching import new
from territo_opendata.compare.model import CellChange, ChangedRow, ShownRow
from territo_opendata.compare.reading import EXCESS, ROW


class Listing:
    """Counts rows and keeps the first `limit` of each kind, whatever order they are met in."""

    def __init__(self, names: Sequence[str], key: Sequence[str], limit: int) -> None:
        self._names = (*names, EXCESS_FIELD)
        self._texts = (*(f"c{place}" for place in range(len(names))), EXCESS)
        self._key = [list(names).index(name) for name in key]
        self._limit = limit
        self._kept: dict[str, pl.DataFrame] = {}
        self.added_count = 0
        self.removed_count = 0
        self.repeated = False

    def add_added(self, rows: pl.DataFrame) -> None:
        """Count rows of the new table only."""
        self.added_count += rows.height
        self._keep("added", rows.select(ROW, *self._texts), ROW)

    def add_removed(self, rows: pl.DataFrame) -> None:
        """Count rows of the old table only."""
        self.removed_count += rows.height
        self._keep("removed", rows.select(ROW, *self._texts), ROW)

    def add_changed(self, pairs: pl.DataFrame) -> None:
        """Keep pairs that differ, as `CellTally.judge` marks them."""
        self._keep("changed", pairs, new(ROW))

    def added(self) -> tuple[ShownRow, ...]:
        """Return the first rows of the new table only."""
        return self._shown("added")

    def removed(self) -> tuple[ShownRow, ...]:
        """Return the first rows of the old table only."""
        return self._shown("removed")

    def changed(self) -> tuple[ChangedRow, ...]:
        """Return the first pairs of rows that differ."""
        found = self._kept.get("changed")
        if found is None:
            return ()
        return tuple(
            ChangedRow(
                old_row=row[ROW],
                new_row=row[new(ROW)],
                key=tuple(row[new(f"c{place}")] for place in self._key),
                cells=tuple(self._cells(row)),
            )
            for row in found.iter_rows(named=True)
        )

    def _keep(self, kind: str, rows: pl.DataFrame, order: str) -> None:
        if not rows.height or not self._limit:
            return
        known = self._kept.get(kind)
        both = rows if known is None else pl.concat([known, rows])
        self._kept[kind] = both.bottom_k(self._limit, by=order).sort(order).rechunk()

    def _shown(self, kind: str) -> tuple[ShownRow, ...]:
        found = self._kept.get(kind)
        return () if found is None else tuple(map(self._row, found.iter_rows(named=True)))

    def _row(self, row: Mapping[str, object]) -> ShownRow:
        cells = {
            name: str(row[text])
            for name, text in zip(self._names, self._texts, strict=True)
            if name != EXCESS_FIELD or row[text]
        }
        key = tuple(str(row[f"c{place}"]) for place in self._key)
        return ShownRow(int(str(row[ROW])), key, cells)

    def _cells(self, row: Mapping[str, object]) -> Iterator[CellChange]:
        for place, (name, text) in enumerate(zip(self._names, self._texts, strict=True)):
            changed, rewritten = row[f"x{place}"], row.get(f"y{place}", False)
            if changed or rewritten:
                yield CellChange(name, str(row[text]), str(row[new(text)]), bool(rewritten))
