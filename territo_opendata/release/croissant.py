"""Released packages in Croissant 1.0, by which machine learning tools load tables (MLCommons).

Files are named beside the description, so that a release can be read where it lies; a published
folder gives them the addresses of one release, whose digests never change.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from territo_opendata.release.about import About, Agent, File, read_about, table_files
from territo_opendata.release.model import encode_json

CROISSANT = "croissant.json"

Node = dict[str, Any]

# The context of the specification (section « Context »), less `description` and `name`, which 1.1 has.
_CONTEXT = {
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_TYPES = {
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "time": "sc:Time",
    "year": "sc:Integer",
}


def encode_croissant(descriptor: Mapping[str, Any], base_url: str | None = None) -> bytes:
    """Return croissant.json of a released package, its files beside it or below `base_url`.

    Raises DescriptorError as `read_about`.
    """
    return encode_json(croissant(read_about(descriptor), base_url))


def croissant(about: About, base_url: str | None = None) -> Node:
    """Return the description as a JSON value."""
    licence = about.licence
    return _without_none(
        {
            "@context": {"@language": about.language, **_CONTEXT},
            "@type": "sc:Dataset",
            "conformsTo": "http://mlcommons.org/croissant/1.0",
            "name": about.name,
            "alternateName": about.title,
            "description": about.description,
            "license": licence and (licence.page or licence.iri),
            "url": about.homepage,
            "version": about.version,
            "inLanguage": about.language,
            "keywords": list(about.keywords) or None,
            "creator": [_agent(each) for each in about.authors],
            "publisher": _agent(about.publisher),
            "datePublished": about.modified and about.modified.date().isoformat(),
            "citeAs": _cite_as(about),
            "distribution": [_file(each, base_url) for each in about.files],
            "recordSet": [_record_set(*each) for each in table_files(about)],
        }
    )


def _cite_as(about: About) -> str:
    authors = ", ".join(each.name for each in about.authors)
    version = f", version {about.version}" if about.version else ""
    day = f", {about.modified.date().isoformat()}" if about.modified else ""
    page = f", {about.homepage}" if about.homepage else ""
    return f"{authors}, « {about.title} »{version}{day}{page}"


def _file(file: File, base_url: str | None) -> Node:
    path = quote(file.path)
    return _without_none(
        {
            "@type": "cr:FileObject",
            "@id": file.path,
            "name": file.path,
            "description": file.description,
            "contentUrl": f"{base_url}/{path}" if base_url else path,
            "contentSize": None if file.bytes is None else f"{file.bytes} B",
            "encodingFormat": _encoding_format(file),
            "sha256": file.sha256,
        }
    )


def _encoding_format(file: File) -> str:
    """Return the media type; that of Parquet as mlcroissant knows it, older than IANA's."""
    if file.path.endswith(".parquet"):
        return "application/x-parquet"
    return file.mediatype or "application/octet-stream"


def _record_set(csv: File, parquet: File | None) -> Node:
    """Return a table, read from its Parquet form: pandas takes the code 01004 of a CSV for 1004."""
    schema = csv.schema or {}
    key = schema.get("primaryKey") or ()
    names = (key,) if isinstance(key, str) else key
    return _without_none(
        {
            "@type": "cr:RecordSet",
            "@id": csv.name,
            "name": csv.name,
            "description": csv.description,
            "key": [{"@id": f"{csv.name}/{each}"} for each in names] or None,
            "field": [_field(each, csv.name, parquet or csv) for each in schema.get("fields", ())],
        }
    )


def _field(field: Mapping[str, Any], table: str, file: File) -> Node:
    name = str(field["name"])
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{name}",
        "name": name,
        "description": str(field.get("description") or field.get("title") or name),
        "dataType": _TYPES.get(str(field.get("type")), "sc:Text"),
        "source": {"fileObject": {"@id": file.path}, "extract": {"column": name}},
    }


def _agent(agent: Agent) -> Node:
    kind = "sc:Person" if agent.family_name else "sc:Organization"
    return _without_none({"@type": kind, "name": agent.name, "url": agent.url})


def _without_none(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None}
