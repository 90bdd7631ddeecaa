r"""Sets of characters as ranges of code points, exactly as `re` of this Python understands them.

`\d`, `\w`, `\s` and the folding of case follow the Unicode tables of the running Python, which
differ from one version to the next and from those of RE2 and Rust: they are asked of `re` itself.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise

from territo_opendata.patterns.charsets import Category, Characters, Item

Ranges = tuple[tuple[int, int], ...]

_LAST = 0x10FFFF
# No text in UTF-8 holds them.
_SURROGATES = (0xD800, 0xDFFF)
# No digit, letter or space stands beyond (a test says so of the running Python).
_SCANNED_END = 0x40000
# Latin letters, with those of French, and punctuation: what `narrow` decides one by one.
_NARROW_END = 0x180


def exact_ranges(characters: Characters) -> Ranges:
    """Return the characters of the set, sorted, without surrogates."""
    plain = _union(_ranges_of(item, ascii_only=characters.ascii) for item in characters.items)
    found = _complement(plain) if characters.negated else plain
    if characters.ignore_case:
        matched = _singles(_members(characters, _cased()))
        found = _union((_without(found, _cased_ranges()), matched))
    return _without(found, (_SURROGATES,))


def narrow_ranges(characters: Characters) -> Ranges:
    """Return characters of the set that are quickly known to be in it; others may be too."""
    low = _singles(_members(characters, "".join(map(chr, range(_NARROW_END)))))
    return _without(_union((low, _known_high(characters))), (_SURROGATES,))


def _known_high(characters: Characters) -> Ranges:
    written = _union((item,) for item in characters.items if not isinstance(item, str))
    every = all(not isinstance(item, str) for item in characters.items)
    below: Ranges = ((0, _NARROW_END - 1),)
    if not characters.negated:
        return _without(written, below)
    if every and not characters.ignore_case:
        return _without(_complement(written), below)
    return ()


def _members(characters: Characters, among: str) -> Iterable[str]:
    # `match`, as the verdict uses: `findall` leaves out what its own shortcuts miss, such as
    # Unicode digits for (?a:\D).
    return filter(_expression(characters).match, among)


def _expression(characters: Characters) -> re.Pattern[str]:
    """Return a pattern for one character of the set, under its flags."""
    flags = re.ASCII if characters.ascii else re.NOFLAG
    flags |= re.IGNORECASE if characters.ignore_case else re.NOFLAG
    members = "".join(_written(item) for item in characters.items)
    if not members:
        return re.compile(r"(?s:.)" if characters.negated else r"(?!)", flags)
    return re.compile(f"[{'^' if characters.negated else ''}{members}]", flags)


def _written(item: Item) -> str:
    return f"\\{item}" if isinstance(item, str) else f"\\U{item[0]:08x}-\\U{item[1]:08x}"


def _ranges_of(item: Item, *, ascii_only: bool) -> Ranges:
    return _category(item, ascii_only) if isinstance(item, str) else (item,)


@lru_cache(maxsize=16)
def _category(name: Category, ascii_only: bool) -> Ranges:  # noqa: FBT001
    if name.isupper():
        lower: Category = {"D": "d", "W": "w", "S": "s"}[name]  # type: ignore[assignment]
        return _complement(_category(lower, ascii_only))
    if ascii_only:
        return _singles(re.findall(f"\\{name}", "".join(map(chr, range(128))), re.ASCII))
    runs = re.finditer(f"\\{name}+", _scanned())
    return tuple((run.start(), run.end() - 1) for run in runs)


@lru_cache(maxsize=1)
def _scanned() -> str:
    return "".join(map(chr, range(_SCANNED_END)))


@lru_cache(maxsize=1)
def _cased() -> str:
    """Return all characters that have another case; folding maps no other character."""
    text = _scanned()
    blocks = (text[i : i + 256] for i in range(0, len(text), 256))
    return "".join(
        each for block in blocks if _has_case(block) for each in block if _has_case(each)
    )


def _has_case(text: str) -> bool:
    return not text == text.lower() == text.upper() == text.casefold()


@lru_cache(maxsize=1)
def _cased_ranges() -> Ranges:
    return _singles(_cased())


def _singles(characters: Iterable[str]) -> Ranges:
    return _union(((ord(each), ord(each)),) for each in characters)


def _union(sets: Iterable[Ranges]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(chain.from_iterable(sets)):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def _complement(ranges: Ranges) -> Ranges:
    edges = ((-1, -1), *ranges, (_LAST + 1, _LAST + 1))
    gaps = ((left[1] + 1, right[0] - 1) for left, right in pairwise(edges))
    return tuple((low, high) for low, high in gaps if low <= high)


def _without(ranges: Ranges, removed: Ranges) -> Ranges:
    return _complement(_union((_complement(ranges), removed)))
