"""Released packages as schema.org Datasets, for the pages that search engines read.

Properties: those that Google Dataset Search requires and recommends (Search Central, « Dataset »).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from territo_opendata.release.about import About, Agent, File, read_about
from territo_opendata.release.addresses import LATEST, mail_iri
from territo_opendata.release.coverage import Period, Place

Node = dict[str, Any]

_CONTEXT = "https://schema.org/"
_DESCRIPTION = (50, 5000)


def dataset_node(descriptor: Mapping[str, Any], base_url: str | None = None) -> Node:
    """Return a package as a Dataset; its files are beside the page, or below `base_url`/<name>.

    Raises DescriptorError as `read_about`.
    """
    return {"@context": _CONTEXT, **_dataset(read_about(descriptor), base_url)}


def catalogue_node(descriptors: Sequence[Mapping[str, Any]], base_url: str | None = None) -> Node:
    """Return the packages of a published folder as a DataCatalog; raises as `dataset_node`."""
    base = base_url.rstrip("/") if base_url else ""
    packages = [read_about(each) for each in descriptors]
    return _without_none(
        {
            "@context": _CONTEXT,
            "@type": "DataCatalog",
            "@id": f"{base}/catalog.jsonld" if base else None,
            "name": "Catalogue de données ouvertes",
            "url": f"{base}/index.html" if base else None,
            "publisher": _agent(packages[0].publisher) if packages else None,
            "dataset": [_dataset(each, base) for each in packages],
        }
    )


def script_text(node: Node) -> str:
    """Return the node for a script element of a page: JSON that no markup can end."""
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _dataset(about: About, base_url: str | None) -> Node:
    name = quote(about.name, safe="")
    folder = "" if base_url is None else f"{base_url}/{name}/{LATEST}/".lstrip("/")
    licence = about.licence
    return _without_none(
        {
            "@type": "Dataset",
            "@id": f"{base_url}/{name}/datapackage.json#dataset" if base_url else None,
            "name": about.title,
            "description": _description(about),
            "url": f"{folder}index.html" if base_url else about.homepage,
            "sameAs": about.homepage if base_url else None,
            "identifier": f"{base_url}/{name}/datapackage.json" if base_url else about.homepage,
            "version": about.version,
            "inLanguage": about.language,
            "keywords": list(about.keywords) or None,
            "license": licence and (licence.page or licence.iri),
            "isAccessibleForFree": True,
            "creator": [_agent(each) for each in about.authors],
            "publisher": _agent(about.publisher),
            "dateCreated": about.created and about.created.date().isoformat(),
            "dateModified": about.modified and about.modified.date().isoformat(),
            "datePublished": about.modified and about.modified.date().isoformat(),
            "temporalCoverage": about.period and _interval(about.period),
            "spatialCoverage": [_place(each) for each in about.places] or None,
            "variableMeasured": _variables(about) or None,
            "distribution": [_download(each, folder, lasting=bool(folder)) for each in about.files],
        }
    )


def _description(about: About) -> str:
    """Return the description at the length that Google accepts, with the tables if too short."""
    shortest, longest = _DESCRIPTION
    text = about.description
    if len(text) < shortest:
        tables = ", ".join(each.title for each in about.files if each.schema is not None)
        text = f"{about.title}. {text} Tables : {tables}. Version {about.version or '1'}, {about.homepage or about.name}"
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _download(file: File, folder: str, *, lasting: bool) -> Node:
    return _without_none(
        {
            "@type": "DataDownload",
            "name": file.title,
            "description": file.description,
            "contentUrl": folder + quote(file.lasting if lasting else file.path),
            "encodingFormat": file.mediatype or file.format or None,
            "contentSize": None if file.bytes is None else f"{file.bytes} B",
            "sha256": file.sha256,
        }
    )


def _variables(about: About) -> list[Node]:
    """Return the columns of all tables, each name once."""
    found: dict[str, Node] = {}
    for file in about.files:
        for field in (file.schema or {}).get("fields", ()):
            name, text = str(field["name"]), field.get("description") or field.get("title")
            found.setdefault(
                name,
                {"@type": "PropertyValue", "name": name}
                | ({"description": str(text)} if text else {}),
            )
    return list(found.values())


def _agent(agent: Agent) -> Node:
    kind = "Person" if agent.family_name else "Organization"
    node = {"@type": kind, "@id": agent.url, "name": agent.name, "url": agent.url}
    return _without_none({**node, "email": agent.email if mail_iri(agent.email) else None})


def _interval(period: Period) -> str:
    """Return the period as ISO 8601 has it, « .. » standing for an open end."""
    return f"{period.start or '..'}/{period.end or '..'}"


def _place(place: Place) -> Node:
    shapes = [
        {"@type": "GeoShape", "box": f"{south:g} {west:g} {north:g} {east:g}"}
        for west, south, east, north in place.boxes
    ]
    return _without_none(
        {
            "@type": "Place",
            "@id": place.uri,
            "name": place.name or None,
            "geo": shapes[0] if len(shapes) == 1 else shapes or None,
        }
    )


def _without_none(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None}
