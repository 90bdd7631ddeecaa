"""`territo validate`: check files, or the whole package of this folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import click

from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver, use_color, width
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.cli.step_summary import add_step_summary
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report
from territo_opendata.language import Language, Text
from territo_opendata.report import RENDERERS
from territo_opendata.validate.inputs import Options

_HELP = Text(
    "Vérifie des fichiers (CSV, XLSX, ODS), ou toutes les tables du datapackage.json de ce dossier.\n\n"
    "Exemple : territo validate mes-financements.csv --schema financements",
    "Check CSV, XLSX or ODS files, or all the tables of the datapackage.json of this folder.\n\n"
    "Example: territo validate my-file.csv --schema financements",
)
_EXIT_CODES = {"valid": 0, "invalid": 1, "incomplete": 3}
Format = Literal["terminal", "json", "csv", "junit", "sarif", "github", "gitlab"]


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""

    def about(fr: str, en: str) -> str:
        return Text(fr, en).say(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "files",
        nargs=-1,
        metavar="[FILE]...",
        help=about(
            "Fichiers CSV, TSV, XLSX ou ODS, tels quels ou compressés (.gz, .zip), adresses, ou « - » pour l’entrée standard.",
            "CSV, TSV, XLSX or ODS files, plain or compressed (.gz, .zip), addresses, or “-” for standard input.",
        ),
    )
    @click.option(
        "--schema",
        metavar="NAME|PATH|URL",
        help=about(
            "Schéma : nom d’un schéma fourni, fichier ou adresse.",
            "Schema: the name of one that comes along, a file or an address.",
        ),
    )
    @click.option(
        "--sheet",
        metavar="NAME",
        help=about(
            "Feuille du classeur, ou fichier de l’archive ZIP, à vérifier.",
            "Sheet of the workbook, or file of the ZIP archive, to check.",
        ),
    )
    @click.option(
        "--format",
        type=click.Choice(get_args(Format)),
        default="terminal",
        help=about("Forme du rapport.", "Form of the report."),
    )
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=about("Écrit le rapport dans ce fichier.", "Write the report to this file."),
    )
    @click.option(
        "--limit",
        type=click.IntRange(min=0),
        default=1000,
        metavar="N",
        help=about(
            "Nombre de constats listés par table ; tous sont comptés.",
            "Findings listed for each table; all are counted.",
        ),
    )
    @click.option(
        "--stop-after",
        type=click.IntRange(min=1),
        metavar="N",
        help=about(
            "Cesse de lire une table après N erreurs.",
            "Stop reading a table after N errors.",
        ),
    )
    @click.option(
        "--fail-on",
        type=click.Choice(["error", "warning"]),
        default="error",
        help=about(
            "Ce qui fait échouer : les erreurs, ou aussi les avertissements.",
            "What makes it fail: errors, or warnings too.",
        ),
    )
    @click.option(
        "--no-references",
        is_flag=True,
        help=about(
            "Ne vérifie pas les références à d’autres tables.",
            "Do not check references to other tables.",
        ),
    )
    @click.option(
        "--engine",
        type=click.Choice(["auto", "exact"]),
        default="auto",
        help=about("Moteur de vérification.", "Checking engine."),
    )
    @click.option(
        "--max-size",
        type=click.IntRange(min=1),
        default=4000,
        metavar="MB",
        help=about(
            "Taille maximale d’un fichier téléchargé ou décompressé, en Mo.",
            "Largest size of a file once downloaded or expanded, in MB.",
        ),
    )
    def validate(
        files: tuple[str, ...],
        *,
        schema: str | None,
        sheet: str | None,
        format: Format,
        output: Path | None,
        limit: int,
        stop_after: int | None,
        fail_on: Literal["error", "warning"],
        no_references: bool,
        engine: Literal["auto", "exact"],
        max_size: int,
    ) -> int:
        options = Options(
            limit=limit, stop_after=stop_after, references=not no_references, engine=engine
        )
        asked = _Asked(tuple(files or ()), schema, sheet, max_size * 1_000_000)
        report = _validate(asked, options, language)
        deliver(_render(report, format, language, to_file=output is not None), output)
        if format == "github":
            add_step_summary(report, language)
        if fail_on == "warning" and report.verdict == "valid" and report.warnings:
            return 1
        return _EXIT_CODES[report.verdict]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to check; `max_size` in bytes."""

    files: tuple[str, ...]
    schema: str | None
    sheet: str | None
    max_size: int


def _validate(asked: _Asked, options: Options, language: Language) -> Report:
    from territo_opendata.workflow.validation import validate_files, validate_package

    if asked.sheet is not None and not asked.files:
        raise UsageError(
            "--sheet choisit la feuille d’un classeur : nommez ce classeur.",
            "--sheet chooses the sheet of a workbook: name that workbook.",
        )
    progress = ReadingProgress(language)
    try:
        if asked.files:
            return validate_files(
                asked.files,
                schema=asked.schema,
                sheet=asked.sheet,
                max_size=asked.max_size,
                options=options,
                progress=progress,
            )
        return validate_package(max_size=asked.max_size, options=options, progress=progress)
    finally:
        progress.end()


def _render(report: Report, form: Format, language: Language, *, to_file: bool) -> str:
    if form == "terminal":
        from territo_opendata.report.terminal import render_terminal

        color = use_color() and not to_file
        return render_terminal(report, language, color=color, width=width())
    return RENDERERS[form](report, language)
