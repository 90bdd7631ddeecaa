"""What a released package says of itself, read once for all that is made of it.

DCAT, schema.org, Croissant and the citation say the same of a package; here its descriptor, which
anyone may have written, becomes values that each of them can rely on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from territo_opendata.release import vocabularies
from territo_opendata.release.addresses import file_name, latest_names, web_iri
from territo_opendata.release.coverage import Period, Place, read_period, read_places
from territo_opendata.release.dates import creation_date, release_date

_AUTHORS = ("author", "creator", "creators")


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or body: `url` and `email` as given, None where there is none."""

    name: str
    url: str | None = None
    email: str | None = None
    family_name: str | None = None
    given_name: str | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: `iri` is the address by which catalogues know it, `page` the one declared."""

    title: str
    iri: str | None
    page: str | None
    portal_id: str | None
    spdx: str | None


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package: its path in the release, and the name at which it stays in latest/.

    `schema` is the Table Schema of a table, None for any other file; `sha256` None if not given.
    """

    name: str
    title: str
    description: str
    path: str
    lasting: str
    format: str
    mediatype: str | None
    bytes: int | None
    sha256: str | None
    schema: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class About:
    """A package; `language` is a tag such as “fr”, `frequency` an address of the EU's table.

    `homepage` is None where the one declared is no web address.
    """

    name: str
    title: str
    description: str
    version: str | None
    homepage: str | None
    language: str
    keywords: tuple[str, ...]
    publisher: Agent
    authors: tuple[Agent, ...]
    licence: Licence | None
    frequency: str | None
    period: Period | None
    places: tuple[Place, ...]
    created: datetime | None
    modified: datetime | None
    files: tuple[File, ...]


def read_about(descriptor: Mapping[str, Any]) -> About:
    """Return what the descriptor of a release says.

    Raises DescriptorError for a date, a period or a bounding box that is none, and for a former
    name that no file can bear. What is no web address is left out.
    """
    title = str(descriptor.get("title") or descriptor["name"])
    word = descriptor.get("frequency") or descriptor.get("accrualPeriodicity")
    publisher = _publisher(descriptor, title)
    return About(
        name=str(descriptor["name"]),
        title=title,
        description=str(descriptor.get("description") or title),
        version=str(descriptor["version"]) if descriptor.get("version") else None,
        homepage=web_iri(descriptor.get("homepage")),
        language=_language(descriptor),
        keywords=tuple(str(each) for each in descriptor.get("keywords", ())),
        publisher=publisher,
        authors=_authors(descriptor) or (publisher,),
        licence=_licence(descriptor),
        frequency=vocabularies.frequency(str(word)) if word else None,
        period=read_period(descriptor.get("temporal")),
        places=read_places(descriptor.get("spatial")),
        created=creation_date(descriptor),
        modified=release_date(descriptor),
        files=_files(descriptor),
    )


def publisher_name(descriptor: Mapping[str, Any]) -> str:
    """Return who publishes the package: its publisher, else its first contributor, else its title."""
    return _publisher(descriptor, str(descriptor.get("title") or descriptor["name"])).name


def _language(descriptor: Mapping[str, Any]) -> str:
    listed = descriptor.get("languages")
    first = listed[0] if isinstance(listed, list) and listed else "fr"
    tag = str(descriptor.get("language") or first).lower().partition("-")[0]
    return tag if vocabularies.language(tag) else "fr"


def _publisher(descriptor: Mapping[str, Any], title: str) -> Agent:
    contributors = descriptor.get("contributors", ())
    named = [each for each in contributors if "publisher" in _roles(each)]
    return _agent(next(iter([*named, *contributors]), {}), title)


def _authors(descriptor: Mapping[str, Any]) -> tuple[Agent, ...]:
    contributors = descriptor.get("contributors", ())
    return tuple(_agent(each, "") for each in contributors if _roles(each) & set(_AUTHORS))


def _roles(contributor: Mapping[str, Any]) -> set[str]:
    """Return the roles of a contributor, in v1 (`role`) and in v2 (`roles`)."""
    return {str(each).lower() for each in (contributor.get("role"), *contributor.get("roles", ()))}


def _agent(contributor: Mapping[str, Any], default: str) -> Agent:
    family, given = contributor.get("familyName"), contributor.get("givenName")
    full = " ".join(str(each) for each in (given, family) if each)
    return Agent(
        name=str(contributor.get("title") or full or default),
        url=web_iri(contributor.get("path")),
        email=str(contributor["email"]) if contributor.get("email") else None,
        family_name=str(family) if family else None,
        given_name=str(given) if given else None,
    )


def _licence(descriptor: Mapping[str, Any]) -> Licence | None:
    declared: Mapping[str, Any] | None = next(iter(descriptor.get("licenses", ())), None)
    if not declared:
        return None
    iri = vocabularies.licence(declared)
    return Licence(
        title=str(declared.get("title") or declared.get("name") or iri),
        iri=iri,
        page=web_iri(declared.get("path")),
        portal_id=vocabularies.portal_licence(declared),
        spdx=vocabularies.spdx_licence(declared),
    )


def _files(descriptor: Mapping[str, Any]) -> tuple[File, ...]:
    names = latest_names(descriptor)
    resources = descriptor.get("resources", ())
    return tuple(_file(each, names[file_name(each)][0]) for each in resources)


def _file(resource: Mapping[str, Any], lasting: str) -> File:
    algorithm, _, digest = str(resource.get("hash", "")).partition(":")
    schema = resource.get("schema")
    title = str(resource.get("title") or resource["name"])
    return File(
        name=str(resource["name"]),
        title=title,
        description=str(resource.get("description") or title),
        path=file_name(resource),
        lasting=lasting,
        format=str(resource.get("format", "")),
        mediatype=str(resource["mediatype"]) if resource.get("mediatype") else None,
        bytes=int(resource["bytes"]) if "bytes" in resource else None,
        sha256=digest if algorithm == "sha256" and digest else None,
        schema=schema if isinstance(schema, Mapping) else None,
    )


def table_files(about: About) -> Sequence[tuple[File, File | None]]:
    """Return each table's file with that of its Parquet form, None where there is none."""
    by_path = {each.path: each for each in about.files}
    tables = [each for each in about.files if each.schema is not None]
    return [(each, by_path.get(each.path.rpartition(".")[0] + ".parquet")) for each in tables]
