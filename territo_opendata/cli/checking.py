"""What the commands that check data share: what to check, and the checking."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from territo_opendata.cli.commands import Decorator, together
from territo_opendata.cli.console import say
from territo_opendata.cli.options import About
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report, Skipped
from territo_opendata.language import Language
from territo_opendata.validate.inputs import Options, Progress

if TYPE_CHECKING:
    from territo_opendata.descriptors.model import Package
    from territo_opendata.workflow.changes import Changes
    from territo_opendata.workflow.validation import Validated


@dataclass(frozen=True, slots=True)
class Asked:
    """What to check: these files, else the package here; `max_size` in bytes.

    `since` is a git revision: only what changed after it is checked. `changed` tells that the
    files are what changed, to be checked as parts of their packages.
    """

    files: tuple[str, ...]
    schema: str | None
    sheet: str | None
    max_size: int
    since: str | None = None
    changed: bool = False


def checking_options(about: About) -> Decorator:
    """Return FILE…, and the options of `source_options`."""
    files = click.argument(
        "files",
        nargs=-1,
        metavar="[FILE]...",
        help=about(
            "Fichiers CSV, TSV, XLSX ou ODS, tels quels ou compressés (.gz, .zip), adresses, ou « - » pour l’entrée standard.",
            "CSV, TSV, XLSX or ODS files, plain or compressed (.gz, .zip), addresses, or “-” for standard input.",
        ),
    )
    return together(files, source_options(about))


def source_options(about: About) -> Decorator:
    """Return `--schema`, `--catalog`, `--sheet`, `--no-references` and `--max-size`."""
    return together(*_table_options(about), *_reading_options(about))


def _table_options(about: About) -> tuple[Decorator, ...]:
    return (
        click.option(
            "--schema",
            metavar="NAME|PATH|URL",
            help=about(
                "Schéma : nom d’un schéma fourni, fichier ou adresse.",
                "Schema: the name of one that comes along, a file or an address.",
            ),
        ),
        click.option(
            "--catalog",
            metavar="PATH|URL",
            help=about(
                "Catalogue national (schemas.json) où --schema est un nom, comme etalab/schema-irve-statique.",
                "National catalogue (schemas.json) in which --schema is a name, like etalab/schema-irve-statique.",
            ),
        ),
        click.option(
            "--sheet",
            metavar="NAME",
            help=about(
                "Feuille du classeur, ou fichier de l’archive ZIP, à vérifier.",
                "Sheet of the workbook, or file of the ZIP archive, to check.",
            ),
        ),
    )


def _reading_options(about: About) -> tuple[Decorator, ...]:
    return (
        click.option(
            "--no-references",
            is_flag=True,
            help=about(
                "Ne vérifie pas les références à d’autres tables.",
                "Do not check references to other tables.",
            ),
        ),
        click.option(
            "--max-size",
            type=click.IntRange(min=1),
            default=4000,
            metavar="MB",
            help=about(
                "Taille maximale d’un fichier téléchargé ou décompressé, en Mo.",
                "Largest size of a file once downloaded or expanded, in MB.",
            ),
        ),
    )


def chosen_schema(schema: str | None, catalogue: str | None, language: Language) -> str | None:
    """Return the schema to check against: of a catalogue, the file it was kept in.

    Raises UsageError for a catalogue without a name to look for in it, and as `locate_schema`.
    """
    if catalogue is None:
        return schema
    if schema is None:
        raise UsageError(
            "--catalog va avec --schema NOM : dites quel schéma du catalogue.",
            "--catalog goes with --schema NAME: say which schema of the catalogue.",
        )
    from territo_opendata.workflow.catalogue import locate_schema

    located = locate_schema(schema, catalogue)
    for note in located.notes:
        say(note.say(language))
    return str(located.path)


def check(asked: Asked, options: Options, language: Language) -> Report:
    """Return the report on what was asked. Raises as `workflow.validation`."""
    with ExitStack() as until:
        return check_keeping(asked, options, language, until).report


def check_keeping(
    asked: Asked, options: Options, language: Language, until: ExitStack
) -> "Validated":
    """Return the report on what was asked, and its tables, to be read again as long as `until`.

    Raises as `workflow.validation`.
    """
    from territo_opendata.workflow.validation import Validated, validated_files, validated_package

    if asked.changed and (asked.schema or asked.sheet or asked.since):
        raise UsageError(
            "--changed-files s’emploie seul : les tables et leurs schémas sont ceux du paquet.",
            "--changed-files goes alone: tables and their schemas are those of the package.",
        )
    if asked.sheet is not None and not asked.files:
        raise UsageError(
            "--sheet choisit la feuille d’un classeur : nommez ce classeur.",
            "--sheet chooses the sheet of a workbook: name that workbook.",
        )
    progress = ReadingProgress(language)
    size = asked.max_size
    try:
        if asked.changed:
            return _check_changed(asked, options, progress, until)
        if not asked.files:
            return until.enter_context(
                validated_package(
                    max_size=size, options=options, changes=_since(asked), progress=progress
                )
            )
        files, unchanged = _changed(asked)
        made = until.enter_context(
            validated_files(
                files,
                schema=asked.schema,
                sheet=asked.sheet,
                max_size=size,
                options=options,
                progress=progress,
            )
        )
        report = Report(made.report.tables, (*made.report.skipped, *unchanged))
        return Validated(report, made.tables)
    finally:
        progress.end()


def _check_changed(
    asked: Asked, options: Options, progress: Progress, until: ExitStack
) -> "Validated":
    """Return the report on the tables that the files make up, package by package."""
    from territo_opendata import project
    from territo_opendata.workflow.changes import given_changes
    from territo_opendata.workflow.validation import Validated, validated_package

    files: dict[Path, list[Path]] = {}
    for each in map(Path, asked.files):
        package = project.find_package(each)
        if package is not None:
            files.setdefault(package, []).append(each)
    made = [
        until.enter_context(
            validated_package(
                path,
                max_size=asked.max_size,
                options=options,
                changes=partial(given_changes, files=given),
                progress=progress,
            )
        )
        for path, given in files.items()
    ]
    tables = tuple(table for each in made for table in each.report.tables)
    skipped = tuple(one for each in made for one in each.report.skipped)
    return Validated(Report(tables, skipped), tuple(one for each in made for one in each.tables))


def _since(asked: Asked) -> "Callable[[Package], Changes] | None":
    if asked.since is None:
        return None
    from territo_opendata.workflow.changes import package_changes

    return partial(package_changes, revision=asked.since)


def _changed(asked: Asked) -> tuple[Sequence[str], Sequence[Skipped]]:
    """Return the files to read, and what is said of those that have not changed."""
    if asked.since is None:
        return asked.files, ()
    from territo_opendata.workflow.changes import changed_files

    return changed_files(asked.files, asked.schema, asked.since)
