import pytest

from tests.unit.checks.building import build, cell_code

CASES = [
    ("code-departement", "01", None),
    ("code-departement", "2A", None),
    ("code-departement", "976", None),
    ("code-departement", "988", None),
    ("code-departement", "1", "code-departement"),
    ("code-departement", "20", "code-departement"),
    ("code-departement", "2a", "code-departement"),
    ("numero-departement", "2B", None),
    ("numero-departement", "96", "code-departement"),
    ("code-region", "01", None),
    ("code-region", "94", None),
    ("code-region", "75", None),
    ("code-region", "1", "code-region"),
    ("code-region", "72", "code-region"),  # Aquitaine, until 2015
    ("region", "Île-de-France", None),
    ("region", "Nouvelle-Aquitaine", None),
    ("region", "Aquitaine", "name-region"),
    ("region", "ile de france", "name-region"),
    ("departement", "Corrèze", None),
    ("departement", "La Réunion", None),
    ("departement", "Correze", "name-departement"),
    ("commune", "Saint-Étienne", None),
    ("commune", "Ajaccio", None),
    ("commune", "Paris 12e Arrondissement", None),
    ("commune", "St Etienne", "name-commune"),
    ("canton", "Abbeville-1", None),
    ("canton", "Abbeville 1", "name-canton"),
    ("pays", "Belgique", None),
    ("pays", "belgique", "name-pays"),
    ("code-postal", "01500", None),
    ("code-postal", "20090", None),
    ("code-postal", "97410", None),
    ("code-postal", "1500", "code-postal"),
    ("code-postal", "01 500", "code-postal"),
    ("code-pays-iso2", "FR", None),
    ("code-pays-iso2", "CG", None),  # missing from Validata's list
    ("code-pays-iso2", "fr", "code-pays-iso2"),
    ("code-pays-iso2", "FRA", "code-pays-iso2"),
    ("code-pays-iso3", "FRA", None),
    ("code-pays-iso3", "COG", None),
    ("code-pays-iso3", "FR", "code-pays-iso3"),
    ("code-fantoir", "0001A", None),
    ("code-fantoir", "A012B", None),
    ("code-fantoir", "0001", "code-fantoir"),
    ("code-fantoir", "0001a", "code-fantoir"),
    ("nomenclature-acte", "Commande publique/Marchés publics", None),
    ("nomenclature-acte", "commande PUBLIQUE/x", None),
    ("nomenclature-acte", "Libertes publiques et pouvoirs de police/x", None),
    ("nomenclature-acte", "Urbanisme/" + "x" * 1000, None),
    ("nomenclature-acte", "Urbanisme", "nomenclature-acte"),
    ("nomenclature-acte", "Urbanisme /x", "nomenclature-acte"),
    ("nomenclature-acte", "Urbanisme/ x", "nomenclature-acte"),
    ("nomenclature-acte", "Peinture/x", "nomenclature-acte"),
    ("nomenclature-acte", "x" * 1000 + "/x", "nomenclature-acte"),
    ("nomenclature-actes-value", "Urbanisme/PLU", None),
    ("nomenclature-actes-value", "Urbanisme", "nomenclature-acte"),
]


@pytest.mark.parametrize(("name", "text", "code"), CASES)
def test_format(name, text, code):
    assert cell_code(name, text) == code


@pytest.mark.parametrize(("version", "code"), [("2015", None), (2016, "code-region")])
def test_regions_are_those_of_the_vintage(version, code):
    assert cell_code("code-region", "72", version=version) == code
    assert cell_code("code-region", "72", cog=version) == code


def test_an_acte_says_what_is_wrong():
    check = build("nomenclature-acte", {"column": "a"}, "a")

    problems = [check.judge(text).facts["problem"] for text in ("a", "Urbanisme /x", "a/b")]
    assert problems == ["no_slash", "space", "matter"]
