"""How commands are added: their help, with an example, in the user's language."""

import inspect
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from territo_opendata.language import Language, Text

_HELP = Text("Affiche cette aide.", "Show this help.")


class FrenchCommand(TyperCommand):
    """A command that says in French what `--help` does."""

    def get_help_option(self, ctx: Any) -> Any:
        """See `TyperCommand.get_help_option`."""
        return _in_french(super().get_help_option(ctx))


class FrenchGroup(TyperGroup):
    """A group of commands that says in French what `--help` does."""

    def get_help_option(self, ctx: Any) -> Any:
        """See `TyperGroup.get_help_option`."""
        return _in_french(super().get_help_option(ctx))


def _in_french(option: Any) -> Any:
    if option is not None:
        option.help = _HELP.fr
    return option


def add_command(
    app: typer.Typer, about: Text, language: Language
) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return the decorator that adds a command whose help is `about` in `language`."""
    kind = FrenchCommand if language == "fr" else TyperCommand
    return app.command(help=inspect.cleandoc(about.say(language)), cls=kind)
