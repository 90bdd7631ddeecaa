"""The proof that plain `re` needs few steps: it must bound what backtracking does."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.patterns.cost import steps
from territo_opendata.patterns.growth import INFINITE
from territo_opendata.patterns.syntax import parse
from tests.unit.patterns.counting import count_steps

ATOMS = st.sampled_from(
    [
        *("a", "b", "[ab]", "[^a]", "[^,]", r"\w", r"\d", ".", ",", "1", "$", "^", r"\n"),
        *("a+", "[ab]*", r"\w+", "(?=a*b)", "(?>a+)", "[a-c]{1,40}", "(?:,a+)*", "(?:a+,)*"),
    ]
)
COUNTS = st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{0,40}", "{2,}", "*+", "*?"])


def _larger(parts):
    return (
        st.lists(parts, min_size=1, max_size=4).map("".join)
        | st.lists(parts, min_size=1, max_size=4).map(lambda each: f"(?:{'|'.join(each)})")
        | st.tuples(parts, COUNTS).map(lambda each: f"(?:{each[0]}){each[1]}")
    )


PATTERNS = st.recursive(ATOMS, _larger, max_leaves=8)
PIECES = st.text("aab1,-c\n", min_size=1, max_size=4)
TEXTS = st.tuples(PIECES, st.integers(0, 8), st.sampled_from(["", "!", "a", ",", "1", "\n"])).map(
    lambda parts: parts[0] * parts[1] + parts[2]
)


@given(PATTERNS, st.lists(TEXTS, min_size=1, max_size=8))
@settings(max_examples=400, deadline=None)
def test_no_text_takes_more_steps_than_proved(pattern, texts):
    tree = parse(pattern)
    for text in texts:
        bound = steps(tree, last_newline=text.endswith("\n")).at(len(text))
        if bound < 50_000:
            assert count_steps(tree, text, 60_000) <= bound


LINEAR = [
    r"\d{9}",
    r"[a-z0-9]+(-[a-z0-9]+)*",
    r"[^|]+([|][^|]+)*",
    r"^(a|b){1}(\|(a|b))*$|^(c){1}$",
    r"(?:(?:^|,)(BIKE|BUS|CAR|CARGO|TRUCK))+$",
    r"^[\w.+-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$",
    r"(?=.*\d)(?=.*[a-z]).{8,}",
    r"(?!.*--)[a-z-]+",
    r"(?>a+)b",
    r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})|24/7",
]


@pytest.mark.parametrize("pattern", LINEAR)
def test_an_ordinary_pattern_is_proved_linear(pattern):
    bound = steps(parse(pattern), last_newline=False)
    assert bound.at(1000) < 500_000
    assert len(bound.coefficients) <= 2


EXPONENTIAL = [
    "(a+)+",
    "(a|aa)+",
    "(.*)*x",
    "([a-z]+)*@",
    r"(\w+\s?)*",
    "(?:a?){30}a{30}",
    "((a{0,30}){0,30}){0,30}b",
    "[A-Za-z]{2,4}[A-Za-z-]*[a-z]([|][A-Za-z]{2,4}[A-Za-z-]*[a-z])*",
    "(?=(a+)+b)a",
    "(?>(a+)+b)",
]


@pytest.mark.parametrize("pattern", EXPONENTIAL)
def test_nothing_is_proved_of_a_pattern_that_explodes(pattern):
    assert steps(parse(pattern), last_newline=False) == INFINITE


@pytest.mark.parametrize(("pattern", "degree"), [(".*", 1), (".*=.*", 2), (".*=.*=.*", 3)])
def test_the_degree_of_the_bound_is_that_of_the_worst_text(pattern, degree):
    assert len(steps(parse(pattern), last_newline=False).coefficients) == degree + 1


LARGE = [
    "|".join(f"{i}x{i}" for i in range(3000)),
    "(a|b)" * 3500,
    "(?:" * 200 + "a" + ")*" * 200,
    "(?:" * 200 + "a" + ",)*" * 200,
    "".join(f"(?:[{chr(97 + i % 26)}b]|" for i in range(90)) + "z" + ")+" * 90,
    "(?:[ab]c|[bd]c|[ad]c)" * 500,
    "|".join("[ab][bc][cd][da]" for _ in range(300)),
]


@pytest.mark.parametrize("pattern", LARGE, ids=range(len(LARGE)))
def test_the_analysis_itself_is_quick(pattern):
    tree = parse(pattern)
    start = time.process_time()
    steps(tree, last_newline=True)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("pattern", LINEAR)
def test_what_is_proved_quick_is_quick(pattern):
    match = re.compile(f"^{pattern}$").match
    start = time.process_time()
    for piece in ("a", "1", "a-", "ab|", "BUS,", "a.", "1:", "|"):
        match(piece * 5000 + "\x00")
    assert time.process_time() - start < 1
