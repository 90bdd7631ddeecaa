"""Fill in the outputs and tables of README.md; with --check, fail when they are not fresh."""

import os
import re
import subprocess
import sys
from pathlib import Path

from territo_opendata import project

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
ENVIRONMENT = {**os.environ, "LANG": "fr_FR.UTF-8", "LC_ALL": "", "COLUMNS": "100", "NO_COLOR": "1"}


def output(match: re.Match[str]) -> str:
    """Return the block with what its command prints, the report then the talk."""
    command = [sys.executable, "-m", *match[1].replace("territo ", "territo_opendata ", 1).split()]
    done = subprocess.run(  # noqa: S603 (the commands of our own README)
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    return f"```console\n$ {match[1]}\n{(done.stdout + done.stderr).rstrip()}\n```"


def schemas() -> str:
    """Return the table of schemas."""
    rows = [project.builtin_schema(name) for name in project.builtin_schema_names()]
    body = [
        f"| [`{each.name}`](schemas/{each.name}/) | {each.title} | {each.version} |"
        for each in rows
    ]
    return "\n".join(["| schema | title | version |", "| --- | --- | --- |", *body])


def main() -> None:
    """Write README.md anew, or check it."""
    text = README.read_text("utf-8")
    fresh = re.sub(r"^```console\n\$ (.*)\n(?:.*\n)*?```", output, text, flags=re.MULTILINE)
    begin, end = "<!-- schemas:begin -->\n", "\n<!-- schemas:end -->"
    head, _, rest = fresh.partition(begin)
    fresh = head + begin + schemas() + end + rest.partition(end.strip())[2]
    if "--check" in sys.argv and fresh != text:
        sys.exit("README.md is not fresh: run scripts/readme.py")
    README.write_text(fresh, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
