"""Write docs/commandes.md from the help of each command; with --check, fail when it is stale."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from territo_opendata.cli.app import build_app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commandes.md"
HEAD = """# Commandes

Chaque commande accepte `--help` et `--lang fr|en`. Le rapport va sur la sortie standard, le reste
(progression, conseils) sur la sortie d’erreur. Codes de retour : 0 valide ou fait, 1 données
invalides ou différence, 2 mauvais usage, 3 tout n’a pas pu être vérifié, 4 panne du réseau.
"""


def sections(group: click.Group, parent: click.Context) -> Iterator[str]:
    """Yield the section of each command of a group, then those of its own commands."""
    for name, command in group.commands.items():
        with command.make_context(name, [], parent=parent, resilient_parsing=True) as context:
            context.terminal_width = context.max_content_width = 92
            path = context.command_path
            yield f"## {path}\n\n```text\n{command.get_help(context)}\n```\n"
            if isinstance(command, click.Group):
                yield from sections(command, context)


def main() -> None:
    """Write the page, or check it."""
    group = build_app("fr")
    parts = [HEAD]
    with group.make_context("territo", [], resilient_parsing=True) as parent:
        parts += sections(group, parent)
    text = "\n".join(parts)
    if "--check" in sys.argv and PAGE.read_text("utf-8") != text:
        sys.exit("docs/commandes.md is not fresh: run scripts/cli_docs.py")
    PAGE.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
