"""Where one byte stands in megabytes of others, and how often.

A part is looked at after the other, each small enough to stay in the cache of the processor.
numpy is loaded with this module: it is for large tables.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

NOWHERE: Places = np.empty(0, np.int64)
_PART = 1 << 18
_WORD = 8


def find_byte(data: bytes, byte: int, end: int | None = None) -> Places:
    """Return the places of `byte` in `data` before `end`, in order."""
    stop = len(data) if end is None else end
    if data.find(byte, 0, stop) < 0:
        return NOWHERE
    return np.concatenate([_find(part == byte) + start for start, part in _parts(data, stop)])


def count_byte(data: bytes, byte: int) -> int:
    """Return how often `byte` occurs in `data`."""
    return sum(int(np.count_nonzero(part == byte)) for _, part in _parts(data, len(data)))


def _parts(data: bytes, end: int) -> Iterator[tuple[int, "NDArray[Any]"]]:
    whole = np.frombuffer(data, np.uint8, end)
    for start in range(0, end, _PART):
        yield start, whole[start : start + _PART]


def _find(hits: NDArray[np.bool_]) -> Places:
    """Return where `hits` is True; quick where that is seldom, as whole words are passed over."""
    whole = len(hits) // _WORD * _WORD
    words = np.flatnonzero(hits[:whole].view(np.uint64))
    found = np.flatnonzero(hits[:whole].reshape(-1, _WORD)[words].ravel())
    places = words[found // _WORD] * _WORD + found % _WORD
    return np.concatenate((places, np.flatnonzero(hits[whole:]) + whole))
