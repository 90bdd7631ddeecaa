"""On which texts plain `re` may be let loose on a pattern that nobody has read."""

import bisect
from collections.abc import Sequence
from functools import partial
from operator import methodcaller

from territo_opendata.patterns.cost import steps
from territo_opendata.patterns.growth import Growth, constant
from territo_opendata.patterns.nodes import Node, nesting

# A step takes some 10 ns: at most 0.2 ms a text and 5 µs a character.
_STEPS_PER_TEXT = 20_000
_STEPS_PER_CHARACTER = 500
_LONGEST = 100_000
# What the matcher of `re` keeps for each character of the text and each level of repeats and
# choices, measured on CPython 3.11: a context, and twice the bounds of each group.
_CONTEXT_BYTES = 128
_GROUP_BYTES = 32
_MOST_BYTES = 64_000_000
# Copying the bounds of so many groups takes as long as a step.
_GROUPS_PER_STEP = 20
_ENDS_IN_NEWLINE = methodcaller("endswith", "\n")


class SafeLengths:
    """Up to which length plain `re` is proved to take little time and memory on a pattern.

    `tree` is None when nothing is known of it; `groups` is its number of capturing groups.
    """

    def __init__(self, tree: Node | None, groups: int) -> None:
        self._tree = tree
        self._groups = groups
        # Proved with the first text: of two matchers of a pattern, one often judges none.
        self._plain: int | None = None
        self._newline: int | None = None

    def hold(self, text: str) -> bool:
        """Return whether plain `re` is safe on `text`."""
        if self._plain is None:
            self._plain = self._longest(last_newline=False)
        if len(text) > self._plain:
            return False
        if not text.endswith("\n"):
            return True
        # `$` has two places to try there, and few cells end so.
        if self._newline is None:
            self._newline = self._longest(last_newline=True)
        return len(text) <= self._newline

    def hold_all(self, texts: Sequence[str]) -> bool:
        """Return whether plain `re` is safe on each of `texts`, as the longest of them tells."""
        longest = max(texts, key=len, default="")
        return self.hold(longest) and not any(map(_ENDS_IN_NEWLINE, texts))

    def _longest(self, *, last_newline: bool) -> int:
        if self._tree is None:
            return -1
        slower = constant(1 + self._groups / _GROUPS_PER_STEP)
        bound = slower * steps(self._tree, last_newline=last_newline)
        # The bound is convex, so that all shorter texts are safe too.
        lengths = range(min(_LONGEST, self._longest_in_memory(self._tree)) + 1)
        return bisect.bisect_left(lengths, True, key=partial(_exceeds, bound)) - 1

    def _longest_in_memory(self, tree: Node) -> int:
        try:
            levels = 1 + nesting(tree)
        except RecursionError:
            return 0
        return _MOST_BYTES // ((_CONTEXT_BYTES + _GROUP_BYTES * self._groups) * levels)


def _exceeds(bound: Growth, length: int) -> bool:
    return bound.at(length) > _STEPS_PER_TEXT + _STEPS_PER_CHARACTER * length
