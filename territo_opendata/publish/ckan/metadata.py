"""A package's metadata as a CKAN dataset, and back.

CKAN drops unknown properties of a dataset without a word: what has no field of its own becomes an
extra, under the names that ckanext-dcat reads where it has one (docs.ckan.org/projects/ckanext-dcat,
"Mapping"). The extra `territo:extras` lists those that are ours; others are left alone.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from territo_opendata.errors import UsageError
from territo_opendata.language import Text, visible
from territo_opendata.publish.ckan.licences import licence_id
from territo_opendata.publish.ckan.tags import normal_tag, normal_tags
from territo_opendata.publish.notes import stored_as
from territo_opendata.release import vocabularies
from territo_opendata.release.coverage import Place, geometry, read_places

OWNED = "territo:extras"
FIELDS = (
    "name",
    "title",
    "notes",
    "url",
    "version",
    "license_id",
    "author",
    "author_email",
    "maintainer",
    "maintainer_email",
)
"""The fields of a dataset that are ours."""

MAX_EXTRA = 32_000
"""Bytes that an extra may have: Solr refuses a string of more than 32,766 (ckan/ckan #6911)."""

_NAME = re.compile(r"[a-z0-9_-]{2,100}")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_ELSEWHERE = {
    "$schema",
    "accrualPeriodicity",
    "created",
    "description",
    "frequency",
    "homepage",
    "id",
    "keywords",
    "lastModified",
    "name",
    "profile",
    "resources",
    "spatial",
    "temporal",
    "title",
    "version",
}
_TAG, _EXTRA = Text("Mot-clé", "Keyword"), Text("Propriété", "Property")


def check_name(name: str) -> None:
    """Raise UsageError when CKAN refuses this name for a dataset."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"CKAN refuse le nom « {visible(name)} » : il ne prend que de 2 à 100 minuscules sans "
            "accent, chiffres, « - » et « _ ». Changez la propriété `name` de datapackage.json.",
            f"CKAN refuses the name “{visible(name)}”: it takes 2 to 100 lower-case unaccented "
            "letters, digits, “-” and “_”. Change the property `name` of datapackage.json.",
        )


def desired_state(
    descriptor: Mapping[str, Any], organization: str, licences: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the dataset is to be; properties that are empty are left out."""
    licence = next(iter(descriptor.get("licenses", ())), None)
    fields = {
        "name": descriptor["name"],
        "title": descriptor.get("title"),
        "notes": descriptor.get("description"),
        "url": descriptor.get("homepage"),
        "version": descriptor.get("version"),
        "license_id": licence_id(licence, licences)[0] if licence else None,
        **_people(descriptor),
    }
    extras = {key: value for key, value in _extras(descriptor).items() if _fits(value)}
    return {
        **{key: str(value) for key, value in fields.items() if value},
        "organization": organization,
        "tags": normal_tags(map(str, descriptor.get("keywords", ()))),
        "extras": dict(sorted(extras.items())),
    }


def normalisations(
    descriptor: Mapping[str, Any], licences: Sequence[Mapping[str, Any]]
) -> list[Text]:
    """Return the notes on what CKAN keeps in another form than it is written."""
    keywords = [str(each) for each in descriptor.get("keywords", ())]
    notes = [
        stored_as(_TAG, each, normal_tag(each)) for each in keywords if normal_tag(each) != each
    ]
    extras = _extras(descriptor)
    notes += [stored_as(_EXTRA, key, None) for key, value in extras.items() if not _fits(value)]
    licence = next(iter(descriptor.get("licenses", ())), None)
    if licence:
        stored, known = licence_id(licence, licences)
        if not known:
            notes.append(
                Text(
                    f"Licence « {visible(stored)} » : ce portail ne la connaît pas, il ne la dira pas ouverte.",
                    f"Licence “{visible(stored)}”: this portal does not know it and will not call it open.",
                )
            )
        elif stored != licence.get("name"):
            notes.append(stored_as(Text("Licence", "Licence"), str(licence.get("name")), stored))
    return notes


def found_state(dataset: Mapping[str, Any], wanted: Iterable[str] = ()) -> dict[str, Any]:
    """Return what the dataset is on the portal, as `desired_state` says it.

    `wanted` are the extras that are to be ours from now on.
    """
    extras = extras_of(dataset)
    ours = {*_owned(extras), *wanted}
    return {
        **{key: str(dataset[key]) for key in FIELDS if dataset.get(key)},
        "organization": (dataset.get("organization") or {}).get("name"),
        "tags": sorted(each["name"] for each in dataset.get("tags", ())),
        "extras": {key: extras[key] for key in sorted(extras) if key in ours and key != OWNED},
    }


def values_of(state: Mapping[str, Any], dataset: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what to send so that the dataset becomes this; foreign extras of `dataset` stay."""
    there = extras_of(dataset) if dataset else {}
    ours = {*_owned(there), *state["extras"], OWNED}
    kept = {key: value for key, value in there.items() if key not in ours}
    extras = {**kept, **state["extras"], OWNED: json.dumps(sorted(state["extras"]))}
    return {
        **{key: state.get(key, "") for key in FIELDS},
        "tags": [{"name": each} for each in state["tags"]],
        "extras": [{"key": key, "value": value} for key, value in extras.items()],
    }


def extras_of(dataset: Mapping[str, Any]) -> dict[str, str]:
    """Return the extras of a dataset by key."""
    return {str(each["key"]): str(each["value"]) for each in dataset.get("extras", ())}


def foreign_extras(dataset: Mapping[str, Any], wanted: Iterable[str]) -> list[str]:
    """Return the keys of the extras that are not ours."""
    extras = extras_of(dataset)
    return sorted(set(extras) - {*_owned(extras), *wanted, OWNED})


def extra_keys(descriptor: Mapping[str, Any]) -> list[str]:
    """Return the keys of the extras that a package comes to have."""
    return [key for key, value in _extras(descriptor).items() if _fits(value)]


def _owned(extras: Mapping[str, str]) -> list[str]:
    try:
        found = json.loads(extras.get(OWNED, "[]"))
    except ValueError:
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _people(descriptor: Mapping[str, Any]) -> dict[str, str]:
    """Return authors and maintainers; CKAN has one line for each, and one address."""
    found = {}
    for role in ("author", "maintainer"):
        people = with_role(descriptor, role)
        found[role] = ", ".join(str(each["title"]) for each in people if each.get("title"))
        emails = (str(each.get("email", "")) for each in people)
        found[f"{role}_email"] = next((each for each in emails if _EMAIL.fullmatch(each)), "")
    return found


def with_role(descriptor: Mapping[str, Any], role: str) -> list[Mapping[str, Any]]:
    """Return the contributors that have a role (`role` of Data Package 1, `roles` of 2)."""
    return [
        each
        for each in descriptor.get("contributors", ())
        if role in (each.get("role"), *each.get("roles", ()))
    ]


def _extras(descriptor: Mapping[str, Any]) -> dict[str, str]:
    """Return everything that has no field of its own."""
    rest = {key: value for key, value in descriptor.items() if key not in _ELSEWHERE}
    found = {
        **rest,
        "identifier": descriptor.get("id"),
        "issued": descriptor.get("created"),
        "modified": descriptor.get("lastModified"),
        "frequency": _frequency(descriptor),
        **_publisher(descriptor),
        **_temporal(descriptor.get("temporal")),
        **_spatial(descriptor.get("spatial")),
    }
    return {key: _text(value) for key, value in found.items() if value not in (None, "", [], {})}


def _frequency(descriptor: Mapping[str, Any]) -> str | None:
    word = descriptor.get("accrualPeriodicity") or descriptor.get("frequency")
    return (vocabularies.frequency(str(word)) or str(word)) if word else None


def _publisher(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    publisher = next(iter(with_role(descriptor, "publisher")), {})
    return {
        "publisher_name": publisher.get("title"),
        "publisher_url": publisher.get("path"),
        "publisher_email": publisher.get("email"),
    }


def _temporal(period: Any) -> dict[str, Any]:
    if not isinstance(period, Mapping):
        return {"temporal": period}
    return {"temporal_start": period.get("start"), "temporal_end": period.get("end")}


def _spatial(value: Any) -> dict[str, Any]:
    """Return the places; `spatial` must be GeoJSON, which ckanext-spatial would refuse otherwise."""
    places = read_places(value)
    return {
        "spatial": _shape(places),
        "spatial_text": ", ".join(place.name for place in places if place.name),
        "spatial_uri": next((place.uri for place in places if place.uri), None),
    }


def _shape(places: Sequence[Place]) -> dict[str, Any] | None:
    """Return what the places fill; one polygon as such, since some themes draw no other shape."""
    found = geometry(places)
    if found is None or len(found["coordinates"]) > 1:
        return found
    return {"type": "Polygon", "coordinates": found["coordinates"][0]}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fits(value: str) -> bool:
    return len(value.encode()) <= MAX_EXTRA
