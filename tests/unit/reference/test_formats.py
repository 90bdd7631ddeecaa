import pytest

from territo_opendata.errors import UsageError
from territo_opendata.reference.formats import (
    MATIERES_ACTES,
    SET_FORMATS,
    ActeProblem,
    accepted,
    acte_problem,
    is_code_fantoir,
    nearest_accepted,
    nearest_acte,
)

CASES = {
    "code-commune-insee": (
        ["01004", "2A004", "97411", "75112", "98735"],
        ["77777", "14011", "1004"],
    ),
    "code-departement": (["05", "2B", "974", "987"], ["99", "051", "2b", "20", "5"]),
    "numero-departement": (["05", "2B", "974"], ["99", "5"]),
    "code-region": (["01", "75", "94"], ["AA", "00", "22"]),
    "commune": (["Bellac", "L'Oie", "Paris 12e Arrondissement"], ["bellac", "Costa del Sol"]),
    "departement": (["Vendée", "Wallis-et-Futuna", "Wallis et Futuna"], ["Vendee", "Seine"]),
    "region": (["Corse", "La Réunion", "Grand Est"], ["corse", "Picardie"]),
    "canton": (["Lagnieu", "Paris", "Lyon"], ["Saint Quentin", "paris"]),
    "pays": (["France", "Pays-Bas", "Côte d’Ivoire"], ["Pays Bas", "france", "L'Eldorado"]),
    "code-postal": (["05560", "97500", "98000", "98714"], ["77777", "2B002", "5560"]),
    "code-pays-iso2": (["FR", "JP", "CG", "GP", "XK"], ["FRA", "fr", "AN", "ZZ"]),
    "code-pays-iso3": (["FRA", "JPN", "COG"], ["FR", "fra", "ZZZ"]),
}


@pytest.mark.parametrize("name", sorted(SET_FORMATS))
def test_a_format_accepts_the_good_and_only_them(name):
    good, bad = CASES[name]
    values = accepted(name)
    assert values.issuperset(good)
    assert values.isdisjoint(bad)
    assert all(value and value == value.strip() for value in values)


def test_formats_follow_the_vintage():
    assert "14011" in accepted("code-commune-insee", 2024)
    assert "Picardie" in accepted("region", "2015")
    with pytest.raises(UsageError):
        accepted("code-commune-insee", 2019)
    with pytest.raises(KeyError):
        accepted("siren")


@pytest.mark.parametrize(
    ("name", "value", "official"),
    [
        ("region", "bourgogne franche comte", "Bourgogne-Franche-Comté"),
        ("departement", "Cotes d'Armor", "Côtes-d'Armor"),
        ("departement", "Charente Maritimes", "Charente-Maritime"),
        ("canton", "LAGNIEU", "Lagnieu"),
        ("pays", "Cote d'Ivoire", "Côte d’Ivoire"),
        ("commune", "Dunkerke", "Dunkerque"),
        ("departement", "Wallis et futuna", None),
        ("region", "Nord", None),
        ("code-region", "85", None),
    ],
)
def test_the_nearest_name_is_given_only_when_it_is_clear(name, value, official):
    assert nearest_accepted(name, value) == official


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("ZB03A", True),
        ("0123B", True),
        ("A000C", True),
        ("Z001Q", True),
        ("1000", False),
        ("zB03A", False),
        ("5547A", False),
        ("01231", False),
        ("ZC03A", False),
        ("0123BC", False),
        ("٠123B", False),
        ("", False),
    ],
)
def test_code_fantoir(value, good):
    assert is_code_fantoir(value) is good


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("Commande publique/Marchés publics", None),
        ("urbanisme/PLU", None),
        ("LIBERTES PUBLIQUES ET POUVOIRS DE POLICE/x", None),
        ("Finances locales/a/b", None),
        ("Urbanisme/", None),
        ("Urbanisme", ActeProblem.NO_SLASH),
        ("1.1", ActeProblem.NO_SLASH),
        ("", ActeProblem.NO_SLASH),
        ("Urbanisme /PLU", ActeProblem.SPACE),
        ("Urbanisme/ PLU", ActeProblem.SPACE),
        (" Urbanisme/PLU", ActeProblem.SPACE),
        ("Urbanisme/a/ b", ActeProblem.SPACE),
        ("Urbanismes/PLU", ActeProblem.MATTER),
        ("/PLU", ActeProblem.MATTER),
        ("Inconnu/ PLU", ActeProblem.MATTER),
    ],
)
def test_nomenclature_acte(value, problem):
    assert acte_problem(value) is problem


@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("Urbanismes/PLU", "Urbanisme/PLU"),
        ("commande publique / marchés", "Commande publique/marchés"),
        ("Inconnu/PLU", None),
        ("1.1", None),
    ],
)
def test_nearest_acte(value, good):
    assert nearest_acte(value) == good
    assert good is None or acte_problem(good) is None


def test_there_are_nine_matters():
    assert list(MATIERES_ACTES) == list(range(1, 10))
