"""`territo validate`: check files, or the whole package of this folder."""

from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import click

from territo_opendata.cli.checking import Asked, check_keeping, checking_options, chosen_schema
from territo_opendata.cli.commands import Decorator, add_command, together
from territo_opendata.cli.console import say
from territo_opendata.cli.options import About, speaker
from territo_opendata.cli.rendering import (
    FailOn,
    Format,
    check_form,
    exit_code,
    give,
    report_options,
)
from territo_opendata.cli.repair_step import repair_step
from territo_opendata.findings import Report
from territo_opendata.language import Language, Text
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.acceptance import load_accepted, validate_accepting
from territo_opendata.workflow.given import Given

_HELP = Text(
    "Vérifie des fichiers (CSV, XLSX, ODS), ou toutes les tables du datapackage.json de ce dossier.\n\n"
    "Exemple : territo validate mes-financements.csv --schema financements",
    "Check CSV, XLSX or ODS files, or all the tables of the datapackage.json of this folder.\n\n"
    "Example: territo validate my-file.csv --schema financements",
)


def _options(about: About) -> Decorator:
    """Return the options of this command alone."""
    return together(
        click.option(
            "--limit",
            type=click.IntRange(min=0),
            default=1000,
            metavar="N",
            help=about(
                "Nombre de constats listés par table ; tous sont comptés.",
                "Findings listed for each table; all are counted.",
            ),
        ),
        click.option(
            "--stop-after",
            type=click.IntRange(min=1),
            metavar="N",
            help=about(
                "Cesse de lire une table après N erreurs.",
                "Stop reading a table after N errors.",
            ),
        ),
        click.option(
            "--engine",
            type=click.Choice(["auto", "exact"]),
            default="auto",
            help=about("Moteur de vérification.", "Checking engine."),
        ),
        click.option(
            "--baseline",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=about(
                "Constats acceptés, écrits par « territo baseline » : seuls les nouveaux font échouer.",
                "Accepted findings, written by “territo baseline”: only new ones make it fail.",
            ),
        ),
        click.option(
            "--changed-since",
            metavar="REV",
            help=about(
                "Ne vérifie que les tables modifiées depuis cette révision git, avec toutes leurs clés.",
                "Check only the tables changed since this git revision, with all their keys.",
            ),
        ),
        click.option(
            "--changed-files",
            is_flag=True,
            help=about(
                "Les fichiers nommés sont ce qui a changé : vérifie leurs tables dans leur paquet, avec toutes leurs clés.",
                "The files named are what changed: check their tables within their package, with all their keys.",
            ),
        ),
    )


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = speaker(language)

    @add_command(app, _HELP, language)
    @checking_options(about)
    @report_options(about)
    @_options(about)
    def validate(
        files: tuple[str, ...],
        *,
        schema: str | None,
        catalog: str | None,
        sheet: str | None,
        format: Format,
        output: Path | None,
        limit: int,
        stop_after: int | None,
        fail_on: FailOn,
        no_references: bool,
        engine: Literal["auto", "exact"],
        max_size: int,
        baseline: Path | None,
        changed_since: str | None,
        changed_files: bool,
    ) -> int:
        check_form(format, output)
        options = Options(
            limit=limit, stop_after=stop_after, references=not no_references, engine=engine
        )
        chosen = chosen_schema(schema, catalog, language)
        asked = Asked(files, chosen, sheet, max_size * 1_000_000, changed_since, changed_files)
        accepted = load_accepted(files, baseline, partly=changed_since is not None)
        with ExitStack() as until:
            tables: list[Given] = []

            def checked(given: Options) -> Report:
                made = check_keeping(asked, given, language, until)
                tables.extend(made.tables)
                return made.report

            report = validate_accepting(checked, options, accepted)
            give(report, format, output, language, tables)
        if format == "terminal" and len(files) == 1:
            options_given = {"--schema": schema, "--catalog": catalog, "--sheet": sheet}
            step = repair_step(report, files[0], options_given)
            if step is not None:
                say(step.say(language))
        return exit_code(report, fail_on)
