"""Data Packages as a DCAT-AP 3 catalogue (SEMIC, DCAT-AP 3.0.0).

One graph, in JSON-LD and in Turtle. What DCAT-AP and the harvester of udata 17 read differently is
written so that both understand it, as said at each place; for the type of checksums alone there is
no such way, and the harvester gets a catalogue of its own that differs in nothing else.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from territo_opendata.errors import DescriptorError
from territo_opendata.release import vocabularies as eu
from territo_opendata.release.about import About, Agent, File, Licence, read_about
from territo_opendata.release.addresses import LATEST, mail_iri, web_iri
from territo_opendata.release.coverage import (
    Period,
    Place,
    Polygon,
    rectangle,
    well_known_text,
)

Node = dict[str, Any]

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(
    descriptors: Sequence[Mapping[str, Any]],
    base_url: str | None = None,
    *,
    for_udata: bool = False,
) -> Node:
    """Return the catalogue of these released packages.

    With `base_url`, the public address of a published folder, the files have stable addresses
    below it. Without one they have none: the package's `homepage` stands for the identity of
    things and gives access to them, and no address is made up.

    `for_udata` writes checksums as plain strings: DCAT-AP asks for xsd:hexBinary, for which
    udata 17 refuses the whole dataset. Raises DescriptorError as `read_about`, and for a package
    that has neither `base_url` nor a home page.
    """
    packages = [read_about(each) for each in descriptors]
    base = base_url.rstrip("/") if base_url else None
    first = packages[0]
    titles = " ; ".join(each.title for each in packages)
    node: Node = {
        "@id": f"{base}/catalog.jsonld" if base else f"{_homepage(first)}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _text("Catalogue de données ouvertes", "fr"),
        "dct:description": _text(titles, first.language),
        "dct:publisher": _agent(first.publisher, first.language),
        "dct:language": _languages(packages),
        "foaf:homepage": _typed(
            f"{base}/index.html" if base else _homepage(first), "foaf:Document"
        ),
        "dcat:dataset": [_dataset(each, base, plain=for_udata) for each in packages],
    }
    return {"@context": CONTEXT, **node}


def encode_catalogue(node: Node) -> bytes:
    """Return the catalogue as JSON-LD in ASCII, which no server can send in a wrong encoding."""
    return (json.dumps(node, indent=2) + "\n").encode("ascii")


def _homepage(about: About) -> str:
    if about.homepage is None:
        raise DescriptorError(
            f"La propriété `homepage` de « {about.name} » n’est pas l’adresse d’une page web : "
            "écrivez-la, dans datapackage.json, comme « https://exemple.fr/page ».",
            f"The property `homepage` of “{about.name}” is not the address of a web page: "
            "write it, in datapackage.json, like “https://example.org/page”.",
        )
    return about.homepage


def _languages(packages: Sequence[About]) -> list[Node]:
    addresses = dict.fromkeys(eu.language(each.language) for each in packages)
    return [_typed(each, "dct:LinguisticSystem") for each in addresses if each]


def _dataset(about: About, base: str | None, *, plain: bool) -> Node:
    name = quote(about.name, safe="")
    iri = f"{base}/{name}/datapackage.json#dataset" if base else f"{_homepage(about)}#{name}"
    page = f"{base}/{name}/{LATEST}/index.html" if base else _homepage(about)
    return _without_none(
        {
            "@id": iri,
            "@type": "dcat:Dataset",
            "dct:identifier": f"{base}/{name}/datapackage.json" if base else iri,
            "dct:title": _text(about.title, about.language),
            "dct:description": _text(about.description, about.language),
            "dcat:keyword": [_text(each, about.language) for each in about.keywords] or None,
            "dct:publisher": _agent(about.publisher, about.language),
            "dct:creator": [
                _agent(each, about.language) for each in about.authors if each != about.publisher
            ]
            or None,
            "dcat:contactPoint": _contact(about.publisher),
            "dct:language": _languages([about]),
            "dct:accessRights": _typed(eu.PUBLIC, "dct:RightsStatement"),
            "dct:license": _licence(about.licence),
            "dct:accrualPeriodicity": about.frequency and _typed(about.frequency, "dct:Frequency"),
            "dct:temporal": about.period and _period(about.period),
            "dct:spatial": [each for place in about.places for each in _locations(place)] or None,
            "dct:issued": about.created and _literal("xsd:dateTime", about.created.isoformat()),
            "dct:modified": about.modified and _literal("xsd:dateTime", about.modified.isoformat()),
            "dcat:version": about.version,
            "dcat:landingPage": _typed(page, "foaf:Document"),
            "dcat:distribution": [
                _distribution(each, about, base, plain=plain) for each in about.files
            ],
        }
    )


def _distribution(file: File, about: About, base: str | None, *, plain: bool) -> Node:
    name, path = quote(about.name, safe=""), quote(file.lasting, safe="")
    url = f"{base}/{name}/{LATEST}/{path}" if base else None
    format_, media = eu.file_type(file.format), eu.media_type(file.mediatype or "")
    return _without_none(
        {
            "@id": f"{url}#distribution" if url else f"{_homepage(about)}#{name}/{path}",
            "@type": "dcat:Distribution",
            "dct:title": _text(file.title, about.language),
            "dct:description": _text(file.description, about.language),
            "dcat:accessURL": _typed(url or _homepage(about), "rdfs:Resource"),
            "dcat:downloadURL": url and _typed(url, "rdfs:Resource"),
            "dct:format": format_ and _typed(format_, "dct:MediaTypeOrExtent"),
            "dcat:mediaType": media and _typed(media, "dct:MediaType"),
            "dcat:byteSize": None
            if file.bytes is None
            else _literal("xsd:nonNegativeInteger", str(file.bytes)),
            "dct:license": _licence(about.licence),
            "dct:language": _languages([about]),
            "dct:conformsTo": _standard(file, about.language),
            "spdx:checksum": file.sha256 and _checksum(file.sha256, plain=plain),
        }
    )


def _checksum(digest: str, *, plain: bool) -> Node:
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": _typed(eu.SHA256, "spdx:ChecksumAlgorithm"),
        "spdx:checksumValue": digest if plain else _literal("xsd:hexBinary", digest),
    }


def _standard(file: File, language: str) -> Node | None:
    """Return the schema of a table; udata takes its address and its title."""
    schema = file.schema or {}
    address = web_iri(schema.get("path"))
    if address is None:
        return None
    title = str(schema.get("title") or schema.get("name") or file.name)
    return _typed(address, "dct:Standard") | {"dct:title": _text(title, language)}


def _licence(licence: Licence | None) -> Node | None:
    """Return the licence by the address of the EU's table, where that has it.

    udata does not know those addresses, but reads `rdfs:label` before the address: the identifier
    that data.gouv.fr gives a licence is its surest name there.
    """
    if licence is None or licence.iri is None:
        return None
    node = _typed(licence.iri, "dct:LicenseDocument") | {"dct:title": _text(licence.title, "fr")}
    return node | ({"rdfs:label": licence.portal_id} if licence.portal_id else {})


def _agent(agent: Agent, language: str) -> Node:
    node: Node = {"@type": "foaf:Agent", "foaf:name": _text(agent.name, language)}
    return {"@id": agent.url, **node} if agent.url else node


def _contact(agent: Agent) -> Node | None:
    """Return how to reach the publisher: by mail, else through its page."""
    address = mail_iri(agent.email) or agent.url
    if address is None:
        return None
    key = "vcard:hasEmail" if address.startswith("mailto:") else "vcard:hasURL"
    return {"@type": "vcard:Kind", "vcard:fn": agent.name, key: {"@id": address}}


def _period(period: Period) -> Node:
    """Return the period as a blank node with whole dates: udata loses or misreads any other."""
    return _without_none(
        {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(period.start),
            "dcat:endDate": _date(period.end),
        }
    )


def _locations(place: Place) -> list[Node]:
    """Return a place as locations: the one with its address and name, and those of its shape.

    The shape is of nodes without address: two packages of a catalogue may give one place two, and
    DCAT-AP allows a location one dcat:bbox. udata takes the geometry from every location that has
    a literal of well-known text and adds them up; the node that DCAT-AP wants under locn:geometry
    it does not look into.
    """
    named: Node = {"@id": place.uri} if place.uri else {}
    named |= {"skos:prefLabel": _text(place.name, "fr")} if place.name else {}
    shapes: list[Node] = [{"dcat:bbox": _wkt([rectangle(each)])} for each in place.boxes]
    if place.exact:
        exact = {"@type": "locn:Geometry", "geo:asWKT": _wkt(place.polygons)}
        shapes.append({"locn:geometry": exact})
    return [{"@type": "dct:Location"} | each for each in (named, *shapes) if each]


def _wkt(polygons: Sequence[Polygon]) -> Node:
    return _literal("geo:wktLiteral", well_known_text(polygons))


def _date(value: date | None) -> Node | None:
    return _literal("xsd:date", value.isoformat()) if value else None


def _text(text: str, language: str) -> Node:
    return {"@value": text, "@language": language}


def _literal(type_: str, value: str) -> Node:
    return {"@value": value, "@type": type_}


def _typed(address: str, type_: str) -> Node:
    return {"@id": address, "@type": type_}


def _without_none(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None}
