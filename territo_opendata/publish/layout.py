"""What a published folder holds beside the releases themselves, as pure functions.

PATH/index.html                           for people
PATH/catalog.jsonld, catalog.ttl          DCAT-AP 3, for catalogues
PATH/catalog-udata.jsonld, .ttl           the same for the harvester of udata (data.gouv.fr)
PATH/<name>/index.html                    its versions, side by side
PATH/<name>/datapackage.json              the entry: names only paths of one release
PATH/<name>/croissant.json                the same files for machine learning tools
PATH/<name>/releases/<identity>/…         immutable, files as they were built
PATH/<name>/latest/<file>                 copies at addresses that never change
PATH/<name>/latest/<folder>/…             the same for pages: one object of a plan for each folder
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

from territo_opendata.errors import TerritoError
from territo_opendata.release.addresses import LATEST, latest_names
from territo_opendata.release.croissant import CROISSANT, encode_croissant
from territo_opendata.release.dates import release_date
from territo_opendata.release.dcat import Node, catalogue, encode_catalogue
from territo_opendata.release.model import CHECKSUMS, DESCRIPTOR, Release, ReleaseFile, encode_json
from territo_opendata.release.names import version_key
from territo_opendata.release.pages import render
from territo_opendata.release.schema_org import catalogue_node, script_text
from territo_opendata.release.turtle import encode_turtle

CATALOGUE = "catalog"
UDATA_CATALOGUE = "catalog-udata"
PAGE = "index.html"
RELEASES = "releases"

__all__ = ["CATALOGUE", "CHECKSUMS", "DESCRIPTOR", "LATEST", "PAGE", "RELEASES"]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a folder holds beside a release: descriptors that are shown on its pages.

    `neighbours` are the other packages by name, `releases` those of the same package by identity.
    """

    neighbours: Mapping[str, Mapping[str, Any]]
    releases: Mapping[str, Mapping[str, Any]]


_UNUSABLE = (TerritoError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
_FORMS = {"jsonld": encode_catalogue, "ttl": encode_turtle}


def latest_folders(release: Release) -> dict[str, dict[str, ReleaseFile]]:
    """Return the folders of latest/, such as the pages of tables: by name, their files by path."""
    found: dict[str, dict[str, ReleaseFile]] = {}
    for each in release.files:
        folder, _, path = each.path.partition("/")
        if path:
            found.setdefault(folder, {})[path] = each
    return found


def latest_files(release: Release) -> dict[str, str]:
    """Return the files of latest/ itself: by the name there, the path in the release.

    A file whose resource was renamed (`previousName`) stays at its former names too.
    """
    names = latest_names(release.descriptor)
    former = {name: path for path, each in names.items() for name in each}
    return former | {each.path: each.path for each in release.files if "/" not in each.path}


def rendered_ids(name: str) -> tuple[str, ...]:
    """Return the files made at publication: the package's own first, in the order of writing."""
    catalogues = (f"{each}.{kind}" for each in (CATALOGUE, UDATA_CATALOGUE) for kind in _FORMS)
    own = (DESCRIPTOR, CROISSANT, PAGE)
    return (*(f"{name}/{each}" for each in own), *catalogues, PAGE)


def renderings(
    release: Release, around: Surroundings, base_url: str | None
) -> dict[str, Callable[[], bytes]]:
    """Return what makes each of `rendered_ids`, what else the folder holds being known."""
    everyone = {**around.neighbours, release.name: entry_descriptor(release)}
    versions = {**around.releases, release.identity: release.descriptor}
    makers: tuple[Callable[[], bytes], ...] = (
        partial(entry, release),
        partial(_croissant, release, base_url),
        partial(versions_page, release, versions),
        *_catalogues(everyone, base_url),
        partial(folder_page, everyone, base_url),
    )
    return dict(zip(rendered_ids(release.name), makers, strict=True))


def versions_page(release: Release, versions: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return `index.html` of a package: `latest`, then every release in the folder, newest first."""
    newest = sorted(versions, key=lambda each: (version_key(_version(versions[each])), each))
    return render(
        "territo_opendata.publish",
        "versions.html.j2",
        package=release.descriptor,
        current=release.identity,
        versions=[_version_row(each, versions[each]) for each in reversed(newest)],
    )


def _version(descriptor: Mapping[str, Any]) -> str:
    return str(descriptor.get("version") or "")


def _version_row(identity: str, descriptor: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "identity": identity,
        "folder": f"{RELEASES}/{quote(identity)}",
        "version": _version(descriptor),
        "when": release_date(descriptor),
        "rows": _card(descriptor)["rows"],
    }


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


def _catalogues(
    descriptors: Mapping[str, Mapping[str, Any]], base_url: str | None
) -> Iterator[Callable[[], bytes]]:
    """Yield what makes the catalogues of all the packages, for all and for udata."""
    ordered = [descriptors[name] for name in sorted(descriptors)]
    for for_udata in (False, True):
        for encode in _FORMS.values():
            yield partial(_catalogue, encode, ordered, base_url, for_udata=for_udata)


def _catalogue(
    encode: Callable[[Node], bytes],
    descriptors: Sequence[Mapping[str, Any]],
    base_url: str | None,
    *,
    for_udata: bool,
) -> bytes:
    return encode(catalogue(descriptors, base_url, for_udata=for_udata))


def _croissant(release: Release, base_url: str | None) -> bytes:
    folder = f"{RELEASES}/{quote(release.identity)}"
    base = f"{base_url.rstrip('/')}/{quote(release.name)}/{folder}" if base_url else folder
    return encode_croissant(release.descriptor, base)


def folder_page(descriptors: Mapping[str, Mapping[str, Any]], base_url: str | None) -> bytes:
    """Return `index.html` of the folder: its packages, with the way to each."""
    ordered = [descriptors[name] for name in sorted(descriptors)]
    return render(
        "territo_opendata.publish",
        "catalogue.html.j2",
        packages=[_card(each) for each in ordered],
        base_url=base_url,
        structured_data=script_text(catalogue_node(ordered, base_url)),
    )


def can_render(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether a descriptor found in the folder can be shown in its catalogue."""
    try:
        for make in _catalogues({"": descriptor}, None):
            make()
        folder_page({"": descriptor}, None)
    except _UNUSABLE:
        return False
    return True


def can_list(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether a descriptor found among the releases of a package can be listed."""
    try:
        _version_row("", descriptor)
    except _UNUSABLE:
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
