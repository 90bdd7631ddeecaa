"""Each key and check that can be made has a name for people."""

import pytest

from territo_opendata.descriptors.known_checks import KNOWN_CHECKS
from territo_opendata.findings import Checked
from territo_opendata.report.made import check_made


@pytest.mark.parametrize("name", sorted(KNOWN_CHECKS))
def test_no_check_is_told_by_its_internal_name(name: str) -> None:
    said = check_made(Checked(name, ("a", "b")), "fr")
    assert said.endswith(" (a, b)")
    assert "-" not in said
    assert "value" not in said


@pytest.mark.parametrize(
    ("checked", "fr", "en"),
    [
        (
            Checked("primary-key", ("id",)),
            "identifiant sans doublon (id)",
            "identifier without duplicates (id)",
        ),
        (
            Checked("foreign-key", ("p",), "programmes"),
            "renvois vers « programmes » (p)",
            "references to “programmes” (p)",
        ),
        (
            Checked("siret", ("idAttribuant",)),
            "numéro SIRET (idAttribuant)",
            "SIRET number (idAttribuant)",
        ),
    ],
)
def test_names_are_those_of_a_person(checked: Checked, fr: str, en: str) -> None:
    assert check_made(checked, "fr").replace("\u00a0", " ") == fr
    assert check_made(checked, "en") == en
