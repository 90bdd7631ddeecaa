"""The columnar executor: screens one stretch as columns, with the result of the plain one.

Polars tells which cells are surely right; the judge of the column looks at the others, each
distinct text once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from territo_opendata.tables.frames import Frame, column_name
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.columnar.accepts import Accepted, accepted, missing
from territo_opendata.validate.columnar.hashes import (
    Hashes,
    column_hashes,
    is_nothing,
    mix_hashes,
)
from territo_opendata.validate.columnar.lookup import Lookup, pack
from territo_opendata.validate.columns import Placed, spread
from territo_opendata.validate.evidence import Faults, examine
from territo_opendata.validate.plan import Column, Plan
from territo_opendata.validate.result import ChunkResult, KeyHashes, Taken

_SAMPLE = 1 << 14


class ColumnarPlan:
    """A plan with the expressions that columns are screened by, made once for a table."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rules: dict[int, Accepted] = {}
        self.unruled: list[Column] = []
        for column in plan.columns:
            if column.judge.trivial or not plan.judged:
                continue
            rule = accepted(column, pl.col(column_name(column.index)))
            if rule is None:
                self.unruled.append(column)
            else:
                self.rules[column.index] = rule
        self._few: frozenset[int] | None = None
        self.lookups = [
            None if each.members is None else Lookup(each.members) for each in plan.references
        ]

    def few(self, table: pl.DataFrame) -> frozenset[int]:
        """Return the columns that hold few different texts, judging by the first rows read."""
        if self._few is None:
            sample = table.head(_SAMPLE)
            self._few = frozenset(
                index
                for index in self.rules
                if sample[column_name(index)].n_unique() <= sample.height // 2
            )
        return self._few


def screen_frame(frame: Frame, columnar: ColumnarPlan, limit: int | None) -> ChunkResult:
    """Return everything that the records of `frame` show, listing at most `limit` findings."""
    screen = _Screen(frame, columnar)
    plan = columnar.plan
    found = examine(frame, plan, screen.faults(), limit)
    return ChunkResult(
        records=frame.records,
        lines=frame.line_count,
        content=frame.records,
        counts=found.counts,
        findings=found.findings,
        keys=tuple(screen.key(key.kind, key.columns) for key in plan.keys),
        references=tuple(
            screen.reference(each.columns, lookup)
            for each, lookup in zip(plan.references, columnar.lookups, strict=True)
        ),
        taken=tuple(screen.taken_rows(check.columns) for check in plan.table_checks),
        samples=found.samples,
        faults=found.faults,
        last_row=frame.records,
        last_line=frame.line(frame.records - 1),
    )


