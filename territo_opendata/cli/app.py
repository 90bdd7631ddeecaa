"""The commands of `territo`, in the language of the user."""

import typer
from typer.core import TyperGroup

from territo_opendata import __version__
from territo_opendata.cli import build, get, plan, publish, rules, validate, verify
from territo_opendata.cli.commands import FrenchGroup
from territo_opendata.cli.home import next_step
from territo_opendata.language import Language, Text

_ABOUT = Text(
    "Valider, construire et publier des données ouvertes sur les programmes de cohésion territoriale.",
    "Validate, build and publish open data on programmes of territorial cohesion.",
)


def build_app(language: Language) -> typer.Typer:
    """Return the application with its help in `language`."""
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

    for command in (validate, build, plan, publish, verify, get, rules):
        command.register(app, language)
    return app
