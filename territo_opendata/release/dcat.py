"""Data Packages as a DCAT-AP 3 catalogue in JSON-LD (SEMIC, DCAT-AP 3.0.0)."""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from territo_opendata.release import vocabularies as eu
from territo_opendata.release.dates import release_date

Node = dict[str, Any]

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LATEST = "latest"
_MAX_TITLE = 200


def catalogue(descriptors: Sequence[Mapping[str, Any]], base_url: str | None = None) -> Node:
    """Return the catalogue of these released packages.

    With `base_url`, the public address of a published folder, the files have stable addresses
    below it. Without one they have none: the package's `homepage` stands for the identity of
    things and gives access to them, and no address is made up. Checksums are plain strings with
    a `base_url`, since udata 17 refuses the whole dataset for the xsd:hexBinary of DCAT-AP.
    """
    base = base_url.rstrip("/") if base_url else None
    root = base or str(descriptors[0]["homepage"])
    node: Node = {
        "@id": f"{base}/catalog.jsonld" if base else f"{root}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _french("Catalogue de données ouvertes"),
        "dct:description": _french(_titles(descriptors)),
        "dct:publisher": _publisher(descriptors[0]),
        "dct:language": _typed(eu.LANGUAGE, "dct:LinguisticSystem"),
        "foaf:homepage": _typed(f"{base}/index.html" if base else root, "foaf:Document"),
        "dcat:dataset": [_dataset(each, base) for each in descriptors],
    }
    return {"@context": CONTEXT, **node}


def encode_catalogue(node: Node) -> bytes:
    """Return the catalogue as JSON-LD in ASCII, which no server can send in a wrong encoding."""
    return (json.dumps(node, indent=2) + "\n").encode("ascii")


def _titles(descriptors: Sequence[Mapping[str, Any]]) -> str:
    return " ; ".join(str(each.get("title") or each["name"]) for each in descriptors)


def _dataset(descriptor: Mapping[str, Any], base: str | None) -> Node:
    homepage = str(descriptor["homepage"])
    name = quote(str(descriptor["name"]))
    iri = f"{base}/{name}/datapackage.json#dataset" if base else f"{homepage}#{name}"
    when = release_date(descriptor)
    return _without_none(
        {
            "@id": iri,
            "@type": "dcat:Dataset",
            "dct:identifier": f"{base}/{name}/datapackage.json" if base else iri,
            "dct:title": _french(str(descriptor.get("title") or name)),
            "dct:description": _french(str(descriptor.get("description") or "")),
            "dcat:keyword": [_french(str(each)) for each in descriptor.get("keywords", ())] or None,
            "dct:publisher": _publisher(descriptor),
            "dcat:contactPoint": _contact(descriptor),
            "dct:language": _typed(eu.LANGUAGE, "dct:LinguisticSystem"),
            "dct:accessRights": _typed(eu.PUBLIC, "dct:RightsStatement"),
            "dct:license": _licence(descriptor),
            "dct:accrualPeriodicity": _frequency(descriptor),
            "dct:temporal": _temporal(descriptor),
            "dct:spatial": _spatial(descriptor),
            "dct:modified": _literal("xsd:dateTime", when.isoformat()) if when else None,
            "dcat:version": descriptor.get("version"),
            "dcat:landingPage": _typed(
                f"{base}/{name}/{LATEST}/index.html" if base else homepage, "foaf:Document"
            ),
            "dcat:distribution": [
                _distribution(each, descriptor, base) for each in descriptor.get("resources", ())
            ],
        }
    )


def _distribution(
    resource: Mapping[str, Any], descriptor: Mapping[str, Any], base: str | None
) -> Node:
    file = quote(PurePosixPath(str(resource["path"])).name)
    name = quote(str(descriptor["name"]))
    url = f"{base}/{name}/{LATEST}/{file}" if base else None
    homepage = str(descriptor["homepage"])
    format_ = str(resource.get("format", ""))
    type_ = eu.file_type(format_)
    return _without_none(
        {
            "@id": f"{url}#distribution" if url else f"{homepage}#{name}/{file}",
            "@type": "dcat:Distribution",
            "dct:title": _french(str(resource.get("title") or resource["name"])),
            "dct:description": _french(str(resource.get("description") or resource["name"])),
            "dcat:accessURL": _typed(url or homepage, "rdfs:Resource"),
            "dcat:downloadURL": _typed(url, "rdfs:Resource") if url else None,
            "dct:format": _typed(type_, "dct:MediaTypeOrExtent") if type_ else None,
            "dcat:mediaType": _typed(eu.IANA + resource["mediatype"], "dct:MediaType")
            if resource.get("mediatype")
            else None,
            "dcat:byteSize": _literal("xsd:nonNegativeInteger", str(resource["bytes"]))
            if "bytes" in resource
            else None,
            "dct:license": _licence(descriptor),
            "dct:conformsTo": _standard(resource),
            "spdx:checksum": _checksum(resource, plain=base is not None),
        }
    )


