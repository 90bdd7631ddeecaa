"""In how many ways a part of a pattern can be read: the ways that backtracking must try.

A way out of a part is "live" when the next character fits what follows; the others die at once.
Two observations keep the number of live ways small where it should be:

- parts that consume none of the characters that may follow end at one place only;
- of options that begin with different characters, one at most is live.
"""

from collections.abc import Iterable, Sequence

from territo_opendata.validate.patterns.charsets import END, NEWLINE
from territo_opendata.validate.patterns.growth import (
    INFINITE,
    NONE,
    ONE,
    PER_PLACE,
    Growth,
    at_most_one,
    constant,
    geometric,
    larger,
    smaller,
)
from territo_opendata.validate.patterns.nodes import (
    Anchor,
    Atomic,
    Chain,
    Choice,
    Node,
    Repeat,
    Single,
)

# Counts up to this one are used as they are; above, the length of the text bounds them better.
_SMALL_COUNT = 40
# Beyond this the analysis itself would be slow, and nothing is proved.
_MOST_VISITS = 5_000
_MOST_OPTIONS = 400
_FAR = 32


class TooComplexError(Exception):
    """The pattern is too large to be analysed in a few milliseconds."""


class LiveWays:
    """Counts live ways out of the nodes of one tree, for texts with or without a last newline."""

    def __init__(self, *, last_newline: bool) -> None:
        self._end = END | NEWLINE if last_newline else END
        self._visits = 0
        # By identity, of nodes that the tree keeps alive.
        self._live: dict[tuple[int, int], Growth] = {}
        self._readings: dict[int, Growth] = {}

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
        if node.limit is not None and node.limit <= _SMALL_COUNT:
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
        if node.limit is not None and node.limit <= _SMALL_COUNT:
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
        return found if node.alphabet & first else smaller(found, self.readings(node))

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
        alphabet, readings = 0, _Readings()
        for i in range(len(parts) - 1, max(-1, len(parts) - 1 - _FAR), -1):
            alphabet |= parts[i].alphabet
            if alphabet & first:
                break
            readings.add(self.readings(parts[i]), _widths(parts[i]))
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

    def readings(self, node: Node) -> Growth:
        """Return in how many ways `node` can consume one given stretch of text."""
        known = self._readings.get(id(node))
        if known is None:
            known = self._readings[id(node)] = self._new_readings(node)
        return known

    def _new_readings(self, node: Node) -> Growth:
        match node:
            case Chain(parts=parts):
                readings = _Readings()
                for part in parts:
                    readings.add(self.readings(part), _widths(part))
                return readings.total
            case Choice(options=options):
                return sum((self.readings(option) for option in options), NONE)
            case Repeat():
                return self._repeat_readings(node)
            case Atomic(body=body):
                return self.readings(body)
            case _:
                return ONE

    def _repeat_readings(self, node: Repeat) -> Growth:
        body = node.body
        once = self.readings(body)
        if node.limit == 1:
            return once if body.least else once + ONE
        # The stretch tells the iterations apart when all are of one width, or have a separator.
        alone = 0 < body.least == body.most or confined(body)
        return ONE if at_most_one(once) and alone else INFINITE


class _Readings:
    """The readings of a chain whose parts become known one by one."""

    def __init__(self) -> None:
        self.total = ONE
        self._widest = ONE

    def add(self, readings: Growth, widths: Growth) -> None:
        """Count one more part; the width of the one that varies most follows from the others."""
        narrower = smaller(widths, self._widest)
        self._widest = self._widest if narrower is widths else widths
        self.total = self.total * readings * narrower


def confined(body: Node) -> bool:
    """Return whether iterations of `body` look at stretches of text that do not overlap.

    They do not when each begins, or each ends, with a character that occurs nowhere else in it.
    """
    if isinstance(body, Single):
        return True
    if not isinstance(body, Chain) or not body.parts or not _stays_inside(body):
        return False
    head, tail = body.parts[0], body.parts[-1]
    if isinstance(head, Single) and not head.first & Chain(body.parts[1:]).alphabet:
        return True
    return isinstance(tail, Single) and not tail.first & Chain(body.parts[:-1]).alphabet


def _stays_inside(node: Node) -> bool:
    """Return whether `node` looks at no more than it may consume."""
    match node:
        case Single() | Anchor():
            return True
        case Chain(parts=parts):
            return all(map(_stays_inside, parts))
        case Choice(options=options):
            return all(map(_stays_inside, options))
        case Repeat(body=body) | Atomic(body=body):
            return _stays_inside(body)
        case _:
            return False


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Chain) else (node,)


def _widths(node: Node) -> Growth:
    """Return how many numbers of characters `node` can consume."""
    widths = node.most - node.least + 1
    return constant(widths) if widths <= _SMALL_COUNT else PER_PLACE


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
