"""A file as it arrives, peeled down to a plain text or to the sheets of a workbook."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from territo_opendata.language import Text
from territo_opendata.tables.choices import choose, is_named, not_a_container
from territo_opendata.tables.source import (
    WORKBOOK_SUFFIXES,
    BrokenFileError,
    Source,
    check_file,
    text_format,
)
from territo_opendata.tables.spool import Spool, read_blocks

if TYPE_CHECKING:
    from territo_opendata.tables.workbooks import Sheet

_TEXTS = (".csv", ".tsv", ".tab", ".txt")
_MAX_LAYERS = 3


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that arrived; `path` is the file as it was given."""

    label: str
    path: Path
    sheets: "tuple[Sheet, ...]"

    def sheet(self, name: str) -> "Sheet":
        """Return the sheet of that name or number. Raises UsageError naming those there are."""
        found = choose(name, self.sheets, lambda sheet: (sheet.name,))
        if found is None:
            names = [sheet.name for sheet in self.sheets]
            raise is_named(self.label, name, names, Text("feuille", "sheet"))
        return found


def open_arrival(
    label: str, path: Path, spool: Spool, *, name: str | None = None, choice: str | None = None
) -> Source | Workbook:
    """Return the table at `path` as plain text, or the workbook that it is.

    `name` is what the file is called when that is not the name of `path`; its ending tells what
    it is, its first bytes when it has no known one. `choice` names the member of an archive, or
    is left for the sheet of a workbook. Raises MissingFileError, UsageError (several tables and
    no choice, a choice in a plain text, past the limit) and BrokenFileError.
    """
    regular = check_file(label, path)
    given = path if regular else spool.keep_file(label, path)
    name, inner = name or path.name, given
    for _ in range(_MAX_LAYERS):
        kind = _kind(name, inner, label)
        if kind == "workbook":
            from territo_opendata.tables.workbooks import open_workbook

            return Workbook(label, given, open_workbook(label, inner, spool.limit))
        if kind == "text":
            if choice is not None:
                raise not_a_container(label)
            content = None if inner == given else inner
            return Source(label, given, text_format(name), content=content)
        name, inner = _unpack(label, inner, kind, spool, name=name, choice=choice)
        if kind == "zip" and not name.lower().endswith(WORKBOOK_SUFFIXES):
            choice = None
    nested = Text("ses archives sont emboîtées", "its archives are nested")
    raise BrokenFileError(label, nested)


def _unpack(
    label: str, path: Path, kind: str, spool: Spool, *, name: str, choice: str | None
) -> tuple[str, Path]:
    """Take off one layer; return the name of what was inside, and where it is now."""
    from territo_opendata.tables.archives import Archive, gzip_blocks, table_member

    if kind == "gzip":
        inner = spool.keep(label, gzip_blocks(label, path), path.stat().st_size)
        return (name[:-3] if name.lower().endswith(".gz") else name), inner
    with Archive(label, path, spool.limit) as archive:
        member = table_member(archive, choice)
        return member, spool.keep(f"{label} › {member}", archive.blocks(member))


def _kind(name: str, path: Path, label: str) -> str:
    """Tell a plain text from a gzip file, a ZIP archive and a workbook."""
    ending = name.lower()
    if ending.endswith(WORKBOOK_SUFFIXES):
        return "workbook"
    start = next(read_blocks(label, path), b"")[:4]
    if not start or ending.endswith(_TEXTS):
        return "text"
    if ending.endswith(".gz") or start.startswith(b"\x1f\x8b"):
        return "gzip"
    if ending.endswith(".zip"):
        return "zip"
    if start == b"PK\x03\x04":
        from territo_opendata.tables.archives import Archive
        from territo_opendata.tables.workbooks import is_workbook

        with Archive(label, path, 1) as archive:
            return "workbook" if is_workbook(archive.names) else "zip"
    return "text"
