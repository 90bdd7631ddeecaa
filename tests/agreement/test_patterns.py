"""Patterns: every way of judging them agrees with `re.compile("^pattern$").match`.

That is what frictionless 5.21 does (`frictionless/schema/field.py`, `create_cell_reader`). What is
narrowed for Polars may refuse good texts, but never accepts a bad one.
"""

import json
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import frictionless
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.patterns import PatternError, compile_pattern, narrow
from territo_opendata.patterns.linear import linear_matcher
from territo_opendata.patterns.syntax import anchored, parse
from territo_opendata.patterns.worker import PatternRefusedError, Worker

ROOT = Path(__file__).parents[2]
CORPUS = os.environ.get("TERRITO_CORPUS")
EXAMPLES = int(os.environ.get("TERRITO_PATTERN_EXAMPLES", "400"))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def _oracle(pattern: str) -> re.Pattern[str] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(f"^{pattern}$")
        except (re.error, OverflowError, ValueError, RecursionError):
            return None


def _assert_agreement(pattern: str, texts: Sequence[str], worker: Worker) -> int:
    """Compare all ways on the texts; return how many verdicts were compared."""
    oracle = _oracle(pattern)
    if oracle is None:
        with pytest.raises(PatternError):
            compile_pattern(pattern)
        with pytest.raises(PatternRefusedError):
            worker.accepted(anchored(pattern), [""], 10)
        return 1
    expected = [oracle.match(text) is not None for text in texts]
    matcher = compile_pattern(pattern)
    assert [matcher.accepts(text) for text in texts] == expected
    assert matcher.accepts_all(texts) == expected
    assert worker.accepted(anchored(pattern), texts, 10) == expected
    linear = linear_matcher(parse(pattern))
    if linear is not None:
        found = [(text, linear.accepts(text)) for text in texts]
        wrong = zip(found, expected, strict=True)
        assert not [each for each, right in wrong if each[1] not in (None, right)]
    _assert_narrower(pattern, texts, expected)
    return len(texts)


def _assert_narrower(pattern: str, texts: Sequence[str], expected: Sequence[bool]) -> None:
    narrowed = narrow(pattern)
    if narrowed is None:
        return
    written = [text for text in texts if _in_utf8(text)]
    found = pl.Series(written, dtype=pl.String).str.contains(narrowed).to_list()
    accepted = {text for text, right in zip(texts, expected, strict=True) if right}
    assert {text for text, passed in zip(written, found, strict=True) if passed} <= accepted


