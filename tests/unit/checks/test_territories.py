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
def test_validatas_format_takes_arrondissements(text):
    assert cell_code("code-commune-insee", text) is None


@pytest.mark.parametrize(
    ("version", "code"),
    [("latest", "code-commune-merged"), (2024, "code-commune-merged"), ("2023", None)],
)
def test_the_vintage_decides(version, code):
    # Apremont (01011) is a commune in all; La Moncelle (08294) joined Bazeilles in 2024.
    assert cell_code("code-commune-insee", "01011", version=version) is None
    assert cell_code("code-commune-insee", "08294", cog=version) == code


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


@pytest.mark.parametrize(
    ("commune", "departement", "expected"),
    [
        ("01004", "01", None),
        ("2A004", "2A", None),
        ("2B033", "Haute-Corse", None),
        ("97411", "974", None),
        ("97411", "la reunion", None),
        ("98735", "987", None),
        ("97701", "977", None),
        ("75112", "75", None),
        ("49069", "49", None),  # merged: for another check
        ("76540", "seine maritime", None),
        ("99999", "01", None),  # no such département: for another check
        ("x", "01", None),
        (None, "01", None),
        ("01004", None, None),
        ("76540", "27", "76"),
        ("76540", "Eure", "76"),
        ("01004", "1", "01"),
        ("2A004", "20", "2A"),
        ("2A004", "2a", "2A"),
        ("97411", "97", "974"),
        ("01004", "x" * 10_000, "01"),
    ],
)
def test_commune_departement(commune, departement, expected):
    check = build("commune-departement", {"commune": "c", "departement": "d"}, "c", "d")
    found = list(check.judge((commune, departement)))

    assert [each.facts["expected"] for each in found] == ([] if expected is None else [expected])
    assert all(each.column == "c" and each.code == "commune-departement" for each in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("200054781", None),
        ("200058519", None),
        ("217500016", "epci-siren"),  # a commune
        ("552100554", "epci-siren"),  # a company
        ("200054782", "siren-checksum"),
        ("20005478", "siren-length"),
        ("200 054 781", "siren-format"),
        ("2,00E+08", "number-mangled"),
    ],
)
def test_epci(text, code):
    assert cell_code("epci", text) == code
