"""Validation of files and packages, references between tables included."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from territo_opendata import project
from territo_opendata.descriptors.lint import schema_findings
from territo_opendata.descriptors.model import Package, Resource, Schema
from territo_opendata.descriptors.package import load_package
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report, Skipped
from territo_opendata.tables.spool import DEFAULT_LIMIT, Spool
from territo_opendata.tables.streams import STDIN
from territo_opendata.validate.inputs import Options, Progress
from territo_opendata.validate.run import validate_tables
from territo_opendata.validate.watching import Watcher
from territo_opendata.workflow.given import Given, steady, whole_report
from territo_opendata.workflow.references import reference_finder
from territo_opendata.workflow.resources import resource_given
from territo_opendata.workflow.tables import Received, files_given, package_for, received_tables

if TYPE_CHECKING:
    from territo_opendata.workflow.changes import Changes


def silent(_table: str, _rows: int, _errors: int) -> None:
    """Tell nobody how far the reading is."""


@dataclass(frozen=True, slots=True)
class Validated:
    """A report, and the tables that it is about, in its order.

    They can be read again until the `with` statement that gave them ends.
    """

    report: Report
    tables: tuple[Given, ...]


def validate_files(
    files: Sequence[str],
    *,
    schema: str | None = None,
    sheet: str | None = None,
    max_size: int = DEFAULT_LIMIT,
    options: Options | None = None,
    progress: Progress = silent,
) -> Report:
    """Return the report on `files`. See `validated_files`."""
    with validated_files(
        files, schema=schema, sheet=sheet, max_size=max_size, options=options, progress=progress
    ) as made:
        return made.report


@contextmanager
def validated_files(
    files: Sequence[str],
    *,
    schema: str | None = None,
    sheet: str | None = None,
    max_size: int = DEFAULT_LIMIT,
    options: Options | None = None,
    progress: Progress = silent,
) -> Iterator[Validated]:
    """Validate `files` together, against `schema` or the one of the package each belongs to.

    A file is a path, an http(s) address or `-` for standard input; `sheet` names a sheet of a
    workbook or a member of an archive; `max_size` bounds, in bytes, what is received or
    expanded. Tables that they refer to are looked for among the files, then in that package,
    then in the datasets that come with territo-opendata. Raises MissingFileError, UsageError,
    RemoteError and DescriptorError, as `files_given` and `resolve_schema`.
    """
    if files.count(STDIN) > 1:
        raise UsageError(
            "L’entrée standard (-) ne peut être lue qu’une fois.",
            "Standard input (-) can be read only once.",
        )
    known = None if schema is None else project.resolve_schema(schema)
    with Spool(max_size) as spool:
        found = [each for label in files for each in files_given(label, known, spool, sheet=sheet)]
        package = package_for(files[0]) if _refer_elsewhere(found) else None
        yield Validated(validate_given(found, package, spool, options, progress), _given(found))


def validate_received(
    received: Received, schema: Schema, options: Options | None = None, progress: Progress = silent
) -> Report:
    """Validate a file that somebody sent, against `schema`. Raises as `received_tables`."""
    with Spool(received.max_size) as spool:
        found = received_tables(received, schema, spool)
        return validate_given(found, None, spool, options, progress)


def validate_package(
    path: Path | None = None,
    *,
    max_size: int = DEFAULT_LIMIT,
    options: Options | None = None,
    changes: Callable[[Package], "Changes"] | None = None,
    progress: Progress = silent,
) -> Report:
    """Return the report on a package. See `validated_package`."""
    with validated_package(
        path, max_size=max_size, options=options, changes=changes, progress=progress
    ) as made:
        return made.report


@contextmanager
def validated_package(
    path: Path | None = None,
    *,
    max_size: int = DEFAULT_LIMIT,
    options: Options | None = None,
    changes: Callable[[Package], "Changes"] | None = None,
    progress: Progress = silent,
) -> Iterator[Validated]:
    """Validate every table of the package at `path`, or of the one whose folder this is.

    `changes` tells which of them changed: then only these are validated, and the references of
    others to them. Raises UsageError when there is none, DescriptorError when it is broken.
    """
    found = path or project.find_package(Path.cwd() / "datapackage.json")
    if found is None:
        raise UsageError(
            "Il n’y a pas de fichier datapackage.json ici. Indiquez un fichier à vérifier :\n"
            "  territo validate mon-fichier.csv --schema financements",
            "There is no datapackage.json here. Name a file to check:\n"
            "  territo validate my-file.csv --schema financements",
        )
    package = load_package(found)
    with Spool(max_size) as spool:
        seen = None if changes is None else changes(package)
        resources = package.resources if seen is None else _seen(package, seen)
        tables = _all_tables(resources, spool)
        if seen is not None:
            tables = [_narrowed(each, seen) for each in tables]
        report = validate_given(tables, package, spool, options, progress)
        if seen is not None:
            report = _only_changes(report, package, seen)
        yield Validated(report, _given(tables))


def _given(found: Iterable[Given | Skipped]) -> tuple[Given, ...]:
    return tuple(each for each in found if isinstance(each, Given))


def _all_tables(resources: Iterable[Resource], spool: Spool) -> list[Given | Skipped]:
    given = (resource_given(resource, spool) for resource in resources)
    return [each for each in given if each is not None]


def _seen(package: Package, changes: "Changes") -> list[Resource]:
    return [each for each in package.resources if changes.keeps(each.name)]


def _only_changes(report: Report, package: Package, changes: "Changes") -> Report:
    """Return what counts of the report, and what is said of the tables that were not read."""
    seen = _seen(package, changes)
    others = (each for each in package.resources if each not in seen and each.schema is not None)
    unchanged = tuple(changes.left_out(each.name) for each in others)
    tables = tuple(changes.narrow(each) for each in report.tables)
    return Report(tables, (*report.skipped, *unchanged))


def _narrowed(found: Given | Skipped, changes: "Changes") -> Given | Skipped:
    if isinstance(found, Skipped):
        return found
    table = found.table
    schema = changes.narrowed(table.name, table.schema)
    return dataclasses.replace(found, table=dataclasses.replace(table, schema=schema))


def validate_given(
    found: Sequence[Given | Skipped],
    package: Package | None,
    spool: Spool,
    options: Options | None = None,
    progress: Progress = silent,
    watcher: Watcher | None = None,
) -> Report:
    """Validate tables made ready, together; `watcher` is shown every fault of the only one."""
    given = _given(found)
    tables = [each.table for each in given if each.readable]
    finder = reference_finder(given, package, spool)
    with steady([table.source for table in tables]):
        report = validate_tables(tables, finder, options, progress, watcher)
    limit = (options or Options()).limit
    read = iter(report.tables)
    whole = (whole_report(each, next(read) if each.readable else None, limit) for each in given)
    linted = tuple(
        dataclasses.replace(each, schema_findings=schema_findings(one.table.schema))
        for each, one in zip(whole, given, strict=True)
    )
    skipped = [each for each in found if isinstance(each, Skipped)]
    partly = [what for each in given for what in each.skipped]
    return Report(linted, (*skipped, *partly, *report.skipped))


def _refer_elsewhere(found: Sequence[Given | Skipped]) -> bool:
    """Tell whether a table names another one: only then does a package beside the file matter.

    A broken datapackage.json must not stop the check of a file that is given with its schema.
    """
    return any(
        key.resource
        for each in found
        if isinstance(each, Given)
        for key in each.table.schema.foreign_keys
    )
