"""In how many ways a part of a pattern can be read: the ways that backtracking must try.

A way out of a part is "live" when the next character fits what follows; the others die at once.
Two observations keep the number of live ways small where it should be:

- parts that consume none of the characters that may follow end at one place only;
- of options that begin with different characters, one at most is live.
"""

from collections.abc import Iterable, Sequence

from territo_opendata.patterns.charsets import END, NEWLINE
from territo_opendata.patterns.growth import (
    INFINITE,
    NONE,
    ONE,
    Growth,
    at_most_one,
    constant,
    geometric,
    larger,
    smaller,
)
from territo_opendata.patterns.nodes import (
    Anchor,
    Chain,
    Choice,
    Node,
    Repeat,
    Single,
)
from territo_opendata.patterns.readings import (
    SMALL_COUNT,
    ChainReadings,
    Readings,
    confined,
    widths,
)

# Beyond this the analysis itself would be slow, and nothing is proved.
_MOST_VISITS = 5_000
_MOST_OPTIONS = 400
# How many parts are looked at together for the places where they may end.
_MOST_PARTS = 32


class TooComplexError(Exception):
    """The pattern is too large to be analysed in a few milliseconds."""


class LiveWays:
    """Counts live ways out of the nodes of one tree, for texts with or without a last newline."""

    def __init__(self, *, last_newline: bool) -> None:
        self._end = END | NEWLINE if last_newline else END
        self._visits = 0
        # By identity, of nodes that the tree keeps alive.
        self._live: dict[tuple[int, int], Growth] = {}
        self._readings = Readings()

    def live(self, node: Node, first: int) -> Growth:
        """Return a bound on the ways out of `node` from one place, when `first` may follow.

        Raises TooComplexError.
        """
        if not first:
            return NONE
        known = self._live.get((id(node), first))
        if known is None:
            self._visit()
            known = self._live[id(node), first] = self._new_live(node, first)
        return known

    def before(self, node: Node, first: int) -> int:
        """Return a mask of what `node`, and then `first`, may begin with."""
        if isinstance(node, Anchor):
            return first & self._ending(node)
        return node.first if node.least else node.first | first

    def iterations(self, node: Repeat) -> Growth:
        """Return the largest number of iterations."""
        if node.limit is not None and node.limit <= SMALL_COUNT:
            return constant(node.limit)
        return Growth((0.0, 1.0 / node.body.least)) if node.body.least else INFINITE

    def in_turn(self, node: Repeat, each: Growth, *, confined: bool) -> Growth:
        """Return the sum of `each` over all iterations, and one more that fails.

        When each iteration is confined to a stretch of its own, the lengths of the stretches
        add up to that of the text at most, and what grows with the length counts once.
        """
        starts = self.iterations(node) + ONE
        if not confined or each == INFINITE:
            return starts * each
        once = Growth((0.0, *each.coefficients[1:]))
        return smaller(starts * each, starts * constant(each.start) + once)

    def chains(self, node: Repeat) -> Growth:
        """Return in how many ways the iterations of `node` can begin, summed over iterations.

        Raises TooComplexError.
        """
        again = self.live(node.body, node.body.first)
        if at_most_one(again):
            return self.iterations(node) + ONE
        if node.limit is not None and node.limit <= SMALL_COUNT:
            return geometric(larger(again, ONE), node.limit)
        return INFINITE

    def _visit(self) -> None:
        self._visits += 1
        if self._visits > _MOST_VISITS:
            raise TooComplexError

    def _ending(self, node: Anchor) -> int:
        if node.kind == "end":
            return self._end
        if node.kind == "line-end":
            return END | NEWLINE
        return END if node.kind == "text-end" else -1

    def _new_live(self, node: Node, first: int) -> Growth:
        match node:
            case Chain(parts=parts):
                found = self.arrivals(parts, first)[-1]
            case Choice(options=options):
                found = self._options([_parts(option) for option in options], first)
            case Repeat():
                found = self._repeat(node, first)
            case _:
                return ONE
        return found if node.alphabet & first else smaller(found, self._readings.of(node))

    def arrivals(self, parts: Sequence[Node], first: int) -> list[Growth]:
        """Return in how many live ways each part, and then what follows, is reached.

        Raises TooComplexError.
        """
        firsts = [first]
        for part in reversed(parts):
            firsts.append(self.before(part, firsts[-1]))
        firsts.reverse()
        arrivals = [ONE]
        for i, part in enumerate(parts):
            live = arrivals[i] * self.live(part, firsts[i + 1])
            if live != ONE:
                live = self._through(parts[: i + 1], firsts[i + 1], arrivals, live)
            arrivals.append(live)
        return arrivals

    def _through(
        self, parts: Sequence[Node], first: int, arrivals: Sequence[Growth], live: Growth
    ) -> Growth:
        """Return the live ways through `parts`, from the places where the last of them may end."""
        alphabet, readings = 0, ChainReadings()
        for i in range(len(parts) - 1, max(-1, len(parts) - 1 - _MOST_PARTS), -1):
            alphabet |= parts[i].alphabet
            if alphabet & first:
                break
            readings.add(self._readings.of(parts[i]), widths(parts[i]))
            live = smaller(live, arrivals[i] * readings.total)
        return live

    def _options(self, options: Sequence[tuple[Node, ...]], first: int) -> Growth:
        if len(options) > _MOST_OPTIONS:
            return INFINITE
        live = ONE
        for group in _groups([self._first(option, first) for option in options]):
            self._visit()
            live = larger(live, self._group([options[i] for i in group], first))
        return live

    def _first(self, parts: Sequence[Node], first: int) -> int:
        if not parts:
            return first
        if parts[0].least:
            return parts[0].first
        return self.before(parts[0], self._first(parts[1:], first))

    def _group(self, options: Sequence[tuple[Node, ...]], first: int) -> Growth:
        """Return the live ways out of options that may all begin with the same character."""
        tails = [option[1:] for option in options if option and isinstance(option[0], Single)]
        others = [option for option in options if not (option and isinstance(option[0], Single))]
        live = NONE
        for option in others:
            live = live + self.arrivals(option, first)[-1]
        if len(tails) == 1:
            return live + self.arrivals(tails[0], first)[-1]
        return live + self._options(tails, first) if tails else live

    def _repeat(self, node: Repeat, first: int) -> Growth:
        body = node.body
        if node.limit == 0 or node.possessive:
            return ONE
        apart = body.least and not body.first & first
        if node.limit == 1:
            once = self.live(body, first)
            return larger(once, ONE) if apart else once + ONE
        if not body.least:
            return INFINITE
        if at_most_one(self.live(body, body.first | first)):
            return ONE if apart else self.iterations(node) + ONE
        leaving = self.live(body, first)
        if at_most_one(self.live(body, body.first)):
            return ONE + self.in_turn(node, leaving, confined=confined(body))
        return ONE + self.chains(node) * leaving


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Chain) else (node,)


def _groups(firsts: Sequence[int]) -> Iterable[tuple[int, ...]]:
    """Return the sets of options that may begin with one same character."""
    remaining = 0
    for first in firsts:
        remaining |= first
    groups = set()
    while remaining:
        bit = remaining & -remaining
        remaining ^= bit
        groups.add(tuple(i for i, first in enumerate(firsts) if first & bit))
    return groups
