"""Sets of characters: masks that never lose a character, ranges that are exactly those of `re`."""

import bisect
import re

import pytest

from territo_opendata.patterns import classes
from territo_opendata.patterns.charsets import (
    EVERYTHING,
    Characters,
    kind,
    mask,
)
from territo_opendata.patterns.classes import exact_ranges, narrow_ranges
from territo_opendata.patterns.nodes import Single
from territo_opendata.patterns.syntax import parse

# Most scripts in full, every 61st character elsewhere.
CODES = {*range(0x2500), *range(0xA600, 0xAC00), *range(0xFB00, 0x10600), *range(0x1D400, 0x1D800)}
ALL = "".join(
    chr(code) for code in sorted(CODES | {*range(0, 0x110000, 61)}) if not 0xD800 <= code < 0xE000
)
SETS = [
    *("a", "é", "[a-f]", "[^a-f]", ".", "(?s:.)", "[^\\n]", "[à-ÿ]", "[^à-ÿ]", "[\\x00-\\x7f]"),
    *(r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"[\d\s]", r"[^\w-]", r"[\W\d]", r"[^\D5]"),
    *(r"(?a:\d)", r"(?a:\D)", r"(?a:\w)", r"(?a:\W)", r"(?a:\s)", r"(?a:\S)", r"(?a:[^\w-])"),
    *("(?i:a)", "(?i:k)", "(?i:K)", "(?i:ſ)", "(?i:ß)", "(?i:İ)", "(?i:ı)", "(?i:[^k-s])"),
    *("(?i:[à-é])", "(?i:[^a-zé])", r"(?i:\W)", r"(?i:[\Wk])", "(?i:µ)", "(?i:[α-ω])", "(?i:ⓐ)"),
    *("(?ai:k)", "(?ai:[^k-s])", "(?ai:é)", r"(?ai:[\Wk])", "[\ud800-\udfff]", "[a\u0345]"),
]


def _set(pattern: str) -> Characters:
    _, node, _ = parse(pattern).parts
    assert isinstance(node, Single)
    return node.characters


def _accepted(pattern: str) -> set[str]:
    # Not `findall`: in search, re takes (?a:\D) for \\D at first, and misses Unicode digits.
    return set(filter(re.compile(pattern).match, ALL))


def _members(ranges) -> set[str]:
    starts = [low for low, _ in ranges]
    places = ((each, bisect.bisect(starts, ord(each)) - 1) for each in ALL)
    return {each for each, place in places if place >= 0 and ord(each) <= ranges[place][1]}


@pytest.mark.parametrize("pattern", SETS)
def test_exact_ranges_are_those_of_re(pattern):
    ranges = exact_ranges(_set(pattern))
    assert _members(ranges) == _accepted(pattern)
    assert list(ranges) == sorted(ranges)


@pytest.mark.parametrize("pattern", SETS)
def test_narrow_ranges_hold_nothing_else(pattern):
    accepted = _accepted(pattern)
    found = _members(narrow_ranges(_set(pattern)))
    assert found <= accepted
    assert found >= {each for each in accepted if ord(each) < 0x180}


@pytest.mark.parametrize("pattern", SETS)
def test_a_mask_holds_every_character(pattern):
    found = mask(_set(pattern))
    for character in _accepted(pattern):
        bit = 1 << ord(character) if character.isascii() else kind(character)
        assert bit & found, ascii(character)


@pytest.mark.parametrize(
    ("left", "right"),
    [("[a-z]", "[0-9]"), (r"\w", "[,|]"), (r"\d", r"\D"), (r"\s", r"\S"), ("[^|]", "[|]")],
)
def test_masks_tell_disjoint_sets_apart(left, right):
    assert not mask(_set(left)) & mask(_set(right))


def test_no_digit_letter_space_or_case_stands_beyond_what_is_scanned():
    beyond = "".join(map(chr, range(classes._SCANNED_END, 0x110000)))
    assert not re.search(r"[\w\s]", beyond)
    assert beyond == beyond.lower() == beyond.upper() == beyond.casefold()


def test_folding_of_case_stays_among_the_cased_characters():
    cased = classes._cased()
    within = "".join(f"\\U{ord(each):08x}" for each in cased)
    assert _accepted(f"(?i:[{within}])") <= set(cased)


def test_a_set_written_as_characters_is_exact_beyond_latin_too():
    assert narrow_ranges(_set("[^,]")) == exact_ranges(_set("[^,]"))


def test_everything_is_in_the_mask_of_everything():
    assert mask(_set("(?s:.)")) & EVERYTHING == mask(_set("(?s:.)"))
