"""A dataset of a udata as a package, whoever published it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from territo_opendata.clients.addresses import shown
from territo_opendata.clients.answers import StatusError
from territo_opendata.clients.udata import API, Udata
from territo_opendata.errors import MissingFileError, UsageError
from territo_opendata.publish.dataset_files import (
    file_name,
    free_name,
    published_source,
    resource_name,
)
from territo_opendata.publish.portal_source import Opener, PortalSource
from territo_opendata.publish.udata import names, vocabulary
from territo_opendata.publish.udata.portal import base_of, open_portal
from territo_opendata.release.model import CHECKSUMS, DESCRIPTOR, encode_json

_ADDRESS = re.compile(r"(?P<base>.+?)(?:/[a-z]{2})?/datasets/(?P<name>[^/?#]+)/?")
_DIGEST_LENGTHS = {"md5": 32, "sha1": 40, "sha256": 64}

Resource = Mapping[str, Any]


def open_source(place: str) -> PortalSource:
    """Return the dataset at `BASE/datasets/ID-or-slug`, as anybody may read it.

    With the descriptor that territo published there, its files have the paths that they had in
    the release; else a descriptor is made from what the portal says. Raises UsageError for
    another form of address, MissingFileError when there is no such public dataset.
    """
    match = _ADDRESS.fullmatch(place)
    if match is None:
        raise UsageError(
            f"« {shown(place)} » n’est pas l’adresse d’un jeu de données de udata : elle est de la "
            "forme udata:https://www.data.gouv.fr/datasets/nom-du-jeu.",
            f"“{shown(place)}” is not the address of a udata dataset: it is of the form "
            "udata:https://www.data.gouv.fr/datasets/dataset-name.",
        )
    portal = open_portal(base_of(match["base"]), None)
    dataset = _find(portal, unquote(match["name"]), shown(place))
    return _source(portal, dataset, f"udata:{shown(place)}")


def _find(portal: Udata, name: str, label: str) -> Mapping[str, Any]:
    try:
        return portal.dataset(name)
    except StatusError as error:
        if error.status not in (404, 410):
            raise
        raise MissingFileError(
            f"Il n’y a pas de jeu de données public à l’adresse « {label} » : vérifiez-la ; il est "
            "peut-être privé, supprimé ou pas encore publié.",
            f"There is no public dataset at “{label}”: check the address; it may be private, "
            "deleted or not published yet.",
        ) from error


def _source(portal: Udata, dataset: Mapping[str, Any], label: str) -> PortalSource:
    hosted = [each for each in _resources(dataset) if each.get("filetype") == "file"]
    openers = {str(each.get("latest")): _opener(portal, each) for each in hosted}
    keyed = {_key(each): each for each in reversed(hosted)}
    if DESCRIPTOR in keyed:
        name = (dataset.get("extras") or {}).get(names.NAME)
        archive = keyed.get(f"{name}.zip")
        published = published_source(
            label,
            _opener(portal, keyed[DESCRIPTOR]),
            openers,
            _opener(portal, archive) if archive else None,
        )
        if published is not None:
            return published
    descriptor, paths = _described(dataset, portal.licenses())
    files = {path: openers[latest] for path, latest in paths.items()}
    return PortalSource(label, encode_json(descriptor), files)


def _resources(dataset: Mapping[str, Any]) -> list[Resource]:
    return [each for each in dataset.get("resources") or () if isinstance(each, dict)]


def _key(resource: Resource) -> str:
    return str((resource.get("extras") or {}).get(names.KEY))


def _opener(portal: Udata, resource: Resource) -> Opener:
    def open_() -> Iterator[bytes]:
        return portal.session.stream(f"{API}/datasets/r/{resource['id']}")

    return open_


def _described(
    dataset: Mapping[str, Any], licences: list[dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a descriptor made from the portal's metadata, and the permalink of each path in it."""
    taken, paths = {DESCRIPTOR, CHECKSUMS}, {}
    described = []
    for each in _resources(dataset):
        hosted, url = each.get("filetype") == "file", str(each.get("url") or "")
        path = free_name(file_name(url), taken)
        if hosted:
            paths[path] = str(each.get("latest"))
        elif not url.lower().startswith(("http://", "https://")):
            continue
        described.append(_resource(each, path, path if hosted else url))
    return {**_metadata(dataset, licences), "resources": described}, paths


def _metadata(dataset: Mapping[str, Any], licences: list[dict[str, Any]]) -> dict[str, Any]:
    period, extras = dataset.get("temporal_coverage"), dataset.get("extras") or {}
    frequency = str(dataset.get("frequency") or "")
    descriptor = {
        "name": dataset.get("slug"),
        "title": dataset.get("title"),
        "description": dataset.get("description"),
        "version": extras.get(names.VERSION),
        "homepage": extras.get(names.HOMEPAGE) or dataset.get("page") or dataset.get("uri"),
        "created": dataset.get("created_at"),
        "lastModified": dataset.get("last_update"),
        "keywords": dataset.get("tags"),
        "licenses": _licences(dataset.get("license"), licences),
        "contributors": list(_contributors(dataset)),
        "frequency": None if frequency == "unknown" else frequency,
        "accrualPeriodicity": vocabulary.eu_frequency(frequency),
        "temporal": {key: period[key] for key in ("start", "end") if period.get(key)}
        if period
        else None,
        "spatial": _spatial(dataset.get("spatial") or {}),
        "extras": {key: value for key, value in extras.items() if key not in names.OWN_EXTRAS},
    }
    return {key: value for key, value in descriptor.items() if value}


def _resource(resource: Resource, name: str, path: str) -> dict[str, Any]:
    checksum, size = resource.get("checksum") or {}, resource.get("filesize")
    algorithm, digest = str(checksum.get("type")), str(checksum.get("value")).lower()
    hosted = path == name
    known = hosted and re.fullmatch(r"[0-9a-f]+", digest) is not None
    described = {
        "name": resource_name(name),
        "title": resource.get("title"),
        "description": resource.get("description"),
        "path": path,
        "format": resource.get("format"),
        "mediatype": resource.get("mime"),
        "bytes": size if hosted and isinstance(size, int) else None,
        "hash": f"{algorithm}:{digest}"
        if known and _DIGEST_LENGTHS.get(algorithm) == len(digest)
        else None,
    }
    return {key: value for key, value in described.items() if value not in (None, "")}


def _licences(id_: Any, licences: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not id_ or id_ == "notspecified":
        return []
    known = next((each for each in licences if each.get("id") == id_), {})
    licence = {
        "name": vocabulary.spdx_name(str(id_)),
        "title": known.get("title"),
        "path": known.get("url"),
    }
    return [{key: value for key, value in licence.items() if value}]


def _contributors(dataset: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    organization = dataset.get("organization") or {}
    if organization.get("name"):
        yield {"title": organization["name"], "role": "publisher"}
    for each in dataset.get("contact_points") or ():
        found = {"title": each.get("name"), "email": each.get("email"), "role": "contact"}
        yield {key: value for key, value in found.items() if value}


def _spatial(place: Mapping[str, Any]) -> dict[str, Any]:
    zones, granularity = place.get("zones") or [], place.get("granularity")
    told = {"zones": zones, "granularity": None if granularity == "other" else granularity}
    return {key: value for key, value in told.items() if value} if zones else {}
