"""The changelog of a package as blocks that a page can show: headings, lists, paragraphs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from territo_opendata.language import Text

CHANGELOG = "CHANGELOG.md"

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*")
_ITEM = re.compile(r"[ \t]*[-*+][ \t]+(.*)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_NOT_A_WORD = r"(?![\w.+-])"
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the changelog: `lines` has one text, or one for each item of a list."""

    kind: Literal["heading", "list", "text"]
    lines: tuple[str, ...]
    level: int = 0


def read_history(text: str) -> tuple[Block, ...]:
    """Return the blocks of a changelog in Markdown, of its first 100,000 characters.

    Everything in it is text: a link keeps its words only, and markup is shown as it stands.
    """
    blocks: list[Block] = []
    for line in text[:_LONGEST].splitlines():
        _add(blocks, _LINK.sub(r"\1", line))
    return tuple(each for each in blocks if any(each.lines))


def _add(blocks: list[Block], line: str) -> None:
    """Add a line: to the last block, or as the start of a new one."""
    last = blocks[-1] if blocks else Block("text", ("",))
    if heading := _HEADING.fullmatch(line):
        blocks.append(Block("heading", (heading[2],), len(heading[1])))
    elif item := _ITEM.fullmatch(line):
        blocks.append(Block("list", (item[1],)))
        if last.kind == "list":
            blocks[-2:] = [Block("list", (*last.lines, item[1]))]
    elif not line.strip() or last.kind == "heading" or not any(last.lines):
        blocks.append(Block("text", (line.strip(),)))
    else:
        joined = f"{last.lines[-1]} {line.strip()}"
        blocks[-1] = Block(last.kind, (*last.lines[:-1], joined))


def of_version(blocks: Iterable[Block], version: str) -> tuple[Block, ...]:
    """Return what stands under the heading that names this version, up to the next of its level."""
    named = _naming(version)
    found: list[Block] = []
    level = 0
    for each in blocks:
        if each.kind == "heading" and level and each.level <= level:
            break
        if level:
            found.append(each)
        elif each.kind == "heading" and named.search(each.lines[0]):
            level = each.level
    return tuple(found)


def unwritten(folder: Path, version: str) -> Text | None:
    """Return what to say of a package whose changelog has no heading for its version, else None."""
    try:
        told = (folder / CHANGELOG).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        told = ""
    named = _naming(version)
    headings = (each for each in read_history(told) if each.kind == "heading")
    if any(named.search(each.lines[0]) for each in headings):
        return None
    return Text(
        f"{CHANGELOG} ne dit rien de la version {version}\u00a0: ajoutez-y un titre «\u00a0## {version}\u00a0» "
        "et, dessous, ce qui a changé.",
        f"{CHANGELOG} says nothing of version {version}: add a heading “## {version}” to it and, "
        "below, what changed.",
    )


def _naming(version: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.]){re.escape(version)}{_NOT_A_WORD}")
