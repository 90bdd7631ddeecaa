"""The joins that people want of these tables, made once and told what they mean."""

from pathlib import Path
from typing import TYPE_CHECKING

from territo_opendata.errors import UsageError
from territo_opendata.frames import load
from territo_opendata.language import visible

if TYPE_CHECKING:
    import pandas as pd

_PLACE = ["type_territoire", "code_territoire"]


def funding_by_year(package: str | Path | None = None) -> "pd.DataFrame":
    """Return the amounts stated for each programme, by nature and period.

    One row for each programme, nature and period: `programme_id`, `nom`, `nature`,
    `annee_debut`, `annee_fin` (Int64, missing where the source gives no year), `montant_eur`
    (euros, the sum), `lignes` (how many amounts it is the sum of), `sources` (their identifiers).
    Amounts of different natures are never added up: an announced envelope and what is paid out
    of it are the same money. An amount for several years is not shared out among them.
    `package` as for `load`.
    """
    amounts = load("financements", package)
    programmes = load("programmes", package)[["programme_id", "nom"]]
    keys = ["programme_id", "nature", "annee_debut", "annee_fin"]
    summed = (
        amounts.groupby(keys, dropna=False, sort=True)
        .agg(
            montant_eur=("montant_eur", "sum"),
            lignes=("montant_eur", "size"),
            sources=("source_id", lambda ids: ", ".join(sorted(set(ids.dropna())))),
        )
        .reset_index()
    )
    named = summed.merge(programmes, on="programme_id", how="left", validate="many_to_one")
    return named[["programme_id", "nom", *keys[1:], "montant_eur", "lignes", "sources"]]


def territories_of(
    programme_id: str,
    labels: "pd.DataFrame | None" = None,
    package: str | Path | None = None,
) -> "pd.DataFrame":
    """Return the territories that a programme is stated to concern, with their EPCI and département.

    They come from the amounts and events of the programme, and from `labels`, rows of the schema
    `labellisations`, when given. One row for each: `type_territoire`, `code_territoire`, `nom`,
    `siren_epci` and `nom_epci` (of a commune), `code_departement`, `nom_departement`,
    `code_region`, `nom_region`, `population`, `origine` (the tables that name it). Names and
    memberships are those of the vintage of `territoires`. Raises UsageError for a programme that
    the package has not. `package` as for `load`.
    """
    import pandas as pd

    _check_programme(programme_id, package)
    named = [load(table, package).assign(origine=table) for table in ("financements", "evenements")]
    if labels is not None:
        named.append(labels.assign(origine="labellisations"))
    rows = [
        frame.loc[frame["programme_id"] == programme_id, [*_PLACE, "origine"]] for frame in named
    ]
    places = (
        pd.concat(rows)
        .dropna(subset=_PLACE)
        .groupby(_PLACE, sort=True)["origine"]
        .agg(lambda tables: ", ".join(sorted(set(tables))))
        .reset_index()
    )
    return _described(places, package)


def _check_programme(programme_id: str, package: str | Path | None) -> None:
    known = set(load("programmes", package)["programme_id"])
    if programme_id not in known:
        import difflib

        near = difflib.get_close_matches(programme_id, sorted(known), 1, 0.5)
        raise UsageError(
            f"Il n’y a pas de programme « {visible(programme_id)} »"
            + (f" ; le plus proche est « {near[0]} »." if near else "."),
            f"There is no programme “{visible(programme_id)}”"
            + (f"; the nearest is “{near[0]}”." if near else "."),
        )


def _described(places: "pd.DataFrame", package: str | Path | None) -> "pd.DataFrame":
    """Return the places with what the reference tables say of them."""
    territories = load("territoires", package)
    columns = [*_PLACE, "nom", "code_departement", "code_region", "population"]
    found = places.merge(territories[columns], on=_PLACE, how="left", validate="one_to_one")
    found = found.merge(
        _memberships(territories, package), on=_PLACE, how="left", validate="one_to_one"
    )
    for kind in ("departement", "region"):
        names = territories.loc[territories["type_territoire"] == kind, ["code_territoire", "nom"]]
        names = names.rename(columns={"code_territoire": f"code_{kind}", "nom": f"nom_{kind}"})
        found = found.merge(names, on=f"code_{kind}", how="left", validate="many_to_one")
    order = [
        *_PLACE, "nom", "siren_epci", "nom_epci", "code_departement", "nom_departement",
        "code_region", "nom_region", "population", "origine",
    ]  # fmt: skip
    return found[order]


def _memberships(territories: "pd.DataFrame", package: str | Path | None) -> "pd.DataFrame":
    """Return the EPCI of each commune, with its name."""
    members = load("intercommunalites", package).rename(
        columns={"type_commune": "type_territoire", "code_commune": "code_territoire"}
    )
    epci = territories.loc[territories["type_territoire"] == "epci", ["code_territoire", "nom"]]
    epci = epci.rename(columns={"code_territoire": "siren_epci", "nom": "nom_epci"})
    joined = members[[*_PLACE, "siren_epci"]].merge(epci, on="siren_epci", how="left")
    return joined.drop_duplicates(_PLACE)
