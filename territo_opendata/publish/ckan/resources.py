"""The files of a release as resources of a CKAN dataset, and back.

CKAN keeps any property that a resource is given, and its type when it is sent as JSON. A resource
is ours when it has a `territo_key`. CKAN never computes `hash`, and leaves the old one when the
file is replaced: it is sent with every file.
"""

import mimetypes
import uuid
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from territo_opendata.publish.contents import Content
from territo_opendata.release import Release
from territo_opendata.release.model import DESCRIPTOR
from territo_opendata.release.vocabularies import SHA256

KEY = "territo_key"
SOURCE = "territo_source"
UNFINISHED = "unfinished"
"""What stands for the digest while a resource is described and its file not yet there."""

DESCRIPTOR_ID = f"resource:{DESCRIPTOR}"
_UPPER = (
    "BIN BMP CSV DOC DOCX GIF GTFS GZ HTML ICS JPEG JS JSON KML KMZ MDB MP3 MP4 N3 ODP ODS ODT OGG "
    "OWL PDF PNG PPT PPTX RAR RDF RSS SHP SPARQL SVG TAR TIFF TSV TXT WAV WFS WMS XLS XLSX XML ZIP"
)
_FORMATS = {
    **{name.lower(): name for name in _UPPER.split()},
    "dbf": "dBase",
    "geojson": "GeoJSON",
    "htm": "HTML",
    "jpg": "JPEG",
    "netcdf": "NetCDF",
    "parquet": "Parquet",
}
"""How CKAN writes the formats that it knows (`config/resource_formats.json`)."""

_MEDIA_TYPES = mimetypes.MimeTypes(filenames=())
_ANY_TYPE = "application/octet-stream"
_PROPERTIES = {
    "title": "name",
    "description": "description",
    "format": "format",
    "mimetype": "mimetype",
    "schema": "schema",
}
"""Our properties and CKAN's name for each: there a resource's `name` is its title."""


def desired_state(content: Content) -> dict[str, Any]:
    """Return what the resource of a file is to be."""
    declared = content.resource
    schema = declared.get("schema")
    described = {
        "title": str(declared.get("title") or content.key),
        "description": str(declared.get("description") or ""),
        "format": normal_format(str(declared.get("format") or _suffix(content))),
        "mimetype": str(declared.get("mediatype") or _media_type(content)),
        "schema": dict(schema) if isinstance(schema, Mapping) else None,
    }
    return {
        **{key: value for key, value in described.items() if value},
        "bytes": content.file.bytes,
        "sha256": content.file.sha256,
    }


def descriptor_state(release: Release) -> dict[str, Any]:
    """Return what the resource of the descriptor is to be.

    Its bytes name the addresses that the portal chooses, so that it is told by what it is
    rendered from.
    """
    return {
        "title": "Descripteur du paquet (Data Package)",
        "description": "Métadonnées, schémas, tailles et empreintes de tous les fichiers.",
        "format": "JSON",
        "mimetype": "application/json",
        "source_sha256": release.file(DESCRIPTOR).sha256,
    }


def found_state(resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a resource is on the portal, as `desired_state` says it."""
    described = {ours: resource.get(theirs) for ours, theirs in _PROPERTIES.items()}
    found = {key: value for key, value in described.items() if value}
    if "format" in found:
        found["format"] = normal_format(str(found["format"]))
    if resource.get(SOURCE):
        return {**found, "source_sha256": resource[SOURCE]}
    return {**found, "bytes": resource.get("size") or 0, "sha256": resource.get("hash") or ""}


def values_of(key: str, state: Mapping[str, Any], size: int, sha256: str) -> dict[str, Any]:
    """Return what to send so that the resource becomes this; empty what it no longer has."""
    return {
        KEY: key,
        **{theirs: state.get(ours, "") for ours, theirs in _PROPERTIES.items()},
        SOURCE: state.get("source_sha256", ""),
        "hash": sha256,
        "hash_algorithm": SHA256,
        "size": size,
    }


def new_id(dataset_id: str, key: str) -> str:
    """Return the id of a resource to be made: always the same, so that it is made once only."""
    return str(uuid.uuid5(uuid.UUID(dataset_id), key))


def _suffix(content: Content) -> str:
    return PurePosixPath(content.file.path).suffix.removeprefix(".")


def _media_type(content: Content) -> str:
    """Return the type of a file that declares none, for CKAN would choose one of its own."""
    return _MEDIA_TYPES.guess_type(content.file.path)[0] or _ANY_TYPE


def normal_format(name: str) -> str:
    """Return a format as CKAN writes it."""
    return _FORMATS.get(name.lower(), name)
