"""Régions, départements, overseas collectivities and intercommunalités (EPCI).

Source: Code officiel géographique (Insee) and list of EPCI (DGCL), through the pinned packages;
régions of before 2017: law 2015-29 of 16 January 2015 and the decrees of 28 September 2016.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from territo_opendata.reference.intervals import Entry, area_entries
from territo_opendata.reference.millesimes import OLDEST_OF_REGIONS, Millesime, resolve

_SIREN_KINDS = {"21": "commune", "22": "departement", "23": "region"}


@dataclass(frozen=True, slots=True)
class Region:
    """A région; a former one has the région that took it over as `successor`."""

    code: str
    name: str
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Departement:
    """A département, or an overseas collectivity (975, 987…), which has no région."""

    code: str
    name: str
    region: str

    @property
    def is_collectivite(self) -> bool:
        """Tell whether it is an overseas collectivity rather than a département."""
        return not self.region


class EpciState(StrEnum):
    """What a SIREN is, where an intercommunalité with its own taxes is expected."""

    EXISTS = "exists"
    ENDED = "ended"
    """An EPCI of earlier vintages only."""
    FUTURE = "future"
    """An EPCI of later vintages only."""
    EPT = "ept"
    """A territorial public establishment of Greater Paris, which has no taxes of its own."""
    OTHER_KIND = "other_kind"
    """The SIREN of a commune, a département or a région, by its first two digits."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class EpciStatus:
    """The answer of `epci_status`."""

    siren: str
    millesime: int
    state: EpciState
    name: str = ""
    last: int | None = None
    """For ENDED: its last vintage."""
    first: int | None = None
    """For FUTURE: its first vintage."""
    kind: str = ""
    """For OTHER_KIND: commune, departement or region."""


@cache
def _by_type(kind: str) -> Mapping[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in area_entries():
        if entry.type == kind:
            found[entry.code] = (*found.get(entry.code, ()), entry)
    return found


@cache
def _in_vintage(kind: str, millesime: int) -> tuple[Entry, ...]:
    all_of_kind = (entry for entries in _by_type(kind).values() for entry in entries)
    return tuple(entry for entry in all_of_kind if entry.covers(millesime))


def regions(millesime: Millesime = None) -> Mapping[str, Region]:
    """Return the régions of the vintage by code; vintages from 2015 on are known."""
    return _regions(resolve(millesime, oldest=OLDEST_OF_REGIONS))


@cache
def _regions(millesime: int) -> Mapping[str, Region]:
    entries = _in_vintage("region", millesime)
    found = {entry.code: Region(entry.code, entry.name, entry.parent) for entry in entries}
    return MappingProxyType(found)


def former_region(code: str) -> Region | None:
    """Return the région of before 2016 that had this code, None if it is none of those."""
    entries = _by_type("region").get(code, ())
    old = (entry for entry in entries if entry.parent)
    return next((Region(entry.code, entry.name, entry.parent) for entry in old), None)


def departements(
    millesime: Millesime = None, *, collectivites: bool = False
) -> Mapping[str, Departement]:
    """Return the 101 départements of the vintage by code, with the 8 collectivities if wanted."""
    return _departements(resolve(millesime), collectivites=collectivites)


@cache
def _departements(millesime: int, *, collectivites: bool) -> Mapping[str, Departement]:
    entries = _in_vintage("departement", millesime)
    if collectivites:
        entries += _in_vintage("collectivite_outre_mer", millesime)
    found = {entry.code: Departement(entry.code, entry.name, entry.parent) for entry in entries}
    return MappingProxyType(found)


def epci_names(millesime: Millesime = None) -> Mapping[str, str]:
    """Return the EPCI of the vintage that have their own taxes: SIREN → name."""
    entries = _in_vintage("epci", resolve(millesime))
    return {entry.code: entry.name for entry in entries}


def epci_status(siren: str, millesime: Millesime = None) -> EpciStatus:
    """Return what the SIREN is in the vintage, where an EPCI is expected.

    The number's own form (nine digits, checksum) is not judged here. Raises UsageError for a
    vintage that is not known.
    """
    year = resolve(millesime)
    entries = _by_type("epci").get(siren, ())
    at = next((entry for entry in entries if entry.covers(year)), None)
    if at is not None:
        return EpciStatus(siren, year, EpciState.EXISTS, at.name)
    if entries:
        return _epci_of_other_years(siren, year, entries)
    ept = _by_type("ept").get(siren)
    if ept is not None:
        return EpciStatus(siren, year, EpciState.EPT, ept[-1].name)
    kind = _SIREN_KINDS.get(siren[:2], "")
    state = EpciState.OTHER_KIND if kind else EpciState.UNKNOWN
    return EpciStatus(siren, year, state, kind=kind)


def _epci_of_other_years(siren: str, millesime: int, entries: tuple[Entry, ...]) -> EpciStatus:
    past = [entry for entry in entries if entry.last is not None and entry.last < millesime]
    if past:
        return EpciStatus(siren, millesime, EpciState.ENDED, past[-1].name, last=past[-1].last)
    state = EpciState.FUTURE
    return EpciStatus(siren, millesime, state, entries[0].name, first=entries[0].first)
