"""What holds of every fix, whatever the cell: no crash, no doubt, no new fault."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.model import CustomCheck, Field, Schema
from territo_opendata.fixes import MAKERS, propose
from territo_opendata.rules import RULES
from territo_opendata.validate.checks import build_check
from tests.unit.fixes import test_propose as tables

FIELDS = [None, *(value for value in vars(tables).values() if isinstance(value, Field))]
FACTS = [
    {},
    {"kind": "siren", "millesime": 2026, "reversed": True, "expected": "nom"},
    {
        "kind": None,
        "millesime": "x",
        "successor": 3,
        "canonical": "x",
        "commune": "",
        "expected": 3,
    },
]
STRENGTH = {None: 0, "display": 1, "unsafe": 2, "safe": 3}
LOOKALIKES = st.from_regex(r"[0-9 ,./€:=\"'E+\-]{0,14}(janvier|oui|A)?", fullmatch=True)


@given(
    code=st.sampled_from([*MAKERS, "required", "nothing"]),
    value=st.text() | LOOKALIKES,
    field=st.sampled_from(FIELDS),
    facts=st.sampled_from(FACTS),
)
@settings(max_examples=3000, deadline=None)
def test_propose_never_raises_and_is_deterministic(code, value, field, facts):
    fix = propose(code, value, field, facts)

    assert fix == propose(code, value, field, facts)
    assert fix is None or (fix.value != value and fix.text.fr and fix.text.en)


HOSTILE = [
    "",
    "\ud800" * 9,
    "9" * (10 << 20),
    "é" * (5 << 20),
    "1 " * 500,
    "(" * 1000,
    "٣" * 14,
    "²" * 9,
    "\x00" * 9,
    "1e999",
    "0/0/0000",
    "99/99/9999",
    "=" * 1000,
    "a\u0301" * 400,
]


@pytest.mark.parametrize("code", sorted(MAKERS))
def test_hostile_values_take_no_time(code):
    propose(code, "x", tables.TEXT, {})
    begun = time.process_time()
    for value in HOSTILE:
        for field in FIELDS:
            propose(code, value, field, {"millesime": 2026})

    assert time.process_time() - begun < 5


def test_a_hostile_pattern_is_bounded():
    field = Field("x", constraints={"pattern": "(a+)+$"})
    begun = time.process_time()
    propose("pattern", "A" * 900 + "!", field, {})

    assert time.process_time() - begun < 1


@pytest.mark.parametrize("code", sorted(MAKERS))
def test_every_maker_is_of_a_rule(code):
    assert code in RULES


def every_fix():
    for code, value, field, *_ in tables.MENDED:
        yield code, value, field, {}
    for code, value, facts, *_ in tables.WITH_FACTS:
        yield code, value, tables.TEXT, facts


def test_the_catalogue_says_the_strongest_safety_of_each_rule():
    strongest = {}
    for code, value, field, facts in every_fix():
        safety = propose(code, value, field, facts).safety
        strongest[code] = max(strongest.get(code), safety, key=STRENGTH.__getitem__)
    strongest |= {"column-renamed": "safe", "incorrect-label": "safe"}

    assert {code: RULES[code].fix for code in strongest} == strongest


def test_sentences_are_typographic_french():
    for code, value, field, facts in every_fix():
        words = propose(code, value, field, facts).text
        assert "'" not in words.fr.replace("Orée d'Anjou", "")
        assert "« " not in words.fr
        assert unicodedata.is_normalized("NFC", words.fr)
        assert words.fr.endswith(".")
        assert words.en.endswith(".")
        assert words.fr != words.en


CHECKED = {
    "siren-format": "siren",
    "siren-length": "siren",
    "siret-format": "siret",
    "siret-length": "siret",
    "code-commune": "code-commune-cog",
    "code-postal": "code-postal",
    "code-departement": "code-departement",
    "code-region": "code-region",
    "code-pays-iso2": "code-pays-iso2",
    "code-pays-iso3": "code-pays-iso3",
    "name-commune": "commune",
    "name-departement": "departement",
    "name-region": "region",
    "name-pays": "pays",
    "nomenclature-acte": "nomenclature-acte",
    "phone-number": "phone-number-value",
    "year-interval": "year-interval-value",
}


@pytest.mark.parametrize("code", sorted(CHECKED))
def test_what_is_proposed_passes_the_check_that_failed(code):
    schema = Schema((Field("a"),))
    (check,) = build_check(CustomCheck(CHECKED[code], {"column": "a"}), schema)
    proposed = [
        (value, propose(code, value, field, {}).value)
        for rule, value, field, *_ in tables.MENDED
        if rule == code
    ]

    assert all(check.judge(value) is not None for value, _ in proposed)
    assert all(check.judge(value) is None for _, value in proposed)
