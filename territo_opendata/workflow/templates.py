"""From a schema to a file to fill in."""

from collections.abc import Iterator
from pathlib import Path

from territo_opendata import project
from territo_opendata.descriptors.model import ForeignKey, Package, Schema
from territo_opendata.errors import RefusedError, TerritoError, UsageError
from territo_opendata.language import Language
from territo_opendata.refusals import check_folder
from territo_opendata.release.disk import Disk, unfinished
from territo_opendata.tables.source import Source
from territo_opendata.tables.table import open_table
from territo_opendata.template import plain_template, workbook_template
from territo_opendata.workflow.tables import package_for

_LONGEST_LIST = 5000
"""Values that a drop-down list may have: beyond that, nobody finds theirs."""


def write_template(
    spec: str, output: Path | None, language: Language, *, example: bool = True, force: bool = False
) -> str | None:
    """Write an empty table of the schema to `output` (.csv or .xlsx), or return it as CSV.

    Raises UsageError for another kind of file, RefusedError for one that exists already, and as
    `project.resolve_schema`.
    """
    schema = project.resolve_schema(spec)
    if output is None:
        return plain_template(schema, example=example)
    if output.exists() and not force:
        raise RefusedError(
            f"« {output} » existe déjà. Choisissez un autre nom, ou remplacez-le avec --force.",
            f"“{output}” exists already. Choose another name, or replace it with --force.",
        )
    check_folder(output)
    kind = output.suffix.lower()
    if kind == ".csv":
        Disk().put(output.absolute(), [plain_template(schema, example=example).encode()])
    elif kind == ".xlsx":
        _write_workbook(schema, output.absolute(), language, example=example)
    else:
        raise UsageError(
            f"« {output} » : un modèle s’écrit en .csv ou en .xlsx.",
            f"“{output}”: a template is written as .csv or .xlsx.",
        )
    return None


def _write_workbook(schema: Schema, output: Path, language: Language, *, example: bool) -> None:
    disk = Disk()
    fresh = unfinished(output)
    lists = dict(_reference_lists(schema))
    disk.make(fresh.parent)
    try:
        workbook_template(schema, fresh, lists, language, example=example)
        disk.replace(fresh, output)
    finally:
        disk.drop(fresh)


def _reference_lists(schema: Schema) -> Iterator[tuple[str, list[str]]]:
    """Yield, for each field that refers to one column of a known table, the values of it."""
    packages = [package for package in (_here(), project.builtin_package()) if package]
    for key in schema.foreign_keys:
        if len(key.fields) == 1 and key.resource and not key.package:
            values = next(filter(None, (_values(package, key) for package in packages)), None)
            if values and len(values) <= _LONGEST_LIST:
                yield key.fields[0], values


def _here() -> Package | None:
    try:
        return package_for(str(Path.cwd() / "x.csv"))
    except TerritoError:
        return None  # a broken package beside must not stop a template


def _values(package: Package, key: ForeignKey) -> list[str] | None:
    resource = package.resource(key.resource)
    file = resource.files[0] if resource and len(resource.files) == 1 else None
    if resource is None or not isinstance(file, Path) or not file.is_file():
        return None
    source = Source(str(file), file, "tsv" if file.suffix == ".tsv" else "csv")
    table = open_table(source, resource.dialect, resource.encoding)
    name = key.reference_fields[0]
    if table.binary or name not in table.header.labels:
        return None
    place = table.header.labels.index(name)
    found = (
        cells[place] for chunk in table.chunks() for cells in chunk.cells if place < len(cells)
    )
    return sorted({cell for cell in found if cell})
