"""How the tables that foreign keys name are found: beside, in the package, along, or elsewhere."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from territo_opendata import project
from territo_opendata.descriptors.loading import parse_json_object
from territo_opendata.descriptors.model import ForeignKey, Package
from territo_opendata.descriptors.package import load_package, parse_package
from territo_opendata.descriptors.paths import is_address, resolve_inside
from territo_opendata.errors import (
    DescriptorError,
    MissingFileError,
    RemoteError,
    UnsafePathError,
)
from territo_opendata.findings import Skipped
from territo_opendata.language import Text, visible
from territo_opendata.reference.known_keys import read_hashes
from territo_opendata.tables.spool import Spool
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.members import Members
from territo_opendata.validate.references import Finder, Found, KnownKeys, Origin
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.resources import resource_given

_DESCRIPTOR_LIMIT = 50_000_000
_WHAT = Text("Le paquet de référence", "The package referred to")
_BUILT_IN = Origin(
    Text(
        "Les références à {names} sont vérifiées dans la table fournie avec territo-opendata.",
        "References to {names} are checked in the table that comes with territo-opendata.",
    ),
    Text(
        "Les références à {names} sont vérifiées dans les tables fournies avec territo-opendata.",
        "References to {names} are checked in the tables that come with territo-opendata.",
    ),
)


def reference_finder(given: Sequence[Given], package: Package | None, spool: Spool) -> Finder:
    """Return how the tables of a run are found from the foreign keys that name them.

    A table is looked for among those given, then in their package, then in the datasets that
    come with territo-opendata; of a key that names another package, only there. Such a package
    must lie inside this one, or at a public address.
    """
    return _Search(given, package, spool).find


class _Search:
    def __init__(self, given: Sequence[Given], package: Package | None, spool: Spool) -> None:
        self._given = given
        self._package = package
        self._spool = spool
        self._opened: dict[tuple[str, str], Given | Skipped | Text | None] = {}

    def find(self, key: ForeignKey, table: TableInput) -> Found | Skipped:
        if key.package:
            return self._elsewhere(key, key.package, table)
        for each in self._given:
            if key.resource in (each.table.name, each.table.schema.name):
                return Found(each.table) if each.readable else _skipped(key, table, _UNREADABLE)
        found = self._open("package", key.resource, table)
        if isinstance(found, Given):
            return Found(found.table) if found.readable else _skipped(key, table, _UNREADABLE)
        if isinstance(found, Text):
            return _skipped(key, table, found)
        found = self._open("built-in", key.resource, table)
        if isinstance(found, Given) and found.readable:
            return Found(found.table, _BUILT_IN, _kept_keys(found.table), shipped=True)
        return _skipped(key, table, _absent(key.resource))

    def _elsewhere(self, key: ForeignKey, address: str, table: TableInput) -> Found | Skipped:
        try:
            found = self._open(address, key.resource, table)
        except (RemoteError, DescriptorError, MissingFileError) as error:
            return _skipped(key, table, error.text)
        except UnsafePathError as error:
            if not is_address(address):
                raise
            return _skipped(key, table, error.text)
        if isinstance(found, Text):
            return _skipped(key, table, found)
        if isinstance(found, Given) and found.readable:
            return Found(found.table, _of_package(address))
        return _skipped(key, table, _not_in(address, key.resource))

    def _open(self, holder: str, name: str, table: TableInput) -> Given | Skipped | Text | None:
        """Return the table of that name in a package, opened once for all that refer to it."""
        if (holder, name) not in self._opened:
            package = self._load(holder, name, table)
            self._opened[holder, name] = _table(package, name, self._spool) if package else None
        return self._opened[holder, name]

    def _load(self, holder: str, name: str, table: TableInput) -> Package | None:
        if holder == "package":
            return self._package
        if holder == "built-in":
            return project.builtin_package()
        if is_address(holder):
            return _remote(holder, name)
        folder = Path(self._package.path).parent if self._package else _schema_folder(table)
        return _local(holder, folder)


def _absent(name: str) -> Text:
    shown = visible(name)
    return Text(
        f"la table «\u00a0{shown}\u00a0» n’est ni parmi les fichiers donnés, ni dans le "
        "datapackage.json de leur dossier, ni parmi les tables fournies avec territo-opendata. "
        "Réunissez-la avec votre fichier dans un même datapackage.json, ou ajoutez "
        "--no-references pour ne pas vérifier les références",
        f"the table “{shown}” is neither among the files given, nor in the datapackage.json of "
        "their folder, nor among the tables that come with territo-opendata. Put it with your "
        "file in one datapackage.json, or add --no-references to leave references unchecked",
    )


def _not_in(address: str, name: str) -> Text:
    package, shown = visible(address, 300), visible(name)
    return Text(
        f"le paquet {package} n’a pas de table «\u00a0{shown}\u00a0» lisible. Prévenez l’auteur du "
        "schéma, ou ajoutez --no-references pour ne pas vérifier les références",
        f"the package {package} has no readable table “{shown}”. Tell the author of the schema, "
        "or add --no-references to leave references unchecked",
    )


_UNREADABLE = Text("cette table est illisible", "this table cannot be read")


def _table(package: Package, name: str, spool: Spool) -> Given | Skipped | Text | None:
    """Return a table of a package: nothing where it has none, a reason where its file is missing."""
    resource = package.resource(name)
    try:
        return resource_given(resource, spool) if resource else None
    except MissingFileError as error:
        return Text(
            f"le paquet l’annonce, mais elle n’est pas là. {error.text.fr} Donnez-la avec le "
            "fichier, ou ajoutez --no-references",
            f"the package declares it, but it is not there. {error.text.en} Give it along with the "
            "file, or add --no-references",
        )


def _schema_folder(table: TableInput) -> Path | None:
    origin = Path(table.schema.origin)
    return origin.parent if table.schema.origin and origin.is_file() else None


def _local(path: str, base: Path | None) -> Package:
    if base is None:
        raise MissingFileError(
            f"le paquet « {path} » est nommé sans que l’on sache depuis quel dossier",
            f"the package “{path}” is named, from no known folder",
        )
    return load_package(resolve_inside(base, path))


def _remote(url: str, name: str) -> Package:
    """Return the package at a public address; its relative paths become addresses."""
    from territo_opendata.clients.transport import fetch_bytes

    def fetched(address: str) -> dict[str, Any]:
        content = fetch_bytes(address, limit=_DESCRIPTOR_LIMIT, consent=frozenset())
        return parse_json_object(content, address, _WHAT)

    descriptor = fetched(url)
    resources = descriptor.get("resources")
    wanted = [
        _absolute(each, url, fetched)
        for each in (resources if isinstance(resources, list) else [])
        if isinstance(each, Mapping) and each.get("name") == name
    ]
    if not wanted:
        raise MissingFileError(
            f"le paquet {url} n’a pas de table « {name} »",
            f"the package {url} has no table “{name}”",
        )
    return parse_package({**descriptor, "resources": wanted}, Path("datapackage.json"))


def _absolute(resource: Mapping[str, Any], url: str, fetched: Any) -> dict[str, Any]:
    path, schema = resource.get("path"), resource.get("schema")
    paths = path if isinstance(path, list) else [path]
    whole = [urljoin(url, each) for each in paths if isinstance(each, str)]
    described = fetched(urljoin(url, schema)) if isinstance(schema, str) else schema
    return {**resource, "path": whole if len(whole) != 1 else whole[0], "schema": described}


def _kept_keys(shipped: TableInput) -> KnownKeys:
    def known(fields: Sequence[str]) -> Members | None:
        hashes = read_hashes(shipped.name, fields, shipped.source.path)
        return None if hashes is None else Members(hashes)

    return known


def _of_package(address: str) -> Origin:
    shown = visible(address, 300)
    said = Text(
        f"Les références à {{names}} sont vérifiées dans le paquet {shown}.",
        f"References to {{names}} are checked in the package {shown}.",
    )
    return Origin(said, said)


def _skipped(key: ForeignKey, table: TableInput, reason: Text) -> Skipped:
    name = f"{key.package}#{key.resource}" if key.package else key.resource
    return Skipped(f"{table.name} ({', '.join(key.fields)}) → {name}", reason)
