"""Whatever a cell holds, a check answers, soon, with a code of the catalogue."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.model import Field
from territo_opendata.rules import RULES
from territo_opendata.validate.checks import CHECKS
from territo_opendata.validate.checks.interface import CellCheck, RowCheck
from tests.unit.checks.building import build

PARAMS = {
    "both-or-neither": {"columns": ["a", "b"]},
    "cohesive-columns-value": {"column": "a", "othercolumns": ["b"]},
    "commune-departement": {"commune": "a", "departement": "b"},
    "compare-columns-value": {"column": "a", "op": "<", "column2": "b"},
    "conditional-required": {"when": {"a": "x"}, "required": ["b"]},
    "conditional-value": {"when": {"a": "x"}, "column": "b", "allowed": ["y"]},
    "contiguous-periods": {"group": "c", "start": "a", "end": "b"},
    "one-of-required": {"column1": "a", "column2": "b"},
    "parts-add-up": {"part_of": "a", "key": "b", "value": "c"},
    "sum-columns-value": {"column": "a", "columns": ["b"]},
}
SEED = 1 << 20
HOSTILE = [
    "",
    "\x00\x1b[2J\u202e",
    "\ud800" * 14,
    "٣" * 9,
    "１" * 14,
    "9" * 10 * SEED,
    "1," * SEED,
    "(" * SEED,
    "[" * SEED,
    " " * 10 * SEED,
    "é" * 5 * SEED,
    "Urbanisme/" + "a\u0301" * SEED,
    "1e999999999999",
    "-1E-999999999",
    "0" * 20 + "e" + "9" * 20,
    "2024-99-99",
    "9999-12-31",
    "0000",
]


def made(name, kind="string"):
    fields = [Field(column, kind) for column in "abc"]
    return build(name, PARAMS.get(name, {"column": "a"}), *fields)


def judged(check, text):
    if isinstance(check, CellCheck):
        fault = check.judge(text)
        return [] if fault is None else [fault]
    rows = [tuple(text for _ in check.columns), tuple(None for _ in check.columns)]
    if isinstance(check, RowCheck):
        return [fault for row in rows for fault in check.judge(row)]
    return [fault for _, fault in check.judge([*rows, *rows])]


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_hostile_cells_are_judged_in_time(name):
    check = made(name)
    judged(check, "x")
    begun = time.perf_counter()
    faults = [fault for text in HOSTILE for fault in judged(check, text)]

    assert time.perf_counter() - begun < 5
    assert {fault.code for fault in faults} <= RULES.keys()


TYPES = ["number", "integer", "date", "datetime", "time", "year", "yearmonth", "geopoint", "any"]


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("name", sorted({*PARAMS, "french-gps-coordinates"}))
def test_hostile_cells_of_every_type_are_judged(name, kind):
    check = made(name, kind)

    assert {fault.code for text in HOSTILE for fault in judged(check, text)} <= RULES.keys()


@given(text=st.text() | st.from_regex(r"[0-9+,.eE /-]{0,16}"), name=st.sampled_from(sorted(CHECKS)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_judged_and_always_alike(text, name):
    check = made(name)

    assert judged(check, text) == judged(check, text)
