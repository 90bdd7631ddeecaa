"""The commands of `territo`, in the language of the user."""

from collections.abc import Sequence
from importlib import import_module

import typer
from typer.core import TyperGroup

from territo_opendata import __version__
from territo_opendata.cli.commands import FrenchGroup
from territo_opendata.cli.home import next_step
from territo_opendata.language import Language, Text

_ABOUT = Text(
    "Valider, construire et publier des données ouvertes sur les programmes de cohésion territoriale.",
    "Validate, build and publish open data on programmes of territorial cohesion.",
)


COMMANDS = ("validate", "build", "plan", "publish", "verify", "get", "rules")
"""The commands, in the order of the help; each is the module of that name beside this one."""


def named_command(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the command that these arguments begin with, so that only it is loaded, else all."""
    first = arguments[0] if arguments else ""
    return (first,) if first in COMMANDS else COMMANDS


def build_app(language: Language, commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """Return the application with these commands, its help in `language`."""
    app = typer.Typer(
        name="territo",
        help=_ABOUT.say(language),
        add_completion=False,
        no_args_is_help=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        cls=FrenchGroup if language == "fr" else TyperGroup,
        context_settings={"help_option_names": ["--help", "-h"]},
    )

    @app.callback(invoke_without_command=True)
    def home(
        context: typer.Context,
        *,
        version: bool = typer.Option(
            False, "--version", help=Text("La version.", "The version.").say(language)
        ),
        lang: str = typer.Option("", "--lang", help="fr | en", metavar="fr|en"),
    ) -> None:
        if version:
            typer.echo(f"territo-opendata {__version__}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            typer.echo(next_step(language))

    for name in commands:
        import_module(f"territo_opendata.cli.{name}").register(app, language)
    return app
