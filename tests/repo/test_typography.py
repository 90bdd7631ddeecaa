"""French pages keep their signs with their words: no line begins with a colon."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
GENERATED = {"commandes.md", "differences.md", "messages.md", "regles.md"}
"""Pages made from texts that have tests of their own."""

PAGES = sorted(path.name for path in DOCS.glob("*.md") if path.name not in GENERATED)
_NO_PROSE = re.compile(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|^[-| :]+$")
_BREAKABLE = re.compile(r" (?=[:;?!»%€](?:[\s*)]|$))|(?<=«) ")


def french_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of prose with their numbers: no code, no English."""
    fenced = english = summary = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif line.startswith("#") and not fenced:
            english = "English" in line or (english and line.startswith("###"))
        summary = bool(line.strip()) and (summary or line.startswith(("*In English", "*English")))
        if not (fenced or english or summary):
            yield number, line


def breakable(line: str) -> list[int]:
    """Return the places of spaces at which a line may break and should not."""
    plain = _NO_PROSE.sub(lambda found: "x" * len(found[0]), line)
    return [found.start() for found in _BREAKABLE.finditer(plain)]


@pytest.mark.parametrize("page", PAGES)
def test_signs_stay_with_their_words(page: str) -> None:
    lines = french_lines((DOCS / page).read_text("utf-8"))
    assert [f"{page}:{number}: {line}" for number, line in lines if breakable(line)] == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("une liste : ceci ; cela", 2),
        ("« guillemets »", 2),
        ("le code `a : b` et [lien](http://x ; y)", 0),
        ("| --- | :-- |", 0),
        ("une liste\u00a0: ceci", 0),
    ],
)
def test_what_is_held_to_break(line: str, count: int) -> None:
    assert len(breakable(line)) == count
