"""The texts that a part of a pattern accepts, where they are few enough to be listed."""

from collections.abc import Sequence

from territo_opendata.patterns.characters import DIGIT, kind_of, members
from territo_opendata.patterns.nodes import Chain, Choice, Node, Repeat, Single


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes that follow one another in `node`."""
    return node.parts if isinstance(node, Chain) else (node,)


def finite(node: Node, limit: int) -> list[str] | None:
    """Return all the texts that `node` accepts, None when there are more than `limit`.

    Digits of other writings than ours are left out.
    """
    match node:
        case Single(characters=characters):
            inside = members(characters)
            known = kind_of(characters)
            found = [str(digit) for digit in range(10)] if known is DIGIT else sorted(inside)
        case Chain(parts=parts):
            return _product([finite(part, limit) for part in parts], limit)
        case Choice(options=options, conditional=False):
            each = [finite(option, limit) for option in options]
            if any(one is None for one in each):
                return None
            found = [text for one in each for text in one or ()]
        case Repeat(body=body, fewest=fewest, limit=int(most), possessive=False) if most <= limit:
            one = finite(body, limit)
            times = [_product([one] * number, limit) for number in range(fewest, most + 1)]
            if one is None or any(each is None for each in times):
                return None
            found = [text for each in times for text in each or ()]
        case _:
            return None
    found = list(dict.fromkeys(found))
    return found if 0 < len(found) <= limit else None


def _product(sets: Sequence[list[str] | None], limit: int) -> list[str] | None:
    made = [""]
    for each in sets:
        if each is None or len(made) * len(each) > limit:
            return None
        made = [first + second for first in made for second in each]
    return list(dict.fromkeys(made))
