"""A backtracking matcher that counts its steps, and never stops at the first success.

It walks the same tree as the proof of `cost`, so that what it counts on a text is what the proof
has to bound.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from territo_opendata.patterns.charsets import Characters
from territo_opendata.patterns.nodes import (
    Anchor,
    AnchorKind,
    Atomic,
    Chain,
    Choice,
    Look,
    Node,
    Repeat,
    Single,
)


class TooManyStepsError(Exception):
    """The count has passed its limit."""


def count_steps(tree: Node, text: str, limit: int) -> int:
    """Return the steps needed to find every way to read `text`, at most `limit`."""
    matcher = _Counter(text, limit)
    try:
        for _ in matcher.ends(tree, 0):
            pass
    except TooManyStepsError:
        return limit
    return matcher.steps


class _Counter:
    def __init__(self, text: str, limit: int) -> None:
        self.steps = 0
        self._text = text
        self._limit = limit

    def ends(self, node: Node, place: int) -> Iterator[int]:
        match node:
            case Single(characters=characters):
                self._tick(max(1, len(characters.items)))
                if place < len(self._text) and _holds(characters, self._text[place]):
                    yield place + 1
            case Anchor(kind=kind):
                self._tick()
                if self._stands(kind, place):
                    yield place
            case Chain(parts=parts):
                yield from self._chain(parts, place)
            case Choice(options=options):
                self._tick()
                for option in options:
                    yield from self.ends(option, place)
            case _:
                yield from self._group(node, place)

    def _group(self, node: Node, place: int) -> Iterator[int]:
        match node:
            case Repeat():
                ends = self._repeat(node, 0, place)
                yield from [*ends][:1] if node.possessive else ends
            case Atomic(body=body):
                self._tick()
                yield from [*self.ends(body, place)][:1]
            case Look(body=body):
                self._tick()
                # Whether it holds does not matter: going on takes more steps than stopping.
                for _ in self.ends(body, place):
                    pass
                yield place

    def _chain(self, parts: Sequence[Node], place: int) -> Iterator[int]:
        if not parts:
            yield place
            return
        for end in self.ends(parts[0], place):
            yield from self._chain(parts[1:], end)

    def _repeat(self, node: Repeat, done: int, place: int) -> Iterator[int]:
        self._tick()
        if node.limit is None or done < node.limit:
            for end in self.ends(node.body, place):
                if end > place or done < node.fewest:
                    yield from self._repeat(node, done + 1, end)
        if done >= node.fewest:
            yield place

    def _tick(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > self._limit:
            raise TooManyStepsError

    def _stands(self, kind: AnchorKind, place: int) -> bool:
        text = self._text
        if kind == "start":
            return place == 0
        if kind == "line-start":
            return place == 0 or text[place - 1] == "\n"
        if kind == "end":
            return text[place:] in ("", "\n")
        if kind == "line-end":
            return text[place : place + 1] in ("", "\n")
        return kind != "text-end" or place == len(text)


@cache
def _holds(characters: Characters, character: str) -> bool:
    """Return whether the set holds `character`; sets without flags and of short ranges only."""
    members = "".join(
        f"\\{item}" if isinstance(item, str) else f"\\U{item[0]:08x}-\\U{item[1]:08x}"
        for item in characters.items
    )
    if not members:
        return characters.negated
    return bool(re.match(f"[{'^' if characters.negated else ''}{members}]", character))
