"""Write docs/commandes.md from the help of each command; with --check, fail when it is stale."""

import sys
from pathlib import Path

from territo_opendata.cli.app import build_app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commandes.md"
HEAD = """# Commandes

Chaque commande accepte `--help` et `--lang fr|en`. Le rapport va sur la sortie standard, le reste
(progression, conseils) sur la sortie d’erreur. Codes de retour : 0 valide ou fait, 1 données
invalides ou différence, 2 mauvais usage, 3 tout n’a pas pu être vérifié, 4 panne du réseau.
"""


def main() -> None:
    """Write the page, or check it."""
    group = build_app("fr")
    parts = [HEAD]
    with group.make_context("territo", [], resilient_parsing=True) as parent:
        for name, command in group.commands.items():
            with command.make_context(name, [], parent=parent, resilient_parsing=True) as context:
                context.terminal_width = context.max_content_width = 92
                parts.append(f"## territo {name}\n\n```text\n{command.get_help(context)}\n```\n")
    text = "\n".join(parts)
    if "--check" in sys.argv and PAGE.read_text("utf-8") != text:
        sys.exit("docs/commandes.md is not fresh: run scripts/cli_docs.py")
    PAGE.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
