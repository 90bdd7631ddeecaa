"""`territo plan`: what publishing would change."""

import json
from pathlib import Path
from typing import Any

import click

from territo_opendata.cli import options
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver
from territo_opendata.cli.progress import ReadingProgress
from territo_opendata.language import Language, Text
from territo_opendata.publish import Plan, describe, save_plan

_HELP = Text(
    "Montre ce que la publication changerait, sans rien écrire.\n\n"
    "Exemple : territo plan --to folder:catalogue --out plan.json",
    "Show what publishing would change, writing nothing.\n\n"
    "Example: territo plan --to folder:catalogue --out plan.json",
)


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = options.speaker(language)

    @add_command(app, _HELP, language)
    @options.to_option(about, required=True)
    @click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="PLAN",
        help=about(
            "Enregistre le plan, pour « territo publish PLAN ».",
            "Save the plan, for “territo publish PLAN”.",
        ),
    )
    @click.option(
        "--exit-code",
        is_flag=True,
        help=about("Code 1 s’il y a des changements.", "Exit code 1 when there are changes."),
    )
    @options.publication_options(about)
    @options.form_option(about)
    @options.verbose_option(about)
    def plan(
        *,
        to: str,
        out: Path | None,
        exit_code: bool,
        format: options.Form,
        verbose: bool,
        **given: Any,
    ) -> int:
        from territo_opendata.workflow.publication import prepare

        asked = options.publication(to, **given)
        progress = ReadingProgress(language)
        try:
            made = prepare(asked, progress=progress).plan
        finally:
            progress.end()
        if out is not None:
            save_plan(made, out)
        deliver(render(made, format, language, verbose=verbose), None, person=format == "terminal")
        return 1 if exit_code and not made.empty else 0


def render(plan: Plan, form: options.Form, language: Language, *, verbose: bool = False) -> str:
    """Return the plan as text for a person, or as JSON."""
    if form == "json":
        return json.dumps(plan.to_dict(), ensure_ascii=False, indent=2) + "\n"
    return "\n".join(describe(plan, language, verbose=verbose)) + "\n"
