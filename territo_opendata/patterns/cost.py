"""How many steps the backtracking of `re` can need, proved from the tree of a pattern.

The matcher tries every way to read a text until one succeeds. Its steps are therefore bounded by
those inside each part, times the live ways in which the part can be reached (see `ways`), plus
the steps lost each time that a way dies at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from territo_opendata.patterns.charsets import EVERYTHING
from territo_opendata.patterns.growth import (
    INFINITE,
    NONE,
    ONE,
    PER_PLACE,
    Growth,
    at_most_one,
    constant,
)
from territo_opendata.patterns.nodes import (
    Anchor,
    Atomic,
    Chain,
    Choice,
    Look,
    Node,
    Reference,
    Repeat,
    Single,
)
from territo_opendata.patterns.readings import confined
from territo_opendata.patterns.ways import LiveWays, TooComplexError


@dataclass(frozen=True, slots=True)
class _Rest:
    """What follows a node: what may begin it, and the steps lost when it does not fit."""

    first: int
    entry: Growth


_ACCEPTED = _Rest(EVERYTHING, NONE)


def steps(tree: Node, *, last_newline: bool) -> Growth:
    """Return a bound on the steps of `re` on any text, which ends in a newline or does not.

    The bound is infinite where nothing could be proved.
    """
    try:
        return _Cost(last_newline=last_newline).cost(tree, _ACCEPTED)
    except (RecursionError, TooComplexError):
        return INFINITE


class _Cost:
    """Counts the steps in the nodes of one tree."""

    def __init__(self, *, last_newline: bool) -> None:
        self._ways = LiveWays(last_newline=last_newline)
        # By identity, of nodes that the tree keeps alive.
        self._entries: dict[int, tuple[Growth, float]] = {}

    def cost(self, node: Node, rest: _Rest) -> Growth:
        """Return the steps inside `node` from one place, lost entries into `rest` included."""
        match node:
            case Chain(parts=parts):
                return self._chain(parts, rest)
            case Choice(options=options):
                costs = (self.cost(option, rest) for option in options)
                return sum(costs, ONE)
            case Repeat():
                return self._repeat(node, rest)
            case Atomic(body=body):
                return self.cost(body, _ACCEPTED) + ONE + rest.entry
            case _:
                return self._entry(node)[0] + rest.entry

    def _chain(self, parts: Sequence[Node], rest: _Rest) -> Growth:
        cost = ONE + rest.entry
        following = [rest]
        for part in reversed(parts):
            following.append(self._before(part, following[-1]))
        for part, arrivals in zip(parts, self._ways.arrivals(parts, rest.first), strict=False):
            following.pop()
            cost = cost + arrivals * self.cost(part, following[-1])
        return cost

    def _repeat(self, node: Repeat, rest: _Rest) -> Growth:
        body = node.body
        leaving = ONE + rest.entry
        if node.limit == 0:
            return leaving
        if node.limit == 1:
            return leaving + self.cost(body, _Rest(rest.first, leaving))
        if not body.least:
            return INFINITE
        entry = self._entry(body)[0] + leaving
        once = self.cost(body, _Rest(body.first | rest.first, entry))
        if at_most_one(self._ways.live(body, body.first)):
            alone = entry.constant and confined(body)
            return leaving + self._ways.in_turn(node, once, confined=alone)
        return leaving + self._ways.chains(node) * once

    def _before(self, node: Node, rest: _Rest) -> _Rest:
        """Return what `node` and then `rest` look like to what precedes them."""
        own, through = self._entry(node)
        entry = own + constant(through) * rest.entry if through else own
        return _Rest(self._ways.before(node, rest.first), entry)

    def _entry(self, node: Node) -> tuple[Growth, float]:
        """Return (a, b): a + b x entry(rest) steps are lost where nothing can be consumed."""
        known = self._entries.get(id(node))
        if known is None:
            known = self._entries[id(node)] = self._new_entry(node)
        return known

    def _new_entry(self, node: Node) -> tuple[Growth, float]:
        match node:
            case Single():
                return constant(max(1, len(node.characters.items))), 0.0
            case Chain(parts=parts):
                return self._chain_entry(parts)
            case Choice(options=options):
                entries = [self._entry(option) for option in options]
                return sum((own for own, _ in entries), ONE), sum(b for _, b in entries)
            case Repeat():
                return self._repeat_entry(node)
            case Atomic(body=body):
                own, through = self._entry(body)
                return own + ONE, through
            case Anchor() | Look() | Reference():
                return self._point(node), 1.0

    def _chain_entry(self, parts: Sequence[Node]) -> tuple[Growth, float]:
        cost, through = ONE, 1.0
        for part in parts:
            own, further = self._entry(part)
            cost = cost + constant(through) * own
            through *= further
            if not through:
                break
        return cost, through

    def _repeat_entry(self, node: Repeat) -> tuple[Growth, float]:
        own, through = self._entry(node.body)
        if not node.body.least and node.limit not in (0, 1):
            return INFINITE, 1.0
        return own + ONE, through + (1.0 if node.fewest == 0 else 0.0)

    def _point(self, node: Anchor | Look | Reference) -> Growth:
        """Return the steps of a condition, or of a comparison with the text of a group."""
        if isinstance(node, Look):
            return ONE + self.cost(node.body, _ACCEPTED)
        return PER_PLACE if isinstance(node, Reference) else ONE
