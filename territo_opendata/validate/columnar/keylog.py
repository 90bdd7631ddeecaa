"""The hashes of keys of large tables: eight bytes each in memory, on disk past a budget."""

import tempfile
import weakref
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

import numpy as np

from territo_opendata.validate.columnar.hashes import Hashes
from territo_opendata.validate.columnar.lookup import Lookup, pack
from territo_opendata.validate.members import Members
from territo_opendata.validate.result import KeyHashes, Numbers, shift_rows


class Memory:
    """What the logs of one table hold in memory, in bytes; `part` hashes are sorted at a time."""

    def __init__(self, budget: int, part: int) -> None:
        self.budget = budget
        self.part = part
        self.used = 0


@dataclass(frozen=True, slots=True)
class _Block:
    """Hashes that follow one another; those on disk are read when asked for."""

    rows: Numbers
    hashes: Hashes | None
    place: int = 0


class LargeKeyLog:
    """Finds repeats by sorting, a part of the hashes (by their top bits) at a time. See `KeyLog`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._blocks: list[_Block] = []
        self._file: IO[bytes] | None = None
        self._count = 0

    def add(self, found: KeyHashes, rows_before: int) -> None:
        """See `KeyLog.add`."""
        if not found.hashes:
            return
        hashes = np.frombuffer(found.hashes, np.uint64)
        self._count += len(hashes)
        self._memory.used += hashes.nbytes
        self._blocks.append(_Block(shift_rows(found.rows, rows_before), hashes))
        if self._memory.used > self._memory.budget:
            self._spill()

    def repeated(self) -> Sequence[int]:
        """See `KeyLog.repeated`."""
        found = []
        for part in self._parts():
            part.sort()
            found.append(np.unique(part[1:][part[1:] == part[:-1]]))
        twice = np.concatenate(found) if found else np.empty(0, np.uint64)
        return self._rows(Members(pack(twice)), among=True) if len(twice) else ()

    def missing(self, members: Members) -> Sequence[int]:
        """See `KeyLog.missing`."""
        return self._rows(members, among=False)

    def members(self) -> Members:
        """See `KeyLog.members`."""
        parts = [np.unique(part) for part in self._parts()]
        return Members(pack(np.concatenate(parts) if parts else np.empty(0, np.uint64)))

    def _rows(self, members: Members, *, among: bool) -> Sequence[int]:
        lookup = Lookup(members)
        found = array("Q")
        for block in self._blocks:
            mask = lookup.lacking(self._read(block)) != among
            if mask.any():
                rows = np.asarray(block.rows, np.uint64)[mask]
                found.extend(pack(rows))
        return found

    def _read(self, block: _Block) -> Hashes:
        if block.hashes is not None:
            return block.hashes
        if self._file is None:
            return np.empty(0, np.uint64)
        self._file.seek(block.place)
        return np.frombuffer(self._file.read(len(block.rows) * 8), np.uint64)

    def _spill(self) -> None:
        """Move the hashes of this log to a file without a name, in their order."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="territo-")  # noqa: SIM115 (lives with the log)
            weakref.finalize(self, self._file.close)
        self._file.seek(0, 2)
        for index, block in enumerate(self._blocks):
            if block.hashes is not None:
                place = self._file.tell()
                self._file.write(block.hashes.tobytes())
                self._memory.used -= block.hashes.nbytes
                self._blocks[index] = _Block(block.rows, None, place)

    def _parts(self) -> Iterator[Hashes]:
        """Yield all hashes in parts that can be sorted in memory, in the order of their top bits."""
        bits = max(0, (self._count - 1) // self._memory.part).bit_length()
        if not bits:
            if self._blocks:
                yield np.concatenate([self._read(block) for block in self._blocks])
            return
        shift = np.uint64(64 - bits)
        if self._file is None:
            for top in range(1 << bits):
                yield np.concatenate(
                    [hashes[hashes >> shift == top] for hashes in map(self._read, self._blocks)]
                )
            return
        yield from self._parts_on_disk(bits, shift)

    def _parts_on_disk(self, bits: int, shift: np.uint64) -> Iterator[Hashes]:
        with ExitStack() as stack:
            files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(1 << bits)]
            for hashes in map(self._read, self._blocks):
                tops = hashes >> shift
                order = np.argsort(tops, kind="stable")
                ends = np.searchsorted(tops[order], np.arange(1, len(files) + 1, dtype=np.uint64))
                for file, part in zip(files, np.split(hashes[order], ends[:-1]), strict=True):
                    file.write(part.tobytes())
            for file in files:
                file.seek(0)
                yield np.frombuffer(bytearray(file.read()), np.uint64)
