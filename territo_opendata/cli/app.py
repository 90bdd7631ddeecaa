"""The commands of `territo`, in the language of the user."""

from collections.abc import Sequence
from importlib import import_module

import click

from territo_opendata import __version__
from territo_opendata.cli.commands import make_group
from territo_opendata.language import Language, Text

_ABOUT = Text(
    "Valider, construire et publier des données ouvertes sur les programmes de cohésion territoriale.",
    "Validate, build and publish open data on programmes of territorial cohesion.",
)


COMMANDS = (
    "validate",
    "repair",
    "template",
    "serve",
    "build",
    "plan",
    "publish",
    "verify",
    "get",
    "diff",
    "baseline",
    "schema",
    "rules",
)
"""The commands, in the order of the help; each is the module of that name beside this one."""


def named_command(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the command that these arguments begin with, so that only it is loaded, else all."""
    first = arguments[0] if arguments else ""
    return (first,) if first in COMMANDS else COMMANDS


def _home(language: Language) -> None:
    from territo_opendata.cli.console import show
    from territo_opendata.cli.home import next_step

    show(next_step(language) + "\n")


def build_app(language: Language, commands: Sequence[str] = COMMANDS) -> click.Group:
    """Return the application with these commands, its help in `language`."""
    app = make_group("territo", _ABOUT, language, lambda: _home(language))
    version = Text("La version.", "The version.").say(language)
    click.version_option(__version__, message="territo-opendata %(version)s", help=version)(app)
    for name in commands:
        import_module(f"territo_opendata.cli.{name}").register(app, language)
    return app
