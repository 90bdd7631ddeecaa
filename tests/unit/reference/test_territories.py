import pytest

from territo_opendata.errors import UsageError
from territo_opendata.reference.territories import (
    EpciState,
    Region,
    departements,
    epci_names,
    epci_status,
    former_region,
    regions,
)


def test_there_are_18_regions_101_departements_and_8_collectivities():
    assert len(regions()) == 18
    assert len(departements()) == 101
    collectivites = departements(collectivites=True).keys() - departements().keys()
    assert collectivites == {"975", "977", "978", "984", "986", "987", "988", "989"}


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [
        ("01", "Ain", "84"),
        ("2A", "Corse-du-Sud", "94"),
        ("2B", "Haute-Corse", "94"),
        ("974", "La Réunion", "04"),
        ("976", "Mayotte", "06"),
        ("987", "Polynésie française", ""),
    ],
)
def test_a_departement_has_its_region(code, name, region):
    found = departements(collectivites=True)[code]
    assert (found.name, found.region, found.is_collectivite) == (name, region, not region)


@pytest.mark.parametrize("millesime", [2021, 2022, 2026])
def test_every_departement_lies_in_a_region_of_the_vintage(millesime):
    known = regions(millesime)
    assert {each.region for each in departements(millesime).values()} == set(known)
    assert len(departements(millesime, collectivites=True)) == 109


@pytest.mark.parametrize(
    ("millesime", "count", "code", "name"),
    [
        (2015, 27, "22", "Picardie"),
        (2015, 27, "24", "Centre"),
        (2016, 18, "32", "Nord-Pas-de-Calais-Picardie"),
        (2016, 18, "28", "Normandie"),
        (2017, 18, "32", "Hauts-de-France"),
        (2026, 18, "24", "Centre-Val de Loire"),
        (2026, 18, "94", "Corse"),
    ],
)
def test_regions_follow_the_vintage(millesime, count, code, name):
    assert len(regions(millesime)) == count
    assert regions(millesime)[code].name == name


def test_a_former_region_has_its_successor():
    assert former_region("22") == Region("22", "Picardie", "32")
    assert former_region("74") == Region("74", "Limousin", "75")
    assert former_region("99") is None
    for code in regions():
        assert former_region(code) is None
    old = [former_region(code) for code in regions(2015)]
    assert {each.successor for each in old if each} <= regions().keys()
    assert sum(each is not None for each in old) == 16


def test_an_unknown_vintage_is_refused():
    with pytest.raises(UsageError, match="de 2015 à 2026"):
        regions(2014)
    with pytest.raises(UsageError, match="de 2021 à 2026"):
        departements(2015)


def test_there_are_1255_epci():
    assert len(epci_names()) == 1255
    assert len(epci_names(2021)) == 1254


@pytest.mark.parametrize(
    ("siren", "millesime", "state", "name"),
    [
        ("200069037", 2026, EpciState.EXISTS, "CA du Pays de Saint-Omer"),
        ("200035459", 2021, EpciState.EXISTS, "CA d'Agen"),
        ("200035459", 2026, EpciState.ENDED, "CA d'Agen"),
        ("200096634", 2021, EpciState.FUTURE, "CC des Hautes Vosges"),
        ("200057867", 2026, EpciState.EPT, "Plaine Commune"),
        ("216207654", 2026, EpciState.OTHER_KIND, ""),
        ("123456789", 2026, EpciState.UNKNOWN, ""),
        ("", 2026, EpciState.UNKNOWN, ""),
    ],
)
def test_state_of_a_siren_in_a_vintage(siren, millesime, state, name):
    status = epci_status(siren, millesime)
    assert (status.state, status.name) == (state, name)


def test_an_ended_epci_has_its_last_vintage_and_a_future_one_its_first():
    assert epci_status("200035459", 2026).last == 2021
    assert epci_status("200096634", 2021).first == 2022
    assert epci_status("216207654").kind == "commune"


def test_no_epci_s_siren_begins_like_that_of_another_kind():
    assert not any(siren[:2] in {"21", "22", "23"} for siren in epci_names())
