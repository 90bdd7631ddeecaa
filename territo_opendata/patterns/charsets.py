"""Sets of characters as bit masks: quick, and never smaller than the set they stand for.

128 bits stand for the ASCII characters one by one, four for the kinds of all others, one for the
end of the text. Two masks without a common bit have no common character; the reverse may fail.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Category = Literal["d", "D", "w", "W", "s", "S"]
Item = tuple[int, int] | Category

_ASCII = (1 << 128) - 1
_DIGIT, _WORD, _SPACE, _OTHER = (1 << 128 + i for i in range(4))
_BEYOND = _DIGIT | _WORD | _SPACE | _OTHER
END = 1 << 132
EVERYTHING = _ASCII | _BEYOND | END
NEWLINE = 1 << 10
# A longer range is taken to hold characters of every kind.
_LONGEST_RANGE = 512
_LETTERS = sum(1 << code for code in range(128) if chr(code).isalpha())


@dataclass(frozen=True, slots=True)
class Characters:
    """A set of characters as a pattern writes it, under the flags that hold there."""

    items: tuple[Item, ...]
    negated: bool = False
    ascii: bool = False
    ignore_case: bool = False


@lru_cache(maxsize=4096)
def mask(characters: Characters) -> int:
    """Return a mask that holds every character of the set."""
    if characters.negated:
        return EVERYTHING & ~END & ~_certain(characters)
    possible = 0
    for item in characters.items:
        possible |= _mask_of(item, ascii_only=characters.ascii)
    return _fold(possible) if characters.ignore_case else possible


def _certain(characters: Characters) -> int:
    """Return the bits whose characters are all in the set, before negation."""
    certain = 0
    for item in characters.items:
        bits = _mask_of(item, ascii_only=characters.ascii)
        certain |= bits if isinstance(item, str) else bits & _ASCII
    return certain & _ASCII if characters.ignore_case else certain


def _fold(possible: int) -> int:
    """Add what other characters stand for the same letter, few of which cross from ASCII."""
    if possible & _BEYOND:
        return possible | _LETTERS | _BEYOND
    if possible & _LETTERS:
        return possible | _LETTERS | _WORD | _OTHER
    return possible


def _mask_of(item: Item, *, ascii_only: bool) -> int:
    if isinstance(item, str):
        return _category(item, ascii_only)
    low, high = item
    bits = ((1 << min(high, 127) + 1) - (1 << low)) if low < 128 else 0
    if high < 128:
        return bits
    if high - max(low, 128) > _LONGEST_RANGE:
        return bits | _BEYOND
    for code in range(max(low, 128), high + 1):
        bits |= kind(chr(code))
    return bits


def kind(character: str) -> int:
    """Return the bit of a character that is not ASCII."""
    if character.isdecimal():
        return _DIGIT
    if character.isalnum():
        return _WORD
    return _SPACE if character.isspace() else _OTHER


@lru_cache(maxsize=16)
def _category(name: Category, ascii_only: bool) -> int:  # noqa: FBT001
    lower = name.lower()
    member = re.compile(f"\\{lower}", re.ASCII if ascii_only else 0)
    bits = sum(1 << code for code in range(128) if member.match(chr(code)))
    if not ascii_only:
        bits |= {"d": _DIGIT, "w": _DIGIT | _WORD, "s": _SPACE}[lower]
    return bits if name == lower else (_ASCII | _BEYOND) & ~bits
