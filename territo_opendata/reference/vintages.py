"""One vintage of the Code officiel géographique, read from the package that holds it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from territo_opendata.errors import MismatchError
from territo_opendata.reference.tarballs import read_members

_TYPES = {
    "commune-actuelle": "commune",
    "arrondissement-municipal": "arrondissement_municipal",
    "commune-deleguee": "commune_deleguee",
    "commune-associee": "commune_associee",
}
_FIRST_WITH_EPT = 2023


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, a municipal arrondissement, or a delegated or associated commune."""

    code: str
    nom: str
    type: str
    departement: str
    region: str
    """Empty outside the régions, as in the overseas collectivities."""
    siren: str
    population: int | None
    """Municipal population; None where the package has none."""
    parent: str
    """Commune of an arrondissement, of a delegated or of an associated commune; else empty."""
    former_codes: tuple[str, ...]
    postal_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A région, a département, an overseas collectivity, an EPCI or an EPT."""

    code: str
    nom: str
    type: str
    region: str = ""
    population: int | None = None
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vintage:
    """All that one vintage says: `places` below the EPCI, `areas` from the EPCI up."""

    millesime: int
    places: tuple[Place, ...]
    areas: tuple[Area, ...]

    @cached_property
    def communes(self) -> dict[str, Place]:
        """Full communes of the vintage, by code."""
        return {place.code: place for place in self.of_type("commune")}

    @cached_property
    def others(self) -> dict[str, Place]:
        """Arrondissements, delegated and associated communes that are not full communes too."""
        return {
            place.code: place
            for place in self.places
            if place.type != "commune" and place.code not in self.communes
        }

    @cached_property
    def former_codes(self) -> dict[str, str]:
        """Commune that took over each former code, as the package's `anciensCodes` has it."""
        return {old: place.code for place in self.communes.values() for old in place.former_codes}

    @cached_property
    def delegated(self) -> dict[str, str]:
        """Commune of each delegated or associated commune that has a code of its own."""
        return {
            place.code: place.parent
            for place in self.others.values()
            if place.type != "arrondissement_municipal" and place.parent in self.communes
        }

    @cached_property
    def successors(self) -> dict[str, str]:
        """Commune that has the land of each former code, by what is surest in this vintage.

        A delegated or associated commune is by law a part of its commune (code général des
        collectivités territoriales, L2113-10); `anciensCodes` contradicts that for two codes
        of 2026 (55273, 60455) and gives way there.
        """
        return self.former_codes | self.delegated

    def of_type(self, *types: str) -> Iterable[Place]:
        """Yield the places of these types, in the order of the package."""
        return (place for place in self.places if place.type in types)

    def areas_of_type(self, *types: str) -> Iterable[Area]:
        """Yield the areas of these types, in the order of the package."""
        return (area for area in self.areas if area.type in types)


def read_vintage(content: bytes, millesime: int) -> Vintage:
    """Return the vintage held by the bytes of a verified package.

    Raises MismatchError when a file is missing or is not built as expected.
    """
    names = ["communes", "regions", "departements", "epci"]
    if millesime >= _FIRST_WITH_EPT:
        names.append("ept")
    files = read_members(content, [_path(name) for name in names])
    try:
        raw = {name: json.loads(files[_path(name)]) for name in names}
        places = tuple(_place(entry) for entry in raw["communes"])
        return Vintage(millesime, places, tuple(_areas(raw)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MismatchError(
            f"Le paquet du millésime {millesime} n'a pas la forme attendue : {error!r}.",
            f"The package of vintage {millesime} is not built as expected: {error!r}.",
        ) from error


def _path(name: str) -> str:
    return f"package/data/{name}.json"


def _place(entry: Mapping[str, Any]) -> Place:
    return Place(
        code=entry["code"],
        nom=_tidy(entry["nom"]),
        type=_TYPES[entry["type"]],
        departement=_departement(entry),
        region=_region(entry),
        siren=entry.get("siren", ""),
        population=entry.get("population"),
        parent=entry.get("commune") or entry.get("chefLieu", ""),
        former_codes=tuple(entry.get("anciensCodes", ())),
        postal_codes=tuple(entry.get("codesPostaux", ())),
    )


def _areas(raw: Mapping[str, list[Mapping[str, Any]]]) -> Iterable[Area]:
    for entry in raw["regions"]:
        if _region_code(entry["code"]):
            yield Area(entry["code"], _tidy(entry["nom"]), "region")
    for entry in raw["departements"]:
        region = _region(entry)
        kind = "departement" if region else "collectivite_outre_mer"
        yield Area(entry["code"], _tidy(entry["nom"]), kind, region)
    for kind in ("epci", "ept"):
        for entry in raw.get(kind, []):
            members = tuple(member["code"] for member in entry["membres"])
            population = entry["populationMunicipale"]
            yield Area(entry["code"], _tidy(entry["nom"]), kind, "", population, members)


def _departement(entry: Mapping[str, Any]) -> str:
    """Return the département, or the overseas collectivity, which vintage 2021 keeps apart."""
    if "collectiviteOutremer" in entry:
        return str(entry["collectiviteOutremer"]["code"])
    return str(entry["departement"])


def _region(entry: Mapping[str, Any]) -> str:
    return "" if "collectiviteOutremer" in entry else _region_code(entry["region"])


def _region_code(code: str) -> str:
    """Return the code of a région; the package repeats an overseas collectivity's (975…) there."""
    return code if len(code) == 2 else ""


def _tidy(name: str) -> str:
    """Return a name without the doubled spaces that a few EPCI have in the source."""
    return " ".join(name.split())
