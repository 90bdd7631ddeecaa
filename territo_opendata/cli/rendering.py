"""Reports as the user asked for them: their form, and where they go."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args

import click

from territo_opendata.cli.console import deliver, use_color, width
from territo_opendata.cli.options import About
from territo_opendata.cli.step_summary import add_step_summary
from territo_opendata.findings import Report
from territo_opendata.language import Language
from territo_opendata.report import RENDERERS

Format = Literal["terminal", "json", "html", "csv", "junit", "sarif", "github", "gitlab"]
FailOn = Literal["error", "warning"]
_EXIT_CODES = {"valid": 0, "invalid": 1, "incomplete": 3}


def report_options(about: About) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return `--format`, `--output` and `--fail-on`."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(_options(about)):
            function = option(function)
        return function

    return decorate


def _options(about: About) -> list[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    return [
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
    ]


def give(report: Report, form: Format, output: Path | None, language: Language) -> None:
    """Write the report in the form asked for to `output`, else to stdout."""
    if form == "terminal":
        from territo_opendata.report.terminal import render_terminal

        color = use_color() and output is None
        deliver(render_terminal(report, language, color=color, width=width()), output)
        return
    deliver(RENDERERS[form](report, language), output)
    if form == "github":
        add_step_summary(report, language)


def exit_code(report: Report, fail_on: FailOn) -> int:
    """Return the exit code of a report: 0 valid, 1 invalid, 3 not fully checked."""
    if fail_on == "warning" and report.verdict == "valid" and report.warnings:
        return 1
    return _EXIT_CODES[report.verdict]