def _checksum(resource: Mapping[str, Any], *, plain: bool) -> Node | None:
    algorithm, _, digest = str(resource.get("hash", "")).partition(":")
    if algorithm != "sha256":
        return None
    return {
        "@type": "spdx:Checksum",
        "spdx:algorithm": _typed(eu.SHA256, "spdx:ChecksumAlgorithm"),
        "spdx:checksumValue": digest if plain else _literal("xsd:hexBinary", digest),
    }


def _standard(resource: Mapping[str, Any]) -> Node | None:
    schema = resource.get("schema")
    if not isinstance(schema, Mapping) or not schema.get("path"):
        return None
    return _typed(str(schema["path"]), "dct:Standard") | {
        "dct:title": _french(str(schema.get("title") or schema.get("name") or resource["name"]))
    }


def _licence(descriptor: Mapping[str, Any]) -> Node | None:
    declared = next(iter(descriptor.get("licenses", ())), None)
    address = eu.licence(declared) if declared else None
    if not declared or not address:
        return None
    title = str(declared.get("title") or declared.get("name") or address)
    return _typed(address, "dct:LicenseDocument") | {"dct:title": _french(title)}


def _publisher(descriptor: Mapping[str, Any]) -> Node:
    agent = _contributor(descriptor)
    node: Node = {"@type": "foaf:Agent", "foaf:name": _french(publisher_name(descriptor))}
    if agent.get("path"):
        node["@id"] = str(agent["path"])
    return node


def publisher_name(descriptor: Mapping[str, Any]) -> str:
    """Return who publishes the package: its publisher, else its first contributor, else its title."""
    return str(
        _contributor(descriptor).get("title") or descriptor.get("title") or descriptor["name"]
    )


def _contributor(descriptor: Mapping[str, Any]) -> Mapping[str, Any]:
    contributors = descriptor.get("contributors", ())
    for each in contributors:
        if "publisher" in (each.get("role"), *each.get("roles", ())):
            return dict(each)
    return dict(next(iter(contributors), {}))


def _contact(descriptor: Mapping[str, Any]) -> Node | None:
    agent = _contributor(descriptor)
    if not agent.get("email"):
        return None
    return {
        "@type": "vcard:Kind",
        "vcard:fn": publisher_name(descriptor),
        "vcard:hasEmail": {"@id": f"mailto:{agent['email']}"},
    }


def _frequency(descriptor: Mapping[str, Any]) -> Node | None:
    word = descriptor.get("accrualPeriodicity") or descriptor.get("frequency")
    address = eu.frequency(str(word)) if word else None
    return _typed(address, "dct:Frequency") if address else None


def _temporal(descriptor: Mapping[str, Any]) -> Node | None:
    """Return the period as a blank node with whole dates: udata loses or misreads any other."""
    period = descriptor.get("temporal")
    if not isinstance(period, Mapping):
        return None
    return _without_none(
        {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(period.get("start"), "01-01"),
            "dcat:endDate": _day(period.get("end"), "12-31"),
        }
    )


def _day(value: Any, rest: str) -> Node | None:
    """Return a date as xsd:date, a year being completed with its first or last day."""
    if value is None:
        return None
    text = str(value)
    return _literal("xsd:date", f"{text}-{rest}" if len(text) == len("2026") else text)


def _spatial(descriptor: Mapping[str, Any]) -> Node | None:
    place = descriptor.get("spatial")
    if not isinstance(place, Mapping):
        return _typed(eu.FRANCE, "dct:Location") | _label(str(place)) if place else None
    node = _typed(str(place.get("uri") or eu.FRANCE), "dct:Location")
    if place.get("bbox"):
        node["dcat:bbox"] = _literal("geo:wktLiteral", _polygon(place["bbox"]))
    return node | _label(str(place.get("title") or place.get("name") or "France"))


def _polygon(bbox: Sequence[float]) -> str:
    west, south, east, north = bbox
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return "POLYGON((" + ", ".join(f"{x} {y}" for x, y in corners) + "))"


def _label(text: str) -> Node:
    return {"skos:prefLabel": _french(text)}


def _french(text: str) -> Node:
    return {"@value": text, "@language": "fr"}


def _literal(type_: str, value: str) -> Node:
    return {"@value": value, "@type": type_}


def _typed(address: str, type_: str) -> Node:
    return {"@id": address, "@type": type_}


def _without_none(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None}
