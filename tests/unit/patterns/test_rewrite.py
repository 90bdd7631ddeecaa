"""What can be written for RE2 and for Rust, and what cannot."""

import polars as pl
import pytest

from territo_opendata.patterns import PatternError, narrow
from territo_opendata.patterns.rewrite import rewrite
from territo_opendata.patterns.syntax import parse

REWRITTEN = [
    (r"[0-9]{5}", r"\A(?:\A(?:[0-9]){5,5}(?:\n?\z))"),
    ("a|b", r"\A(?:(?:\Aa|b(?:\n?\z)))"),
    (r"^a$", r"\A(?:\A\Aa(?:\n?\z)(?:\n?\z))"),
    (r"a\Z", r"\A(?:\Aa\z(?:\n?\z))"),
    (r"(?m:^a$)", r"\A(?:\A(?m:^)a(?m:$)(?:\n?\z))"),
    (r"(?a:\b)a", r"\A(?:\A\ba(?:\n?\z))"),
    ("(?P<x>a)*?-", r"\A(?:\A(?:a)*\x{2D}(?:\n?\z))"),
    ("(?i:k)", r"\A(?:\A[Kk\x{212A}](?:\n?\z))"),
]


@pytest.mark.parametrize(("pattern", "expected"), REWRITTEN)
def test_rewritten_for_re2(pattern, expected):
    assert rewrite(parse(pattern)) == expected


INEXPRESSIBLE = [
    *("(?=a)a", "(?!a)b", "(?<=a)b", r"(a)\1", "(?>a+)b", "a++b", "(a)?(?(1)b|c)"),
    *(r"\bmot\b", r"\Ba", r"(?a:\B)a", "a$b", "(?:a$)*", "a$\n", r"a$\Z", "a{1001}", "a{0,2000}"),
    "(?:" * 120 + "a" + ")*" * 120,
]


@pytest.mark.parametrize("pattern", INEXPRESSIBLE)
def test_not_rewritten_for_re2(pattern):
    assert rewrite(parse(pattern)) is None


NARROWED = [
    (r"[0-9]{5}", r"\A(?:\A(?:[0-9]){5,5}\z)"),
    ("a|b", r"\A(?:(?:\Aa|b\z))"),
    (r"a|(?=b)b", r"\A(?:(?:\Aa))"),
    (r"a(?:(?=b)b)?", r"\A(?:\Aa(?:)\z)"),
    (r"a{0,5000}", r"\A(?:\A(?:a){0,1000}\z)"),
    (r"(?i:oui)", r"\A(?:\A[Oo][Uu][Ii\x{130}-\x{131}]\z)"),
]


@pytest.mark.parametrize(("pattern", "expected"), NARROWED)
def test_narrowed_for_rust(pattern, expected):
    assert narrow(pattern) == expected


@pytest.mark.parametrize("pattern", ["(?=a)a", r"(a)\1", r"\bmot\b", "(?>a+)b", "a{1001}"])
def test_not_narrowed(pattern):
    assert narrow(pattern) is None


@pytest.mark.parametrize("pattern", ["(", "*", "[b-a]", "(?i)a", "a{2,1}"])
def test_a_broken_pattern_is_refused_by_narrow_too(pattern):
    with pytest.raises(PatternError):
        narrow(pattern)


LARGE = [
    r"\w{1,1000}",
    r"[^,]{1000}",
    r"(?:[\u0181-\u0fff\u1001-\ud0ff\U00010001-\U0010fff0]{80}){80}",
    "(?:" * 95 + "a" + ")*" * 95,
    "(?:" * 120 + "a" + ")*" * 120,
    "|".join(str(number) * 3 for number in range(900)),
    "[" + "".join(chr(0x400 + 3 * i) for i in range(900)) + "]{22}",
]


@pytest.mark.parametrize("pattern", LARGE, ids=range(len(LARGE)))
def test_polars_compiles_what_is_narrowed(pattern):
    narrowed = narrow(pattern)
    assert narrowed is not None
    assert pl.Series(["x\x00"]).str.contains(narrowed).to_list() == [False]


def test_what_would_be_too_large_for_polars_is_not_narrowed():
    assert narrow(r"(?:[^,]{1,100}){1,500}") is None
    assert narrow("(?:" * 120 + "a" + ")+" * 120) is None
