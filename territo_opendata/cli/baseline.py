"""`territo baseline`: write down the findings that are accepted for now."""

from pathlib import Path

import click

from territo_opendata.cli.checking import Asked, check, checking_options, chosen_schema
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import deliver, say
from territo_opendata.cli.options import About, speaker
from territo_opendata.errors import RefusedError
from territo_opendata.language import Language, Text
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.acceptance import BASELINE_FILE

_HELP = Text(
    "Écrit la liste des constats acceptés : « territo validate --baseline » n’échoue plus que sur les autres, et sur ceux qui ont disparu.\n\n"
    "Exemple : territo baseline, puis territo validate --baseline territo-baseline.json",
    "Write the list of accepted findings: “territo validate --baseline” then fails on others only, and on those that are gone.\n\n"
    "Example: territo baseline, then territo validate --baseline territo-baseline.json",
)


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = speaker(language)

    @add_command(app, _HELP, language)
    @checking_options(about)
    @click.option(
        "--output",
        type=click.Path(path_type=Path),
        default=Path(BASELINE_FILE),
        metavar="FILE",
        help=about("Où écrire la liste.", "Where to write the list."),
    )
    @click.option(
        "--force",
        is_flag=True,
        help=about(
            "Accepte aussi des constats qu’une liste existante n’avait pas.",
            "Accept also findings that an existing list did not have.",
        ),
    )
    def baseline(
        files: tuple[str, ...],
        *,
        schema: str | None,
        catalog: str | None,
        sheet: str | None,
        no_references: bool,
        max_size: int,
        output: Path,
        force: bool,
    ) -> int:
        chosen = chosen_schema(schema, catalog, language)
        asked = Asked(files, chosen, sheet, max_size * 1_000_000)
        _write(asked, Options(limit=None, references=not no_references), output, force, language)
        return 0


def _write(asked: Asked, options: Options, output: Path, force: bool, language: Language) -> None:
    from territo_opendata.accepted import Baseline, make_baseline, render
    from territo_opendata.workflow.acceptance import load_accepted, validate_accepting

    about = speaker(language)
    waived = load_accepted(asked.files, None)
    report = validate_accepting(lambda given: check(asked, given, language), options, waived)
    made = make_baseline(report)
    there = load_accepted(asked.files, output) if output.exists() else None
    before = there.baseline if there and there.baseline else Baseline({})
    added = sum(max(0, n - before.counts.get(each, 0)) for each, n in made.counts.items())
    if there and added and not force:
        raise RefusedError(
            f"« {output} » ne doit que raccourcir, et {added} constat(s) y seraient ajoutés. "
            "Corrigez-les, ou acceptez-les avec --force.",
            f"“{output}” must only shrink, and {added} finding(s) would be added. "
            "Mend them, or accept them with --force.",
        )
    deliver(render(made), output)
    say(_outcome(about, output, made.total, added, before.total + added - made.total))


def _outcome(about: About, output: Path, total: int, added: int, removed: int) -> str:
    return about(
        f"{output} : {total} constat(s) accepté(s) ({added} ajouté(s), {removed} ôté(s)).",
        f"{output}: {total} accepted finding(s) ({added} added, {removed} removed).",
    )
