"""A dataset of a CKAN as a package, whoever published it."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from territo_opendata.clients.addresses import shown, split_url
from territo_opendata.clients.ckan import CkanApi
from territo_opendata.clients.portal import PortalSession
from territo_opendata.errors import MissingFileError, UsageError
from territo_opendata.publish.ckan import metadata, resources
from territo_opendata.publish.ckan.portal import CkanPortal, ClosedError
from territo_opendata.publish.dataset_files import (
    file_name,
    free_name,
    published_source,
    resource_name,
)
from territo_opendata.publish.portal_source import Opener, PortalSource
from territo_opendata.release.model import CHECKSUMS, DESCRIPTOR, encode_json

_ADDRESS = re.compile(r"(?P<base>.+?)/dataset/(?P<name>[^/?#]+)/?")
_HASH = re.compile(r"(?:(?:md5|sha1|sha256|sha512):)?[0-9a-fA-F]{32,128}")

Resource = Mapping[str, Any]


def open_source(place: str) -> PortalSource:
    """Return the dataset at `BASE/dataset/NAME`, as anybody may read it.

    With the descriptor that territo published there, its files have the paths that they had in
    the release; else a descriptor is made from what the portal says. Raises UsageError for
    another form of address, MissingFileError when there is no such public dataset.
    """
    match = _ADDRESS.fullmatch(place)
    if match is None:
        raise UsageError(
            f"« {shown(place)} » n’est pas l’adresse d’un jeu de données de CKAN : elle est de la "
            "forme ckan:https://donnees.exemple.fr/dataset/nom-du-jeu.",
            f"“{shown(place)}” is not the address of a CKAN dataset: it is of the form "
            "ckan:https://data.example.org/dataset/dataset-name.",
        )
    split_url(match["base"])
    portal = CkanPortal(CkanApi(PortalSession(match["base"])))
    dataset = _find(portal, unquote(match["name"]), shown(place))
    return _source(portal, dataset, f"ckan:{shown(place)}")


def _find(portal: CkanPortal, name: str, label: str) -> Mapping[str, Any]:
    try:
        found = portal.find(name)
    except ClosedError:
        found = None
    if found is None:
        raise MissingFileError(
            f"Il n’y a pas de jeu de données public à l’adresse « {label} » : vérifiez-la ; il est "
            "peut-être privé, ou pas encore publié.",
            f"There is no public dataset at “{label}”: check the address; it may be private, or not "
            "published yet.",
        )
    return found


def _source(portal: CkanPortal, dataset: Mapping[str, Any], label: str) -> PortalSource:
    uploaded = [each for each in dataset.get("resources", ()) if each.get("url_type") == "upload"]
    openers = {str(each["url"]): _opener(portal, str(dataset["id"]), each) for each in uploaded}
    keyed = {str(each.get(resources.KEY)): each for each in reversed(uploaded)}
    if DESCRIPTOR in keyed:
        archive = keyed.get(f"{dataset['name']}.zip")
        published = published_source(
            label,
            openers[str(keyed[DESCRIPTOR]["url"])],
            openers,
            openers[str(archive["url"])] if archive else None,
        )
        if published is not None:
            return published
    descriptor, paths = _described(dataset)
    files = {path: openers[url] for path, url in paths.items()}
    return PortalSource(label, encode_json(descriptor), files)


def _opener(portal: CkanPortal, dataset_id: str, resource: Resource) -> Opener:
    return lambda: portal.stream(dataset_id, resource)


def _described(dataset: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a descriptor made from the portal's metadata, and the address of each path in it."""
    described, paths = [], {}
    names = {DESCRIPTOR, CHECKSUMS}
    for each in dataset.get("resources", ()):
        url = str(each.get("url") or "")
        uploaded = each.get("url_type") == "upload"
        if not uploaded and not url.lower().startswith(("http://", "https://")):
            continue
        path = free_name(file_name(url), names)
        described.append(_resource(each, path, url if not uploaded else path))
        if uploaded:
            paths[path] = url
    extras = metadata.extras_of(dataset)
    descriptor = {
        "name": dataset.get("name"),
        "title": dataset.get("title"),
        "description": dataset.get("notes"),
        "version": dataset.get("version"),
        "homepage": dataset.get("url"),
        "created": dataset.get("metadata_created"),
        "lastModified": dataset.get("metadata_modified"),
        "keywords": [each["name"] for each in dataset.get("tags", ())],
        "licenses": _licences(dataset),
        "contributors": _contributors(dataset),
        "extras": {key: value for key, value in extras.items() if key != metadata.OWNED},
    }
    kept = {key: value for key, value in descriptor.items() if value}
    return {**kept, "resources": described}, paths


def _resource(resource: Resource, name: str, path: str) -> dict[str, Any]:
    digest, size, schema = resource.get("hash"), resource.get("size"), resource.get("schema")
    uploaded = path == name
    described = {
        "name": resource_name(name),
        "title": resource.get("name"),
        "description": resource.get("description"),
        "path": path,
        "format": str(resource.get("format") or "").lower(),
        "mediatype": resource.get("mimetype"),
        "bytes": size if uploaded and isinstance(size, int) else None,
        "hash": digest if uploaded and _HASH.fullmatch(str(digest)) else None,
        "schema": schema if isinstance(schema, dict) and "fields" in schema else None,
    }
    return {key: value for key, value in described.items() if value not in (None, "")}


def _licences(dataset: Mapping[str, Any]) -> list[dict[str, Any]]:
    licence = {
        "name": dataset.get("license_id"),
        "title": dataset.get("license_title"),
        "path": dataset.get("license_url"),
    }
    kept = {key: value for key, value in licence.items() if value}
    return [kept] if kept else []


def _contributors(dataset: Mapping[str, Any]) -> list[dict[str, Any]]:
    organization = dataset.get("organization") or {}
    people = [
        (dataset.get("author"), dataset.get("author_email"), "author"),
        (dataset.get("maintainer"), dataset.get("maintainer_email"), "maintainer"),
        (organization.get("title") or organization.get("name"), None, "publisher"),
    ]
    return [
        {"title": title, **({"email": email} if email else {}), "role": role}
        for title, email, role in people
        if title
    ]
