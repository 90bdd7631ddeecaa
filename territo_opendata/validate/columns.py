"""The columns of a chunk of records, each computed when first asked for.

A text is judged once however often it occurs in its column, so that what follows (faults, keys,
checks) works on few distinct texts and on whole columns.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from territo_opendata.validate.checks.interface import Cells, Fault
from territo_opendata.validate.hashing import NOTHING, hash_value, mix
from territo_opendata.validate.plan import Column, Plan

Texts = tuple[str | None, ...]
"""The cells of a column; None where the record is too short to have one."""


class Columns:
    """The cells of consecutive records by column."""

    def __init__(self, cells: Sequence[Sequence[str]], plan: Plan) -> None:
        self._plan = plan
        self._count = len(cells)
        self._texts = _transpose(cells, len(plan.columns))
        self._distinct: dict[int, frozenset[str | None]] = {}
        self._hashes: dict[int, list[int]] = {}
        self._keys: dict[tuple[int, ...], list[int]] = {}

    def texts(self, index: int) -> Texts:
        """Return the cells of a column."""
        return self._texts[index]

    def distinct(self, index: int) -> frozenset[str | None]:
        """Return the different cells of a column."""
        known = self._distinct.get(index)
        if known is None:
            known = self._distinct[index] = frozenset(self._texts[index])
        return known

    def faults(self, column: Column) -> "Placed":
        """Return the faults of a column's cells, with the places of their records."""
        judge = column.judge.judge
        cells: AbstractSet[str | None] = self.distinct(column.index)
        if column.leave is not None:
            missing = column.judge.missing
            written = [cell for cell in cells if cell is not None and cell not in missing]
            cells = {*column.leave(written), *missing.intersection(cells), None} & cells
        wrong = {cell: verdict.faults for cell in cells if (verdict := judge(cell)).faults}
        return spread(self.texts(column.index), wrong)

    def hashes(self, index: int) -> list[int]:
        """Return the hash of each cell's typed value."""
        known = self._hashes.get(index)
        if known is None:
            hashed = _hash_of(self._plan.columns[index])
            numbers = {cell: hashed(cell) for cell in self.distinct(index)}
            known = self._hashes[index] = list(map(numbers.__getitem__, self._texts[index]))
        return known

    def key_hashes(self, places: tuple[int, ...]) -> list[int]:
        """Return the hash of the key in each record, whether or not it has its parts."""
        if len(places) == 1:
            return self.hashes(places[0])
        known = self._keys.get(places)
        if known is None:
            parts = zip(*(self.hashes(index) for index in places), strict=True)
            known = self._keys[places] = list(map(mix, parts))
        return known

    def empty(self, places: tuple[int, ...]) -> frozenset[int]:
        """Return where all of these columns have no (typed) value."""
        return self._where_nothing(places, frozenset.intersection)

    def incomplete(self, places: tuple[int, ...]) -> frozenset[int]:
        """Return where one of these columns has no (typed) value."""
        return self._where_nothing(places, frozenset.union)

    def _where_nothing(
        self,
        places: tuple[int, ...],
        join: Callable[[frozenset[int], frozenset[int]], frozenset[int]],
    ) -> frozenset[int]:
        found = None
        for index in places:
            hashes = self.hashes(index)
            nothing = frozenset(
                [place for place, number in enumerate(hashes) if number == NOTHING]
                if NOTHING in hashes
                else ()
            )
            found = nothing if found is None else join(found, nothing)
        return found or frozenset()

    def blank(self) -> list[int]:
        """Return the records in which no column has a value (frictionless' blank row)."""
        columns = self._plan.columns
        if not columns or not self._texts[0]:
            return []
        left: list[int] | None = None
        for column in columns:
            missing = column.judge.missing
            texts = self._texts[column.index]
            if left is None:
                some = None in self.distinct(0) or not missing.isdisjoint(self.distinct(0))
                left = list(range(len(texts))) if some else []
            left = [place for place in left if texts[place] is None or texts[place] in missing]
            if not left:
                return []
        return left or []

    def taken(self, names: Sequence[str]) -> tuple[Cells, ...]:
        """Return the texts of the columns so named in each record, None for missing ones."""
        parts = [self._without_missing(self._plan.index_of(name)) for name in names]
        return tuple(zip(*parts, strict=True)) if parts else ((),) * self._count

    def _without_missing(self, index: int | None) -> Sequence[str | None]:
        if index is None:
            return (None,) * self._count
        missing = self._plan.columns[index].judge.missing
        texts = self.texts(index)
        if missing.isdisjoint(self.distinct(index)):
            return texts
        return [None if text in missing else text for text in texts]


Placed = list[tuple[int, Fault]]
"""Faults, each with the place of its record in the chunk."""


def spread(cells: Sequence[Hashable], wrong: Mapping[Any, Sequence[Fault]]) -> Placed:
    """Return the faults of each of `cells`, given those of the different cells among them."""
    if not wrong:
        return []
    return [
        (place, fault) for place, cell in enumerate(cells) if cell in wrong for fault in wrong[cell]
    ]


def _hash_of(column: Column) -> Callable[[str | None], int]:
    value = column.judge.value
    if not column.plain_text:
        return lambda cell: hash_value(value(cell))
    missing = column.judge.missing
    return lambda cell: NOTHING if cell is None or cell in missing else hash_value(cell)


def _transpose(cells: Sequence[Sequence[str]], width: int) -> list[Texts]:
    if not cells:
        return [()] * width
    if all(map(width.__eq__, map(len, cells))):
        return list(zip(*cells, strict=True))
    padding: list[str | None] = [None] * width
    padded = [(*row[:width], *padding[len(row) :]) for row in cells]
    return list(zip(*padded, strict=True))
