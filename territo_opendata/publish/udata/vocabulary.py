"""Words of a package in the words of udata 17: licences, frequencies, zones, tags, dates."""

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from slugify import slugify

from territo_opendata.errors import DescriptorError
from territo_opendata.language import visible
from territo_opendata.release.vocabularies import (
    EU_FREQUENCY,
    FREQUENCIES,
    package_licence,
    portal_licence,
)

MIN_TAG, MAX_TAG = 3, 96
"""Lengths of a tag (udata 17, TAG_MIN_LENGTH and TAG_MAX_LENGTH)."""

_OTHER_WORDS = {"as-needed": "punctual"}
UNPLANNED = frozenset(
    {"continuous", "punctual", "irregular", "never", "notPlanned", "other", "unknown"}
)
"""Frequencies that let udata expect no update at a date."""

_INSEE = re.compile(r"https?://id\.insee\.fr/geo/([A-Za-z]+)/([0-9A-Za-z-]+)/?")
_LEVELS = {
    "commune": "fr:commune",
    "arrondissementMunicipal": "fr:commune",
    "intercommunalite": "fr:epci",
    "departement": "fr:departement",
    "region": "fr:region",
}
_ZONE = re.compile(r"[a-z-]+(?::[0-9A-Za-z-]+){1,2}")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def frequency(descriptor: Mapping[str, Any]) -> str | None:
    """Return how often the package is updated, None when it does not say.

    Raises DescriptorError for a word that udata has no frequency for.
    """
    word = str(descriptor.get("frequency") or descriptor.get("accrualPeriodicity") or "")
    code = word.removeprefix(EU_FREQUENCY)
    if not word:
        return None
    for known in (code, FREQUENCIES.get(code), _OTHER_WORDS.get(code)):
        if known in FREQUENCIES.values():
            return known
    raise DescriptorError(
        f"La fréquence « {visible(word)} » de datapackage.json n’a pas d’équivalent sur udata. "
        "Écrivez `frequency` avec l’un de ces mots : annual, quarterly, monthly, weekly, daily, "
        "irregular, punctual…",
        f"The frequency “{visible(word)}” of datapackage.json has no counterpart on udata. "
        "Write `frequency` with one of these words: annual, quarterly, monthly, weekly, daily, "
        "irregular, punctual…",
    )


def eu_frequency(word: str) -> str | None:
    """Return the EU address of a frequency of udata, None for an unknown one."""
    codes = {known: code for code, known in FREQUENCIES.items()}
    return EU_FREQUENCY + codes[word] if word in codes and word != "unknown" else None


def licence(declared: Mapping[str, Any], known: Iterable[Mapping[str, Any]]) -> str:
    """Return the portal's identifier of a licence of the package, by its name, else its address.

    udata takes an unknown identifier without a word and shows "not specified": raises
    DescriptorError instead.
    """
    licences = {str(each.get("id")): each for each in known}
    name = str(declared.get("name", "")).lower()
    for candidate in (name, portal_licence(declared)):
        if candidate in licences and candidate != "notspecified":
            return candidate
    path = _bare(declared.get("path"))
    for id_, each in licences.items():
        if path and path in {_bare(each.get("url")), *map(_bare, each.get("alternate_urls") or ())}:
            return id_
    shown = visible(str(declared.get("name") or declared.get("path") or ""))
    ids = ", ".join(sorted(visible(each) for each in licences))
    raise DescriptorError(
        f"Le portail ne connaît pas la licence « {shown} » de datapackage.json ; il connaît : {ids}.",
        f"The portal does not know the licence “{shown}” of datapackage.json; it knows: {ids}.",
    )


def spdx_name(licence_id: str) -> str:
    """Return the name of a licence of the portal in a package."""
    return package_licence(licence_id) or licence_id


def zones(place: Mapping[str, Any]) -> list[str]:
    """Return the udata zones that the `spatial` of a package names: Insee addresses, or zones."""
    named = place.get("zones", place.get("uri", []))
    named = named if isinstance(named, list) else [named]
    return sorted({found for each in named if (found := _zone(str(each)))})


def _zone(name: str) -> str | None:
    match = _INSEE.fullmatch(name)
    if match is None:
        return name if _ZONE.fullmatch(name) else None
    if match[1] == "pays":
        return "country:fr" if match[2] == "france" else None
    return f"{_LEVELS[match[1]]}:{match[2]}" if match[1] in _LEVELS else None


def tag(keyword: str) -> str | None:
    """Return a keyword as udata stores it, None when that is too short or too long.

    Apostrophes go without a hyphen, as in udata: `territoires-dindustrie`.
    """
    slug = slugify(keyword.replace("'", "").replace("’", ""))
    return slug if MIN_TAG <= len(slug) <= MAX_TAG else None


def file_name(name: str) -> str:
    """Return a file name as udata stores it."""
    stem, dot, suffix = name.rpartition(".")
    return f"{slugify(stem)}{dot}{suffix.lower()}"


def full_date(value: Any, *, last: bool) -> str:
    """Return a date in full, a year or a month being its first day, or its last.

    udata reads « 2024 » as today's day in 2024. Raises DescriptorError for anything but a date.
    """
    match = _PARTIAL_DATE.fullmatch(str(value)[:10])
    try:
        return _completed(match, last=last).isoformat()
    except ValueError as error:
        raise DescriptorError(
            f"« {visible(str(value))} », dans `temporal` de datapackage.json, n’est pas une date. "
            "Écrivez-la comme « 2026-11-22 ».",
            f"“{visible(str(value))}”, in `temporal` of datapackage.json, is not a date. "
            "Write it like “2026-11-22”.",
        ) from error


def _completed(match: re.Match[str] | None, *, last: bool) -> date:
    if match is None:
        raise ValueError
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    days = calendar.monthrange(year, month)[1]
    return date(year, month, int(match[3] or (days if last else 1)))


def _bare(url: Any) -> str:
    """Return an address without what does not tell two licences apart."""
    return re.sub(r"^https?://(www\.)?", "", str(url or "").strip().lower()).rstrip("/")
