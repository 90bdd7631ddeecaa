"""What the command says of a wrong use: the reason and where to read more, in both languages."""

import re
from collections.abc import Iterator

import click
import pytest

from territo_opendata.cli.app import COMMANDS, build_app
from territo_opendata.cli.main import run

WRONG_USES = {
    "option": (
        ["validate", "--lmit", "3"],
        "L’option --lmit n’existe pas ; vouliez-vous « --limit » ?\nVoyez « territo validate --help ».",
        "No such option '--lmit'. Did you mean '--limit'?\nSee “territo validate --help”.",
    ),
    "command": (
        ["valdate"],
        "La commande « valdate » n’existe pas ; vouliez-vous « validate » ?\nVoyez « territo --help ».",
        "No such command 'valdate'. Did you mean 'validate'?\nSee “territo --help”.",
    ),
    "number": (
        ["validate", "--limit", "x"],
        "Valeur incorrecte pour --limit : « x » n’est pas un nombre entier.\nVoyez « territo validate --help ».",
        "Invalid value for '--limit': 'x' is not a valid integer range.\nSee “territo validate --help”.",
    ),
    "range": (
        ["validate", "--limit", "-1"],
        "Valeur incorrecte pour --limit : -1 est hors des limites (au moins 0).\nVoyez « territo validate --help ».",
        "Invalid value for '--limit': -1 is not in the range x>=0.\nSee “territo validate --help”.",
    ),
    "choice": (
        ["validate", "--engine", "fast"],
        "Valeur incorrecte pour --engine : « fast » n’est pas possible ; choisissez parmi 'auto', 'exact'.\nVoyez « territo validate --help ».",
        "Invalid value for '--engine': 'fast' is not one of 'auto', 'exact'.\nSee “territo validate --help”.",
    ),
    "missing argument": (
        ["get"],
        "Il manque l’argument SOURCE.\nVoyez « territo get --help ».",
        "Missing argument 'SOURCE'.\nSee “territo get --help”.",
    ),
    "missing option": (
        ["plan"],
        "Il manque l’option --to.\nVoyez « territo plan --help ».",
        "Missing option '--to'.\nSee “territo plan --help”.",
    ),
    "no value": (
        ["get", ".", "--output"],
        "L’option --output attend une valeur.\n",
        "Option '--output' requires an argument.\n",
    ),
    "value of a flag": (
        ["validate", "--no-references=3"],
        "L’option --no-references n’attend pas de valeur.\n",
        "Option '--no-references' does not take a value.\n",
    ),
    "one too many": (
        ["rules", "a", "b"],
        "Argument en trop : b.\nVoyez « territo rules --help ».",
        "Got unexpected extra argument (b).\nSee “territo rules --help”.",
    ),
}


@pytest.mark.parametrize(("arguments", "french", "english"), WRONG_USES.values(), ids=WRONG_USES)
def test_wrong_use_is_told(arguments: list, french: str, english: str, capsys) -> None:
    for language, expected in (("fr", french), ("en", english)):
        assert run([arguments[0], "--lang", language, *arguments[1:]]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith(expected)


def test_help_is_in_the_language_asked_for(capsys) -> None:
    assert run(["validate", "--help", "--lang", "fr"]) == 0
    french = capsys.readouterr().out
    assert "Usage : territo validate" in french
    assert "[par défaut\u00a0: 1000" in french
    assert "Options :" in french
    assert run(["validate", "--help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "Usage: territo validate" in english
    assert "[default: 1000" in english


def _helps(group: click.Group, parent: click.Context) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        with command.make_context(name, [], parent=parent, resilient_parsing=True) as context:
            yield context.command_path, command.get_help(context)
            if isinstance(command, click.Group):
                yield from _helps(command, context)


def test_french_help_has_no_english_frame() -> None:
    group = build_app("fr")
    with group.make_context("territo", [], resilient_parsing=True) as context:
        shown = {"territo": group.get_help(context), **dict(_helps(group, context))}
    assert len(shown) > len(COMMANDS)
    for command, text in shown.items():
        words = r"\[default|\[required|x>=|<=x|Usage: |Options:|\b(?:FILE|DIR|NAME|PATH|KEY|REV|TARGET|ARGS)\b"
        assert not re.search(words, text), (command, re.search(words, text))
        summaries = [line for line in text.splitlines() if re.search(r"\w\.\.\.$", line)]
        assert summaries == [], command
