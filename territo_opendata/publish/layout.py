"""What a published folder holds beside the releases themselves, as pure functions.

PATH/index.html, PATH/catalog.jsonld      for people and for harvesters
PATH/<name>/datapackage.json              the entry: names only paths of one release
PATH/<name>/releases/<identity>/…         immutable, files as they were built
PATH/<name>/latest/<file>                 copies at addresses that never change
"""

from collections.abc import Mapping
from typing import Any

from territo_opendata.errors import TerritoError
from territo_opendata.release.dates import release_date
from territo_opendata.release.dcat import LATEST, catalogue, encode_catalogue
from territo_opendata.release.model import CHECKSUMS, DESCRIPTOR, Release, encode_json
from territo_opendata.release.pages import render

CATALOGUE = "catalog.jsonld"
PAGE = "index.html"
RELEASES = "releases"

__all__ = ["CATALOGUE", "CHECKSUMS", "DESCRIPTOR", "LATEST", "PAGE", "RELEASES"]


def entry(release: Release) -> bytes:
    """Return the published `datapackage.json`: the release's own, its paths below its folder."""
    return encode_json(entry_descriptor(release))


def entry_descriptor(release: Release) -> dict[str, Any]:
    """Return the published descriptor as a JSON value."""
    folder = f"{RELEASES}/{release.identity}"
    resources = [
        {**each, "path": f"{folder}/{each['path']}"} for each in release.descriptor["resources"]
    ]
    return {**release.descriptor, "resources": resources}


def folder_catalogue(descriptors: Mapping[str, Mapping[str, Any]], base_url: str | None) -> bytes:
    """Return `catalog.jsonld` of all the packages of the folder, by name."""
    ordered = [descriptors[name] for name in sorted(descriptors)]
    return encode_catalogue(catalogue(ordered, base_url))


def folder_page(descriptors: Mapping[str, Mapping[str, Any]], base_url: str | None) -> bytes:
    """Return `index.html` of the folder: its packages, with the way to each."""
    packages = [_card(descriptors[name]) for name in sorted(descriptors)]
    return render(
        "territo_opendata.publish", "catalogue.html.j2", packages=packages, base_url=base_url
    )


def can_render(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether a descriptor found in the folder can be shown in its catalogue."""
    try:
        folder_catalogue({"": descriptor}, None)
        folder_page({"": descriptor}, None)
    except (TerritoError, LookupError, TypeError, ValueError, AttributeError):
        return False
    return True


def _card(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    tables = [each for each in descriptor.get("resources", ()) if "schema" in each]
    return {
        "name": descriptor["name"],
        "title": descriptor.get("title") or descriptor["name"],
        "description": descriptor.get("description", ""),
        "version": descriptor.get("version", ""),
        "when": release_date(descriptor),
        "licence": next(iter(descriptor.get("licenses", ())), {}),
        "tables": len(tables),
        "rows": sum(each.get("rows", 0) for each in tables),
    }
