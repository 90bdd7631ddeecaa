"""The hashes of keys over a whole table: which occur twice, which refer to nothing."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from territo_opendata.validate.members import Members
from territo_opendata.validate.result import KeyHashes, shift_rows


class KeyLog(Protocol):
    """The hashes of one key, in file order."""

    def add(self, found: KeyHashes, rows_before: int) -> None:
        """Add the hashes of the chunk that follows; `rows_before` are the records before it."""

    def repeated(self) -> Sequence[int]:
        """Return the rows whose hash occurs more than once, in order."""

    def missing(self, members: Members) -> Sequence[int]:
        """Return the rows whose hash is not among `members`, in order."""

    def members(self) -> Members:
        """Return the set of the hashes."""


class SmallKeyLog:
    """Holds everything in memory, for tables of some ten thousand rows. See `KeyLog`."""

    def __init__(self) -> None:
        self._parts: list[KeyHashes] = []

    def add(self, found: KeyHashes, rows_before: int) -> None:
        """See `KeyLog.add`."""
        if found.hashes:
            self._parts.append(KeyHashes(found.hashes, shift_rows(found.rows, rows_before)))

    def repeated(self) -> list[int]:
        """See `KeyLog.repeated`."""
        once: set[int] = set()
        count = 0
        for part in self._parts:
            once.update(part.hashes)
            count += len(part.hashes)
        if len(once) == count:
            return []
        seen: set[int] = set()
        twice: set[int] = set()
        for number, _ in self._pairs():
            (twice if number in seen else seen).add(number)
        return self._rows(twice)

    def missing(self, members: Members) -> list[int]:
        """See `KeyLog.missing`."""
        return self._rows(members.lacking({number for number, _ in self._pairs()}))

    def members(self) -> Members:
        """See `KeyLog.members`."""
        return Members.of(number for part in self._parts for number in part.hashes)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        for part in self._parts:
            yield from zip(part.hashes, part.rows, strict=True)

    def _rows(self, wanted: set[int]) -> list[int]:
        return [row for number, row in self._pairs() if number in wanted] if wanted else []
