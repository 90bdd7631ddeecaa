"""Patterns written again for engines that never backtrack: RE2, and the regex crate of Rust.

Both share the syntax used here. Sets of characters are spelt out, so that nothing depends on
flags or on the tables of the other engine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from territo_opendata.patterns.charsets import Characters
from territo_opendata.patterns.classes import Ranges, exact_ranges, narrow_ranges
from territo_opendata.patterns.nodes import (
    Anchor,
    AnchorKind,
    Chain,
    Choice,
    Node,
    Repeat,
    Single,
)

# RE2 refuses larger counts; Rust allows them but expands them.
_LARGEST_COUNT = 1000
# Bounds on what the other engine has to compile: ranges, and nested groups. RE2 says itself
# what is too large; what Rust refuses would end the run.
_MOST_STATES_RE2 = 100_000
_MOST_STATES_RUST = 20_000
_DEEPEST = 100
_EMPTY = "(?:)"


class _InexpressibleError(Exception):
    """The node has no equivalent in the other engine."""


def rewrite(tree: Node) -> str | None:
    r"""Return a pattern for RE2 that accepts the texts that `tree` accepts in `re`, and no others.

    It is to be matched at the start of texts in UTF-8. None when there is none: references,
    conditions on what surrounds (Unicode `\b` among them), possessive repeats, `$` before more.
    """
    return _written(tree, _Writer(exact_ranges, _EXACT_ANCHORS, exact=True))


def narrowed(tree: Node) -> str | None:
    """Return a pattern for Rust that accepts none but texts that `tree` accepts in `re`, or None."""
    return _written(tree, _Writer(narrow_ranges, _NARROW_ANCHORS, exact=False))


def _written(tree: Node, writer: "_Writer") -> str | None:
    try:
        written = writer.write(tree, last=True, depth=0)
    except (_InexpressibleError, RecursionError):
        return None
    return rf"\A(?:{written.text})" if written.size <= writer.most_states else None


_NARROW_ANCHORS: dict[AnchorKind, str] = {
    "start": r"\A",
    "line-start": "(?m:^)",
    "line-end": "(?m:$)",
    "end": r"\z",
    "text-end": r"\z",
}
# Without Unicode, RE2 and `re` agree on the characters of a word.
_EXACT_ANCHORS = _NARROW_ANCHORS | {"end": r"(?:\n?\z)", "ascii-word": r"\b"}


@dataclass(frozen=True, slots=True)
class _Written:
    """A piece of the new pattern, with a measure of what it expands to."""

    text: str
    size: int


class _Writer:
    """Writes nodes; `exact` or else keeping to a subset, which may leave options out."""

    def __init__(
        self,
        ranges: Callable[[Characters], Ranges],
        anchors: dict[AnchorKind, str],
        *,
        exact: bool,
    ) -> None:
        self._ranges = ranges
        self._anchors = anchors
        self._exact = exact
        self.most_states = _MOST_STATES_RE2 if exact else _MOST_STATES_RUST
        self._sets: dict[Characters, _Written] = {}

    def write(self, node: Node, *, last: bool, depth: int) -> _Written:
        """Return `node` written; `last` when nothing but the end of the text can follow it.

        Raises _InexpressibleError.
        """
        if depth > _DEEPEST:
            raise _InexpressibleError
        match node:
            case Single(characters=characters):
                return self._set(characters)
            case Anchor(kind=kind):
                return self._anchor(kind, last=last)
            case Chain(parts=parts):
                return self._chain(parts, last=last, depth=depth)
            case Choice():
                return self._choice(node, last=last, depth=depth)
            case Repeat():
                return self._repeat(node, last=last, depth=depth)
            case _:
                raise _InexpressibleError

    def _set(self, characters: Characters) -> _Written:
        known = self._sets.get(characters)
        if known is None:
            ranges = self._ranges(characters)
            if not ranges and not self._exact:
                raise _InexpressibleError
            known = self._sets[characters] = _Written(_spelt(ranges), max(1, len(ranges)))
        return known

    def _anchor(self, kind: AnchorKind, *, last: bool) -> _Written:
        # `$` before a last newline looks at a character without consuming it.
        if kind not in self._anchors or (kind == "end" and self._exact and not last):
            raise _InexpressibleError
        return _Written(self._anchors[kind], 1)

    def _chain(self, parts: Sequence[Node], *, last: bool, depth: int) -> _Written:
        written: list[_Written] = []
        for part in reversed(parts):
            written.append(self.write(part, last=last, depth=depth))
            last = last and isinstance(part, Anchor) and part.kind == "end"
        text = "".join(each.text for each in reversed(written))
        return _Written(text or _EMPTY, sum(each.size for each in written))

    def _choice(self, node: Choice, *, last: bool, depth: int) -> _Written:
        if node.conditional:
            raise _InexpressibleError
        options = []
        for option in node.options:
            try:
                options.append(self.write(option, last=last, depth=depth + 1))
            except _InexpressibleError:
                if self._exact:
                    raise
        if not options:
            raise _InexpressibleError
        text = "|".join(option.text for option in options)
        return _Written(f"(?:{text})", sum(option.size for option in options))

    def _repeat(self, node: Repeat, *, last: bool, depth: int) -> _Written:
        if node.possessive or node.fewest > _LARGEST_COUNT:
            raise _InexpressibleError
        limit = node.limit
        if limit is not None and limit > _LARGEST_COUNT:
            if self._exact:
                raise _InexpressibleError
            limit = _LARGEST_COUNT
        if limit == 0:
            return _Written(_EMPTY, 1)
        try:
            body = self.write(node.body, last=last and limit == 1, depth=depth + 1)
        except _InexpressibleError:
            if self._exact or node.fewest:
                raise
            return _Written(_EMPTY, 1)
        size = body.size * max(1, node.fewest, limit or 0)
        if size > self.most_states:
            raise _InexpressibleError
        return _Written(f"(?:{body.text}){_count(node.fewest, limit)}", size)


def _count(fewest: int, limit: int | None) -> str:
    if limit is None:
        return {0: "*", 1: "+"}.get(fewest, f"{{{fewest},}}")
    return f"{{{fewest},{limit}}}"


def _spelt(ranges: Ranges) -> str:
    if not ranges:
        return r"[^\x{0}-\x{10FFFF}]"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return _point(ranges[0][0])
    members = (
        _point(low) if low == high else f"{_point(low)}-{_point(high)}" for low, high in ranges
    )
    return f"[{''.join(members)}]"


def _point(code: int) -> str:
    character = chr(code)
    return character if character.isascii() and character.isalnum() else f"\\x{{{code:X}}}"
