"""Workbooks, XLSX or ODS, as sheets of typed cells, read row by row.

Read here rather than by python-calamine, which turns the error values of a sheet (#N/A) into
empty cells, so that a wrong table would pass, and which asks at once for the memory of the whole
rectangle up to the last cell: 500 GB for a file of five kilobytes.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from territo_opendata.language import Text
from territo_opendata.tables.source import BrokenFileError
from territo_opendata.tables.spool import read_blocks

Value = str | int | float | bool | dt.datetime | dt.time | dt.timedelta | None
"""A typed cell. A date is a datetime at midnight: sheets know no other."""

Row = tuple[int, Sequence[Value]]
"""The number of a row in its sheet, from 1, and its cells; rows left out are empty."""

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_TEXT = 30_000_000
"""Characters that one cell may hold; Excel stops at 32,767."""

TOO_LONG = Text("une cellule est démesurée", "a cell is outsized")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
_LOCKED = Text("il est protégé par un mot de passe", "it is protected by a password")
_OLD = Text(
    "c’est un classeur de l’ancien format .xls ; enregistrez-le au format .xlsx",
    "it is a workbook in the old .xls format; save it in the .xlsx format",
)
_OTHER = Text(
    "ce n’est pas un classeur XLSX ou ODS, quoi que dise son nom",
    "it is no XLSX or ODS workbook, whatever its name says",
)


@dataclass(slots=True)
class Uncomputed:
    """How many formulas of a sheet have no stored result: what they show is not known."""

    cells: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; `rows()` reads it anew. It raises BrokenFileError when damaged."""

    name: str
    hidden: bool
    read: Callable[[Uncomputed], Iterator[Row]] = field(repr=False)


def open_workbook(label: str, path: Path, limit: int) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook, in order; `limit` bounds the bytes of each part.

    Raises BrokenFileError for what is no workbook, damaged, or protected by a password.
    """
    start = next(read_blocks(label, path), b"")
    if not start:
        raise BrokenFileError(label, Text("il est vide", "it is empty"), "file-empty")
    if start.startswith(_OLE):
        locked = any(_ENCRYPTED_MARK in block for block in read_blocks(label, path))
        raise BrokenFileError(label, _LOCKED if locked else _OLD)
    if not start.startswith(b"PK"):
        raise BrokenFileError(label, _OTHER)
    from territo_opendata.tables.archives import Archive

    with Archive(label, path, limit) as archive:
        names = set(archive.names)
        manifest = "META-INF/manifest.xml"
        if "encrypted-package" in names or (
            manifest in names and b"encryption-data" in archive.read(manifest)
        ):
            raise BrokenFileError(label, _LOCKED)
    if "content.xml" in names:
        from territo_opendata.tables.ods import read_ods

        return _guarded(label, lambda: read_ods(label, path, limit))
    if "xl/workbook.xml" in names or "_rels/.rels" in names:
        from territo_opendata.tables.xlsx import read_xlsx

        return _guarded(label, lambda: read_xlsx(label, path, limit))
    raise BrokenFileError(label, _OTHER)


def is_workbook(names: Sequence[str]) -> bool:
    """Tell whether the members of a ZIP archive are the parts of a workbook."""
    return "xl/workbook.xml" in names or {"content.xml", "mimetype"} <= set(names)


def _guarded(label: str, read: Callable[[], tuple[Sheet, ...]]) -> tuple[Sheet, ...]:
    from territo_opendata.tables.xml_stream import XmlError

    try:
        return read()
    except XmlError as error:
        raise BrokenFileError(label, error.reason) from error
