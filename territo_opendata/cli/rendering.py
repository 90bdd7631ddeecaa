"""Reports as the user asked for them: their form, and where they go."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import click

from territo_opendata.cli.commands import Decorator, together
from territo_opendata.cli.console import deliver, use_color, width
from territo_opendata.cli.options import About
from territo_opendata.cli.step_summary import add_step_summary
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report
from territo_opendata.language import Language
from territo_opendata.report import RENDERERS

if TYPE_CHECKING:
    from territo_opendata.workflow.given import Given

Format = Literal["terminal", "json", "html", "csv", "xlsx", "junit", "sarif", "github", "gitlab"]
FailOn = Literal["error", "warning"]
_EXIT_CODES = {"valid": 0, "invalid": 1, "incomplete": 3}


def report_options(about: About) -> Decorator:
    """Return `--format`, `--output` and `--fail-on`."""
    return together(
        click.option(
            "--format",
            type=click.Choice(get_args(Format)),
            default="terminal",
            help=about("Forme du rapport.", "Form of the report."),
        ),
        click.option(
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=about("Écrit le rapport dans ce fichier.", "Write the report to this file."),
        ),
        click.option(
            "--fail-on",
            type=click.Choice(get_args(FailOn)),
            default="error",
            help=about(
                "Ce qui fait échouer : les erreurs, ou aussi les avertissements.",
                "What makes it fail: errors, or warnings too.",
            ),
        ),
    )


def check_form(form: Format, output: Path | None) -> None:
    """Raise UsageError for a form that cannot be given so: known before anything is read."""
    if form != "xlsx":
        return
    if output is None:
        raise UsageError(
            "Un classeur s’écrit dans un fichier : ajoutez --output rapport.xlsx.",
            "A workbook is written to a file: add --output report.xlsx.",
        )
    from territo_opendata.report.annotated import library

    library()


def give(
    report: Report,
    form: Format,
    output: Path | None,
    language: Language,
    tables: Sequence["Given"] = (),
) -> None:
    """Write the report in the form asked for to `output`, else to stdout.

    `tables` are those that it is about, for the form that shows their rows too. Raises
    UsageError and MissingFileError where it cannot be written.
    """
    if form == "terminal":
        from territo_opendata.report.terminal import render_terminal

        color = use_color() and output is None
        text = render_terminal(report, language, color=color, width=width())
        deliver(text, output, person=True)
    elif form == "xlsx" and output is not None:
        from territo_opendata.workflow.annotation import save_annotated

        save_annotated(report, tables, output, language)
    else:
        deliver(RENDERERS[form](report, language), output)
    if form == "github":
        add_step_summary(report, language)


def exit_code(report: Report, fail_on: FailOn) -> int:
    """Return the exit code of a report: 0 valid, 1 invalid, 3 not fully checked."""
    if fail_on == "warning" and report.verdict == "valid" and report.warnings:
        return 1
    return _EXIT_CODES[report.verdict]
