"""What a pattern says, as a tree of a few kinds of nodes, whichever Python parsed it.

The tree comes from the parser of `re` itself, so that it means what `re` means; flags are
resolved into the nodes.
"""

import re
import warnings
from collections.abc import Iterable, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

from territo_opendata.patterns.charsets import Category, Characters, Item
from territo_opendata.patterns.failures import PatternError
from territo_opendata.patterns.nodes import (
    Anchor,
    AnchorKind,
    Atomic,
    Chain,
    Choice,
    Look,
    Node,
    Reference,
    Repeat,
    Single,
)


class UnknownSyntaxError(Exception):
    """A construct that this module does not know: nothing can be said of the pattern."""


def parse(pattern: str) -> Node:
    """Return the tree of `^pattern$`, which is what frictionless compiles.

    Raises PatternError when `re` cannot read it, UnknownSyntaxError when we cannot.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = _parser.parse(anchored(pattern))
    except REFUSALS as error:
        raise PatternError(pattern, str(error) or type(error).__name__) from error
    try:
        return _chain(parsed, int(parsed.state.flags))
    except RecursionError as error:
        raise UnknownSyntaxError("nested too deeply") from error


# What `re` raises on a pattern: too deep, a count too large, clashing flags.
REFUSALS = (re.error, ValueError, OverflowError, RecursionError, MemoryError)


def anchored(pattern: str) -> str:
    """Return what frictionless compiles for a `pattern`; alternatives are not grouped."""
    return f"^{pattern}$"


_TYPE_FLAGS = int(re.ASCII | re.LOCALE | re.UNICODE)
_CATEGORIES: dict[Any, Category] = {
    _constants.CATEGORY_DIGIT: "d",
    _constants.CATEGORY_NOT_DIGIT: "D",
    _constants.CATEGORY_WORD: "w",
    _constants.CATEGORY_NOT_WORD: "W",
    _constants.CATEGORY_SPACE: "s",
    _constants.CATEGORY_NOT_SPACE: "S",
}
_WORD_ANCHORS = (_constants.AT_BOUNDARY, _constants.AT_NON_BOUNDARY)
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_GROUPS = (
    _constants.SUBPATTERN,
    _constants.BRANCH,
    _constants.ATOMIC_GROUP,
    _constants.ASSERT,
    _constants.ASSERT_NOT,
)
_REFERENCES = (_constants.GROUPREF, _constants.GROUPREF_EXISTS)


def _chain(items: Iterable[tuple[Any, Any]], flags: int) -> Node:
    parts: list[Node] = []
    for operator, argument in items:
        node = _node(operator, argument, flags)
        parts.extend(node.parts if isinstance(node, Chain) else (node,))
    return parts[0] if len(parts) == 1 else Chain(tuple(parts))


def _node(operator: Any, argument: Any, flags: int) -> Node:
    if operator in _REPEATS:
        return _repeat(operator, argument, flags)
    if operator in _GROUPS:
        return _group(operator, argument, flags)
    if operator in _REFERENCES:
        return _reference(operator, argument, flags)
    if operator is _constants.AT:
        return Anchor(_anchor(argument, flags))
    return Single(_characters(operator, argument, flags))


def _group(operator: Any, argument: Any, flags: int) -> Node:
    if operator is _constants.SUBPATTERN:
        _, added, removed, body = argument
        kept = flags & ~_TYPE_FLAGS if added & _TYPE_FLAGS else flags
        return _chain(body, (kept | added) & ~removed)
    if operator is _constants.BRANCH:
        return Choice(tuple(_chain(option, flags) for option in argument[1]))
    if operator is _constants.ATOMIC_GROUP:
        return Atomic(_chain(argument, flags))
    return Look(_chain(argument[1], flags))


def _reference(operator: Any, argument: Any, flags: int) -> Node:
    if operator is _constants.GROUPREF:
        return Reference()
    yes, no = (_chain(option or (), flags) for option in argument[1:])
    return Choice((yes, no), conditional=True)


def _repeat(operator: Any, argument: Sequence[Any], flags: int) -> Node:
    fewest, limit, items = argument
    body = _chain(items, flags)
    if fewest == limit == 1 and operator is not _constants.POSSESSIVE_REPEAT:
        return body
    most = None if limit is _constants.MAXREPEAT else int(limit)
    return Repeat(body, int(fewest), most, operator is _constants.POSSESSIVE_REPEAT)


def _anchor(place: Any, flags: int) -> AnchorKind:
    multiline = bool(flags & re.MULTILINE)
    if place is _constants.AT_BEGINNING:
        return "line-start" if multiline else "start"
    if place is _constants.AT_END:
        return "line-end" if multiline else "end"
    if place is _constants.AT_BEGINNING_STRING:
        return "start"
    if place is _constants.AT_END_STRING:
        return "text-end"
    if place in _WORD_ANCHORS:
        # \B on an empty text changed in Python 3.14: no rewriting relies on it.
        exact = flags & re.ASCII and place is _constants.AT_BOUNDARY
        return "ascii-word" if exact else "word"
    raise UnknownSyntaxError(str(place))


def _characters(operator: Any, argument: Any, flags: int) -> Characters:
    if operator is _constants.ANY:
        return Characters(() if flags & re.DOTALL else ((10, 10),), negated=True)
    if operator is _constants.FAILURE:
        return Characters(())
    negated = False
    if operator in (_constants.LITERAL, _constants.NOT_LITERAL):
        items: tuple[Item, ...] = ((argument, argument),)
        negated = operator is _constants.NOT_LITERAL
    elif operator is _constants.IN:
        negated = argument[0][0] is _constants.NEGATE
        items = tuple(_item(*member) for member in argument[negated:])
    else:
        raise UnknownSyntaxError(str(operator))
    return Characters(items, negated, bool(flags & re.ASCII), bool(flags & re.IGNORECASE))


def _item(operator: Any, argument: Any) -> Item:
    if operator is _constants.LITERAL:
        return argument, argument
    if operator is _constants.RANGE:
        return argument[0], argument[1]
    if operator is _constants.CATEGORY:
        return _CATEGORIES[argument]
    raise UnknownSyntaxError(str(operator))
