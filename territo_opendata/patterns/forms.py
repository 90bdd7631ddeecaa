"""What a text that a pattern accepts is made of, in parts that a person can be told.

A form is one or more ways to write the text; a way is a chain of parts. Whatever cannot be told
exactly is not a form, but for the codes of territories, which are told by examples.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from territo_opendata.patterns.characters import ANY, kind_of
from territo_opendata.patterns.finite import finite, parts_of
from territo_opendata.patterns.nodes import Anchor, Chain, Choice, Node, Repeat, Single
from territo_opendata.patterns.parts import (
    Anything,
    Code,
    Either,
    Items,
    Numbers,
    Part,
    Run,
    Sometimes,
    Way,
    Words,
)
from territo_opendata.patterns.territories import LONGEST, recognise

# Beyond these, a sentence would be longer than what it explains.
_MOST_WAYS = 6
_MOST_PARTS = 8
_MOST_WORDS = 12
_MOST_NUMBERS = 1000
_MOST_TIMES = 3


class UnwordedError(Exception):
    """A pattern that cannot be put in words."""


def form_of(tree: Node) -> tuple[Way, ...]:
    """Return the ways to write a text that `tree` accepts. Raises UnwordedError."""
    found = (way for nodes, closed in _branches(tree) for way in _ways_of(nodes, closed=closed))
    ways = tuple(dict.fromkeys(found))
    if len(ways) > _MOST_WAYS or any(not 0 < len(way) <= _MOST_PARTS for way in ways):
        raise UnwordedError
    return ways


def _branches(tree: Node, *, closed: bool = False) -> Iterator[tuple[list[Node], bool]]:
    """Yield each top alternative without its anchors, and whether the text ends where it does."""
    nodes = list(parts_of(tree))
    while nodes and isinstance(nodes[0], Anchor) and nodes[0].kind == "start":
        nodes.pop(0)
    while nodes and isinstance(nodes[-1], Anchor) and nodes[-1].kind in ("end", "text-end"):
        nodes.pop()
        closed = True
    if len(nodes) == 1 and isinstance(nodes[0], Choice) and _is_anchored(nodes[0]):
        for option in nodes[0].options:
            yield from _branches(option, closed=closed)
    else:
        yield nodes, closed


def _is_anchored(choice: Choice) -> bool:
    return not choice.conditional and any(
        isinstance(node, Anchor) for option in choice.options for node in parts_of(option)
    )


def _ways_of(nodes: list[Node], *, closed: bool) -> Iterator[Way]:
    whole = nodes[0] if len(nodes) == 1 else Chain(tuple(nodes))
    if not closed:
        yield (*_way(nodes), Anything())
    elif isinstance(whole, Choice) and not _listed(finite(whole, _MOST_NUMBERS)):
        yield from _alternatives(whole)
    else:
        yield _way(nodes)


def _alternatives(choice: Choice) -> Iterator[Way]:
    """Yield the ways of a choice; options that make up the codes of a territory are one."""
    options = list(_flattened(choice))
    codes: dict[int, Code] = {}
    for widths in ((2, 3), (5,)):
        coded = [each for each in options if _has_width(each, widths) and not _is_literal(each)]
        code = recognise(Choice(tuple(coded))) if coded else None
        if code:
            codes.update((id(each), Code(*code)) for each in coded)
    for each in options:
        code_of = codes.get(id(each))
        yield (code_of,) if code_of else _way(list(parts_of(each)))


def _flattened(choice: Choice) -> Iterator[Node]:
    if choice.conditional:
        raise UnwordedError
    for option in choice.options:
        if isinstance(option, Choice):
            yield from _flattened(option)
        else:
            yield option


def _has_width(node: Node, widths: Sequence[int]) -> bool:
    return node.least == node.most and node.least in widths


def _is_literal(node: Node) -> bool:
    words = finite(node, 1)
    return words is not None and len(words) == 1


def _way(nodes: list[Node]) -> Way:
    parts: list[Part] = []
    for part in _told(nodes):
        _append(parts, part)
    if any(isinstance(part, Items) for part in parts[:-1]):
        raise UnwordedError  # one could not tell where the last item ends
    return tuple(_settled(parts))


def _told(nodes: list[Node]) -> Iterator[Part]:
    """Yield the parts of a chain, those that stand for several nodes first."""
    place = 0
    while place < len(nodes):
        taken, part = _items(nodes, place) or _code(nodes, place) or (1, None)
        yield from (part,) if part else _each_of(nodes[place])
        place += taken


def _items(nodes: list[Node], place: int) -> tuple[int, Part] | None:
    """Return a list that begins here, `X(sepX)*`, and how many nodes it takes."""
    for end in range(place + 1, len(nodes)):
        repeat = nodes[end]
        inner = parts_of(repeat.body) if isinstance(repeat, Repeat) and not repeat.fewest else ()
        if len(inner) != end - place + 1 or repr(inner[1:]) != repr(tuple(nodes[place:end])):
            continue
        separator = finite(inner[0], 1)
        if separator and separator[0] and isinstance(repeat, Repeat) and repeat.limit != 1:
            limit = None if repeat.limit is None else repeat.limit + 1
            return len(inner), Items(separator[0], _way(list(inner[1:])), limit)
    return None


def _code(nodes: list[Node], place: int) -> tuple[int, Part] | None:
    """Return the longest code of a territory that begins here, and how many nodes it takes."""
    found = None
    for end in range(place + 1, len(nodes) + 1):
        chain = Chain(tuple(nodes[place:end]))
        if chain.most > LONGEST:
            break
        code = recognise(chain) if chain.least == chain.most else None
        found = (end - place, Code(*code)) if code else found
    return found


def _each_of(node: Node) -> Iterator[Part]:
    match node:
        case Single():
            yield _single(node)
        case Chain(parts=parts):
            yield from _told(list(parts))
        case Repeat():
            yield from _repeated(node)
        case Choice():
            yield _listed(finite(node, _MOST_NUMBERS)) or Either(
                tuple(dict.fromkeys(_alternatives(node)))
            )
        case _:
            raise UnwordedError


def _single(node: Single) -> Part:
    kind = kind_of(node.characters)
    words = finite(node, _MOST_WORDS)
    told = _listed(words) if words and (len(words) < 3 or kind is None) else None
    return told or _run(node, 1, 1)


def _run(node: Single, fewest: int, limit: int | None) -> Run:
    kind = kind_of(node.characters)
    if kind is None:
        raise UnwordedError
    return Run(kind, fewest, limit)


def _listed(words: list[str] | None) -> Part | None:
    if not words:
        return None
    if len(words) > 2 and (numbers := _numbers(words)):
        return numbers
    few = len(words) <= _MOST_WORDS and all(each.isprintable() for each in words)
    return Words(tuple(words)) if few else None


def _numbers(words: list[str]) -> Numbers | None:
    """Return the numbers without a gap that the words are, all of the same width."""
    width = len(words[0])
    if not all(each.isascii() and each.isdigit() and len(each) == width for each in words):
        return None
    values = sorted(map(int, words))
    whole = values == list(range(values[0], values[-1] + 1))
    return Numbers(values[0], values[-1], width) if whole else None


def _repeated(node: Repeat) -> Iterator[Part]:
    fewest, limit = node.fewest, node.limit
    if node.possessive:
        raise UnwordedError
    if isinstance(node.body, Single) and limit != 1 and finite(node.body, 1) is None:
        yield _run(node.body, fewest, limit)
        return
    body = _way(list(parts_of(node.body)))
    match body:
        case (Run(kind=kind, fewest=least, limit=most),) if least == most:
            if least == 1 or fewest == limit:
                yield Run(kind, fewest * least, None if limit is None else limit * least)
                return
        case (Run(kind=kind, fewest=1, limit=None),) if limit is None:
            yield Run(kind, fewest, None)
            return
    if (fewest, limit) == (0, 1):
        words = finite(node, _MOST_WORDS)
        yield Words(tuple(words)) if words else Sometimes(body)
    elif fewest == limit and fewest <= _MOST_TIMES:
        yield from body * fewest
    else:
        raise UnwordedError


def _append(parts: list[Part], part: Part) -> None:
    """Add a part; runs of one kind, and words while they are few, become one."""
    last = parts[-1] if parts else None
    if isinstance(last, Run) and isinstance(part, Run) and last.kind == part.kind:
        endless = last.limit is None or part.limit is None
        most = None if endless else (last.limit or 0) + (part.limit or 0)
        parts[-1] = Run(part.kind, last.fewest + part.fewest, most)
    elif isinstance(last, Words) and isinstance(part, Words) and _few(last, part):
        both = ("".join(pair) for pair in product(last.texts, part.texts))
        parts[-1] = Words(tuple(dict.fromkeys(both)))
    else:
        parts.append(part)


def _few(first: Words, second: Words) -> bool:
    """Tell whether two parts are easier to read as one: one text is added to each of a few."""
    sizes = sorted((len(first.texts), len(second.texts)))
    return sizes[0] == 1 or ("" in (*first.texts, *second.texts) and sizes[1] * sizes[0] <= 4)


def _settled(parts: list[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Words) and "" in part.texts:
            kept = tuple(each for each in part.texts if each)
            yield from (Sometimes((Words(kept),)),) if kept else ()
        elif part == Run(ANY, 0, None):
            yield Anything()
        else:
            yield part
