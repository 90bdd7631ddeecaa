"""The hashes of whole columns, equal to those of `validate.hashing`."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from xxhash import xxh64_intdigest

from territo_opendata.validate.columnar.accepts import DAY, missing, ungrouped, whole
from territo_opendata.validate.hashing import (
    DATE,
    FOLD,
    MULTIPLIER,
    NOT_A_NUMBER,
    NOTHING,
    SPLITMIX,
    hash_value,
)
from territo_opendata.validate.plan import Column

Hashes = NDArray[np.uint64]

_MAX_DIGITS = 15
_PROBE = "été"


def column_hashes(column: Column, cells: pl.Series) -> Hashes:
    """Return the hash of the typed value of each cell."""
    name = cells.name
    absent = cells.to_frame().select(missing(column, pl.col(name))).to_series()
    if column.plain_text:
        hashes, left = hash_texts(cells), absent
    else:
        hashes, usual = _usual(column, cells)
        left = absent | ~usual
    if not left.any():
        return hashes
    hashes = hashes.copy()
    places = left.arg_true()
    hashes[places.to_numpy()] = _judged(column, cells.gather(places).to_list())
    return hashes


def _usual(column: Column, cells: pl.Series) -> tuple[Hashes, pl.Series]:
    """Return hashes that hold for cells written in the usual form, and which these are."""
    field, frame, cell = column.field, cells.to_frame(), pl.col(cells.name)
    match field.type, field.format:
        case "integer" | "year" as kind, _:
            texts = frame.select(ungrouped(field, cell)).to_series()
            numbers = texts.cast(pl.Int64, strict=False)
            length = texts.str.len_bytes()
            usual = numbers.is_not_null() & (length <= _MAX_DIGITS)
            if kind == "year":
                usual &= (length == 4) & (numbers >= 0).fill_null(value=False)
            return hash_integers(numbers.fill_null(0).to_numpy()), usual
        case "date", "default":
            texts = frame.select(pl.lit(DATE) + cell).to_series()
            return hash_texts(texts), frame.select(whole(cell, DAY)).to_series()
        case _:
            return np.empty(len(cells), np.uint64), pl.repeat(value=False, n=len(cells), eager=True)


def _judged(column: Column, texts: Sequence[str]) -> Hashes:
    judge = column.judge.judge
    known = {text: hash_value(judge(text).value) for text in set(texts)}
    return np.fromiter((known[text] for text in texts), np.uint64, len(texts))


def hash_texts(texts: pl.Series) -> Hashes:
    """Return XXH64 (seed 0) of the UTF-8 of each text."""
    return _hasher()(texts)


@cache
def _hasher() -> Callable[[pl.Series], Hashes]:
    """Return the quickest hasher that is installed and gives the right hashes."""
    try:
        import polars_hash  # noqa: F401 (adds the namespace `nchash` to expressions)

        if int(_by_plugin(pl.Series([_PROBE]))[0]) == xxh64_intdigest(_PROBE.encode()):
            return _by_plugin
    except (ImportError, AttributeError, pl.exceptions.PolarsError):
        return _one_by_one
    return _one_by_one


def _by_plugin(texts: pl.Series) -> Hashes:
    column: Any = pl.col("texts")
    hashed: Hashes = (
        texts.alias("texts").to_frame().select(column.nchash.xxhash64())[:, 0].to_numpy()
    )
    return hashed


def _one_by_one(texts: pl.Series) -> Hashes:
    hashed = (xxh64_intdigest(text.encode()) for text in texts.to_list())
    return np.fromiter(hashed, np.uint64, len(texts))


def hash_integers(numbers: NDArray[np.int64]) -> Hashes:
    """Return the hash of each number. See `hashing.hash_integer`."""
    mixed: Hashes = numbers.view(np.uint64) + np.uint64(MULTIPLIER)
    for shift, factor in SPLITMIX:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def mix_hashes(parts: Sequence[Hashes]) -> Hashes:
    """Return the hashes of keys from those of their parts. See `hashing.mix`."""
    mixed = parts[0]
    for part in parts[1:]:
        mixed = mixed * np.uint64(MULTIPLIER)
        mixed = (mixed ^ (mixed >> np.uint64(FOLD))) + part
    if len(parts) > 1:
        for part in parts:
            mixed[part == np.uint64(NOT_A_NUMBER)] = NOT_A_NUMBER
    return mixed


def is_nothing(hashes: Hashes) -> NDArray[np.bool_]:
    """Tell which values are missing."""
    found: NDArray[np.bool_] = hashes == np.uint64(NOTHING)
    return found
