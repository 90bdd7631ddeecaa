"""On which texts plain `re` may be let loose on a pattern that nobody has read."""

import bisect
from functools import partial

from territo_opendata.validate.patterns.cost import steps
from territo_opendata.validate.patterns.growth import Growth
from territo_opendata.validate.patterns.nodes import Node

# A step takes some 10 ns: at most 0.2 ms a text and 5 µs a character.
_STEPS_PER_TEXT = 20_000
_STEPS_PER_CHARACTER = 500
# The matcher of `re` needs some 100 bytes a character when it repeats a group.
_LONGEST = 100_000


class SafeLengths:
    """Up to which length plain `re` is proved to take few steps on a pattern; None: unknown."""

    def __init__(self, tree: Node | None) -> None:
        self._tree = tree
        self._plain = self._longest(last_newline=False)
        self._newline: int | None = None

    def hold(self, text: str) -> bool:
        """Return whether plain `re` is safe on `text`."""
        if len(text) > self._plain:
            return False
        if not text.endswith("\n"):
            return True
        # `$` has two places to try there, and few cells end so.
        if self._newline is None:
            self._newline = self._longest(last_newline=True)
        return len(text) <= self._newline

    def _longest(self, *, last_newline: bool) -> int:
        if self._tree is None:
            return -1
        bound = steps(self._tree, last_newline=last_newline)
        # The bound is convex, so that all shorter texts are safe too.
        lengths = range(_LONGEST + 1)
        return bisect.bisect_left(lengths, True, key=partial(_exceeds, bound)) - 1


def _exceeds(bound: Growth, length: int) -> bool:
    return bound.at(length) > _STEPS_PER_TEXT + _STEPS_PER_CHARACTER * length
