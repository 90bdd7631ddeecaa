"""`territo validate`: check files, or the whole package of this folder."""

from pathlib import Path
from typing import Literal, get_args

import click

from territo_opendata.cli.checking import Asked, check, checking_options
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver, use_color, width
from territo_opendata.cli.options import speaker
from territo_opendata.cli.step_summary import add_step_summary
from territo_opendata.findings import Report
from territo_opendata.language import Language, Text
from territo_opendata.report import RENDERERS
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.acceptance import load_accepted, validate_accepting

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
    about = speaker(language)

    @add_command(app, _HELP, language)
    @checking_options(about)
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
        "--engine",
        type=click.Choice(["auto", "exact"]),
        default="auto",
        help=about("Moteur de vérification.", "Checking engine."),
    )
    @click.option(
        "--baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=about(
            "Constats acceptés, écrits par « territo baseline » : seuls les nouveaux font échouer.",
            "Accepted findings, written by “territo baseline”: only new ones make it fail.",
        ),
    )
    @click.option(
        "--changed-since",
        metavar="REV",
        help=about(
            "Ne vérifie que les tables modifiées depuis cette révision git, avec toutes leurs clés.",
            "Check only the tables changed since this git revision, with all their keys.",
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
        baseline: Path | None,
        changed_since: str | None,
    ) -> int:
        options = Options(
            limit=limit, stop_after=stop_after, references=not no_references, engine=engine
        )
        asked = Asked(files, schema, sheet, max_size * 1_000_000, changed_since)
        accepted = load_accepted(files, baseline)
        report = validate_accepting(
            lambda chosen: check(asked, chosen, language), options, accepted
        )
        deliver(_render(report, format, language, to_file=output is not None), output)
        if format == "github":
            add_step_summary(report, language)
        if fail_on == "warning" and report.verdict == "valid" and report.warnings:
            return 1
        return _EXIT_CODES[report.verdict]


def _render(report: Report, form: Format, language: Language, *, to_file: bool) -> str:
    if form == "terminal":
        from territo_opendata.report.terminal import render_terminal

        color = use_color() and not to_file
        return render_terminal(report, language, color=color, width=width())
    return RENDERERS[form](report, language)
