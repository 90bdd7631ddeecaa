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


def find_byte(data: bytes, byte: int, end: int | None = None) -> Places:
    """Return the places of `byte` in `data` before `end`, in order."""
    stop = len(data) if end is None else end
    if data.find(byte, 0, stop) < 0:
        return NOWHERE
    found = [np.flatnonzero(part == byte) + start for start, part in _parts(data, stop)]
    return np.concatenate(found)


def count_byte(data: bytes, byte: int) -> int:
    """Return how often `byte` occurs in `data`."""
    return sum(int(np.count_nonzero(part == byte)) for _, part in _parts(data, len(data)))


def _parts(data: bytes, end: int) -> Iterator[tuple[int, "NDArray[Any]"]]:
    whole = np.frombuffer(data, np.uint8, end)
    for start in range(0, end, _PART):
        yield start, whole[start : start + _PART]
