"""From a resource of a data package to the table to check, wherever its data is."""

from collections.abc import Sequence
from pathlib import Path, PurePath

from territo_opendata.descriptors.model import Resource, Schema
from territo_opendata.errors import RemoteError, UnsafePathError
from territo_opendata.findings import Skipped
from territo_opendata.language import Text, visible
from territo_opendata.tables.arrivals import Workbook, open_arrival
from territo_opendata.tables.source import BrokenFileError, Source
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.streams import download
from territo_opendata.validate.inputs import TableInput
from territo_opendata.workflow.given import Given, broken

_TABULAR = frozenset({"csv", "tsv", "tab", "xlsx", "ods", "xls"})
_FORMS = frozenset({"csv", "tsv", "tab", "txt", "xlsx", "xlsm", "ods", "gz", "zip"})
_NO_SCHEMA = Text("cette table n’a pas de schéma", "this table has no schema")
_NO_DATA = Text("elle n’a ni « path » ni « data »", "it has neither “path” nor “data”")
_PARTS = Text(
    "ses parties sont des classeurs, qui ne se mettent pas bout à bout",
    "its parts are workbooks, which cannot be put end to end",
)


def resource_given(resource: Resource, spool: Spool) -> Given | Skipped | None:
    """Return the table that `resource` is, why it cannot be checked, or None for no table.

    Data at an address is read when that is public, for nobody typed it. Raises MissingFileError
    and UsageError as `open_arrival`.
    """
    if resource.schema is None:
        return Skipped(resource.name, _NO_SCHEMA) if _is_tabular(resource) else None
    try:
        return _given(resource, resource.schema, spool)
    except (RemoteError, UnsafePathError) as error:
        return Skipped(resource.name, error.text)
    except BrokenFileError as error:
        source = Source(_label(resource), _known_path(resource))
        return broken(TableInput(resource.name, source, resource.schema), error)


def _given(resource: Resource, schema: Schema, spool: Spool) -> Given | Skipped:
    if resource.data is not None:
        return _inline(resource, schema, spool)
    if not resource.files:
        return Skipped(resource.name, _NO_DATA)
    arrived = [_open(resource, number, spool) for number in range(len(resource.files))]
    sources = [each for each in arrived if isinstance(each, Source)]
    if len(sources) == len(arrived) > 1:
        return _joined(resource, schema, sources, spool)
    if len(arrived) > 1:
        return Skipped(resource.name, _PARTS)
    only = arrived[0]
    source = only if isinstance(only, Source) else Source(only.label, only.path)
    table = TableInput(
        name=resource.name,
        source=source,
        schema=schema,
        dialect=resource.dialect,
        encoding=resource.encoding,
        hash=resource.hash,
        bytes=resource.bytes,
    )
    return _sheet(only, table, spool) if isinstance(only, Workbook) else Given(table)


def _open(resource: Resource, number: int, spool: Spool) -> Source | Workbook:
    """Return what lies at one of the paths of the resource."""
    file, label = resource.files[number], resource.paths[number]
    choice = resource.descriptor.get("innerpath")
    name = None
    if not isinstance(file, Path):
        from territo_opendata.clients.addresses import shown

        label = shown(file)
        file, name = download(file, spool, typed=False)
    name = name or file.name
    if _ending(name) not in _FORMS and resource.format.lower() in _FORMS:
        name = f"{name}.{resource.format.lower()}"
    chosen = choice if isinstance(choice, str) and choice else None
    return open_arrival(label, file, spool, name=name, choice=chosen)


def _sheet(workbook: Workbook, table: TableInput, spool: Spool) -> Given:
    """Return the sheet that the dialect declares, the first one when it declares none."""
    from territo_opendata.workflow.sheets import sheet_given

    number = table.dialect.sheet_number
    name = table.dialect.sheet_name or (None if number is None else str(number))
    sheet = workbook.sheets[0] if name is None else workbook.sheet(name)
    return sheet_given(workbook, sheet, table, spool)


def _inline(resource: Resource, schema: Schema, spool: Spool) -> Given:
    from territo_opendata.tables.sheets import as_written
    from territo_opendata.tables.written import inline_source

    declared = resource.dialect
    source = inline_source(resource.name, resource.data, schema, declared, spool)
    dialect = as_written(declared, 1)
    return Given(TableInput(resource.name, source, schema, dialect, "utf-8"), by_row=True)


def _joined(resource: Resource, schema: Schema, sources: Sequence[Source], spool: Spool) -> Given:
    from territo_opendata.tables.written import joined_source

    source, counts = joined_source(_label(resource), sources, resource.dialect, spool)
    table = TableInput(
        resource.name,
        source,
        schema,
        resource.dialect,
        resource.encoding,
        resource.hash,
        resource.bytes,
    )
    return Given(table, notes=(_where_parts_start(sources, counts),))


def _where_parts_start(sources: Sequence[Source], counts: Sequence[int]) -> Text:
    places = []
    line = 1
    for source, count in zip(sources, counts, strict=True):
        places.append((visible(source.label, 100), line))
        line += count
    return Text(
        "Les lignes sont comptées d’un bout à l’autre des fichiers : "
        + ", ".join(f"« {label} » commence à la ligne {start}" for label, start in places)
        + ".",
        "Lines are counted from one end of the files to the other: "
        + ", ".join(f"“{label}” starts at line {start}" for label, start in places)
        + ".",
    )


def _is_tabular(resource: Resource) -> bool:
    descriptor = resource.descriptor
    declared = (
        descriptor.get("profile") == "tabular-data-resource" or descriptor.get("type") == "table"
    )
    return declared or resource.format.lower() in _TABULAR


def _label(resource: Resource) -> str:
    return ", ".join(resource.paths) or resource.name


def _known_path(resource: Resource) -> Path:
    """Return the first local file, else a path to no file."""
    return next((each for each in resource.files if isinstance(each, Path)), Path())


def _ending(name: str) -> str:
    return PurePath(name).suffix.removeprefix(".").lower()
