"""From what the user names (a file, a folder, an address, a portal's dataset) to a side to compare.

Only descriptors are read here: the files of a side are fetched and digested when they are asked
for, and those of an address not at all where its digests already tell that they are the same.
"""

import dataclasses
import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from territo_opendata.compare import FileSide, PackageSide, TableSide, TableText
from territo_opendata.descriptors.model import Package, Resource, Schema
from territo_opendata.descriptors.package import load_package
from territo_opendata.descriptors.paths import is_address
from territo_opendata.errors import IncompleteError
from territo_opendata.findings import Skipped
from territo_opendata.language import Text, visible
from territo_opendata.publish.get import fetch_files
from territo_opendata.publish.manifest import Manifest, read_manifest
from territo_opendata.publish.sources import FolderSource, Source, open_source
from territo_opendata.release.disk import blocks_of
from territo_opendata.release.model import DESCRIPTOR
from territo_opendata.tables.spool import Spool
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.resources import resource_given

_TABLES = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".ods", ".gz", ".zip")
_PARQUET = "-parquet"
_HASH = re.compile(r"(?:(md5|sha1|sha256|sha512):)?([0-9a-f]{32,128})", re.IGNORECASE)
_ALGORITHMS = ("md5", "sha1", "sha256", "sha512")
_NO_FIELDS = Schema(())


def is_table(place: str) -> bool:
    """Tell whether the user named one table rather than a package."""
    if place.startswith(("ckan:", "udata:")):
        return False
    if "://" in place:
        return PurePosixPath(urlsplit(place).path).suffix.lower() in _TABLES
    path = Path(place)
    return not path.is_dir() and path.suffix.lower() != ".json"


def package_side(place: str, spool: Spool) -> PackageSide:
    """Return the package at `place`: a folder, a descriptor, an address, a portal's dataset.

    Raises MissingFileError, DescriptorError, UnsafePathError, RemoteError, UsageError.
    """
    if "://" not in place and Path(place).is_file():
        return _local(Path(place), place, spool)
    source = open_source(place)
    if isinstance(source, FolderSource):
        return _local(source.root / DESCRIPTOR, place, spool)
    return source_side(source, spool)


def source_side(source: Source, spool: Spool) -> PackageSide:
    """Return the package that `source` holds; its files are fetched, checked, when asked for."""
    manifest = read_manifest(source)
    folder = spool.new_path()
    folder.mkdir()
    fetch_files(source, manifest, _described(manifest), folder)
    package = load_package(folder / DESCRIPTOR)

    @cache
    def fetch(name: str) -> None:
        resource = package.resource(name)
        paths = [path for path in resource.paths if not is_address(path)] if resource else []
        wanted = [path.removeprefix(manifest.prefix) for path in paths]
        (folder / DESCRIPTOR).unlink()  # `fetch_files` writes it each time
        fetch_files(source, manifest, wanted, folder)

    return _side(source.label, package, spool, lambda resource: _Remote(resource, fetch))


def _local(descriptor: Path, label: str, spool: Spool) -> PackageSide:
    return _side(label, load_package(descriptor), spool, _Local)


@dataclasses.dataclass(frozen=True)
class _Local:
    """A resource of this machine: its digest is that of its bytes, whatever is declared."""

    resource: Resource
    declared: None = None

    def digest(self, algorithm: str) -> str | None:
        """Return the digest of its one file, None when it has none."""
        files = self.resource.files
        if len(files) != 1 or not isinstance(files[0], Path) or not files[0].is_file():
            return None
        return _digest(files[0], algorithm)

    def fetch(self) -> None:
        """Do nothing: the file is there."""


@dataclasses.dataclass(frozen=True)
class _Remote:
    """A resource elsewhere: its digest is the declared one, for which nothing is fetched."""

    resource: Resource
    fetch_named: Callable[[str], None]

    @property
    def declared(self) -> str | None:
        """The algorithm of the declared digest."""
        found = self._found()
        return found[0] if found else None

    def digest(self, algorithm: str) -> str | None:
        """Return the declared digest if it is by this algorithm."""
        found = self._found()
        return found[1] if found and found[0] == algorithm else None

    def fetch(self) -> None:
        """Fetch the files of the resource."""
        self.fetch_named(self.resource.name)

    def _found(self) -> tuple[str, str] | None:
        match = _HASH.fullmatch(self.resource.hash or "")
        if match is None or len(self.resource.paths) != 1:
            return None
        return (match[1] or "md5").lower(), match[2].lower()


def _digest(path: Path, algorithm: str) -> str | None:
    if algorithm not in _ALGORITHMS:
        return None
    found = hashlib.new(algorithm, usedforsecurity=False)
    for block in blocks_of(path):
        found.update(block)
    return found.hexdigest()


def _side(
    label: str, package: Package, spool: Spool, having: Callable[[Resource], _Local | _Remote]
) -> PackageSide:
    tables, files = [], []
    names = {each.name for each in package.resources}
    for resource in package.resources:
        held = having(resource)
        file = FileSide(resource.name, resource.descriptor, cache(held.digest), held.declared)
        if _is_table(resource):
            tables.append(_table(resource, file, held.fetch, spool))
        elif not _is_derived(resource, names):
            files.append(file)
    return PackageSide(label, package.descriptor, tuple(tables), tuple(files))


def _is_table(resource: Resource) -> bool:
    return resource.schema is not None or resource.format.lower() in ("csv", "tsv")


def _is_derived(resource: Resource, names: set[str]) -> bool:
    """Tell the Parquet form of a released table, which is made from it."""
    return resource.name.endswith(_PARQUET) and resource.name.removesuffix(_PARQUET) in names


def _table(
    resource: Resource, file: FileSide, fetch: Callable[[], None], spool: Spool
) -> TableSide:
    def open_it() -> TableText:
        fetch()
        described = dataclasses.replace(
            resource, schema=resource.schema or _NO_FIELDS, hash=None, bytes=None
        )
        return dataclasses.replace(
            table_text(resource_given(described, spool), resource.name), schema=resource.schema
        )

    written = (resource.dialect, resource.encoding, resource.format.lower())
    return TableSide(file, resource.schema, written, open_it)


def table_text(given: Given | Skipped | None, name: str) -> TableText:
    """Return the text of a table that was made ready. Raises IncompleteError when it was not."""
    if isinstance(given, Given) and given.readable:
        table = given.table
        return TableText(table.source, table.schema, table.dialect, table.encoding)
    reason = _reason(given)
    shown = visible(name)
    raise IncompleteError(
        f"« {shown} » ne peut pas être lue : {reason.fr}",
        f"“{shown}” cannot be read: {reason.en}",
    )


def _reason(given: Given | Skipped | None) -> Text:
    if isinstance(given, Skipped):
        return given.reason
    if given is not None and given.findings:
        finding = given.findings[0]
        return Text(finding.message("fr"), finding.message("en"))
    return Text("ce n’est pas une table", "it is no table")


def _described(manifest: Manifest) -> list[str]:
    """Return the schemas and dialects that the descriptor names by path."""
    resources = manifest.descriptor.get("resources", ())
    named = (each.get(key) for each in resources for key in ("schema", "dialect"))
    paths = (path for path in named if isinstance(path, str) and path and not is_address(path))
    below = dict.fromkeys(path.removeprefix(manifest.prefix) for path in paths)
    return [path for path in below if path in manifest.files]
