"""A reference to a commune that is gone names the one that took it over, to be confirmed."""

import pytest

from territo_opendata.fixes import propose

FACTS = {"table": "territoires", "values": ["commune", "01091"]}


def test_a_merged_commune_is_followed_to_its_successor() -> None:
    fix = propose("foreign-key", "01091", None, FACTS)
    assert fix is not None
    assert (fix.value, fix.safety) == ("01033", "unsafe")
    assert "Valserhône" in fix.text.fr


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        ("01091", {**FACTS, "table": "communes"}),
        ("01091", {**FACTS, "values": ["epci", "01091"]}),
        ("99999", {**FACTS, "values": ["commune", "99999"]}),
        ("62193", {**FACTS, "values": ["commune", "62193"]}),
    ],
)
def test_nothing_is_proposed_elsewhere(value: str, facts: dict) -> None:
    assert propose("foreign-key", value, None, facts) is None
