"""How commands are made: their options, and their help in the user's language.

A command is a function under `@add_command(…)` and the options and arguments of click. Click
without Typer on top of it: Typer makes a pydantic model of every option, and a check of a small
file would spend most of its time there.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from territo_opendata.language import Language, Text

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
C = TypeVar("C", bound=click.Command)

_HEADINGS = {
    "Options": "Options ",
    "Positional arguments": "Arguments ",
    "Commands": "Commandes ",
}


_NAMES = {
    "ARGS": "ARGUMENTS",
    "COMMAND": "COMMANDE",
    "DIR": "DOSSIER",
    "FIELD": "CHAMP",
    "FILE": "FICHIER",
    "KEY": "CLÉ",
    "MB": "Mo",
    "NAME": "NOM",
    "NEW": "NOUVEAU",
    "OLD": "ANCIEN",
    "PATH": "CHEMIN",
    "REV": "RÉVISION",
    "TARGET": "CIBLE",
    "URL": "ADRESSE",
}
_NAME = re.compile(rf"(?<![\w-])({'|'.join(_NAMES)})(?![\w-])")
_BOUNDS = (
    (re.compile(r"\[required\]$"), "[obligatoire]"),
    (re.compile(r"; (?=x>=\d+\]$|\d+<=x<=\d+\]$)"), "\u00a0; "),
    (re.compile(r"\[default: "), "[par défaut\u00a0: "),
    (re.compile(r"(?<=[\[\s])x>=(\d+)(?=\]$)"), r"au moins \1"),
    (re.compile(r"(?<=[\[\s])(\d+)<=x<=(\d+)(?=\]$)"), r"de \1 à \2"),
)
_SENTENCE = 300
"""More characters than any first sentence of a help has: none is cut."""


def together(*decorators: Decorator) -> Decorator:
    """Return one decorator for several, in the order in which they would be written."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for each in reversed(decorators):
            function = each(function)
        return function

    return decorate


def french_names(text: str) -> str:
    """Return a text in which what stands for a value of the user has its French name."""
    return _NAME.sub(lambda found: _NAMES[found[0]], text)


class _FrenchFormatter(click.HelpFormatter):
    """Writes the few words that click itself puts into a help, in French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """See `HelpFormatter.write_usage`."""
        super().write_usage(prog, french_names(args), prefix or "Usage : ")

    def write_heading(self, heading: str) -> None:
        """See `HelpFormatter.write_heading`."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """See `HelpFormatter.write_dl`."""
        french = [(french_names(name), _french_bounds(about)) for name, about in rows]
        super().write_dl(french, col_max, col_spacing)


def _french_bounds(about: str) -> str:
    for expression, words in _BOUNDS:
        about = expression.sub(words, about)
    return about


class _FrenchContext(click.Context):
    formatter_class = _FrenchFormatter


class FrenchCommand(click.Command):
    """A command whose help is in French."""

    context_class = _FrenchContext


class Group(click.Group):
    """A group that lists its commands in the order in which they are added."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """See `click.Group.list_commands`."""
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """See `click.Group.format_commands`; the first sentence of each help is whole."""
        rows = [(name, each.get_short_help_str(_SENTENCE)) for name, each in self.commands.items()]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


class FrenchGroup(Group):
    """A group of commands whose help is in French."""

    context_class = _FrenchContext
    command_class = FrenchCommand


def make_group(
    name: str, about: Text, language: Language, alone: Callable[[], None] | None = None
) -> click.Group:
    """Return a group of commands, empty yet, its help in `language`; `alone` runs without one."""
    kind = FrenchGroup if language == "fr" else Group
    group = kind(name, help=about.say(language), invoke_without_command=alone is not None)

    @click.pass_context
    def run(context: click.Context) -> None:
        if alone is not None and context.invoked_subcommand is None:
            alone()

    group.callback = run
    return _with_common_options(group, language)


def add_command(group: click.Group, about: Text, language: Language) -> Decorator:
    """Return the decorator that adds a command whose help is `about` in `language`."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        _with_common_options(group.command(help=about.say(language))(function), language)
        return function

    return add


def _with_common_options(command: C, language: Language) -> C:
    """Add `--lang`, which is read before the arguments are parsed, and `--help`."""
    spoken = Text("Langue.", "Language.").say(language)
    shown = Text("Affiche cette aide.", "Show this help.").say(language)
    command.context_settings["show_default"] = True
    command = click.option("--lang", metavar="fr|en", expose_value=False, help=spoken)(command)
    return click.help_option("-h", "--help", help=shown)(command)
