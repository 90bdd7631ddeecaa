"""In how many ways a part of a pattern can consume one given stretch of text."""

from territo_opendata.patterns.growth import (
    INFINITE,
    NONE,
    ONE,
    PER_PLACE,
    Growth,
    at_most_one,
    constant,
    smaller,
)
from territo_opendata.patterns.nodes import (
    Anchor,
    Atomic,
    Chain,
    Choice,
    Node,
    Repeat,
    Single,
)

# Counts up to this one are used as they are; above, the length of the text bounds them better.
SMALL_COUNT = 40


class Readings:
    """Counts the readings of the nodes of one tree."""

    def __init__(self) -> None:
        # By identity, of nodes that the tree keeps alive.
        self._known: dict[int, Growth] = {}

    def of(self, node: Node) -> Growth:
        """Return in how many ways `node` can consume one given stretch of text."""
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = self._count(node)
        return known

    def _count(self, node: Node) -> Growth:
        match node:
            case Chain(parts=parts):
                readings = ChainReadings()
                for part in parts:
                    readings.add(self.of(part), widths(part))
                return readings.total
            case Choice(options=options):
                return sum((self.of(option) for option in options), NONE)
            case Repeat():
                return self._repeat(node)
            case Atomic(body=body):
                return self.of(body)
            case _:
                return ONE

    def _repeat(self, node: Repeat) -> Growth:
        body = node.body
        once = self.of(body)
        if node.limit == 1:
            return once if body.least else once + ONE
        # The stretch tells the iterations apart when all are of one width, or have a separator.
        alone = 0 < body.least == body.most or confined(body)
        return ONE if at_most_one(once) and alone else INFINITE


class ChainReadings:
    """The readings of a chain whose parts become known one by one."""

    def __init__(self) -> None:
        self.total = ONE
        self._widest = ONE

    def add(self, readings: Growth, choices: Growth) -> None:
        """Count one more part; the width of the one that varies most follows from the others."""
        narrower = smaller(choices, self._widest)
        self._widest = self._widest if narrower is choices else choices
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


def widths(node: Node) -> Growth:
    """Return how many numbers of characters `node` can consume."""
    number = node.most - node.least + 1
    return constant(number) if number <= SMALL_COUNT else PER_PLACE
