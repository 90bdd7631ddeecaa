"""The tree of a pattern: what each part may consume, and with which characters it may begin.

`least` and `most` are the numbers of characters consumed. `first` is a mask of the characters
that may come first (what follows an empty match left out), `alphabet` of all that are consumed;
both may be too large, never too small.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from territo_opendata.patterns.charsets import EVERYTHING, Characters, mask

AnchorKind = Literal["start", "line-start", "end", "line-end", "text-end", "word", "ascii-word"]


@dataclass(frozen=True, eq=False)
class Single:
    """One character of a set."""

    characters: Characters
    least = 1
    most = 1.0

    @cached_property
    def first(self) -> int:
        """Mask of the characters that may come first, without what follows an empty match."""
        return mask(self.characters)

    @cached_property
    def alphabet(self) -> int:
        """Mask of all the characters that may be consumed."""
        return self.first


@dataclass(frozen=True, eq=False)
class Anchor:
    """A condition on the place in the text; "word" stands for all that needs Unicode words."""

    kind: AnchorKind
    least = 0
    most = 0.0
    first = 0
    alphabet = 0


@dataclass(frozen=True, eq=False)
class Chain:
    """Parts that follow one another."""

    parts: "tuple[Node, ...]"

    @cached_property
    def least(self) -> int:
        """Smallest number of characters consumed."""
        return sum(part.least for part in self.parts)

    @cached_property
    def most(self) -> float:
        """Largest number of characters consumed, or infinity."""
        return sum(part.most for part in self.parts)

    @cached_property
    def first(self) -> int:
        """See `Single.first`."""
        bits = 0
        for part in self.parts:
            bits |= part.first
            if part.least:
                break
        return bits

    @cached_property
    def alphabet(self) -> int:
        """See `Single.alphabet`."""
        return _union(part.alphabet for part in self.parts)


@dataclass(frozen=True, eq=False)
class Choice:
    """Options tried in order; `conditional` when a group, not the text, decides which."""

    options: "tuple[Node, ...]"
    conditional: bool = False

    @cached_property
    def least(self) -> int:
        """See `Chain.least`."""
        return min(option.least for option in self.options)

    @cached_property
    def most(self) -> float:
        """See `Chain.most`."""
        return max(option.most for option in self.options)

    @cached_property
    def first(self) -> int:
        """See `Single.first`."""
        return _union(option.first for option in self.options)

    @cached_property
    def alphabet(self) -> int:
        """See `Single.alphabet`."""
        return _union(option.alphabet for option in self.options)


@dataclass(frozen=True, eq=False)
class Repeat:
    """A body met at least `fewest` and at most `limit` times (None: no limit)."""

    body: "Node"
    fewest: int
    limit: int | None
    possessive: bool = False

    @cached_property
    def least(self) -> int:
        """See `Chain.least`."""
        return self.fewest * self.body.least

    @cached_property
    def most(self) -> float:
        """See `Chain.most`."""
        if not self.body.most:
            return 0.0
        return float("inf") if self.limit is None else self.limit * self.body.most

    @cached_property
    def first(self) -> int:
        """See `Single.first`."""
        return 0 if self.limit == 0 else self.body.first

    @cached_property
    def alphabet(self) -> int:
        """See `Single.alphabet`."""
        return self.body.alphabet


@dataclass(frozen=True, eq=False)
class Atomic:
    """A body that keeps the first way in which it matched."""

    body: "Node"

    @cached_property
    def least(self) -> int:
        """See `Chain.least`."""
        return self.body.least

    @cached_property
    def most(self) -> float:
        """See `Chain.most`."""
        return self.body.most

    @cached_property
    def first(self) -> int:
        """See `Single.first`."""
        return self.body.first

    @cached_property
    def alphabet(self) -> int:
        """See `Single.alphabet`."""
        return self.body.alphabet


@dataclass(frozen=True, eq=False)
class Look:
    """A condition on what follows or precedes."""

    body: "Node"
    least = 0
    most = 0.0
    first = 0
    alphabet = 0


@dataclass(frozen=True, eq=False)
class Reference:
    """The text of a group again."""

    least = 0
    most = float("inf")
    first = EVERYTHING
    alphabet = EVERYTHING


Node = Single | Anchor | Chain | Choice | Repeat | Atomic | Look | Reference


def _union(masks: Iterable[int]) -> int:
    bits = 0
    for each in masks:
        bits |= each
    return bits


def nesting(node: Node) -> int:
    """Return how many repeats and choices stand one inside the other."""
    match node:
        case Chain(parts=parts):
            return max(map(nesting, parts), default=0)
        case Choice(options=options):
            return 1 + max(map(nesting, options))
        case Repeat(body=body) | Atomic(body=body) | Look(body=body):
            return 1 + nesting(body)
        case _:
            return 0


def compilation_work(node: Node) -> int:
    """Return how many characters `re` goes through one by one to compile the sets of `node`."""
    match node:
        case Single(characters=characters):
            ranges = (item for item in characters.items if not isinstance(item, str))
            return 1 + sum(min(high, _BASIC_PLANE) - min(low, _BASIC_PLANE) for low, high in ranges)
        case Chain(parts=parts):
            return sum(map(compilation_work, parts))
        case Choice(options=options):
            return sum(map(compilation_work, options))
        case Repeat(body=body) | Atomic(body=body) | Look(body=body):
            return compilation_work(body)
        case _:
            return 1


# `re` compiles a table of the first 65,536 characters for a set that goes beyond the first 256.
_BASIC_PLANE = 0x10000
