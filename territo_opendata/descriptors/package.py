"""Data Package descriptors, accepted then read into `Package`."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from territo_opendata.descriptors.acceptance import Version, standard_version
from territo_opendata.descriptors.acceptance_package import package_reasons
from territo_opendata.descriptors.dialect import dialect_reasons, parse_dialect
from territo_opendata.descriptors.loading import parse_json_object, read_json_object
from territo_opendata.descriptors.model import Dialect, Package, Resource, Schema
from territo_opendata.descriptors.paths import is_address, resolve_inside
from territo_opendata.descriptors.reasons import Reason, refusal
from territo_opendata.descriptors.schema import WHAT as SCHEMA_WHAT
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.descriptors.shipped import shipped_copy
from territo_opendata.language import Text

WHAT = Text("Le paquet de données", "The data package")
DIALECT_WHAT = Text("Le dialecte", "The dialect")
MAX_SCHEMA_BYTES = 5_000_000
"""Largest schema fetched from an address."""

Loader = Callable[[str], tuple[dict[str, Any], str]]
"""Returns the JSON object at a path or address, and its origin."""


def load_package(path: Path) -> Package:
    """Return the package that the `datapackage.json` describes, v1 or v2.

    Its schemas and dialects are read too, from paths inside its folder or from public http(s)
    addresses; the address of a shipped schema is not fetched. Data files are resolved but need not exist. Raises MissingFileError,
    DescriptorError naming the resource and property, UnsafePathError for a path that leaves
    the folder, RemoteError for a schema whose address does not answer.
    """
    descriptor = read_json_object(path, WHAT)
    return parse_package(descriptor, path)


def parse_package(descriptor: Mapping[str, Any], path: Path) -> Package:
    """Return the package that `descriptor`, the content of `path`, describes.

    See `load_package`.
    """
    version = standard_version(descriptor.get("$schema"))
    if version is None:
        not_address = Text("ce n’est pas une adresse", "it is not an address")
        raise refusal(WHAT, str(path), [Reason("$schema", not_address)])
    if reasons := tuple(package_reasons(descriptor, version)):
        raise refusal(WHAT, str(path), reasons)
    load = cache(_loader(path.parent))
    return Package(
        path=path,
        name=descriptor.get("name", ""),
        version=descriptor.get("version"),
        resources=tuple(_resource(each, path, version, load) for each in descriptor["resources"]),
        descriptor=descriptor,
    )


def _loader(folder: Path) -> Loader:
    def load(reference: str) -> tuple[dict[str, Any], str]:
        if is_address(reference):
            if shipped := shipped_copy(reference):
                return read_json_object(shipped, SCHEMA_WHAT), reference
            from territo_opendata.clients.transport import fetch_bytes

            content = fetch_bytes(reference, limit=MAX_SCHEMA_BYTES)
            return parse_json_object(content, reference, SCHEMA_WHAT), reference
        found = resolve_inside(folder, reference)
        return read_json_object(found, SCHEMA_WHAT), str(folder / reference)

    return load


def _resource(
    descriptor: Mapping[str, Any], package: Path, version: Version, load: Loader
) -> Resource:
    paths = _paths(descriptor)
    return Resource(
        name=descriptor["name"],
        paths=paths,
        files=tuple(
            each if is_address(each) else resolve_inside(package.parent, each) for each in paths
        ),
        schema=_schema(descriptor, package, version, load),
        dialect=_dialect(descriptor.get("dialect", {}), load),
        encoding=descriptor.get("encoding"),
        format=descriptor.get("format") or _format(paths),
        bytes=descriptor.get("bytes"),
        hash=descriptor.get("hash"),
        data=descriptor.get("data"),
        descriptor=descriptor,
    )


def _paths(descriptor: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the paths: one or several (v1), then `extrapaths` of frictionless; `url` is of v0."""
    declared = descriptor.get("path") or (
        descriptor.get("url") if descriptor.get("data") is None else None
    )
    first = [declared] if isinstance(declared, str) else list(declared or ())
    return (*first, *descriptor.get("extrapaths", ()))


def _format(paths: tuple[str, ...]) -> str:
    """Return the extension of the first path, in lower case and without a query."""
    name = paths[0].split("?", 1)[0].split("#", 1)[0] if paths else ""
    return PurePosixPath(name).suffix.removeprefix(".").lower()


def _schema(
    descriptor: Mapping[str, Any], package: Path, version: Version, load: Loader
) -> Schema | None:
    declared = descriptor.get("schema", "")
    if declared == "":
        return None
    if isinstance(declared, str):
        found, origin = load(declared)
        return parse_schema(found, origin, version)
    return parse_schema(declared, f"{package} ({descriptor['name']})", version)


def _dialect(declared: Mapping[str, Any] | str, load: Loader) -> Dialect:
    if not isinstance(declared, str):
        return parse_dialect(declared)
    if not declared:
        return Dialect()
    found, origin = load(declared)
    if reasons := tuple(dialect_reasons(found, "")):
        raise refusal(DIALECT_WHAT, origin, reasons)
    return parse_dialect(found)
