"""A table that the user names by its file or address, as a side to compare."""

import dataclasses
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path, PurePath

from territo_opendata.compare import FileSide, PackageSide, TableSide, TableText
from territo_opendata.descriptors.model import Dialect, Resource, Schema
from territo_opendata.descriptors.paths import is_address, is_same_file
from territo_opendata.errors import UsageError
from territo_opendata.language import Text, visible
from territo_opendata.release.disk import blocks_of
from territo_opendata.tables.arrivals import Workbook, open_arrival
from territo_opendata.tables.choices import several_named
from territo_opendata.tables.source import Source, check_file
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.streams import download
from territo_opendata.validate.inputs import TableInput
from territo_opendata.workflow.sheets import sheet_given, used_sheets
from territo_opendata.workflow.sides import table_text
from territo_opendata.workflow.tables import package_of

_NO_FIELDS = Schema(())


@dataclasses.dataclass(frozen=True, slots=True)
class TableChoice:
    """How the tables that the user names are to be read: by which schema, on which sheet."""

    schema: Schema | None = None
    sheet: str | None = None


def table_side(place: str, choice: TableChoice, spool: Spool) -> PackageSide:
    """Return the table at `place` as a package that holds nothing else.

    Its schema is the one chosen, else that of the resource that it is of the data package around
    it. Raises MissingFileError, UsageError, RemoteError and BrokenFileError as `open_arrival`.
    """
    label, path, name, home = _find(place, spool)
    own = _own_resource(home) if home is not None else None
    schema = choice.schema or (own.schema if own else None)
    arrived = open_arrival(label, path, spool, name=name, choice=choice.sheet)
    called = own.name if own else PurePath(name).name.split(".")[0] or name
    dialect, encoding = (own.dialect, own.encoding) if own else (Dialect(), None)
    text = (
        TableText(arrived, schema, dialect, encoding)
        if isinstance(arrived, Source)
        else _sheet(arrived, called, schema, choice.sheet, spool)
    )
    file = FileSide(called, {}, cache(lambda algorithm: _digest(path, algorithm)))
    written = (dialect, encoding, PurePath(name).suffix.lower(), choice.sheet)
    return PackageSide(label, {}, (TableSide(file, schema, written, lambda: text),))


def matched(one: PackageSide, other: PackageSide) -> PackageSide:
    """Return `one`, a single table, called and read like the table of `other` that it stands for.

    That is the only table of `other`, or the one of its name. Raises UsageError when there is none.
    """
    table = one.tables[0]
    found = [each for each in other.tables if each.name == table.name] or other.tables
    if len(found) != 1:
        known = ", ".join(visible(each.name) for each in other.tables)
        raise UsageError(
            f"« {visible(other.label, 200)} » n’a pas de table « {visible(table.name)} » : "
            f"nommez le fichier comme la table à comparer ({known}).",
            f"“{visible(other.label, 200)}” has no table “{visible(table.name)}”: "
            f"name the file as the table to compare with ({known}).",
        )
    return _as(one, found[0])


def only(one: PackageSide, name: str) -> PackageSide:
    """Return the package as if it held nothing but the table of this name."""
    tables = tuple(each for each in one.tables if each.name == name)
    return dataclasses.replace(one, descriptor={}, tables=tables, files=())


def _as(one: PackageSide, like: TableSide) -> PackageSide:
    table = one.tables[0]
    file = dataclasses.replace(table.file, name=like.name, descriptor=like.file.descriptor)
    schema = table.schema or like.schema
    return dataclasses.replace(one, tables=(dataclasses.replace(table, file=file, schema=schema),))


def _find(place: str, spool: Spool) -> tuple[str, Path, str, Path | None]:
    """Return how the file is called in messages, where it is, its name, where its package is."""
    if is_address(place):
        from territo_opendata.clients.addresses import shown

        path, name = download(place, spool, typed=True)
        return shown(place), path, name, None
    path = Path(place)
    check_file(place, path)
    return place, path, path.name, path


def _own_resource(path: Path) -> Resource | None:
    package = package_of(path)
    for resource in package.resources if package else ():
        if any(isinstance(each, Path) and is_same_file(each, path) for each in resource.files):
            return resource
    return None


def _sheet(
    workbook: Workbook, name: str, schema: Schema | None, asked: str | None, spool: Spool
) -> TableText:
    if asked is not None:
        sheet = workbook.sheet(asked)
    else:
        used: Sequence[object] = used_sheets(workbook)[0]
        if len(used) > 1:
            names = [each.name for each in used_sheets(workbook)[0]]
            raise several_named(workbook.label, names, Text("feuilles", "sheets"))
        sheet = (used_sheets(workbook)[0] or list(workbook.sheets))[0]
    table = TableInput(name, Source(workbook.label, workbook.path), schema or _NO_FIELDS)
    text = table_text(sheet_given(workbook, sheet, table, spool), name)
    return dataclasses.replace(text, schema=schema)


def _digest(path: Path, algorithm: str) -> str:
    found = hashlib.new(algorithm, usedforsecurity=False)
    for block in blocks_of(path):
        found.update(block)
    return found.hexdigest()
