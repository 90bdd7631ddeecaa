"""Rows of two tables paired: those that are the same left out, the others by key.

Nothing rests on hashes alone: a hash shares rows out and proposes pairs, texts decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from territo_opendata.compare.reading import ROW

HASH = "hash"
_PLACE = "place"
_POSITION = "position"
_OTHER = "_new"


@dataclass(frozen=True, slots=True)
class Paired:
    """Rows of the old table only, rows of the new table only, and pairs with the same key.

    In `pairs`, the columns of the new row end in "_new". `repeated` tells that several rows of a
    table have the same key, and so were paired in the order in which they come.
    """

    removed: pl.DataFrame
    added: pl.DataFrame
    pairs: pl.DataFrame
    repeated: bool


def new(column: str) -> str:
    """Return the name that a column of the new table has in pairs."""
    return column + _OTHER


def row_hashes(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Return a hash of these columns for each row: equal for equal rows, nulls included."""
    return frame.select(columns).hash_rows()


def drop_same(
    old: pl.DataFrame, new_rows: pl.DataFrame, columns: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that are not the same on both sides, each counted as often as it comes.

    Both frames hold HASH, the hash of `columns`. Different rows that share one may be kept on
    both sides although they have an equal elsewhere: `drop_equal` finds those.
    """
    pairs = _positions(old).join(_positions(new_rows), on=[HASH, _PLACE], suffix=_OTHER)
    places, others = pairs[_POSITION], pairs[new(_POSITION)]
    same = pl.repeat(value=True, n=pairs.height, eager=True, dtype=pl.Boolean)
    for column in columns:
        same &= old[column].gather(places) == new_rows[column].gather(others)
    return _without(old, places.filter(same)), _without(new_rows, others.filter(same))


def _positions(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the hash of each row, its number among those that share it, and its position."""
    hashes = frame.select(HASH)
    if hashes[HASH].n_unique() == frame.height:
        placed = hashes.with_columns(pl.lit(0, pl.UInt32).alias(_PLACE))
    else:
        placed = _placed(hashes, [HASH])
    return placed.with_row_index(_POSITION)


def _without(frame: pl.DataFrame, positions: pl.Series) -> pl.DataFrame:
    kept = pl.repeat(value=True, n=frame.height, eager=True, dtype=pl.Boolean)
    return frame.filter(kept.scatter(positions, values=False)).drop(HASH)


def drop_equal(
    old: pl.DataFrame, new_rows: pl.DataFrame, columns: Sequence[str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that are not the same on both sides, by their texts alone."""
    old, new_rows = _placed(old, columns), _placed(new_rows, columns)
    on = [*columns, _PLACE]
    return (
        old.join(new_rows, on=on, how="anti").drop(_PLACE),
        new_rows.join(old, on=on, how="anti").drop(_PLACE),
    )


def pair(
    old: pl.DataFrame, new_rows: pl.DataFrame, keys: Sequence[str], columns: Sequence[str]
) -> Paired:
    """Return the rows paired by `keys`, in which nothing equals nothing.

    Rows that share a key are paired in the order of the files once equal ones are set apart, so
    that no row is paired with more than one.
    """
    repeated = _repeats(old, keys) or _repeats(new_rows, keys)
    if repeated:
        old, new_rows = drop_equal(old, new_rows, columns)
    old, new_rows = _placed(old.sort(ROW), keys), _placed(new_rows.sort(ROW), keys)
    on = [*keys, _PLACE]
    pairs = old.join(new_rows, on=on, how="inner", suffix=_OTHER, nulls_equal=True)
    return Paired(
        old.join(new_rows, on=on, how="anti", nulls_equal=True),
        new_rows.join(old, on=on, how="anti", nulls_equal=True),
        pairs,
        repeated,
    )


def _repeats(frame: pl.DataFrame, keys: Sequence[str]) -> bool:
    return frame.select(pl.struct(keys).is_duplicated().any()).item() is True


def _placed(frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return the frame with a number for each of the rows that agree in `keys`."""
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over(keys).alias(_PLACE))
