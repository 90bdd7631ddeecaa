"""From what a user names (files, addresses, standard input) to the tables to check."""

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from territo_opendata import project
from territo_opendata.descriptors.model import Dialect, Package, Resource, Schema
from territo_opendata.descriptors.paths import is_address, is_same_file
from territo_opendata.errors import UsageError
from territo_opendata.findings import Skipped
from territo_opendata.language import visible
from territo_opendata.tables.arrivals import Workbook, open_arrival
from territo_opendata.tables.source import BrokenFileError, Source, check_file
from territo_opendata.tables.spool import DEFAULT_LIMIT, Spool
from territo_opendata.tables.streams import STDIN, STDIN_LABEL, download, keep_stdin
from territo_opendata.tables.table import open_table
from territo_opendata.validate.inputs import TableInput
from territo_opendata.workflow.given import Given, broken
from territo_opendata.workflow.resources import resource_given

if TYPE_CHECKING:
    from territo_opendata.tables.workbooks import Row, Sheet, Uncomputed

_SHOWN = 3
_PACE = 1000
"""Rows of a sheet between two words on how far its reading is."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A file to check: how it is called in the report, where it is, the name that tells its form.

    `home` is where its package is looked for, None for an address; `seen` what is to be done with
    the sheets of a workbook before they are read.
    """

    label: str
    path: Path
    name: str
    home: Path | None
    seen: Callable[[Workbook], Workbook] = lambda workbook: workbook


def ignored(_rows: int) -> None:
    """Do nothing with a number of rows."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file that somebody sent, which lies at `path` and is only called `name`.

    The name tells its form and stands in the report; it is never looked for on the disk, and no
    data package is around it. `sheet` is the one to read, `max_size` bounds, in bytes, what the
    file may expand to. Of a sheet, no more than `rows` are read; `laid` is told, while a sheet is
    laid out as text, how many of them were.
    """

    name: str
    path: Path
    sheet: str | None = None
    max_size: int = DEFAULT_LIMIT
    rows: int | None = None
    laid: Callable[[int], None] = ignored

    def seen(self, workbook: Workbook) -> Workbook:
        """Return the workbook with its rows counted, and no more of them than wanted."""
        sheets = [
            dataclasses.replace(sheet, read=partial(self._rows, sheet)) for sheet in workbook.sheets
        ]
        return dataclasses.replace(workbook, sheets=tuple(sheets))

    def _rows(self, sheet: "Sheet", uncomputed: "Uncomputed") -> Iterator["Row"]:
        for place, row in enumerate(islice(sheet.read(uncomputed), self.rows), start=1):
            if place % _PACE == 0:
                self.laid(place)
            yield row


def files_given(
    label: str, schema: Schema | None, spool: Spool, *, sheet: str | None = None
) -> list[Given | Skipped]:
    """Return the tables in the file, address or standard input (`-`) that the user names.

    Without `schema`, each is checked by that of the data package the file belongs to. `sheet`
    names a sheet of a workbook, or a member of an archive. Raises MissingFileError, RemoteError,
    UsageError (naming the schema that fits best when none is known), and BrokenFileError for a
    damaged file of which no schema is known.
    """
    place = _find(label, spool)
    own = _own_resources(place.home) if schema is None and place.home is not None else []
    return _open(place, schema, own, spool, sheet)


def received_tables(received: Received, schema: Schema, spool: Spool) -> list[Given | Skipped]:
    """Return the tables in a file that was received. Raises as `files_given`."""
    name, path = received.name, received.path
    check_file(name, path)
    return _open(_Place(name, path, name, None, received.seen), schema, [], spool, received.sheet)


def _open(
    place: _Place, schema: Schema | None, own: list[Resource], spool: Spool, sheet: str | None
) -> list[Given | Skipped]:
    try:
        arrived = open_arrival(place.label, place.path, spool, name=place.name, choice=sheet)
        return list(_tables(place, arrived, schema, own, spool, sheet))
    except BrokenFileError as error:
        known = schema or (own[0].schema if own else None)
        if known is None:
            raise
        return [broken(TableInput(_stem(place), Source(place.label, place.path), known), error)]


def package_for(label: str) -> Package | None:
    """Return the data package around what the user names: that of this folder for `-`."""
    home = _home(label)
    return None if home is None else package_of(home)


def package_of(path: Path) -> Package | None:
    """Return the data package in whose folder `path` lies, None when there is none."""
    found = project.find_package(path)
    if found is None:
        return None
    from territo_opendata.descriptors.package import load_package

    return load_package(found)


def _home(label: str) -> Path | None:
    if is_address(label):
        return None
    return Path.cwd() if label == STDIN else Path(label)


