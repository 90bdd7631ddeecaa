"""Parts of patterns that stand for the codes of territories, known by what they accept.

Authors write these codes in a dozen ways, more or less strict; all accept the codes of mainland
France, refuse what no code looks like, and differ in a few that do not exist.
"""

from collections.abc import Sequence
from typing import Literal

from territo_opendata.patterns.characters import members
from territo_opendata.patterns.nodes import Chain, Choice, Node, Repeat, Single

Kind = Literal["commune", "departement"]

LONGEST = 5
"""The most characters that such a code has."""

_ACCEPTED: dict[Kind, tuple[str, ...]] = {
    "commune": ("01004", "13055", "35238", "59350", "75056", "95018", "2A004", "2B033"),
    "departement": ("01", "13", "35", "59", "75", "95", "2A", "2B"),
}
_REFUSED: dict[Kind, tuple[str, ...]] = {
    "commune": ("2C004", "AB123", "0100A", "2A00B", "ABCDE"),
    "departement": ("2C", "AB", "0A", "A1", "12A", "00"),
}
_EXAMPLES: dict[Kind, tuple[str, ...]] = {
    "commune": ("01004", "2A004", "97411"),
    "departement": ("01", "2A", "974"),
}


def recognise(node: Node) -> tuple[Kind, tuple[str, ...]] | None:
    """Return the kind of code that `node` accepts, and some that it does; None for no code."""
    kind: Kind
    for kind, accepted in _ACCEPTED.items():
        if all(accepts(node, each) for each in accepted) and not any(
            accepts(node, each) for each in _REFUSED[kind]
        ):
            return kind, tuple(each for each in _EXAMPLES[kind] if accepts(node, each))
    return None


def accepts(node: Node, text: str) -> bool:
    """Tell whether `node`, which holds no anchor, accepts the whole of a short text."""
    return len(text) in _ends(node, text, frozenset({0}))


def _ends(node: Node, text: str, starts: frozenset[int]) -> frozenset[int]:
    """Return the places where `node` may end when it begins at one of `starts`."""
    match node:
        case Single(characters=characters):
            inside = members(characters)
            return frozenset(at + 1 for at in starts if at < len(text) and text[at] in inside)
        case Chain(parts=parts):
            return _in_turn(parts, text, starts)
        case Choice(options=options, conditional=False):
            return frozenset().union(*(_ends(each, text, starts) for each in options))
        case Repeat(body=body, fewest=fewest, limit=int(limit)) if limit <= len(text):
            found = _in_turn([body] * fewest, text, starts)
            reached = set(found)
            for _ in range(fewest, limit):
                found = _ends(body, text, found)
                reached |= found
            return frozenset(reached)
        case _:
            return frozenset()


def _in_turn(parts: Sequence[Node], text: str, starts: frozenset[int]) -> frozenset[int]:
    for part in parts:
        starts = _ends(part, text, starts)
    return starts