@dataclass
class _Screen:
    frame: Frame
    columnar: ColumnarPlan

    def __post_init__(self) -> None:
        self.plan = self.columnar.plan
        self.table = self.frame.table
        self._hashes: dict[int, Hashes] = {}

    def faults(self) -> Faults:
        faults = Faults()
        if not self.plan.judged:
            return faults
        doubtful = self._doubtful()
        for column in self.plan.columns:
            if column.index in doubtful:
                faults.add(self._judged(column, doubtful[column.index]))
        for check in self.plan.row_checks:
            faults.add(self._row_check(check.columns, check.judge))
        faults.replace(self._blank(), Fault("blank-row"))
        if self.plan.primary_key:
            empty = np.flatnonzero(self._empty(self.plan.primary_key))
            faults.add((int(index), self.plan.no_key) for index in empty)
        return faults

    def _doubtful(self) -> Mapping[int, pl.Series]:
        """Return where the cells are that are not surely right, by column."""
        found = {}
        for column in self.columnar.unruled:
            cells = self._cells(column.index)
            wrong = [text for text in cells.unique() if column.judge.judge(text).faults]
            if wrong:
                found[column.index] = cells.is_in(wrong).arg_true()
        few = self.columnar.few(self.table)
        for index in few:
            texts = self._cells(index).unique()
            right = texts.to_frame().select(self.columnar.rules[index].both).to_series()
            if not right.all():
                refused = texts.filter(~right)
                found[index] = self._cells(index).is_in(refused.implode()).arg_true()
        found.update(self._refused(index for index in self.columnar.rules if index not in few))
        return found

    def _refused(self, places: Iterable[int]) -> Iterator[tuple[int, pl.Series]]:
        """Yield these columns with where their rules accept no cell."""
        rules = {place: self.columnar.rules[place] for place in places}
        if not rules:
            return
        named = (each.rule.alias(column_name(place)) for place, each in rules.items())
        masks = self.table.lazy().select(named).collect()
        for place, each in rules.items():
            right = masks[column_name(place)]
            if right.all():
                continue
            if each.excuse is not None:
                right |= self._cells(place).to_frame().select(each.excuse).to_series()
            yield place, (~right).arg_true()

    def _cells(self, index: int) -> pl.Series:
        return self.table[column_name(index)]

    def _judged(self, column: Column, places: pl.Series) -> Placed:
        texts = self._cells(column.index).gather(places).to_list()
        judge = column.judge.judge
        wrong = {text: verdict.faults for text in set(texts) if (verdict := judge(text)).faults}
        where = places.to_list()
        return [(where[index], fault) for index, fault in spread(texts, wrong)]

    def _row_check(self, names: Sequence[str], judge: Any) -> Placed:
        asked = self._asked(names)
        wrong = {cells: found for cells in asked.unique().rows() if (found := [*judge(cells)])}
        return spread(asked.rows(), wrong) if wrong else []

    def _asked(self, names: Sequence[str]) -> pl.DataFrame:
        """Return the texts of these columns, null for missing ones."""
        asked = []
        for place, name in enumerate(names):
            index = self.plan.index_of(name)
            if index is None:
                written = pl.when(False).then(pl.col(column_name(0)))
            else:
                cell = pl.col(column_name(index))
                written = pl.when(~missing(self.plan.columns[index], cell)).then(cell)
            asked.append(written.alias(str(place)))
        return self.table.select(asked)

    def taken_rows(self, names: Sequence[str]) -> Taken:
        rows = tuple(range(1, self.frame.records + 1))
        asked = self._asked(names)
        return Taken(rows, self.frame.lines(), tuple(asked.rows()))

    def _blank(self) -> list[int]:
        blank: pl.Series | None = None
        for column in self.plan.columns:
            name = column_name(column.index)
            absent = self.table.select(missing(column, pl.col(name))).to_series()
            blank = absent if blank is None else blank & absent
            if not blank.any():
                return []
        return [] if blank is None else blank.arg_true().to_list()

    def hashes(self, index: int) -> Hashes:
        if index not in self._hashes:
            self._hashes[index] = column_hashes(self.plan.columns[index], self._cells(index))
        return self._hashes[index]

    def _empty(self, places: Sequence[int]) -> NDArray[np.bool_]:
        nothing = [is_nothing(self.hashes(index)) for index in places]
        found: NDArray[np.bool_] = np.logical_and.reduce(nothing)
        return found

    def _incomplete(self, places: Sequence[int]) -> NDArray[np.bool_]:
        nothing = [is_nothing(self.hashes(index)) for index in places]
        found: NDArray[np.bool_] = np.logical_or.reduce(nothing)
        return found

    def key(self, kind: str, places: Sequence[int]) -> KeyHashes:
        hashes = mix_hashes([self.hashes(index) for index in places])
        apart = self._incomplete(places) if kind == "unique-key" else self._empty(places)
        return _kept(hashes, ~apart) if apart.any() else _all(hashes)

    def reference(self, places: Sequence[int], lookup: Lookup | None) -> KeyHashes:
        hashes = mix_hashes([self.hashes(index) for index in places])
        apart = self._empty(places)
        if lookup is None:
            return _kept(hashes, ~apart) if apart.any() else _all(hashes)
        return _kept(hashes, lookup.lacking(hashes) & ~apart)


def _all(hashes: Hashes) -> KeyHashes:
    return KeyHashes(pack(hashes), range(1, len(hashes) + 1))


def _kept(hashes: Hashes, mask: NDArray[np.bool_]) -> KeyHashes:
    rows = np.flatnonzero(mask) + 1
    if not len(rows):
        return KeyHashes.empty()
    if rows[-1] - rows[0] + 1 == len(rows):
        numbers: Any = range(int(rows[0]), int(rows[-1]) + 1)
    else:
        numbers = pack(rows.astype(np.uint64))
    return KeyHashes(pack(hashes[mask]), numbers)
