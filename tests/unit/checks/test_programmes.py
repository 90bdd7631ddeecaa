import pytest

from tests.unit.checks.building import build, cell_code


@pytest.mark.parametrize(
    ("text", "generation", "passes"),
    [
        ("QN06204M", "2024", True),
        ("QN02A01M", "2024", True),
        ("QN97401M", "2024", True),
        ("QP044004", "2015", True),
        ("QP02B001", "2015", True),
        ("QP974001", "2015", True),
        ("QN06204M", "any", True),
        ("QP044004", "any", True),
        ("QN06204M", "2015", False),
        ("QP044004", "2024", False),
        ("qn06204m", "any", False),
        ("QN06204M ", "any", False),
        ("QN02001M;QN02002M", "any", False),
        ("QN０6204M", "any", False),
        ("", "any", False),
    ],
)
def test_qpv(text, generation, passes):
    assert cell_code("qpv", text, generation=generation) == (None if passes else "qpv-code")


def test_the_generation_is_told_where_one_is_asked_for():
    faults = [
        build("qpv", {"column": "a", **more}, "a").judge("x") for more in ({}, {"generation": 2015})
    ]

    assert [fault.facts["generation"] for fault in faults] == [None, "2015"]


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("crte-94-2B-4", True),
        ("crte-53-22-1", True),
        ("crte-03-973-03", True),
        ("crte-94-22-4", False),  # Côtes-d'Armor is not in Corsica
        ("crte-99-22-4", False),
        ("CRTE 94 2B 4", False),
        ("crte-94-2b-4", False),
    ],
)
def test_crte(text, passes):
    assert cell_code("crte", text) == (None if passes else "crte-code")


@pytest.mark.parametrize(
    ("text", "kinds", "passes"),
    [
        ("acv001", "acv", True),
        ("acv001", ["acv", "pvd"], True),
        ("pvd-53-22-1", ["acv", "pvd"], True),
        ("ti-0042", "ti", True),
        ("CV002", ["cv"], True),
        ("acv001", "pvd", False),
        ("ACV 1", "acv", False),
        ("PVD-53-22-1", "pvd", False),
        ("pvd-11-22-1", "pvd", False),
        ("ti-42", "ti", False),
    ],
)
def test_identifiant(text, kinds, passes):
    assert cell_code("identifiant", text, kinds=kinds) == (None if passes else "identifier-form")


def test_an_identifier_is_shown_as_it_should_look():
    facts = build("identifiant", {"column": "a", "kinds": ["acv", "ti"]}, "a").judge("x").facts

    assert (facts["kind"], facts["expected"]) == ("ACV, TI", ["acv001", "ti-0042"])
