"""Looking up many hashes in the set of those that a referenced table holds."""

from array import array

import numpy as np
import polars as pl
from numpy.typing import NDArray

from territo_opendata.validate.columnar.hashes import Hashes
from territo_opendata.validate.members import Members

_HASHED = 200_000


class Lookup:
    """Tells which hashes are not members, by a hash table or, for many members, by bisection."""

    def __init__(self, members: Members) -> None:
        self._sorted: Hashes = np.frombuffer(members.hashes, np.uint64)
        small = len(self._sorted) <= _HASHED
        self._set = pl.Series(self._sorted).implode() if small else None

    def lacking(self, hashes: Hashes) -> NDArray[np.bool_]:
        """Tell which of `hashes` are not members."""
        if not len(self._sorted):
            return np.ones(len(hashes), bool)
        if self._set is not None:
            return ~pl.Series(hashes).is_in(self._set).to_numpy()
        distinct, places = np.unique(hashes, return_inverse=True)
        found = np.searchsorted(self._sorted, distinct)
        found[found == len(self._sorted)] = 0
        lacking: NDArray[np.bool_] = (self._sorted[found] != distinct)[places]
        return lacking


def pack(numbers: Hashes) -> "array[int]":
    """Return 64-bit numbers as an array of Python's own."""
    packed = array("Q")
    packed.frombytes(np.ascontiguousarray(numbers).tobytes())
    return packed
