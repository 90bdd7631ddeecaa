"""The formats that schemas of schema.data.gouv.fr name, as sets of values or as predicates.

Names are those of Validata 0.12. Where its lists err (« CG », Congo, is missing from its
countries; merged communes pass) the source is followed, not the list.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache

from territo_opendata.reference import communes, intervals, territories
from territo_opendata.reference.millesimes import Millesime
from territo_opendata.reference.names import nearest

MATIERES_ACTES: Mapping[int, str] = {
    1: "Commande publique",
    2: "Urbanisme",
    3: "Domaine et patrimoine",
    4: "Fonction publique",
    5: "Institutions et vie politique",
    6: "Libertés publiques et pouvoirs de police",
    7: "Finances locales",
    8: "Domaines de compétences par thèmes",
    9: "Autres domaines de compétences",
}
"""The nine matters of the national nomenclature of acts sent to the State (@ctes)."""

_SPELLINGS = {"Wallis et Futuna": "Wallis-et-Futuna"}
"""Names that the Insee itself spells in two ways."""


def _codes_communes(millesime: Millesime) -> frozenset[str]:
    return communes.commune_codes(millesime, arrondissements=True)


def _noms_communes(millesime: Millesime) -> frozenset[str]:
    return communes.commune_names(millesime, arrondissements=True)


def _codes_departements(millesime: Millesime) -> frozenset[str]:
    return frozenset(territories.departements(millesime, collectivites=True))


def _noms_departements(millesime: Millesime) -> frozenset[str]:
    found = territories.departements(millesime, collectivites=True).values()
    names = frozenset(each.name for each in found)
    return names | {_SPELLINGS[name] for name in names & _SPELLINGS.keys()}


def _codes_regions(millesime: Millesime) -> frozenset[str]:
    return frozenset(territories.regions(millesime))


def _noms_regions(millesime: Millesime) -> frozenset[str]:
    return frozenset(region.name for region in territories.regions(millesime).values())


def _iso_codes(attribute: str) -> frozenset[str]:
    from iso3166 import countries

    return frozenset(getattr(country, attribute) for country in countries)


_ACCEPTED: Mapping[str, Callable[[Millesime], frozenset[str]]] = {
    "code-commune-insee": _codes_communes,
    "code-departement": _codes_departements,
    "numero-departement": _codes_departements,
    "code-region": _codes_regions,
    "commune": _noms_communes,
    "departement": _noms_departements,
    "region": _noms_regions,
    "canton": lambda _: intervals.read_list("cantons"),
    "pays": lambda _: intervals.read_list("pays"),
    "code-postal": lambda _: intervals.read_list("codes_postaux"),
    "code-pays-iso2": lambda _: _iso_codes("alpha2"),
    "code-pays-iso3": lambda _: _iso_codes("alpha3"),
}

SET_FORMATS: frozenset[str] = frozenset(_ACCEPTED)
"""Formats that `accepted` knows; `code-fantoir` and `nomenclature-acte` are predicates."""


@lru_cache(maxsize=32)
def accepted(name: str, millesime: Millesime = None) -> frozenset[str]:
    """Return all values that a format of `SET_FORMATS` accepts, for columns judged at one go.

    Communes (codes and names) come with the municipal arrondissements, without the merged ones.
    Vintages: 2021 to 2026, for régions from 2015. Cantons and countries are those of 2024,
    postal codes those of the vintage 2026, ISO codes those of ISO 3166-1 and Kosovo's XK, XKX.
    Raises KeyError for another name, UsageError for a vintage that is not known.
    """
    return _ACCEPTED[name](millesime)


def nearest_accepted(name: str, value: str, millesime: Millesime = None) -> str | None:
    """Return the one accepted name that `value` spells otherwise or all but spells, else None.

    Only for the formats of names (`commune`, `departement`, `region`, `canton`, `pays`): between
    codes no nearness means anything.
    """
    if name == "commune":
        return communes.nearest_commune_name(value, millesime)
    if name in {"departement", "region", "canton", "pays"}:
        return nearest(value, accepted(name, millesime))
    return None


@lru_cache(maxsize=1)
def _fantoir_numbers() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return the ranges of the FANTOIR numbers in use, by their first character."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for line in intervals.read_list("fantoir"):
        first, _, last = line.partition("-")
        found[first[0]] = (*found.get(first[0], ()), (first, last))
    return found


_FANTOIR = re.compile(r"([0-9A-Z]\d{3}|Z[AB]\d\d)[A-Z]", re.ASCII)


def is_code_fantoir(value: str) -> bool:
    """Tell whether the value is a street's FANTOIR number and its key letter, as in `0123B`.

    The number must be one in use somewhere when the file was last published (2023); the key is
    not recomputed, since it depends on the commune, which the value does not name.
    """
    if _FANTOIR.fullmatch(value) is None:
        return False
    number = value[:4]
    return any(first <= number <= last for first, last in _fantoir_numbers().get(number[0], ()))


class ActeProblem(StrEnum):
    """What is wrong with a value of the nomenclature of acts."""

    NO_SLASH = "no_slash"
    """There is no `/` between the matter and the sub-matter."""
    SPACE = "space"
    """A space stands around the matter, or after a `/`."""
    MATTER = "matter"
    """What stands before the `/` is none of the nine matters."""


def acte_problem(value: str) -> ActeProblem | None:
    """Return what is wrong with « Matière/Sous-matière », None when it is right.

    Accents and case make no difference, as in Validata (SCDL délibérations, DELIB_MATIERE_NOM);
    only the matter is checked.
    """
    matter, slash, rest = value.partition("/")
    if not slash:
        return ActeProblem.NO_SLASH
    if _plain(matter.strip()) not in _PLAIN_MATTERS:
        return ActeProblem.MATTER
    spaced = matter != matter.strip() or rest.startswith(" ")
    return ActeProblem.SPACE if spaced or "/ " in rest else None


def nearest_acte(value: str) -> str | None:
    """Return the value with its matter spelt right and no space around the slash, else None.

    A code such as `1.4` gives no name of the sub-matter, so it has no near value.
    """
    matter, slash, rest = value.partition("/")
    found = nearest(matter, MATIERES_ACTES.values())
    return f"{found}/{rest.strip()}" if slash and found is not None else None


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in spread if unicodedata.category(char) != "Mn")


_PLAIN_MATTERS = frozenset(_plain(name) for name in MATIERES_ACTES.values())
