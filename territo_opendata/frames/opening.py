"""Packages opened where they are: installed, in a folder, at an address."""

import difflib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.descriptors.model import Package, Resource, Schema
from territo_opendata.errors import DescriptorError, UsageError
from territo_opendata.language import visible


@dataclass(frozen=True, slots=True)
class Tables:
    """What a package says it holds: its name, version and tables, the rest in `descriptor`.

    `place` is where it was opened, None for the package that is installed with the library.
    """

    name: str
    version: str | None
    tables: tuple[str, ...]
    descriptor: Mapping[str, Any]
    place: str | None = None


def read_tables(place: str | Path | None) -> Tables:
    """Return what the package at `place` holds, its data unread. Raises as `opened_package`."""
    if place is None:
        from territo_opendata.project import builtin_package

        package = builtin_package()
        return Tables(package.name, package.version, _named(package), package.descriptor)
    from territo_opendata.publish.manifest import read_manifest
    from territo_opendata.publish.sources import open_source

    manifest = read_manifest(open_source(str(place)))
    names = tuple(str(each["name"]) for each in manifest.descriptor["resources"] if _is_table(each))
    return Tables(manifest.name, manifest.version, names, manifest.descriptor, str(place))


def _named(package: Package) -> tuple[str, ...]:
    return tuple(each.name for each in package.resources if each.schema)


def _is_table(resource: Mapping[str, Any]) -> bool:
    """Tell whether a resource is a table; its Parquet form is another file of the same."""
    is_copy = str(resource.get("path", "")).endswith(".parquet")
    return isinstance(resource.get("name"), str) and "schema" in resource and not is_copy


@contextmanager
def opened_package(table: str, place: str | Path | None) -> Iterator[Package]:
    """Give the package, the files of `table` being on this machine while it is open."""
    if place is None:
        from territo_opendata.project import builtin_package

        yield builtin_package()
        return
    from territo_opendata.descriptors.package import load_package
    from territo_opendata.publish.get import fetch_files
    from territo_opendata.publish.manifest import read_manifest
    from territo_opendata.publish.sources import open_source

    source = open_source(str(place))
    manifest = read_manifest(source)
    with tempfile.TemporaryDirectory(prefix="territo-") as folder:
        fetch_files(
            source, manifest, _needed(manifest.descriptor, table, manifest.prefix), Path(folder)
        )
        yield load_package(Path(folder) / "datapackage.json")


def _needed(descriptor: Any, table: str, prefix: str) -> list[str]:
    """Return the paths, below the release, of the table and of the schemas of its package."""
    resources = [each for each in descriptor["resources"] if isinstance(each.get("name"), str)]
    _check_known(table, [each["name"] for each in resources if "schema" in each])
    paths: list[str] = []
    for each in resources:
        named = [each.get("schema"), each.get("dialect")]
        if each["name"] == table:
            path = each.get("path")
            named += path if isinstance(path, list) else [path]
        paths += [name.removeprefix(prefix) for name in named if isinstance(name, str)]
    return [path for path in dict.fromkeys(paths) if not path.startswith(("http://", "https://"))]


def table_of(package: Package, table: str) -> Resource:
    """Return the table of that name. Raises UsageError naming the nearest one."""
    resource = package.resource(table)
    if resource is None or resource.schema is None:
        _check_known(table, [each.name for each in package.resources if each.schema])
    if resource is None:
        raise _unknown(table, [])
    return resource


def _check_known(table: str, names: Sequence[str]) -> None:
    if table not in names:
        raise _unknown(table, names)


def _unknown(table: str, names: Sequence[str]) -> UsageError:
    near = difflib.get_close_matches(table, names, 1, 0.5)
    known = ", ".join(visible(name) for name in names)
    return UsageError(
        f"Il n’y a pas de table « {visible(table)} »"
        + (f" ; la plus proche est « {visible(near[0])} »" if near else "")
        + f". Tables du paquet : {known}.",
        f"There is no table “{visible(table)}”"
        + (f"; the nearest is “{visible(near[0])}”" if near else "")
        + f". Tables of the package: {known}.",
    )


def schema_of(resource: Resource) -> Schema:
    """Return the schema of a table. Raises DescriptorError for a resource without one."""
    if resource.schema is None:
        raise DescriptorError(
            f"La table « {resource.name} » n’a pas de schéma.",
            f"The table “{resource.name}” has no schema.",
        )
    return resource.schema
