"""The files in which head offices are looked up: INSEE's two, and lists of the Annuaire."""

import gzip
from pathlib import Path

import pytest

from territo_opendata.errors import MissingFileError, UsageError
from territo_opendata.repair.seats import read_seats

MARSEILLE, LYON = "211300553", "216901231"
SEATS = {MARSEILLE: "21130055300016", LYON: "21690123100011"}
FORMS = {
    "unites": "siren,nicSiegeUniteLegale\n211300553,00016\n216901231,11\n",
    "etablissements": "siren,siret,etablissementSiege\n211300553,21130055300024,false\n"
    "211300553,21130055300016,true\n216901231,21690123100011,true\n",
    "annuaire": '"siren";"nom";"siret_siege"\n"211300553";"Marseille; ville";"21130055300016"\n'
    '"216901231";"Lyon\n(métropole)";"21690123100011"\n',
    "liste": "nom,siret,siren\nMarseille,21130055300016,211300553\nLyon,21690123100011,216901231\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_seats(form: str, tmp_path: Path) -> None:
    path = tmp_path / "sieges.csv"
    path.write_text(f"\ufeff{FORMS[form]}", "utf-8")
    expected = {MARSEILLE: SEATS[MARSEILLE]} if form == "annuaire" else SEATS
    assert read_seats(path, [MARSEILLE, LYON, "552100554"]) == expected
    assert read_seats(path, []) == {}


def test_a_compressed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "StockUniteLegale_utf8.csv.gz"
    path.write_bytes(gzip.compress(FORMS["unites"].encode()))
    assert read_seats(path, SEATS) == SEATS


@pytest.mark.parametrize(
    "lines",
    [
        "siren,siret\n211300553,21130055300017\n",
        "siren,siret\n211300553,21690123100011\n",
        "siren,siret\n211300553,21130055300016\n211300553,21130055300024\n",
        "siren,siret\n211300553\n",
    ],
    ids=["wrong checksum", "of another body", "two head offices", "cut"],
)
def test_what_is_not_certain_is_left_out(lines: str, tmp_path: Path) -> None:
    path = tmp_path / "sieges.csv"
    path.write_text(lines, "utf-8")
    assert read_seats(path, [MARSEILLE]) == {}


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sieges.csv"
    path.write_text("siren,nom\n211300553,Marseille\n", "utf-8")
    with pytest.raises(UsageError, match="nicSiegeUniteLegale"):
        read_seats(path, [MARSEILLE])
    with pytest.raises(MissingFileError):
        read_seats(tmp_path / "absent.csv", [MARSEILLE])
