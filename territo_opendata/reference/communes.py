"""Communes, municipal arrondissements and former communes, in any vintage from 2021 on.

Source: Code officiel géographique (Insee), through the packages pinned in `tarballs.json`.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from territo_opendata.reference.intervals import Entry, communes_table
from territo_opendata.reference.millesimes import Millesime, resolve
from territo_opendata.reference.names import fold, nearest
from territo_opendata.reference.territories import departements

_COMMUNE = "commune"
_ARRONDISSEMENT = "arrondissement_municipal"


class CommuneState(StrEnum):
    """What a code is, where a commune is expected."""

    EXISTS = "exists"
    """A commune of the vintage (or an arrondissement, where they are allowed)."""
    ARRONDISSEMENT = "arrondissement"
    """An arrondissement of Paris, Lyon or Marseille, where only communes are allowed."""
    MERGED = "merged"
    """A former commune: merged into another, or with a new code."""
    FUTURE = "future"
    """No commune yet in the vintage, one in a later vintage."""
    UNKNOWN = "unknown"
    """No commune in any vintage known."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of one vintage."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CommuneStatus:
    """The answer of `commune_status`."""

    code: str
    millesime: int
    state: CommuneState
    name: str = ""
    """Name under this code; empty when none is known."""
    type: str = ""
    """Type in the table: commune, arrondissement_municipal, commune_deleguee, commune_associee,
    ancienne_commune; empty for FUTURE and UNKNOWN."""
    successor: Commune | None = None
    """For MERGED and ARRONDISSEMENT: the commune of the same vintage that has its land."""
    since: int | None = None
    """For MERGED: first vintage without the commune; None when that is before 2021."""
    returns: int | None = None
    """For FUTURE, and for MERGED where the merger was undone: vintage of its (new) beginning."""


@lru_cache(maxsize=4096)
def commune_status(
    code: str, millesime: Millesime = None, *, arrondissements: bool = False
) -> CommuneStatus:
    """Return what the code is in the vintage, with the successor of a former commune.

    The code is taken as it stands: no zero is added, no case changed. Raises UsageError for a
    vintage that is not known.
    """
    year = resolve(millesime)
    entries = communes_table().entries(code)
    at = next((entry for entry in entries if entry.covers(year)), None)
    later = (e.first for e in entries if e.type == _COMMUNE and e.first and e.first > year)
    returns = min(later, default=None)
    if at is None:
        state = CommuneState.UNKNOWN if returns is None else CommuneState.FUTURE
        return CommuneStatus(code, year, state, returns=returns)
    if at.type == _COMMUNE or (at.type == _ARRONDISSEMENT and arrondissements):
        return CommuneStatus(code, year, CommuneState.EXISTS, at.name, at.type)
    successor = _successor(at.parent, year)
    if at.type == _ARRONDISSEMENT:
        state = CommuneState.ARRONDISSEMENT
        return CommuneStatus(code, year, state, at.name, at.type, successor)
    since = _gone_since(entries, year)
    state = CommuneState.MERGED
    return CommuneStatus(code, year, state, at.name, at.type, successor, since, returns)


def _successor(code: str, millesime: int) -> Commune | None:
    name = commune_name(code, millesime)
    return None if name is None else Commune(code, name)


def _gone_since(entries: tuple[Entry, ...], millesime: int) -> int | None:
    lived = (entry.last for entry in entries if entry.type == _COMMUNE and entry.last)
    last = max((year for year in lived if year < millesime), default=None)
    return None if last is None else last + 1


def is_commune(code: str, millesime: Millesime = None, *, arrondissements: bool = False) -> bool:
    """Tell whether the code is a commune of the vintage (or, if allowed, an arrondissement)."""
    state = commune_status(code, millesime, arrondissements=arrondissements).state
    return state is CommuneState.EXISTS


def is_arrondissement(code: str, millesime: Millesime = None) -> bool:
    """Tell whether the code is an arrondissement of Paris, Lyon or Marseille."""
    entries = communes_table().entries(code)
    year = resolve(millesime)
    return any(entry.type == _ARRONDISSEMENT and entry.covers(year) for entry in entries)


def commune_name(code: str, millesime: Millesime = None) -> str | None:
    """Return the name of a commune or arrondissement of the vintage, None for another code."""
    status = commune_status(code, millesime, arrondissements=True)
    return status.name if status.state is CommuneState.EXISTS else None


def commune_codes(millesime: Millesime = None, *, arrondissements: bool = False) -> frozenset[str]:
    """Return the codes of all communes of the vintage, for columns judged at one go."""
    return _values("code", resolve(millesime), arrondissements=arrondissements)


def commune_names(millesime: Millesime = None, *, arrondissements: bool = False) -> frozenset[str]:
    """Return the official names of all communes of the vintage."""
    return _values("name", resolve(millesime), arrondissements=arrondissements)


@lru_cache(maxsize=16)
def _values(
    column: Literal["code", "name"], millesime: int, *, arrondissements: bool
) -> frozenset[str]:
    table = communes_table()
    found = table.values(column, _COMMUNE, millesime)
    return found | table.values(column, _ARRONDISSEMENT, millesime) if arrondissements else found


def communes_named(
    name: str, millesime: Millesime = None, *, departement: str | None = None
) -> tuple[Commune, ...]:
    """Return the communes of that name, however it is spelt, by code.

    Several share a name (there are two Saint-Omer): one answer, within a département at need,
    is the only safe one.
    """
    found = _spelt(resolve(millesime), fold(name)[:1]).get(fold(name), ())
    return tuple(each for each in found if departement in {None, departement_of(each.code)})


@lru_cache(maxsize=64)
def _spelt(millesime: int, initial: str) -> dict[str, tuple[Commune, ...]]:
    """Return the communes with this initial by folded name; folding all would take long."""
    found: dict[str, tuple[Commune, ...]] = {}
    for code, name in sorted(_by_initial(millesime).get(initial, ())):
        found[fold(name)] = (*found.get(fold(name), ()), Commune(code, name))
    return found


@lru_cache(maxsize=2)
def _by_initial(millesime: int) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name in communes_table().names(_COMMUNE, millesime):
        found.setdefault(_initial(name[0]), []).append((code, name))
    return found


@lru_cache(maxsize=256)
def _initial(char: str) -> str:
    return fold(char)[:1]


def nearest_commune_name(name: str, millesime: Millesime = None) -> str | None:
    """Return the official name that `name` all but spells, None when none is clear."""
    same = {commune.name for commune in communes_named(name, millesime)}
    if same:
        return same.pop() if len(same) == 1 else None
    start = fold(name)[:2]
    spelt = _spelt(resolve(millesime), start[:1])
    close = (each[0].name for folded, each in spelt.items() if folded[:2] == start)
    return nearest(name, close)


def departement_of(code: str) -> str | None:
    """Return the département (or overseas collectivity) that a commune code begins with.

    Only the code's form is read, so former and unknown communes have one too; None when no
    département has that code. `2A004` is in 2A, `97411` in 974, `98735` in 987.
    """
    if len(code) != 5:
        return None
    prefix = code[:3] if code[:2] in {"97", "98"} else code[:2]
    return prefix if prefix in departements(collectivites=True) else None
