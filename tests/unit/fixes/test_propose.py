"""Which fix is proposed, how surely, and where none may be: a wrong hint is worse than none."""

import pytest

from territo_opendata.descriptors.model import Field
from territo_opendata.fixes import propose

NUMBER = Field("n", "number")
FRENCH = Field("n", "number", options={"decimalChar": ",", "groupChar": " "})
POSITIVE = Field("n", "number", constraints={"minimum": 0, "maximum": 1000})
INTEGER = Field("n", "integer")
DATE = Field("d", "date")
FRENCH_DATE = Field("d", "date", "%d/%m/%Y")
RECENT = Field("d", "date", constraints={"minimum": "2020-01-01"})
DATETIME = Field("d", "datetime")
YEAR = Field("y", "year")
MONTH = Field("m", "yearmonth")
PARTIAL = Field("d", constraints={"pattern": r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"})
BOOLEAN = Field("b", "boolean")
OUI = Field("b", "boolean", options={"trueValues": ["oui"], "falseValues": ["non"]})
ENUM = Field("e", constraints={"enum": ["subvention", "délégation de crédits", "Île-de-France"]})
LETTERS = Field("e", constraints={"enum": ["a", "b", "avec", "sans"]})
CODES = Field("e", constraints={"enum": ["A1", "A2", "01", "02", "2A"]})
TWINS = Field("e", constraints={"enum": ["communal", "communaux", "Oui", "OUI"]})
LABELLED = Field(
    "c",
    "integer",
    options={"categories": [{"value": 1, "label": "Commune"}, {"value": 2, "label": "EPCI"}]},
)
PLAIN_CATEGORIES = Field("c", options={"categories": ["rural", "urbain"]})
COMMUNE = Field("c", constraints={"pattern": r"(\d{2}|2[AB])\d{3}"})
FIVE = Field("c", constraints={"minLength": 5, "maxLength": 5})
DEPARTEMENT = Field("c", constraints={"pattern": r"\d{2}|2[AB]|97[1-8]|98[4-9]"})
TERRITOIRE = Field(
    "c", constraints={"pattern": r"(FR|\d{2}|2[AB]|97[1-8]|98[4-9]|(\d{2}|2[AB])\d{3}|\d{9})"}
)
SIREN = Field("s", constraints={"pattern": r"\d{9}"})
SIRET = Field("s", constraints={"pattern": r"\d{14}"})
SLUG = Field("s", constraints={"pattern": r"[a-z0-9]+(-[a-z0-9]+)*"})
YEAR_TEXT = Field("s", constraints={"pattern": r"\d{4}"})
TEXT = Field("t")
EMAIL = Field("t", format="email")
URI = Field("t", format="uri")
UUID = Field("t", format="uuid")
NBSP, NARROW = "\u00a0", "\u202f"

MENDED = [
    # code, value, field, mended, safety
    ("type-number", " 12", NUMBER, "12", "safe"),
    ("type-number", f"12{NBSP}", NUMBER, "12", "safe"),
    ("type-number", '="12.5"', NUMBER, "12.5", "safe"),
    ("type-number", "12,5", NUMBER, "12.5", "safe"),
    ("type-number", ",5", NUMBER, "0.5", "safe"),
    ("type-number", "0,125", NUMBER, "0.125", "safe"),
    ("type-number", "1234,567", NUMBER, "1234.567", "safe"),
    ("type-number", "1 234,56 €", NUMBER, "1234.56", "safe"),
    ("type-number", f"1{NBSP}234,56{NBSP}€", NUMBER, "1234.56", "safe"),
    ("type-number", f"1{NARROW}234{NARROW}567", NUMBER, "1234567", "safe"),
    ("type-number", "€ 12", NUMBER, "12", "safe"),
    ("type-number", "250 k€", NUMBER, "250000", "unsafe"),
    ("type-number", "-1,5 M€", NUMBER, "-1500000", "unsafe"),
    ("type-number", "1,250 M€", NUMBER, "1250000", "unsafe"),
    ("type-number", "0,0005 k€", FRENCH, "0,5", "unsafe"),
    ("type-integer", f"2,5{NBSP}millions d’euros", INTEGER, "2500000", "unsafe"),
    ("type-integer", "3 Md€", INTEGER, "3000000000", "unsafe"),
    ("type-number", "12 EUR", NUMBER, "12", "safe"),
    ("type-number", "12 euros", NUMBER, "12", "safe"),
    ("type-number", "1.234,56", NUMBER, "1234.56", "safe"),
    ("type-number", "1,234.56", NUMBER, "1234.56", "safe"),
    ("type-number", "1,234,567", NUMBER, "1234567", "safe"),
    ("type-number", "1'234'567.5", NUMBER, "1234567.5", "safe"),
    ("type-number", "-1 234,5", NUMBER, "-1234.5", "safe"),
    ("type-number", "\u22125", NUMBER, "-5", "safe"),
    ("type-number", "- 5", NUMBER, "-5", "safe"),
    ("type-number", "12.5", FRENCH, "12,5", "safe"),
    ("type-number", "1,234.5 €", FRENCH, "1234,5", "safe"),
    ("type-number", "12,5", POSITIVE, "12.5", "safe"),
    ("type-number", "1,234", NUMBER, None, "display"),
    ("type-number", "12.345", FRENCH, None, "display"),
    ("type-integer", "1 234", INTEGER, "1234", "safe"),
    ("type-integer", "12.0", INTEGER, "12", "safe"),
    ("type-integer", "12,00", INTEGER, "12", "safe"),
    ("type-integer", "12 €", INTEGER, "12", "safe"),
    ("type-integer", "1.234.567", INTEGER, "1234567", "safe"),
    ("type-integer", "1,234", INTEGER, "1234", "unsafe"),
    ("type-integer", "12,000", INTEGER, None, "display"),
    ("type-date", "31/12/2020", DATE, "2020-12-31", "safe"),
    ("type-date", "31-12-2020", DATE, "2020-12-31", "safe"),
    ("type-date", "31.12.2020", DATE, "2020-12-31", "safe"),
    ("type-date", "31 12 2020", DATE, "2020-12-31", "safe"),
    ("type-date", " 31/12/2020 ", DATE, "2020-12-31", "safe"),
    ("type-date", "5/5/2021", DATE, "2021-05-05", "safe"),
    ("type-date", "2020/12/31", DATE, "2020-12-31", "safe"),
    ("type-date", "20201231", DATE, "2020-12-31", "safe"),
    ("type-date", "1er janvier 2021", DATE, "2021-01-01", "safe"),
    ("type-date", "31 Décembre 2020", DATE, "2020-12-31", "safe"),
    ("type-date", "14 févr. 2020", DATE, "2020-02-14", "safe"),
    ("type-date", "15 août 2020", DATE, "2020-08-15", "safe"),
    ("type-date", "2020-12-31 00:00:00", DATE, "2020-12-31", "safe"),
    ("type-date", "2020-12-31T00:00:00", DATE, "2020-12-31", "safe"),
    ("type-date", "31/12/2020 00:00", DATE, "2020-12-31", "safe"),
    ("type-date", '="2020-12-31"', DATE, "2020-12-31", "safe"),
    ("type-date", "03/04/2020", DATE, "2020-04-03", "unsafe"),
    ("type-date", "3/4/2020", DATE, "2020-04-03", "unsafe"),
    ("type-date", "12/31/2020", DATE, "2020-12-31", "unsafe"),
    ("type-date", "2020-12-31 14:30", DATE, "2020-12-31", "unsafe"),
    ("type-date", "44196", DATE, "2020-12-31", "unsafe"),
    ("type-date", "31/12/2020", RECENT, "2020-12-31", "safe"),
    ("type-date", "2020/12/31", FRENCH_DATE, "31/12/2020", "safe"),
    ("type-date", "31-12-2020", FRENCH_DATE, "31/12/2020", "safe"),
    ("type-date", "1 janvier 2021", FRENCH_DATE, "01/01/2021", "safe"),
    ("type-datetime", "31/12/2020 10:30", DATETIME, "2020-12-31T10:30:00", "safe"),
    ("type-datetime", "31/12/2020 9h05", DATETIME, "2020-12-31T09:05:00", "safe"),
    ("type-datetime", "2020-12-31 10:30", DATETIME, "2020-12-31T10:30:00", "safe"),
    ("type-datetime", "03/04/2020 10:30:15", DATETIME, "2020-04-03T10:30:15", "unsafe"),
    ("type-year", "2020.0", YEAR, "2020", "safe"),
    ("type-year", "2 020", YEAR, "2020", "safe"),
    ("type-year", f"{NBSP}2020", YEAR, "2020", "safe"),
    ("type-yearmonth", "12/2020", MONTH, "2020-12", "safe"),
    ("type-yearmonth", "décembre 2020", MONTH, "2020-12", "safe"),
    ("pattern", "31/12/2020", PARTIAL, "2020-12-31", "safe"),
    ("pattern", "03/04/2020", PARTIAL, "2020-04-03", "unsafe"),
    ("pattern", "juin 2020", PARTIAL, "2020-06", "safe"),
    ("pattern", "06/2020", PARTIAL, "2020-06", "safe"),
    ("pattern", "2020.0", PARTIAL, "2020", "safe"),
    ("type-boolean", "oui", BOOLEAN, "true", "safe"),
    ("type-boolean", "Non", BOOLEAN, "false", "safe"),
    ("type-boolean", "VRAI", BOOLEAN, "true", "safe"),
    ("type-boolean", " true ", BOOLEAN, "true", "safe"),
    ("type-boolean", "true", OUI, "oui", "safe"),
    ("type-boolean", "Oui", OUI, "oui", "safe"),
    ("type-boolean", "0", OUI, "non", "safe"),
    ("type-boolean", "o", OUI, "oui", "unsafe"),
    ("type-boolean", "F", BOOLEAN, "false", "unsafe"),
    ("enum", "Subvention", ENUM, "subvention", "safe"),
    ("enum", "subvention ", ENUM, "subvention", "safe"),
    ("enum", "delegation de credits", ENUM, "délégation de crédits", "safe"),
    ("enum", "Délégation  de crédits", ENUM, "délégation de crédits", "safe"),
    ("enum", "ile de france", ENUM, "Île-de-France", "safe"),
    ("enum", "dÃ©lÃ©gation de crÃ©dits", ENUM, "délégation de crédits", "safe"),
    ("enum", "subventions", ENUM, "subvention", "safe"),
    ("enum", "subvetnion", ENUM, "subvention", "safe"),
    ("enum", "avce", LETTERS, "avec", "safe"),
    ("enum", "A", LETTERS, "a", "safe"),
    ("enum", "1", CODES, "01", "safe"),
    ("enum", "a1", CODES, "A1", "safe"),
    ("enum", "2a", CODES, "2A", "safe"),
    ("categories", "Commune", LABELLED, "1", "safe"),
    ("categories", "Rural", PLAIN_CATEGORIES, "rural", "safe"),
    ("pattern", "1004", COMMUNE, "01004", "safe"),
    ("pattern", '="01004"', COMMUNE, "01004", "safe"),
    ("pattern", "'01004", COMMUNE, "01004", "safe"),
    ("pattern", f"01004{NBSP}", COMMUNE, "01004", "safe"),
    ("pattern", "01 004", COMMUNE, "01004", "safe"),
    ("pattern", "2a004", COMMUNE, "2A004", "safe"),
    ("pattern", "7999", COMMUNE, "07999", "unsafe"),
    ("min-length", "1004", FIVE, "01004", "safe"),
    ("max-length", " 01004 ", FIVE, "01004", "safe"),
    ("pattern", "1", DEPARTEMENT, "01", "safe"),
    ("pattern", "2a", DEPARTEMENT, "2A", "safe"),
    ("pattern", "1004", TERRITOIRE, "01004", "safe"),
    ("pattern", "9", TERRITOIRE, "09", "safe"),
    ("pattern", "217 500 016", SIREN, "217500016", "safe"),
    ("pattern", "7,99E+13", SIRET, None, "display"),
    ("pattern", "7,99E+03", COMMUNE, None, "display"),
    ("pattern", "Action-Coeur", SLUG, "action-coeur", "safe"),
    ("pattern", "a-b ", SLUG, "a-b", "safe"),
    ("siren-format", "217 500 016", TEXT, "217500016", "safe"),
    ("siren-format", f"217{NBSP}500{NBSP}016", TEXT, "217500016", "safe"),
    ("siren-format", '="217500016"', TEXT, "217500016", "safe"),
    ("siren-format", "217.500.016", TEXT, "217500016", "safe"),
    ("siren-format", "２１７５０００１６", TEXT, "217500016", "safe"),
    ("siren-format", "217500016 ", None, "217500016", "safe"),
    ("siren-length", "21750001600019", TEXT, "217500016", "unsafe"),
    ("siren-length", "05520135", TEXT, "005520135", "unsafe"),
    ("siret-format", "217 500 016 00019", TEXT, "21750001600019", "safe"),
    ("siret-format", "356 000 000 49837", TEXT, "35600000049837", "safe"),
    ("siret-siren", "217500016", TEXT, None, "unsafe"),
    ("siren-checksum", "217500061", TEXT, None, "display"),
    ("siret-checksum", "21750001600091", TEXT, None, "display"),
    ("number-mangled", "7,99E+13", TEXT, None, "display"),
    ("code-commune", "1004", TEXT, "01004", "safe"),
    ("code-commune", "2a004", TEXT, "2A004", "safe"),
    ("code-commune", "01 004", TEXT, "01004", "safe"),
    ("code-commune", '="60057"', TEXT, "60057", "safe"),
    ("code-postal", "1500", TEXT, "01500", "safe"),
    ("code-postal", "01 500", TEXT, "01500", "safe"),
    ("code-postal", "F-01500", TEXT, "01500", "safe"),
    ("code-postal", "69003 CEDEX 03", TEXT, "69003", "unsafe"),
    ("code-departement", "1", TEXT, "01", "safe"),
    ("code-departement", "2b", TEXT, "2B", "safe"),
    ("code-departement", "Corrèze", TEXT, "19", "unsafe"),
    ("code-region", "1", TEXT, "01", "safe"),
    ("code-region", "Bretagne", TEXT, "53", "unsafe"),
    ("code-region", "72", TEXT, "75", "unsafe"),
    ("code-pays-iso2", "fr", TEXT, "FR", "safe"),
    ("code-pays-iso2", "FRA", TEXT, "FR", "unsafe"),
    ("code-pays-iso3", "fra", TEXT, "FRA", "safe"),
    ("code-pays-iso3", "FR", TEXT, "FRA", "unsafe"),
    ("name-departement", "correze", TEXT, "Corrèze", "safe"),
    ("name-departement", "Corrèse", TEXT, "Corrèze", "unsafe"),
    ("name-region", "ile de france", TEXT, "Île-de-France", "safe"),
    ("name-pays", "belgique ", TEXT, "Belgique", "safe"),
    ("name-commune", "Amberieu en Bugey", TEXT, "Ambérieu-en-Bugey", "safe"),
    ("name-region", "ÃŽle-de-France", TEXT, "Île-de-France", "safe"),
    ("nomenclature-acte", "Urbanisme / PLU", TEXT, "Urbanisme/PLU", "safe"),
    ("nomenclature-acte", "Urbanizme/PLU", TEXT, "Urbanisme/PLU", "unsafe"),
    ("phone-number", "555217300", TEXT, "0555217300", "safe"),
    ("phone-number", "555217300.0", TEXT, "0555217300", "safe"),
    ("year-interval", "2024-2026", TEXT, "2024/2026", "safe"),
    ("year-interval", "2024 / 2026", TEXT, "2024/2026", "safe"),
    ("year-interval", "2024 à 2026", TEXT, "2024/2026", "safe"),
    ("year-interval", "2026/2024", TEXT, "2024/2026", "unsafe"),
    ("format-email", " a@b.fr", EMAIL, "a@b.fr", "safe"),
    ("format-email", "mailto:a@b.fr", EMAIL, "a@b.fr", "safe"),
    ("format-email", "<a@b.fr>", EMAIL, "a@b.fr", "safe"),
    ("format-uri", "www.example.fr/a", URI, "https://www.example.fr/a", "unsafe"),
    ("format-uri", " https://example.fr", URI, "https://example.fr", "safe"),
]
UNMENDED = [
    ("type-number", "douze", NUMBER),
    ("type-number", "nd", NUMBER),
    ("type-number", "", NUMBER),
    ("type-number", "12 %", NUMBER),
    ("type-number", "1,250 k€", NUMBER),
    ("type-number", "12 m", NUMBER),
    ("type-number", "1 à 2 M€", NUMBER),
    ("type-integer", "1,2345 k€", INTEGER),
    ("type-number", "12-15", NUMBER),
    ("type-number", "12 34", NUMBER),
    ("type-number", "1,23,456", NUMBER),
    ("type-number", "1.2.3", NUMBER),
    ("type-number", "12 hab.", NUMBER),
    ("type-number", "(12)", NUMBER),
    ("type-number", "1 234,56", POSITIVE),
    ("type-number", "-5 €", POSITIVE),
    ("type-number", "12,5", None),
    ("type-integer", "12,5", INTEGER),
    ("type-integer", "1 234,5", INTEGER),
    ("type-date", "31/02/2020", DATE),
    ("type-date", "32/12/2020", DATE),
    ("type-date", "13/13/2020", DATE),
    ("type-date", "31/12/20", DATE),
    ("type-date", "12/2020", DATE),
    ("type-date", "décembre 2020", DATE),
    ("type-date", "2020", DATE),
    ("type-date", "2020-13-01", DATE),
    ("type-date", "31/12/2020 et 01/01/2021", DATE),
    ("type-date", "31/12/2020;01/01/2021", DATE),
    ("type-date", "31 germinal 2020", DATE),
    ("type-date", "99999", DATE),
    ("type-date", "31/12/2019", RECENT),
    ("type-date", "31/12/2020", Field("d", "date", "any")),
    ("type-date", "31/12/2020", Field("d", "date", "%d %B %Y")),
    ("type-datetime", "31/12/2020", DATETIME),
    ("type-datetime", "31/12/2020 25:00", DATETIME),
    ("type-year", "20", YEAR),
    ("type-year", "2020-2021", YEAR),
    ("type-year", "20201", YEAR),
    ("type-yearmonth", "13/2020", MONTH),
    ("type-boolean", "peut-être", BOOLEAN),
    ("type-boolean", "x", BOOLEAN),
    ("type-boolean", "2", BOOLEAN),
    ("enum", "subvantions", ENUM),
    ("enum", "prêt", ENUM),
    ("enum", "c", LETTERS),
    ("enum", "saons", Field("e", constraints={"enum": ["sans", "soons"]})),
    ("enum", "oui", TWINS),
    ("enum", "A3", CODES),
    ("enum", "3", CODES),
    ("enum", "", ENUM),
    ("enum", "---", ENUM),
    ("categories", "Région", LABELLED),
    ("pattern", "100", COMMUNE),
    ("pattern", "Ab", Field("c", constraints={"pattern": "[A-Z]+|[a-z]+"})),
    ("pattern", "0100A", COMMUNE),
    ("pattern", "01004;01005", COMMUNE),
    ("pattern", "202", YEAR_TEXT),
    ("pattern", "20005478", TERRITOIRE),
    ("pattern", "21750001", SIREN),
    ("pattern", "Action cœur de ville", SLUG),
    ("pattern", "31/12/20", PARTIAL),
    ("pattern", "1004", Field("c", constraints={"pattern": r"(?=x)\d{5}"})),
    ("pattern", "1004", Field("c", constraints={"pattern": r"(\d"})),
    ("pattern", "1004", Field("c", constraints={"pattern": r"\d{5}", "enum": ["75056"]})),
    ("pattern", "1004", None),
    ("min-length", "12", Field("t", constraints={"minLength": 3})),
    ("min-length", "ab", FIVE),
    ("max-length", "trop long", Field("t", constraints={"maxLength": 4})),
    ("siren-format", "217 500 061", TEXT),
    ("siren-format", "SIREN inconnu", TEXT),
    ("siren-length", "21750001", TEXT),
    ("siren-length", "5520135", TEXT),
    ("siren-length", "2175000160", TEXT),
    ("siret-length", "2175000160001", TEXT),
    ("siret-format", "217 500 016 00091", TEXT),
    ("siren-format", "217 500 016", Field("s", constraints={"enum": ["356000000"]})),
    ("code-commune", "7999", TEXT),
    ("code-commune", "01500", TEXT),
    ("code-commune", "Ajaccio", TEXT),
    ("code-commune", "01004;01005", TEXT),
    ("code-commune-merged", "49069", TEXT),
    ("code-postal", "1", TEXT),
    ("code-postal", "99999", TEXT),
    ("code-departement", "20", TEXT),
    ("code-departement", "Ain et Rhône", TEXT),
    ("code-region", "99", TEXT),
    ("code-pays-iso2", "France", TEXT),
    ("code-pays-iso2", "ZZ", TEXT),
    ("name-commune", "Saint-Omer", TEXT),
    ("name-commune", "Xyzzy", TEXT),
    ("name-departement", "Rhin", TEXT),
    ("name-pays", "x", TEXT),
    ("nomenclature-acte", "Peinture/x", TEXT),
    ("nomenclature-acte", "Urbanisme", TEXT),
    ("phone-number", "55521730", TEXT),
    ("phone-number", "0555217300 / 0612345678", TEXT),
    ("phone-number", "5,55E+08", TEXT),
    ("year-interval", "2024", TEXT),
    ("year-interval", "2024/2024", TEXT),
    ("year-interval", "2024/26", TEXT),
    ("format-email", "a chez b.fr", EMAIL),
    ("format-email", "a@b.fr;c@d.fr", EMAIL),
    ("format-uri", "à venir", URI),
    ("format-uri", "voir le site", URI),
    ("format-uuid", "x", UUID),
    ("required", "", TEXT),
    ("unique", "x", TEXT),
    ("foreign-key", "x", TEXT),
    ("minimum", "-1", POSITIVE),
    ("no-such-code", "x", TEXT),
    ("gps-coordinates", "0,0", Field("p", "geopoint")),
    ("qpv-code", "QN101M", TEXT),
]


@pytest.mark.parametrize(("code", "value", "field", "mended", "safety"), MENDED)
def test_mended(code, value, field, mended, safety):
    fix = propose(code, value, field, {})

    assert fix is not None
    assert (fix.value, fix.safety) == (mended, safety)


@pytest.mark.parametrize(("code", "value", "field"), UNMENDED)
def test_no_fix(code, value, field):
    assert propose(code, value, field, {}) is None


POINT = Field("p", "geopoint")
WITH_FACTS = [
    ("code-commune-merged", "49069", {"successor": "49126", "successor_name": "Orée d'Anjou"}, "49126", "unsafe"),
    ("code-commune-arrondissement", "13202", {"commune": "13055"}, "13055", "unsafe"),
    ("code-commune", "8294", {"millesime": 2023}, "08294", "safe"),
    ("number-mangled", "217500016.0", {"kind": "siren"}, "217500016", "safe"),
    ("number-mangled", "21750001600019,00", {"kind": "siret"}, "21750001600019", "safe"),
    ("number-mangled", "2.17500016E+08", {"kind": "siren"}, "217500016", "unsafe"),
    ("number-mangled", "2,175E+08", {"kind": "siren"}, None, "display"),
    ("number-mangled", "7,99E+13", {"kind": "siret"}, None, "display"),
    ("qpv-code", "qn 06204 m", {"canonical": "QN06204M"}, "QN06204M", "safe"),
    ("crte-code", "CRTE-94-2B-4", {"canonical": "crte-94-2B-4"}, "crte-94-2B-4", "safe"),
    ("identifier-form", "ACV001", {"canonical": "acv001"}, "acv001", "safe"),
    ("gps-coordinates", "48.85, 2.35", {"reversed": True}, "2.35,48.85", "unsafe"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "value", "facts", "mended", "safety"), WITH_FACTS)
def test_mended_by_what_the_check_knows(code, value, facts, mended, safety):
    fix = propose(code, value, TEXT, facts)

    assert fix is not None
    assert (fix.value, fix.safety) == (mended, safety)


@pytest.mark.parametrize(
    ("code", "value", "facts"),
    [
        ("code-commune", "8294", {}),  # joined Bazeilles in 2024: no commune of 2026
        ("number-mangled", "217500061.0", {"kind": "siren"}),
        ("gps-coordinates", "0,0", {"reversed": False}),
        ("qpv-code", "QN101M", {"canonical": None}),
        ("code-commune-merged", "49069", {"successor": None}),
    ],
)
def test_no_fix_from_these_facts(code, value, facts):
    assert propose(code, value, TEXT, facts) is None


def test_a_swapped_point_stays_a_point():
    fix = propose("gps-coordinates", "48.85,2.35", POINT, {"reversed": True})

    assert fix is not None
    assert fix.value == "2.35,48.85"


HEADERS = [
    ("Programme ID", "programme_id", "safe"),
    ("programme-id", "programme_id", "safe"),
    ("Libellé", "libelle", "safe"),
    ("libelle ", "libelle", "safe"),
    ("libele", "libelle", "safe"),
    ("libellle", "libelle", "safe"),
    ("montant", "libelle", None),
    ("nom", "nem", None),
    ("", "libelle", None),
    ("?", "libelle", None),
]


@pytest.mark.parametrize("code", ["column-renamed", "incorrect-label"])
@pytest.mark.parametrize(("label", "name", "safety"), HEADERS)
def test_headers(code, label, name, safety):
    by_facts = propose(code, label, None, {"expected": name})
    by_field = propose(code, label, Field(name, "integer"), {})

    assert by_facts == by_field
    assert (by_facts and (by_facts.value, by_facts.safety)) == (safety and (name, safety))


def test_the_tables_are_as_large_as_promised():
    assert len(MENDED) + len(WITH_FACTS) >= 120
    assert len(UNMENDED) >= 40
