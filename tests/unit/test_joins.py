"""Joins of the shipped tables: nothing lost, nothing doubled, natures never mixed."""

import pandas as pd
import pytest

from territo_opendata import funding_by_year, load, territories_of
from territo_opendata.errors import UsageError


def test_every_amount_is_counted_once() -> None:
    summed, amounts = funding_by_year(), load("financements")
    assert summed["montant_eur"].sum() == amounts["montant_eur"].sum()
    assert summed["lignes"].sum() == len(amounts)
    assert not summed.duplicated(["programme_id", "nature", "annee_debut", "annee_fin"]).any()
    assert summed["nom"].notna().all() == amounts["programme_id"].notna().all()


def test_natures_stay_apart() -> None:
    summed, amounts = funding_by_year(), load("financements")
    pairs = ["programme_id", "nature"]
    expected = amounts.groupby(pairs, dropna=False)["montant_eur"].sum()
    pd.testing.assert_series_equal(
        summed.groupby(pairs, dropna=False)["montant_eur"].sum(), expected
    )


def test_communes_come_with_their_epci_and_departement() -> None:
    labels = pd.DataFrame(
        {
            "programme_id": ["action-coeur-de-ville", "action-coeur-de-ville", "autre"],
            "type_territoire": ["commune", "departement", "commune"],
            "code_territoire": ["62193", "2A", "75056"],
        }
    )
    found = territories_of("action-coeur-de-ville", labels).set_index("code_territoire")
    calais = found.loc["62193"]
    assert calais["nom"] == "Calais"
    assert "Calais" in calais["nom_epci"]
    assert calais["nom_departement"] == "Pas-de-Calais"
    assert calais["nom_region"] == "Hauts-de-France"
    assert calais["origine"] == "labellisations"
    assert found.loc["2A", "nom"] == "Corse-du-Sud"
    assert "75056" not in found.index


def test_places_of_amounts_and_events_are_found() -> None:
    events = load("evenements").dropna(subset=["code_territoire"])
    programme = events["programme_id"].iloc[0]
    expected = set(events.loc[events["programme_id"] == programme, "code_territoire"])
    found = territories_of(programme)
    assert expected <= set(found["code_territoire"])
    assert found["nom"].notna().all()


def test_an_unknown_programme() -> None:
    with pytest.raises(UsageError, match="action-coeur-de-ville"):
        territories_of("action-coeur-de-vile")
