import pytest

from territo_opendata.reference.identifiers import (
    FORMS,
    IdentifierProblem,
    parse_identifier,
    parse_qpv,
)

GOOD = [
    ("qpv-2024", "QN06204M", "62", "32"),
    ("qpv-2024", "QN02A01A", "2A", "94"),
    ("qpv-2024", "QN97101A", "971", "01"),
    ("qpv-2015", "QP044004", "44", "52"),
    ("qpv-2015", "QP02B001", "2B", "94"),
    ("qpv-2015", "QP987001", "987", None),
    ("crte", "crte-94-2B-4", "2B", "94"),
    ("crte", "crte-03-973-03", "973", "03"),
    ("crte", "crte-32-60-20", "60", "32"),
    ("pvd", "pvd-53-22-1", "22", "53"),
    ("acv", "acv001", None, None),
    ("ti", "ti-0042", None, None),
    ("cv", "CV002", None, None),
]


@pytest.mark.parametrize(("kind", "value", "departement", "region"), GOOD)
def test_a_good_identifier_names_its_territory(kind, value, departement, region):
    found = parse_identifier(value, kind)
    assert (found.kind, found.problem) == (kind, None)
    assert (found.departement, found.region) == (departement, region)


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("qpv-2024", "QN09901A", IdentifierProblem.DEPARTEMENT),
        ("qpv-2024", "QN02001A", IdentifierProblem.DEPARTEMENT),
        ("qpv-2024", "QN97701A", IdentifierProblem.FORM),
        ("qpv-2024", "QN062041", IdentifierProblem.FORM),
        ("qpv-2024", "QN06204MM", IdentifierProblem.FORM),
        ("qpv-2024", "QN06204M\n", IdentifierProblem.FORM),
        ("qpv-2024", "QN0٦204M", IdentifierProblem.FORM),
        ("qpv-2015", "QP144004", IdentifierProblem.FORM),
        ("qpv-2015", "QP099004", IdentifierProblem.DEPARTEMENT),
        ("crte", "crte-93-2B-4", IdentifierProblem.MISMATCH),
        ("crte", "crte-99-2B-4", IdentifierProblem.REGION),
        ("crte", "crte-94-96-4", IdentifierProblem.DEPARTEMENT),
        ("crte", "crte-94-2B", IdentifierProblem.FORM),
        ("pvd", "pvd-52-22-1", IdentifierProblem.MISMATCH),
        ("acv", "acv1", IdentifierProblem.FORM),
        ("ti", "ti-42", IdentifierProblem.FORM),
        ("cv", "CV2", IdentifierProblem.FORM),
    ],
)
def test_a_bad_identifier_has_its_problem(kind, value, problem):
    assert parse_identifier(value, kind).problem is problem


@pytest.mark.parametrize(
    ("kind", "value", "canonical"),
    [
        ("crte", "CRTE-94-2b-4", "crte-94-2B-4"),
        ("pvd", " PVD-53-22-1 ", "pvd-53-22-1"),
        ("acv", "ACV 001", "acv001"),
        ("qpv-2024", "qn06204m", "QN06204M"),
        ("qpv-2024", "QN 06204\u00a0M", "QN06204M"),
        ("cv", "cv002", "CV002"),
        ("cv", "contrat 2", None),
        ("crte", "", None),
    ],
)
def test_a_wrong_case_or_space_gives_the_canonical_form(kind, value, canonical):
    found = parse_identifier(value, kind)
    assert found.problem is IdentifierProblem.FORM
    assert found.canonical == canonical


def test_both_generations_of_qpv_are_told_apart():
    assert parse_qpv("QN06204M").kind == "qpv-2024"
    assert parse_qpv("QP044004").kind == "qpv-2015"
    assert parse_qpv("044004").problem is IdentifierProblem.FORM


def test_an_unknown_kind_is_the_caller_s_fault():
    with pytest.raises(KeyError):
        parse_identifier("x", "inconnu")


def test_every_kind_has_a_good_case():
    assert {kind for kind, *_ in GOOD} == set(FORMS)
