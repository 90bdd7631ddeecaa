import pytest

from tests.unit.checks.building import build, cell_code

SIREN = [
    ("217500016", None),  # Ville de Paris
    ("356000000", None),  # La Poste
    ("200054781", None),  # Métropole du Grand Paris
    ("005520135", None),  # begins with zeros
    ("217500061", "siren-checksum"),
    ("217500017", "siren-checksum"),
    ("21750016", "siren-length"),
    ("2175000160", "siren-length"),
    ("21750001600019", "siren-length"),  # a SIRET
    ("217 500 01", "siren-length"),
    ("217 500 016", "siren-format"),
    ("217\u00a0500\u00a0016", "siren-format"),
    ("217\u202f500\u202f016", "siren-format"),
    (" 217500016", "siren-format"),
    ("217500016\n", "siren-format"),
    ("217.500.016", "siren-format"),
    ("SIREN 217500016", "siren-format"),
    ('="217500016"', "siren-format"),
    ("２１７５００016", "siren-format"),
    ("٢١٧٥٠٠٠١٦", "siren-format"),
    ("21750001O", "siren-format"),
    ("²17500016", "siren-format"),
    ("2,175E+08", "number-mangled"),
    ("2.175e8", "number-mangled"),
    ("217500016.0", "number-mangled"),
    ("217500016,0", "number-mangled"),
    ("nd", "siren-format"),
    ("-", "siren-format"),
    (" ", "siren-format"),
    ("\x00", "siren-format"),
]

SIRET = [
    ("21750001600019", None),
    ("35600000000048", None),  # head office of La Poste: Luhn's checksum
    ("35600000049837", None),  # La Poste: digits add up to a multiple of five
    ("00552013500019", "siret-checksum"),
    ("35600000049838", "siret-checksum"),
    ("21750001600018", "siret-checksum"),
    ("21750001600091", "siret-checksum"),
    ("217500016", "siret-siren"),
    ("217 500 016", "siret-siren"),
    ("217500017", "siret-length"),  # nine digits, but no SIREN
    ("2175000160001", "siret-length"),
    ("217500016000199", "siret-length"),
    ("217 500 016 00019", "siret-format"),
    ("217500016-00019", "siret-format"),
    ("21750001600019 ", "siret-format"),
    ("\u00a021750001600019", "siret-format"),
    ("7,99E+13", "number-mangled"),
    ("7.99E+13", "number-mangled"),
    ("7,99e13", "number-mangled"),
    ("21750001600019.0", "number-mangled"),
    ("21750001600019,00", "number-mangled"),
    ("２1750001600019", "siret-format"),
    ("en cours", "siret-format"),
]


@pytest.mark.parametrize(("text", "code"), SIREN)
def test_siren(text, code):
    assert cell_code("siren", text) == code


@pytest.mark.parametrize(("text", "code"), SIRET)
def test_siret(text, code):
    assert cell_code("siret", text) == code


@pytest.mark.parametrize(
    ("old", "new"), [("french-siren-value", "siren"), ("french-siret-value", "siret")]
)
@pytest.mark.parametrize("text", ["217500016", "21750001600019", "7,99E+13", "x"])
def test_older_names_mean_the_same(old, new, text):
    assert cell_code(old, text) == cell_code(new, text)


def test_the_fault_says_how_many_digits_there_are_and_names_the_check():
    fault = build("siret", {"column": "a"}, "a").judge("2175 0001")

    assert fault.facts == {"length": 8}
    assert (fault.column, fault.constraint, fault.argument) == ("a", "siret", {"column": "a"})


def test_a_mangled_number_says_which_identifier_was_lost():
    assert build("siret", {"column": "a"}, "a").judge("7,99E+13").facts == {"kind": "siret"}
