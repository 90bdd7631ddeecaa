"""The rows of two tables compared, in bounded memory.

Rows whose texts are the same on both sides are set apart first, as often as they come; only the
others are read by type and paired by key. Both steps work on parts of the tables, kept on disk.
"""

from collections.abc import Sequence
from contextlib import ExitStack

import polars as pl

from territo_opendata.compare import matching
from territo_opendata.compare.cells import CellTally
from territo_opendata.compare.listing import Listing
from territo_opendata.compare.model import RowsDiff
from territo_opendata.compare.parts import Parts
from territo_opendata.compare.reading import EXCESS, Rows, Watch
from territo_opendata.compare.values import Column, canonical

_PART = 16 << 20
_MOST_PARTS = 128
_KEY_EXCESS = "kx"


def compare_rows(
    old: Rows,
    new: Rows,
    columns: Sequence[Column],
    key: Sequence[str],
    *,
    limit: int,
    watch: Watch,
) -> RowsDiff:
    """Return what differs between the rows, in these columns of both tables.

    Rows are paired by `key`, names of some of the columns; without one a row is only ever the
    same or not, and where no column is on both sides all are different. `limit` caps each list, never a count.
    """
    if not columns:
        before, after = (sum(each.height for each in side.frames((), watch)) for side in (old, new))
        return RowsDiff((), before, after, added=after, removed=before)
    return _Comparison(columns, key, limit).run(old, new, watch)


class _Comparison:
    def __init__(self, columns: Sequence[Column], key: Sequence[str], limit: int) -> None:
        self.columns = columns
        self.key = tuple(key)
        self.texts = [f"c{number}" for number in range(len(columns))]
        self.all_texts = [*self.texts, EXCESS]
        places = [n for n, each in enumerate(columns) if not key or each.name in key]
        self.keyed = {f"k{place}": place for place in places}
        # Without a key, cells in excess are part of what a row is told by.
        self.keys = [*self.keyed, *(() if key else (_KEY_EXCESS,))]
        self.tally = CellTally(columns)
        self.listing = Listing([each.name for each in columns], self.key, limit)

    def run(self, old: Rows, new: Rows, watch: Watch) -> RowsDiff:
        count = min(_MOST_PARTS, 1 + (old.size + new.size) // _PART)
        with ExitStack() as stack:
            left = [stack.enter_context(Parts(count)) for _ in (old, new)]
            with Parts(count) as old_parts, Parts(count) as new_parts:
                old_rows = self._share_out(old, old_parts, watch)
                new_rows = self._share_out(new, new_parts, watch)
                for number in range(count):
                    self._set_apart(old_parts, new_parts, number, left)
            for number in range(count):
                self._pair(left, number)
        return RowsDiff(
            key=self.key,
            old_rows=old_rows,
            new_rows=new_rows,
            added=self.listing.added_count,
            removed=self.listing.removed_count,
            changed=self.tally.changed_rows,
            rewritten=self.tally.rewritten_rows,
            cells=self.tally.by_field(),
            repeated_key=bool(self.key) and self.listing.repeated,
            added_rows=self.listing.added(),
            removed_rows=self.listing.removed(),
            changed_rows=self.listing.changed(),
        )

    def _share_out(self, rows: Rows, parts: Parts, watch: Watch) -> int:
        total = 0
        for frame in rows.frames([each.name for each in self.columns], watch):
            hashes = matching.row_hashes(frame, self.all_texts)
            parts.add(frame.with_columns(hashes.alias(matching.HASH)), hashes)
            total += frame.height
        return total

    def _set_apart(
        self, old_parts: Parts, new_parts: Parts, number: int, left: Sequence[Parts]
    ) -> None:
        old, new = old_parts.read(number), new_parts.read(number)
        if old is not None and new is not None:
            old, new = matching.drop_same(old, new, self.all_texts)
        else:
            old, new = (None if each is None else each.drop(matching.HASH) for each in (old, new))
        for side, frame in enumerate((old, new)):
            if frame is not None and frame.height:
                keyed = self._with_keys(frame, old_side=side == 0)
                left[side].add(keyed, matching.row_hashes(keyed, self.keys))

    def _with_keys(self, frame: pl.DataFrame, *, old_side: bool) -> pl.DataFrame:
        made = []
        for name, place in self.keyed.items():
            column = self.columns[place]
            reading = column.old if old_side else column.new
            found = canonical(frame[self.texts[place]], reading, typed=column.typed)
            made.append(found.alias(name))
        return frame.with_columns(*made, pl.col(EXCESS).alias(_KEY_EXCESS))

    def _pair(self, left: Sequence[Parts], number: int) -> None:
        old, new = (parts.read(number) for parts in left)
        if old is None or new is None:
            present = old if new is None else new
            if present is not None:
                (self.listing.add_removed if new is None else self.listing.add_added)(present)
            return
        paired = matching.pair(old, new, self.keys, self.all_texts)
        self.listing.repeated |= paired.repeated
        self.listing.add_removed(paired.removed)
        self.listing.add_added(paired.added)
        if paired.pairs.height:
            self.listing.add_changed(self.tally.judge(paired.pairs))
