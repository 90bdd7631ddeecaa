"""The rows of the published tables and of the look-up tables, in their final order and form."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from territo_opendata.reference.successors import FormerCommune, Interval
from territo_opendata.reference.vintages import Area, Place, Vintage

Row = tuple[str, ...]

TERRITOIRES = (
    "type_territoire",
    "code_territoire",
    "nom",
    "code_departement",
    "code_region",
    "siren",
    "population",
    "millesime",
)
COMMUNES_ANCIENNES = (
    "code_ancien",
    "nom_ancien",
    "type_territoire",
    "code_actuel",
    "dernier_millesime",
    "origine",
)
INTERCOMMUNALITES = ("type_epci", "siren_epci", "type_commune", "code_commune", "millesime")
INTERVALS = ("code", "type", "nom", "premier", "dernier", "parent")


def territoires(vintage: Vintage) -> list[Row]:
    """Return the territories of the vintage, the country included, by type and code."""
    year = str(vintage.millesime)
    places = vintage.of_type("commune", "arrondissement_municipal")
    areas = vintage.areas_of_type("region", "departement", "collectivite_outre_mer", "epci")
    rows = [_place_row(place, year) for place in places]
    rows += [_area_row(area, year) for area in areas]
    return sorted([*rows, ("pays", "FR", "France", "", "", "", "", year)])


def _place_row(place: Place, year: str) -> Row:
    population = _number(place.population)
    above = (place.departement, place.region)
    return (place.type, place.code, place.nom, *above, place.siren, population, year)


def _area_row(area: Area, year: str) -> Row:
    siren = area.code if area.type == "epci" else ""
    population = _number(area.population)
    return (area.type, area.code, area.nom, "", area.region, siren, population, year)


def communes_anciennes(former: Iterable[FormerCommune]) -> list[Row]:
    """Return the former commune codes, by code."""
    return sorted(
        (
            commune.code,
            commune.nom,
            "commune",
            commune.successor,
            _number(commune.last),
            "anciensCodes" if commune.told else "comparaison des millésimes",
        )
        for commune in former
    )


def intercommunalites(vintage: Vintage) -> list[Row]:
    """Return the members of each EPCI of the vintage, by SIREN and commune."""
    year = str(vintage.millesime)
    return sorted(
        ("epci", epci.code, "commune", code, year)
        for epci in vintage.areas_of_type("epci")
        for code in epci.members
    )


def interval_rows(intervals: Iterable[Interval]) -> list[Row]:
    """Return the rows of a look-up table, in the order given."""
    return [
        (
            interval.code,
            interval.state.type,
            interval.state.nom,
            _number(interval.first),
            _number(interval.last),
            interval.state.parent,
        )
        for interval in intervals
    ]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def render(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the CSV file: UTF-8, LF, quotes only where they are needed."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def render_list(values: Iterable[str]) -> bytes:
    """Return a text file with one value a line."""
    return "".join(f"{value}\n" for value in values).encode()
