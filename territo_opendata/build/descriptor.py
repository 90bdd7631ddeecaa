"""The `datapackage.json` of a release: complete in itself, with sizes and digests."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.build.tables import DIALECT
from territo_opendata.descriptors.model import Package, Resource
from territo_opendata.release.addresses import previous_names
from territo_opendata.release.model import ReleaseFile

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PARQUET_SUFFIX = "-parquet"
_REPLACED = ("path", "data", "schema", "dialect", "format", "mediatype", "encoding", "profile")


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """A table of the release in both forms; `types` are the Parquet types by column."""

    resource: Resource
    csv: ReleaseFile
    parquet: ReleaseFile
    rows: int
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file of the release that is no table."""

    resource: Resource
    file: ReleaseFile


Released = ReleasedTable | ReleasedFile


def release_descriptor(package: Package, released: list[Released]) -> dict[str, Any]:
    """Return the descriptor of the release: the package's own, with other resources."""
    kept = {key: value for key, value in package.descriptor.items() if key != "resources"}
    tables = [_table(each) for each in released if isinstance(each, ReleasedTable)]
    files = [_file(each) for each in released if isinstance(each, ReleasedFile)]
    parquet = [_parquet(each) for each in released if isinstance(each, ReleasedTable)]
    return {"$schema": PROFILE, **kept, "resources": tables + files + parquet}


def _table(table: ReleasedTable) -> dict[str, Any]:
    schema = table.resource.schema
    return {
        **_kept(table.resource),
        "path": table.csv.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        **_measures(table.csv),
        "rows": table.rows,
        "schema": dict(schema.descriptor) if schema else {},
    }


def _parquet(table: ReleasedTable) -> dict[str, Any]:
    """Describe the Parquet form.

    The portals' spelling "Parquet" rather than the extension: on "parquet" frictionless 5.21 reads
    the file as a table, for which it knows no size, and calls the declared one wrong.
    """
    former = [f"{each}{PARQUET_SUFFIX}" for each in previous_names(table.resource.descriptor)]
    return {
        "name": table.resource.name + PARQUET_SUFFIX,
        **({"previousName": former if len(former) > 1 else former[0]} if former else {}),
        "title": f"{table.resource.title} (Parquet)",
        "description": f"Même contenu que « {table.csv.path} », typé selon son schéma.",
        "path": table.parquet.path,
        "format": "Parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_measures(table.parquet),
        "columnTypes": dict(table.types),
    }


def _file(released: ReleasedFile) -> dict[str, Any]:
    declared = {
        key: released.resource.descriptor[key]
        for key in ("format", "mediatype", "encoding")
        if key in released.resource.descriptor
    }
    return {
        **_kept(released.resource),
        "path": released.file.path,
        **declared,
        **_measures(released.file),
    }


def _kept(resource: Resource) -> dict[str, Any]:
    return {key: value for key, value in resource.descriptor.items() if key not in _REPLACED}


def _measures(file: ReleaseFile) -> dict[str, Any]:
    return {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}
