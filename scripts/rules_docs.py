"""Write the documentation page of the catalogue of rules, or say whether it is up to date.

python scripts/rules_docs.py            writes docs/regles.md
python scripts/rules_docs.py --check    writes nothing; exits 1 when the page is stale
"""

import sys
from pathlib import Path

from territo_opendata.rules.catalogue import render_markdown

PAGE = Path(__file__).parent.parent / "docs" / "regles.md"


def main(arguments: list[str]) -> int:
    """Write or check the page, and return the exit code."""
    wanted = render_markdown("fr")
    if arguments == ["--check"]:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == wanted
        print(f"{PAGE.name}: {'up to date' if fresh else 'stale, run scripts/rules_docs.py'}")
        return 0 if fresh else 1
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