def _in_utf8(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


TEXTS = [
    "",
    "a",
    "b",
    "ab",
    "axxx",
    "a\n",
    "\na",
    "a\n\n",
    "1",
    "١",
    "é",
    "e\u0301",
    "A",
    " ",
    "\u00a0",
]
CASES: list[tuple[str, list[str]]] = [
    # anchors, alternatives at the top, a newline at the end
    ("", []),
    ("a|b", ["xb", "bx", "b\n", "b\n\n"]),
    ("^a|b$", ["xb", "bx", "b\n"]),
    ("^a$|^b$", ["b\n", "ba"]),
    ("|a", ["xa"]),
    ("a|", ["xa"]),
    ("(a|b)", ["b\n"]),
    ("a$", []),
    ("^^a$$", []),
    ("a$\n", []),
    ("a\n$", []),
    ("a\\Z", []),
    ("a$\\Z", []),
    ("\\Aa", []),
    ("a\\Ab", []),
    ("a^b", []),
    ("(a$|ab)c?", ["abc", "ac"]),
    ("(a$)?b?", []),
    ("(?:a$)*", ["aa"]),
    ("a$b*", []),
    ("\n", ["\n", "\n\n"]),
    ("\n*", ["\n", "\n\n", "\n\n\n"]),
    ("[^b]", ["\n", "\n\n"]),
    ("[^b]+", ["\n\n", "a\nb"]),
    (".", ["\n", "\r", "\u2028", "\x85", "🙂"]),
    (".*", ["a\nb", "\n", "🙂é"]),
    ("(?s:.)*", ["a\nb", "\n\n"]),
    ("(?m:^a$)", ["a\nb", "b\na"]),
    ("(?m:a$\n^b)", ["a\nb", "a\nb\n"]),
    ("a\\", ["a$"]),
    # classes and Unicode
    ("\\d+", ["12", "1٢", "²", "１２", "1 2"]),
    ("\\D+", ["12", "²", "a١"]),
    ("\\w+", ["é_1", "a-b", "ª", "²", "½", "\u0301", "e\u0301", "名", "ⓐ", "\u200d"]),
    ("\\W+", ["--", "\u0301", "½", "ⓐ", " \n"]),
    ("\\s+", ["\t\v\f", "\u00a0\u2003", "\x1c\x1f", "\x85", "\u200b", "\ufeff"]),
    ("\\S+", ["a\x1c", "\u200b", "\u00a0"]),
    ("[\\w\\s]+", ["un mot", "l’été", "l'été"]),
    ("[^\\W\\d_]+", ["été", "e1", "_"]),
    ("[^\\d\\s]+", ["a١", "ab", "\u00a0"]),
    ("(?a:\\d+)", ["12", "١"]),
    ("(?a:\\w+)", ["é", "a_1"]),
    ("(?a:\\s+)", ["\u00a0", "\x1c", " \t"]),
    ("(?a:\\S+)", ["\u00a0", "\x1c", " "]),
    ("(?a:\\D)", ["١", "1", "x"]),
    ("[à-ÿ]+", ["éàü", "œ", "÷"]),
    ("[^à-ÿ]+", ["éàü", "œ", "abc"]),
    ("[a-zà-öø-ÿ '-]+", ["l'île-d'yeu", "÷"]),
    ("[\U00010000-\U0010ffff]", ["🙂", "a"]),
    ("[\\x00-\\x1f]", ["\x00", "\x1c", "\x7f"]),
    ("[]a]", ["]", "]a"]),
    ("[^]a]", ["]", "b"]),
    ("[a\\]-]+", ["]-a", "\\"]),
    ("[[a]b]", ["[b]", "ab]"]),
    ("[a||b]", ["|"]),
    ("\u0301", ["\u0301", "e\u0301"]),
    ("\ud800", ["\ud800", "a"]),
    (".\ud800?", ["a\ud800", "\ud800"]),
    # flags
    ("(?i)a", []),
    ("(?i:a)", ["A", "a\n"]),
    ("(?i:k)", ["K", "\u212a", "k"]),
    ("(?i:s)", ["S", "ſ"]),
    ("(?i:ſ)", ["S", "s"]),
    ("(?i:i)", ["I", "İ", "ı"]),
    ("(?i:ß)", ["ẞ", "ss", "SS"]),
    ("(?i:é)", ["É", "E\u0301"]),
    ("(?i:[a-z]+)", ["ABC", "\u212a", "É"]),
    ("(?i:[^a-z]+)", ["ABC", "\u212a", "É1"]),
    ("(?i:[à-é]+)", ["ÀÉ", "ê"]),
    ("(?i:σ)", ["ς", "Σ", "σ"]),
    ("(?i:µ)", ["μ", "Μ", "µ"]),
    ("(?i:ﬅ)", ["ﬆ", "ﬅ"]),
    ("(?ai:k)", ["K", "\u212a"]),
    ("(?ai:é)", ["É", "é"]),
    ("(?i:(?-i:a)b)", ["aB", "AB"]),
    ("(?x: a b # c\n)", ["ab", "a b"]),
    ("(?x: [ ]a\\ )", [" a ", "a"]),
    ("(?im:^A)b", ["ab", "aB"]),
    # repeats and groups
    ("a{2}", ["aa", "aaa"]),
    ("a{2,}", ["aa", "aaa"]),
    ("a{,2}", ["aa", "aaa", "a{,2}"]),
    ("a{2,3}?", ["aa", "aaaa"]),
    ("a{0}", ["", "a"]),
    ("a{1,2", ["a{1,2", "a"]),
    ("a*?b", ["aab", "aa"]),
    ("(?:ab)+", ["abab", "aba"]),
    ("(?:a?)*", ["aa", "b"]),
    ("(?:a*)*", ["aa", "b"]),
    ("(?:|a)+", ["aa", "b"]),
    ("(?:|a)*b", ["aab", "b"]),
    ("(?:a|b?)*?c", ["abc", "c", "bb"]),
    ("(?:a?){3}", ["aa", "aaaa"]),
    ("(?:(?:a?)+b?)*", ["abab", "ba"]),
    ("(?:^a?)*b", ["ab", "aab"]),
    ("(a)(b)?", ["ab", "b"]),
    ("(?P<nom>a)(?P=nom)", ["aa", "ab"]),
    ("(a|b)\\1", ["aa", "ab"]),
    ("(a)?(?(1)b|c)", ["ab", "c", "ac", "b"]),
    ("a++b", ["aab", "ab"]),
    ("a*+a", ["aa"]),
    ("(?>a|ab)c", ["ac", "abc"]),
    ("(?=ab)a.", ["ab", "ac"]),
    ("(?!ab)a.", ["ab", "ac"]),
    ("a(?<=a)b", ["ab"]),
    ("a(?<!a)b", ["ab"]),
    ("(?!.*--)[a-z-]+", ["a-b", "a--b"]),
    ("\\bmot\\b", ["mot", "mots"]),
    ("\\bé", ["é"]),
    ("(?a:\\bé)", ["é"]),
    ("(?a:a\\b)é?", ["aé"]),
    ("\\B", []),
    ("a\\Bb", ["ab"]),
    ("(?:)", []),
    ("(?!)", []),
    ("()", []),
    ("a(?#remarque)b", ["ab"]),
    # refused
    *((pattern, []) for pattern in ("(", "*", "a**", "[z-a]", "(?<=a+)b", "\\1", "(?z)", "a{3,1}")),
    # as schemas have them
    ("\\d{5}", ["75001", "7500", "75001\n", "٧٥٠٠١"]),
    ("^\\d{14}$", ["12345678901234", "1234567890123"]),
    ("(0[1-9]|[1-8]\\d|9[0-5]|2[AB])\\d{3}", ["2A004", "75056", "20004"]),
    ("\\d{4}(-(0[1-9]|1[0-2]))?", ["2026", "2026-13", "2026-12"]),
    ("https?://\\S+", ["http://a.fr", "https://", "http://a b"]),
    ("[a-z0-9]+(-[a-z0-9]+)*", ["a-b", "a--b", "-a"]),
    ("[^|]+([|][^|]+)*", ["a|b", "a||b", "a|b\n", "\n|a"]),
    ("^(oui|non)$|^(non renseigné)$", ["oui", "non renseigné", "nonn"]),
    ("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+", ["a@b.fr", "é@é.fr", "a@b", "a@@b.fr"]),
    ("(?:(?:^|,)(A|B))+$", ["A,B", "AB", "A,", ",A"]),
]


def test_there_are_enough_cases():
    assert sum(len(TEXTS) + len(texts) for _, texts in CASES) >= 1500
    assert len(CASES) >= 100


@pytest.mark.parametrize(("pattern", "texts"), CASES)
def test_hand_written_cases(pattern, texts, worker):
    assert _assert_agreement(pattern, [*TEXTS, *texts], worker)


@pytest.mark.parametrize(("pattern", "texts"), CASES[::4])
def test_the_oracle_is_what_frictionless_does(pattern, texts):
    oracle = _oracle(pattern)
    if oracle is None:
        return
    descriptor = {"name": "a", "type": "string", "constraints": {"pattern": pattern}}
    field = frictionless.Field.from_descriptor(descriptor)
    for text in filter(None, [*TEXTS, *texts]):
        _, notes = field.read_cell(text)
        assert (not notes) is (oracle.match(text) is not None)


ATOMS = st.sampled_from(
    [
        *(
            "a",
            "b",
            "k",
            "1",
            "é",
            "-",
            " ",
            ".",
            "_",
            "ß",
            "ſ",
            "İ",
            "i",
            "٣",
            "\u0301",
            "\\n",
            "\n",
        ),
        *("\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "[ab]", "[^a]", "[^\\d]", "[a-c1]", "[\\w-]"),
        *(
            "[^\\s,]",
            "[^\\n]",
            "[k-s]",
            "[à-é]",
            "[^a-z]",
            "[\\W\\d]",
            "\\x1c",
            "[\\U00010000-\\U0010fffe]",
        ),
        *("$", "^", "\\Z", "\\A", "(?:)", "\\b", "\\B", "(?a:\\b)", "(?m:$)", "(?m:^)", "(?s:.)"),
    ]
)
GROUPS = st.sampled_from(
    [
        *("(?:%s)", "(%s)", "(?i:%s)", "(?a:%s)", "(?s:%s)", "(?m:%s)", "(?ai:%s)", "(?x: %s )"),
        *("(?-i:%s)", "(?=%s)", "(?!%s)", "(?<=%s)", "(?>%s)", "(?P<n>%s)(?P=n)"),
    ]
)
COUNTS = st.sampled_from(
    ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,3}", "{2,}", "{0}", "{,2}?", "*+", "?+"]
)


def _larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=1, max_size=3)
    return (
        several.map("".join)
        | several.map("|".join)
        | st.tuples(GROUPS, several).map(lambda each: each[0] % "|".join(each[1]))
        | st.tuples(parts, COUNTS).map(lambda each: f"(?:{each[0]}){each[1]}")
    )


