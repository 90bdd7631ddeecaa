"""Follow docs/tutoriel.md in an empty folder and paste what its commands print.

The page is the script of its own test. A `console` block is a command with its output; a block
with a title is a file to write; a comment says what the reader does in the spreadsheet or editor:

    <!-- paste FILE into WORKBOOK -->             the rows of docs/exemples/tutoriel/FILE
    <!-- set CELL of WORKBOOK to VALUE -->
    <!-- replace OLD with NEW in FILE -->
    <!-- fill PROPERTY of FILE with TEXT -->      of a JSON file, down to `contributors[0].title`
    <!-- move OLD to NEW -->
    <!-- go into FOLDER -->
    <!-- show FILE -->                            paste a file into the block that follows
    <!-- shorten FIRST LAST -->                   show so many lines of the next output only

With --check, fail when the page is not fresh. Sizes and checksums are left out of that
comparison: the Parquet and ZIP libraries of another machine may pack the same rows otherwise.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "tutoriel.md"
INPUTS = ROOT / "docs" / "exemples" / "tutoriel"
STEP = re.compile(
    r"^(?:<!-- show (?P<shown>\S+) -->\n\n```\w+\n(?:.*\n)*?```"
    r"|<!-- (?P<act>.+) -->"
    r"|```console\n\$ (?P<command>.+)\n(?P<output>(?:.*\n)*?)```"
    r'|```\w+ title="(?P<file>[^"]+)"\n(?P<content>(?:.*\n)*?)```)$',
    re.MULTILINE,
)
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"},
    "PYTHONPATH": str(ROOT),
    "LANG": "fr_FR.UTF-8",
    "LC_ALL": "",
    "COLUMNS": "80",
    "NO_COLOR": "1",
}
VARYING = re.compile(r"\b[0-9a-f]{12}\b|\d[\d,\u202f ]*(?=[ \u00a0](?:k?o|octets)\b)")


class Reader:
    """Someone who does what the page says, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shown: tuple[int, int] | None = None

    def follow(self, step: re.Match[str]) -> str:
        """Do one step; return its text, with the output of its command."""
        if step["shown"]:
            content = (self.folder / step["shown"]).read_text("utf-8").rstrip()
            return f"<!-- show {step['shown']} -->\n\n```json\n{content}\n```"
        if step["act"]:
            self._act(step["act"])
        elif step["file"]:
            (self.folder / step["file"]).write_text(step["content"], "utf-8", newline="\n")
        else:
            return f"```console\n$ {step['command']}\n{self._run(step['command'])}\n```"
        return step[0]

    def _run(self, command: str) -> str:
        done = subprocess.run(  # noqa: S603 (the commands of our own page)
            [sys.executable, "-m", *command.replace("territo ", "territo_opendata ", 1).split()],
            cwd=self.folder,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if "Traceback" in done.stdout:
            sys.exit(f"{command}\n{done.stdout}")
        text = done.stdout.replace(str(self.folder), f"~/{self.folder.name}")
        return self._shortened(text.rstrip().split("\n"))

    def _shortened(self, lines: list[str]) -> str:
        first, last = self._shown or (len(lines), 0)
        self._shown = None
        if len(lines) > first + last:
            lines = [*lines[:first], "  […]", *lines[len(lines) - last :]]
        return "\n".join(lines)

    def _act(self, act: str) -> None:
        match act.split():
            case ["paste", rows, "into", workbook]:
                self._paste(INPUTS / rows, self.folder / workbook)
            case ["set", cell, "of", workbook, "to", value]:
                self._set(self.folder / workbook, {cell: value})
            case ["replace", old, "with", new, "in", name]:
                path = self.folder / name
                path.write_text(path.read_text("utf-8").replace(old, new), "utf-8", newline="\n")
            case ["fill", place, "of", name, "with", *words]:
                self._fill(self.folder / name, place, " ".join(words))
            case ["go", "into", folder]:
                self.folder /= folder
            case ["move", old, "to", new]:
                (self.folder / old).replace(self.folder / new)
            case ["shorten", first, last]:
                self._shown = (int(first), int(last))
            case _:
                sys.exit(f"docs/tutoriel.md: {act!r} is not understood")

    def _paste(self, rows: Path, workbook: Path) -> None:
        with rows.open(encoding="utf-8", newline="") as stream:
            _, *pasted = csv.reader(stream)
        cells = {
            f"{openpyxl.utils.get_column_letter(column)}{line}": value
            for line, row in enumerate(pasted, 2)
            for column, value in enumerate(row, 1)
        }
        self._set(workbook, cells)

    def _fill(self, path: Path, place: str, text: str) -> None:
        """Write a value of a JSON file, whose place is told as `territo build` tells it."""
        whole = json.loads(path.read_text("utf-8"))
        *names, last = [int(each) if each.isdigit() else each for each in re.findall(r"\w+", place)]
        inner = whole
        for name in names:
            inner = inner[name]
        inner[last] = text
        written = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        path.write_text(written, "utf-8", newline="\n")

    def _set(self, workbook: Path, cells: dict[str, str]) -> None:
        book = openpyxl.load_workbook(workbook)
        for cell, value in cells.items():
            book.worksheets[0][cell] = value or None
        book.save(workbook)


def main() -> None:
    """Write the page anew, or check it."""
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        fresh = STEP.sub(Reader(Path(folder).resolve()).follow, text)
    if VARYING.sub("", fresh) == VARYING.sub("", text):
        return
    if "--check" in sys.argv:
        sys.exit("docs/tutoriel.md is not fresh: run scripts/tutorial.py")
    PAGE.write_text(fresh, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
