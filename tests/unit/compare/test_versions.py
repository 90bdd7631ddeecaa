"""Which version a class of difference asks for."""

import pytest

from territo_opendata.compare import Level, is_enough, least_version
from territo_opendata.compare.constraints import judge

NONE, PATCH, MINOR, MAJOR = Level


@pytest.mark.parametrize(
    ("version", "level", "least"),
    [
        ("1.2.3", NONE, "1.2.3"),
        ("1.2.3", PATCH, "1.2.4"),
        ("1.2.3", MINOR, "1.3.0"),
        ("1.2.3", MAJOR, "2.0.0"),
        ("0.2.3", PATCH, "0.2.4"),
        ("0.2.3", MINOR, "0.3.0"),
        ("0.2.3", MAJOR, "0.3.0"),
        ("2.0.0-rc.1", MAJOR, "2.0.0"),
        ("1.2.3+x", MINOR, "1.3.0"),
        ("2026-11", MAJOR, None),
        (None, MAJOR, None),
        ("1." + "9" * 100 + ".0", MAJOR, None),
    ],
)
def test_least_version(version, level, least) -> None:
    assert least_version(version, level) == least


@pytest.mark.parametrize(
    ("old", "new", "level", "enough"),
    [
        ("1.0.0", "1.0.0", NONE, True),
        ("1.0.0", "1.0.0", PATCH, False),
        ("1.0.0", "1.0.1", PATCH, True),
        ("1.0.0", "1.0.1", MINOR, False),
        ("1.0.0", "3.0.0", MINOR, True),
        ("1.0.0", "1.9.9", MAJOR, False),
        ("1.0.0", "2.0.0-rc.1", MAJOR, True),
        ("2.0.0-rc.1", "2.0.0-rc.2", MAJOR, True),
        ("2.0.0-rc.2", "2.0.0-rc.1", PATCH, False),
        ("2.0.0-rc.1", "2.0.0", MAJOR, True),
        ("1.0.0+a", "1.0.0+b", PATCH, False),
        ("1.0.0", "demain", PATCH, None),
        ("hier", "1.0.0", PATCH, None),
    ],
)
def test_is_enough(old, new, level, enough) -> None:
    assert is_enough(old, new, level) is enough


@pytest.mark.parametrize(
    ("name", "before", "after", "verdict"),
    [
        ("required", None, False, "same"),
        ("required", None, True, "stricter"),
        ("required", True, None, "looser"),
        ("unique", True, False, "looser"),
        ("minimum", None, 0, "stricter"),
        ("minimum", 0, None, "looser"),
        ("minimum", 0, 1, "stricter"),
        ("minimum", 9, 10, "stricter"),
        ("minimum", "9", "10", "stricter"),
        ("minimum", 1, "1.0", "same"),
        ("maximum", 10, 9, "stricter"),
        ("maximum", 9, 10, "looser"),
        ("exclusiveMaximum", 9, 10, "looser"),
        ("minimum", "2020-01-01", "2019-12-31", "looser"),
        ("maximum", "2020-01-01", "2019-12-31", "stricter"),
        ("minimum", "1/2/2020", "31/1/2019", "stricter"),
        ("minLength", 2, 1, "looser"),
        ("maxLength", 2, 1, "stricter"),
        ("enum", ["a"], ["a", "b"], "looser"),
        ("enum", ["a", "b"], ["a"], "stricter"),
        ("enum", ["a", "b"], ["b", "a"], "same"),
        ("enum", ["a"], ["b"], "stricter"),
        ("pattern", "a", "b", "stricter"),
        ("pattern", "a", None, "looser"),
        ("categories", [{"value": 1, "label": "x"}], [{"value": 1, "label": "y"}], "same"),
        ("categories", ["a"], [{"value": "a"}, "b"], "looser"),
    ],
)
def test_constraint(name, before, after, verdict) -> None:
    assert judge(name, before, after) == verdict
