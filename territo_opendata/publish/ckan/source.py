"""A dataset of a CKAN as a package, whoever published it."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from territo_opendata.clients.addresses import shown, split_url
from territo_opendata.clients.ckan import CkanApi
from territo_opendata.clients.portal import PortalSession
from territo_opendata.descriptors.loading import parse_json_object
from territo_opendata.errors import DescriptorError, MissingFileError, RemoteError, UsageError
from territo_opendata.language import Text, visible
from territo_opendata.publish.ckan import metadata, resources
from territo_opendata.publish.ckan.portal import CkanPortal
from territo_opendata.publish.portal_source import Opener, PortalSource
from territo_opendata.publish.rendered import PATH, restore_descriptor
from territo_opendata.release.model import CHECKSUMS, DESCRIPTOR, encode_json

_ADDRESS = re.compile(r"(?P<base>.+?)/dataset/(?P<name>[^/?#]+)/?")
_MAX_DESCRIPTOR = 50_000_000
_HASH = re.compile(r"(?:(?:md5|sha1|sha256|sha512):)?[0-9a-fA-F]{32,128}")
_WHAT = Text("le descripteur", "the descriptor")

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
    except RemoteError as error:
        if getattr(error, "status", None) != 403:
            raise
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
        content = _read(openers[str(keyed[DESCRIPTOR]["url"])], label)
        rendered = parse_json_object(content, f"{label}/{DESCRIPTOR}", _WHAT)
        restored = restore_descriptor(rendered)
        if restored is not None:
            archive = keyed.get(f"{dataset['name']}.zip")
            return PortalSource(
                label,
                encode_json(restored),
                {each[PATH]: _of(openers, each, label) for each in rendered["resources"]},
                openers[str(archive["url"])] if archive else None,
            )
    descriptor, paths = _described(dataset)
    files = {path: openers[url] for path, url in paths.items()}
    return PortalSource(label, encode_json(descriptor), files)


def _opener(portal: CkanPortal, dataset_id: str, resource: Resource) -> Opener:
    return lambda: portal.stream(dataset_id, resource)


def _of(openers: Mapping[str, Opener], resource: Mapping[str, Any], label: str) -> Opener:
    """Return what opens a file that the descriptor names, which must be one of the dataset."""
    if resource.get("path") in openers:
        return openers[str(resource["path"])]
    raise DescriptorError(
        f"Le descripteur de « {label} » nomme « {visible(str(resource.get('path')))} », qui n’est pas "
        "un fichier de ce jeu de données : la publication est en cours, ou a été modifiée.",
        f"The descriptor of “{label}” names “{visible(str(resource.get('path')))}”, which is not a "
        "file of this dataset: it is being published, or was altered.",
    )


def _read(opener: Opener, label: str) -> bytes:
    content = bytearray()
    for block in opener():
        content += block
        if len(content) > _MAX_DESCRIPTOR:
            raise RemoteError(
                f"Le descripteur de « {label} » dépasse {_MAX_DESCRIPTOR} octets.",
                f"The descriptor of “{label}” exceeds {_MAX_DESCRIPTOR} bytes.",
            )
    return bytes(content)


def _described(dataset: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a descriptor made from the portal's metadata, and the address of each path in it."""
    described, paths = [], {}
    names = {DESCRIPTOR, CHECKSUMS}
    for each in dataset.get("resources", ()):
        url = str(each.get("url") or "")
        uploaded = each.get("url_type") == "upload"
        if not uploaded and not url.lower().startswith(("http://", "https://")):
            continue
        path = _free(_filename(url), names)
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
        "name": re.sub(r"[^a-z0-9._-]+", "-", name.lower()),
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


def _filename(url: str) -> str:
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "fichier"


def _free(name: str, taken: set[str]) -> str:
    """Return the name, numbered when it is taken, and take it."""
    path, number = PurePosixPath(name), 1
    free = name
    while free in taken:
        number += 1
        free = f"{path.stem}-{number}{path.suffix}"
    taken.add(free)
    return free


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