def _find(label: str, spool: Spool) -> _Place:
    if label == STDIN:
        return _Place(STDIN_LABEL, keep_stdin(spool), STDIN_LABEL, None)
    if is_address(label):
        from territo_opendata.clients.addresses import shown

        path, name = download(label, spool, typed=True)
        return _Place(shown(label), path, name, None)
    path = Path(label)
    check_file(label, path)
    return _Place(label, path, path.name, path)


def _stem(place: _Place) -> str:
    name = PurePath(place.name).name
    return name.split(".")[0] or name


def _tables(
    place: _Place,
    arrived: Source | Workbook,
    schema: Schema | None,
    own: list[Resource],
    spool: Spool,
    sheet: str | None,
) -> Iterator[Given | Skipped]:
    if isinstance(arrived, Source):
        yield _text(place, arrived, schema, own)
    else:
        yield from _sheets(place, place.seen(arrived), schema, own, spool, sheet)


def _sheets(
    place: _Place,
    arrived: Workbook,
    schema: Schema | None,
    own: list[Resource],
    spool: Spool,
    sheet: str | None,
) -> Iterator[Given | Skipped]:
    from territo_opendata.workflow.sheets import sheet_given, sheets_by_schema

    if schema is not None and sheet is not None:
        table = TableInput(_stem(place), Source(place.label, arrived.path), schema)
        yield sheet_given(arrived, arrived.sheet(sheet), table, spool)
    elif schema is not None:
        yield from sheets_by_schema(arrived, _stem(place), schema, spool)
    elif own:
        for resource in own:
            yield _own_sheet(place, arrived, resource, spool, sheet)
    else:
        yield from _named_sheets(place, arrived, spool, sheet)


def _text(place: _Place, source: Source, schema: Schema | None, own: list[Resource]) -> Given:
    if schema is not None:
        return Given(TableInput(_stem(place), source, schema))
    if own and own[0].schema is not None:
        one = own[0]
        return Given(TableInput(one.name, source, own[0].schema, one.dialect, one.encoding))
    raise _no_schema(source.label, open_table(source, Dialect()).header.labels)


def _own_sheet(
    place: _Place, workbook: Workbook, resource: Resource, spool: Spool, sheet: str | None
) -> Given | Skipped:
    """Return the sheet that a resource of this file is, or the one asked for, by its schema."""
    dialect = resource.dialect
    if sheet is not None:
        dialect = dataclasses.replace(dialect, sheet_name=sheet)
    # The size and digest declared are of no interest to who is changing the file.
    relaxed = dataclasses.replace(
        resource, paths=(place.label,), dialect=dialect, hash=None, bytes=None
    )
    from territo_opendata.workflow.sheets import sheet_labels

    found = resource_given(relaxed, spool)
    if found is None:  # it has a schema: `_own_resources` takes no other
        raise _no_schema(place.label, sheet_labels(workbook.sheets[0]))
    return found


def _named_sheets(
    place: _Place, workbook: Workbook, spool: Spool, sheet: str | None
) -> Iterator[Given | Skipped]:
    """Yield the sheets that are called as a resource or a shipped schema."""
    from territo_opendata.workflow.sheets import sheet_labels, sheets_by_name, used_sheets

    package = package_of(place.home) if place.home is not None else None

    def schema_of(name: str) -> tuple[Schema, Dialect] | None:
        resource = package.resource(name) if package is not None else None
        if resource is not None and resource.schema is not None:
            return resource.schema, Dialect()
        if name in project.builtin_schema_names():
            return project.builtin_schema(name), Dialect()
        return None

    kept = workbook
    if sheet is not None:
        asked = dataclasses.replace(workbook.sheet(sheet), hidden=False)
        kept = dataclasses.replace(workbook, sheets=(asked,))
    found = list(sheets_by_name(kept, schema_of, spool))
    if not found:
        first = (used_sheets(kept)[0] or kept.sheets)[0]
        raise _no_schema(place.label, sheet_labels(first))
    yield from found


def _own_resources(path: Path) -> list[Resource]:
    """Return the resources with a schema that this file is, or is a part of."""
    package = package_of(path)
    return [
        resource
        for resource in (package.resources if package is not None else ())
        if resource.schema is not None
        and any(isinstance(each, Path) and is_same_file(each, path) for each in resource.files)
    ]


def _no_schema(label: str, labels: tuple[str, ...]) -> UsageError:
    fitting = project.best_fitting_schema(labels)[:_SHOWN]
    shown = visible(label, 300)
    fr = f"« {shown} » n’appartient à aucun jeu de données décrit : indiquez son schéma avec --schema."
    en = f"“{shown}” belongs to no described package: name its schema with --schema."
    if fitting and fitting[0][1] > 0:
        name, score = fitting[0]
        fr += f" Le plus proche est « {name} » ({100 * score:.0f} % des colonnes) :\n  territo validate {shown} --schema {name}"
        en += f" The closest is “{name}” ({score:.0%} of the columns):\n  territo validate {shown} --schema {name}"
    return UsageError(fr, en)
