"""The metadata of a package as a udata dataset's, as a state, and as what is sent.

A state is written as udata stores it, so that what is read back can be compared with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.errors import DescriptorError
from territo_opendata.language import Text, visible
from territo_opendata.publish.notes import stored_as
from territo_opendata.publish.udata import names, vocabulary
from territo_opendata.release import Release
from territo_opendata.release.coverage import geometry, read_places

MAX_TITLE, MAX_DESCRIPTION = 350, 100_000
"""Lengths that udata 17 takes (core/dataset/constants.py)."""

_KEYWORD = Text("Le mot-clé", "Keyword")
_ZONE = Text("Le territoire", "Territory")


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal knows of: what a package says in other words it would refuse or lose."""

    licences: Sequence[Mapping[str, Any]]
    extensions: frozenset[str]
    zones: frozenset[str] = frozenset()
    granularities: frozenset[str] = frozenset()
    schemas: Sequence[Mapping[str, Any]] = ()


def wanted_zones(descriptor: Mapping[str, Any]) -> list[str]:
    """Return the zones that the package names, known to the portal or not."""
    place = descriptor.get("spatial")
    return vocabulary.zones(place) if isinstance(place, Mapping) else []


def declares_granularity(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether the package says how fine its territories are; else the portal's is kept."""
    place = descriptor.get("spatial")
    return isinstance(place, Mapping) and bool(place.get("granularity"))


def dataset_state(release: Release, known: Known) -> dict[str, Any]:
    """Return what the dataset should be.

    Raises DescriptorError for what udata would refuse, or take without a word and lose.
    """
    descriptor = release.descriptor
    return {
        "title": _text(descriptor, "title", MAX_TITLE),
        "description": _text(descriptor, "description", MAX_DESCRIPTION),
        "license": _licence(descriptor, known),
        "frequency": vocabulary.frequency(descriptor) or "unknown",
        "temporal_coverage": _period(descriptor.get("temporal")),
        "spatial": _spatial(descriptor, known),
        "tags": sorted({slug for slug in _tags(descriptor).values() if slug}),
        "contact_points": _contacts(descriptor),
        "extras": _extras(release),
    }


def dataset_notes(descriptor: Mapping[str, Any], known: Known) -> list[Text]:
    """Return what the portal keeps in another form, or not at all."""
    notes = _tag_notes(_tags(descriptor))
    lost = [each for each in wanted_zones(descriptor) if each not in known.zones]
    return [*notes, *(stored_as(_ZONE, each, None) for each in lost)]


def _tag_notes(tags: Mapping[str, str | None]) -> list[Text]:
    """Return what becomes of the keywords: those that change in one note, those lost one by one."""
    changed = [
        f"« {visible(each)} » → {slug}" for each, slug in tags.items() if slug not in (None, each)
    ]
    lost = [stored_as(_KEYWORD, each, None) for each, slug in tags.items() if slug is None]
    if not changed:
        return lost
    fr = "Le portail écrit ainsi les mots-clés : "
    en = "The portal writes the keywords so: "
    return [Text(fr + ", ".join(changed) + ".", en + ", ".join(changed) + "."), *lost]


def read_dataset(found: Mapping[str, Any], *, granularity: bool) -> dict[str, Any]:
    """Return the state of a dataset of the portal, of what we own in it."""
    period, place = found.get("temporal_coverage") or {}, found.get("spatial") or {}
    spatial = {"zones": sorted(place.get("zones") or []), "geom": place.get("geom")}
    if granularity:
        spatial["granularity"] = place.get("granularity")
    extras = found.get("extras") or {}
    return {
        "title": found.get("title"),
        "description": found.get("description"),
        "license": found.get("license"),
        "frequency": found.get("frequency"),
        "temporal_coverage": (
            {"start": _day(period.get("start")), "end": _day(period.get("end"))} if period else None
        ),
        "spatial": spatial,
        "tags": sorted(found.get("tags") or []),
        "contact_points": [_read_contact(each) for each in found.get("contact_points") or []],
        "extras": {key: extras[key] for key in names.OWN_EXTRAS if key in extras},
    }


def payload(
    state: Mapping[str, Any],
    *,
    private: bool,
    contacts: Sequence[str],
    dataset: Mapping[str, Any],
) -> dict[str, Any]:
    """Return what is sent to make a dataset as `state` says: every field that we own.

    `dataset` is what is there: the extras of others are sent back, since udata replaces them all.
    null clears a field where an empty list would be left out of account. A territory is cleared
    only where there is one: an empty one would count for the quality.
    """
    extras = dataset.get("extras") or {}
    foreign = {key: value for key, value in extras.items() if key not in names.OWN_EXTRAS}
    sent = {
        **state,
        "tags": list(state["tags"]) or None,
        "spatial": {**state["spatial"], "zones": list(state["spatial"]["zones"]) or None},
        "contact_points": list(contacts) or None,
        "extras": {**foreign, **state["extras"]},
        "private": private,
    }
    if not (state["spatial"]["zones"] or state["spatial"]["geom"] or dataset.get("spatial")):
        del sent["spatial"]
    return sent


def _text(descriptor: Mapping[str, Any], name: str, limit: int) -> str:
    value = str(descriptor.get(name) or "").strip()
    if 0 < len(value) <= limit:
        return value
    raise DescriptorError(
        f"`{name}` de datapackage.json fait {len(value)} caractères : udata en veut de 1 à {limit}.",
        f"`{name}` of datapackage.json has {len(value)} characters: udata wants 1 to {limit}.",
    )


def _licence(descriptor: Mapping[str, Any], known: Known) -> str:
    declared = next(iter(descriptor.get("licenses") or ()), None)
    return vocabulary.licence(declared, known.licences) if declared else "notspecified"


def _period(period: Any) -> dict[str, str | None] | None:
    """Return the period with whole dates; udata turns one that ends before it starts around."""
    if not isinstance(period, Mapping) or not period.get("start"):
        return None
    start = vocabulary.full_date(period["start"], last=False)
    end = vocabulary.full_date(period["end"], last=True) if period.get("end") else None
    if end is not None and end < start:
        raise DescriptorError(
            f"`temporal` de datapackage.json finit ({end}) avant de commencer ({start}).",
            f"`temporal` of datapackage.json ends ({end}) before it starts ({start}).",
        )
    return {"start": start, "end": end}


def _spatial(descriptor: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """Return zones or, failing that, what the places fill: udata refuses both together."""
    zones = [each for each in wanted_zones(descriptor) if each in known.zones]
    geom = None if zones else geometry(read_places(descriptor.get("spatial")))
    place = descriptor.get("spatial")
    place = place if isinstance(place, Mapping) else {}
    found: dict[str, Any] = {"zones": zones, "geom": geom}
    if declares_granularity(descriptor):
        found["granularity"] = _granularity(str(place["granularity"]), known)
    return found


def _granularity(name: str, known: Known) -> str:
    if name in known.granularities:
        return name
    ids = ", ".join(sorted(visible(each) for each in known.granularities))
    raise DescriptorError(
        f"Le portail ne connaît pas la maille « {visible(name)} » (`spatial.granularity` de "
        f"datapackage.json) ; il connaît : {ids}.",
        f"The portal does not know the granularity “{visible(name)}” (`spatial.granularity` of "
        f"datapackage.json); it knows: {ids}.",
    )


def _tags(descriptor: Mapping[str, Any]) -> dict[str, str | None]:
    keywords: Iterable[Any] = descriptor.get("keywords") or ()
    return {str(each): vocabulary.tag(str(each)) for each in keywords}


def _contacts(descriptor: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return whom readers may write to: the publisher, if it gives an address."""
    for each in descriptor.get("contributors") or ():
        if "publisher" in (each.get("role"), *(each.get("roles") or ())) and each.get("email"):
            email = str(each["email"])
            return [_contact(str(each.get("title") or email), email, "contact")]
    return []


def _contact(name: Any, email: Any, role: Any) -> dict[str, Any]:
    return {"name": name, "email": email, "role": role}


def _read_contact(found: Mapping[str, Any]) -> dict[str, Any]:
    return _contact(found.get("name"), found.get("email"), found.get("role"))


def _extras(release: Release) -> dict[str, str]:
    found = {
        names.NAME: release.name,
        names.VERSION: release.version,
        names.DIGEST: release.digest,
        names.HOMEPAGE: str(release.descriptor.get("homepage") or ""),
    }
    return {key: value for key, value in found.items() if value}


def _day(value: Any) -> str | None:
    return str(value)[:10] if value else None
