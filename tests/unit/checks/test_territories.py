import pytest

from tests.unit.checks.building import build, cell_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01004", None),
        ("2A004", None),
        ("2B033", None),
        ("75056", None),
        ("97105", None),
        ("97411", None),
        ("97502", None),
        ("97611", None),
        ("97701", None),
        ("98735", None),
        ("1004", "code-commune"),
        ("01999", "code-commune"),
        ("2a004", "code-commune"),
        (" 01004", "code-commune"),
        ("0100４", "code-commune"),
        ('="01004"', "code-commune"),
        ("", "code-commune"),
        ("\ud800" * 5, "code-commune"),
        ("14011", "code-commune-merged"),
        ("49069", "code-commune-merged"),
        ("75112", "code-commune-arrondissement"),
        ("13202", "code-commune-arrondissement"),
        ("69388", "code-commune-arrondissement"),
    ],
)
def test_code_commune_cog(text, code):
    assert cell_code("code-commune-cog", text) == code


@pytest.mark.parametrize("text", ["75112", "13202", "69388", "01004"])
def test_arrondissements_pass_where_they_are_allowed(text):
    assert cell_code("code-commune-cog", text, arrondissements=True) is None


def test_a_merged_commune_has_its_successor():
    facts = build("code-commune-cog", {"column": "a"}, "a").judge("49069").facts

    assert (facts["successor"], facts["successor_name"]) == ("49126", "Orée d'Anjou")


def test_an_arrondissement_has_its_commune():
    assert (
        build("code-commune-cog", {"column": "a"}, "a").judge("13202").facts["commune"] == "13055"
    )
