import pytest

from tests.unit.checks.building import build, row_faults

STEP = {"n": "étape"}


@pytest.mark.parametrize(
    ("when", "cells", "missing"),
    [
        (STEP, ("étape", "1", "2"), []),
        (STEP, ("réunion", None, None), []),
        (STEP, (None, None, None), []),
        (STEP, ("Étape", None, None), []),
        (STEP, ("étape", "1", None), ["b"]),
        (STEP, ("étape", None, None), ["a", "b"]),
        ({"n": ["étape", "salon"]}, ("salon", None, "2"), ["a"]),
        ({"n": 3}, ("3", None, "2"), ["a"]),
        ({"n": None}, (None, None, "2"), ["a"]),
        ({"n": [None, "x"]}, (None, None, "2"), ["a"]),
        ({"n": [None, "x"]}, ("x", None, "2"), ["a"]),
        ({"n": [None]}, ("x", None, "2"), []),
    ],
)
def test_conditional_required(when, cells, missing):
    check = build("conditional-required", {"when": when, "required": ["a", "b"]}, "n", "a", "b")

    assert row_faults(check, *cells) == [(column, "conditional-required") for column in missing]


@pytest.mark.parametrize(
    ("cells", "faulty"),
    [
        (("étape", "x"), False),
        (("étape", "3"), False),
        (("étape", None), False),
        (("réunion", "z"), False),
        (("étape", "z"), True),
        (("étape", "X"), True),
    ],
)
def test_conditional_value(cells, faulty):
    params = {"when": STEP, "column": "a", "allowed": ["x", 3]}
    check = build("conditional-value", params, "n", "a")

    assert row_faults(check, *cells) == [("a", "conditional-value")] * faulty


def test_the_condition_is_said():
    when = {"n": ["étape", None], "m": 2}
    check = build("conditional-required", {"when": when, "required": ["a"]}, "n", "m", "a")
    (fault,) = check.judge(("étape", "2", None))

    assert fault.facts == {"condition": "n = étape | ∅ ; m = 2"}


def test_all_the_columns_of_a_condition_must_hold():
    when = {"n": "étape", "m": "2"}
    check = build("conditional-required", {"when": when, "required": ["a"]}, "n", "m", "a")

    assert row_faults(check, "étape", "3", None) == []
    assert row_faults(check, "étape", "2", None) == [("a", "conditional-required")]