PATTERNS = st.recursive(ATOMS, _larger, max_leaves=10)
CHARACTERS = "aabbc1é- .\n\n_kKsSſ\u212aßİiI\u0301٣,à\x1c\u00a0Éﬁ🙂"


@given(PATTERNS, st.lists(st.text(CHARACTERS, max_size=6), min_size=1, max_size=25))
@settings(max_examples=EXAMPLES, deadline=None)
def test_generated_patterns(shared_worker, pattern, texts):
    _assert_agreement(pattern, texts, shared_worker)


@pytest.fixture(scope="session")
def shared_worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def _patterns_of(descriptor: Any) -> Iterator[str]:
    if isinstance(descriptor, dict):
        for key, value in descriptor.items():
            if key == "pattern" and isinstance(value, str):
                yield value
            else:
                yield from _patterns_of(value)
    elif isinstance(descriptor, list):
        for each in descriptor:
            yield from _patterns_of(each)


def _published(folder: Path) -> Counter[str]:
    """Return the patterns of the schemas in a folder, and how many fields have each."""
    found: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.json")):
        found.update(_patterns_of(json.loads(path.read_text("utf-8"))))
    return found


def _cells(folder: Path) -> list[str]:
    """Return cells of the tables in a folder, each once, at most 3,000."""
    cells = dict.fromkeys(TEXTS)
    for path in sorted(folder.rglob("*.csv")):
        text = path.read_bytes()[:20_000].decode("utf-8", "replace")
        cells |= dict.fromkeys(re.split('[,;\r\n"]', text))
    return list(cells)[:3000]


FOLDERS = [
    ROOT / "schemas",
    pytest.param(
        Path(CORPUS or "."),
        marks=pytest.mark.skipif(
            not CORPUS, reason="TERRITO_CORPUS is not set: published patterns left out"
        ),
    ),
]


@pytest.mark.parametrize("folder", FOLDERS, ids=["ours", "corpus"])
def test_published_patterns(folder, worker, capsys):
    cells = _cells(folder)
    usual = "x" * 100
    tiers: Counter[str] = Counter()
    patterns = _published(folder)
    for pattern, fields in patterns.items():
        _assert_agreement(pattern, [text for text in cells if len(text) < 30], worker)
        assert compile_pattern(pattern).accepts_all(cells)
        tiers[compile_pattern(pattern).tier(usual)] += fields
    said = f"\n{folder.name}: {len(patterns)} patterns; fields by way: {dict(tiers)}\n"
    with capsys.disabled():
        sys.stdout.write(said)
    assert tiers["plain"] >= 0.9 * tiers.total()
    assert not tiers["worker"]
