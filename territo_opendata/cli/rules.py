"""`territo rules`: the catalogue of everything that can be found."""

import click

from territo_opendata.cli import options
from territo_opendata.cli.commands import add_command
from territo_opendata.cli.console import show
from territo_opendata.errors import UsageError
from territo_opendata.language import Language, Text, visible
from territo_opendata.rules import RULES
from territo_opendata.rules.catalogue import render_list, render_rule

_HELP = Text(
    "Explique les constats : cause, remède, exemple, fausses alertes connues.\n\n"
    "Exemple : territo rules siret-checksum",
    "Explain the findings: cause, remedy, example, known false alarms.\n\n"
    "Example: territo rules siret-checksum",
)


def register(app: click.Group, language: Language) -> None:
    """Add the command, its help in `language`."""
    about = options.speaker(language)

    @add_command(app, _HELP, language)
    @click.argument(
        "code",
        required=False,
        metavar="[CODE]",
        help=about("Le code d’un constat.", "A finding's code."),
    )
    def rules(code: str | None) -> int:
        if code is None:
            show(render_list(language).rstrip("\n") + "\n")
            return 0
        if code not in RULES:
            raise _unknown(code)
        show(render_rule(RULES[code], language).rstrip("\n") + "\n")
        return 0


def _unknown(code: str) -> UsageError:
    import difflib

    near = difflib.get_close_matches(code, RULES, n=1)
    hint = (
        Text(f" Vouliez-vous « {near[0]} » ?", f" Did you mean “{near[0]}”?")
        if near
        else Text("", "")
    )
    return UsageError(
        f"Il n’y a pas de constat « {visible(code)} ».{hint.fr}",
        f"There is no finding “{visible(code)}”.{hint.en}",
    )
