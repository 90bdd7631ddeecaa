"""The keys that a referenced table holds, by their hashes."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable

from territo_opendata.validate.hashing import NOT_A_NUMBER

_AS_SET = 1_000_000
_FEW = 16
"""Looking up one hash by halves takes as long as putting so many into a set."""


class Members:
    """A set of 64-bit hashes, eight bytes each: `hashes` is sorted, without repeats.

    It never holds `NOT_A_NUMBER`: nothing refers to a NaN, as frictionless has it too. `near`
    tells which key a text that is none may have meant; `shipped` that the table is the copy that
    comes with this tool.
    """

    near: Callable[[str], str | None] | None = None
    shipped = False

    def __init__(self, hashes: "array[int]") -> None:
        place = bisect_left(hashes, NOT_A_NUMBER)
        if place < len(hashes) and hashes[place] == NOT_A_NUMBER:
            hashes = hashes[:place] + hashes[place + 1 :]
        self.hashes = hashes
        self._set: frozenset[int] | None = None

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Members":
        """Return the set of these hashes."""
        return cls(array("Q", sorted(set(numbers))))

    def lacking(self, numbers: Collection[int]) -> set[int]:
        """Return those of `numbers` that are not in the set."""
        few = len(numbers) * _FEW < len(self.hashes)
        if self._set is None and (few or len(self.hashes) > _AS_SET):
            return {number for number in numbers if not self._holds(number)}
        if self._set is None:
            self._set = frozenset(self.hashes)
        return set(numbers) - self._set

    def _holds(self, number: int) -> bool:
        place = bisect_left(self.hashes, number)
        return place < len(self.hashes) and self.hashes[place] == number
