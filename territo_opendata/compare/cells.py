"""The cells of paired rows: changed, or the same value written otherwise."""

from collections import Counter
from collections.abc import Mapping, Sequence

import polars as pl

from territo_opendata.compare.matching import new
from territo_opendata.compare.model import CellCounts
from territo_opendata.compare.reading import EXCESS
from territo_opendata.compare.values import Column, canonical

CHANGED, REWRITTEN = "changed", "rewritten"


class CellTally:
    """Counts the cells that differ, field by field, and the rows that they are in."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._changed: Counter[str] = Counter()
        self._rewritten: Counter[str] = Counter()
        self.changed_rows = 0
        self.rewritten_rows = 0

    def judge(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs that differ, with what CHANGED and REWRITTEN hold: places of columns."""
        changed: list[pl.Series] = []
        rewritten: list[pl.Series] = []
        for place, column in enumerate(self._columns):
            other, same_value = self._judge_column(pairs, place, column)
            self._changed[column.name] += int((other & ~same_value).sum())
            self._rewritten[column.name] += int((other & same_value).sum())
            changed.append((other & ~same_value).alias(f"x{place}"))
            rewritten.append((other & same_value).alias(f"y{place}"))
        excess = (pairs[EXCESS] != pairs[new(EXCESS)]).alias(f"x{len(self._columns)}")
        self._changed[EXCESS_FIELD] += int(excess.sum())
        changed.append(excess)
        marked = pairs.with_columns(*changed, *rewritten)
        any_changed = pl.any_horizontal(each.name for each in changed)
        any_rewritten = pl.any_horizontal(each.name for each in rewritten)
        differing = marked.filter(any_changed | any_rewritten).with_columns(
            any_changed.alias(CHANGED)
        )
        count = int(differing[CHANGED].sum())
        self.changed_rows += count
        self.rewritten_rows += differing.height - count
        return differing

    def _judge_column(
        self, pairs: pl.DataFrame, place: int, column: Column
    ) -> tuple[pl.Series, pl.Series]:
        """Tell which cells differ in text, and which of all hold the same value for certain."""
        before, after = pairs[f"c{place}"], pairs[new(f"c{place}")]
        other = before != after
        same = pl.repeat(value=False, n=pairs.height, eager=True, dtype=pl.Boolean)
        if not other.any():
            return other, same
        values = (
            canonical(before.filter(other), column.old, typed=column.typed),
            canonical(after.filter(other), column.new, typed=column.typed),
        )
        return other, same.scatter(other.arg_true(), values[0].eq_missing(values[1]))

    def by_field(self) -> Mapping[str, CellCounts]:
        """Return the counts of the fields in which any cell differs."""
        names = [*(each.name for each in self._columns), EXCESS_FIELD]
        return {
            name: CellCounts(self._changed[name], self._rewritten[name])
            for name in names
            if self._changed[name] or self._rewritten[name]
        }


EXCESS_FIELD = ""
"""What stands for the field of cells beyond the last column."""
