"""Tables packed by gzip or in a ZIP archive: which member, and its bytes within bounds.

Nothing is ever unpacked under a name that an archive gives: members are read as streams.
"""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Self, cast

from territo_opendata.language import Text
from territo_opendata.tables.choices import choose, is_named, several_named
from territo_opendata.tables.source import WORKBOOK_SUFFIXES, BrokenFileError, cannot_open
from territo_opendata.tables.spool import BLOCK, bounded

try:
    from lzma import LZMAError
except ImportError:  # a Python built without it reads no such member either
    LZMAError = zlib.error  # type: ignore[assignment,misc]

TABLE_SUFFIXES = (".csv", ".tsv", ".tab", *WORKBOOK_SUFFIXES, ".csv.gz", ".tsv.gz")
_DAMAGE = (
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    LZMAError,
    zipfile.BadZipFile,
    gzip.BadGzipFile,
)
_DAMAGED = Text("l’archive est abîmée ou incomplète", "the archive is damaged or incomplete")
_LOCKED = Text("il est protégé par un mot de passe", "it is protected by a password")
_METHOD = Text(
    "l’archive emploie une compression que peu de logiciels lisent",
    "the archive uses a compression that few programs read",
)
_NO_TABLE = Text("l’archive ne contient aucune table", "the archive holds no table")


def gzip_blocks(label: str, path: Path) -> Iterator[bytes]:
    """Yield the bytes that a gzip file holds. Raises BrokenFileError when it is damaged."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise cannot_open(label, error) from error
    with raw, gzip.open(raw) as stream:
        yield from _blocks(label, cast("IO[bytes]", stream))


class Archive:
    """A ZIP file, to be used in a `with` statement; `limit` bounds the bytes of each member.

    Raises BrokenFileError when it is damaged.
    """

    def __init__(self, label: str, path: Path, limit: int) -> None:
        self.label = label
        self._limit = limit
        self._streams: list[IO[bytes]] = []
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGE as error:
            raise BrokenFileError(label, _DAMAGED) from error
        except NotImplementedError as error:
            raise BrokenFileError(label, _METHOD) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Also those that a reader has left in the middle, which would hold the file open.
        for stream in self._streams:
            stream.close()
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """Names of the members that are files."""
        return [info.filename for info in self._zip.infolist() if not info.is_dir()]

    def packed_size(self, name: str) -> int:
        """Return how many bytes the member takes in the archive."""
        return self._zip.getinfo(name).compress_size

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member. Raises BrokenFileError, or TooLargeError past bounds."""
        info = self._zip.getinfo(name)
        if info.flag_bits & 0x1:
            raise BrokenFileError(self.label, _LOCKED)
        try:
            stream = self._zip.open(info)
        except NotImplementedError as error:
            raise BrokenFileError(self.label, _METHOD) from error
        except (*_DAMAGE, RuntimeError) as error:
            raise BrokenFileError(self.label, _DAMAGED) from error
        self._streams.append(stream)
        with stream:
            read = _blocks(self.label, stream)
            yield from bounded(self.label, read, self._limit, info.compress_size)

    def read(self, name: str, limit: int = 16_000_000) -> bytes:
        """Return a small member whole, at most `limit` bytes. Raises as `blocks`."""
        return b"".join(bounded(self.label, self.blocks(name), limit))


def table_member(archive: Archive, name: str | None = None) -> str:
    """Return the member that is the table: the only one, or the one called `name`.

    `name` is its path in the archive, or the last part of it, with or without extension. Raises
    UsageError naming the tables when there are several or none of that name, BrokenFileError
    when there is no table at all.
    """
    tables = _tables(archive.names)
    if not archive.names:
        raise BrokenFileError(archive.label, _NO_TABLE, "file-empty")
    if not tables:
        raise BrokenFileError(archive.label, _NO_TABLE)
    # In an archive of one workbook, --sheet names a sheet of it.
    if len(tables) == 1 and (name is None or tables[0].lower().endswith(WORKBOOK_SUFFIXES)):
        return tables[0]
    if name is None:
        raise several_named(archive.label, tables, Text("tables", "tables"))
    found = choose(name, tables, _short_names)
    if found is None:
        raise is_named(archive.label, name, tables, Text("table", "table"))
    return found


def _short_names(member: str) -> tuple[str, ...]:
    last = PurePosixPath(member).name
    return (member, last, last.split(".")[0])


def _tables(names: list[str]) -> list[str]:
    """Return the members that are tables; a text file is one when nothing else is (a notice)."""
    found = [name for name in names if _ends_as(name, TABLE_SUFFIXES)]
    return found or [name for name in names if _ends_as(name, (".txt",))]


def _ends_as(name: str, endings: tuple[str, ...]) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = path.name.startswith((".", "~$")) or "__MACOSX" in path.parts
    return not hidden and path.name.lower().endswith(endings)


def _blocks(label: str, stream: IO[bytes]) -> Iterator[bytes]:
    while True:
        try:
            block = stream.read(BLOCK)
        except _DAMAGE as error:
            raise BrokenFileError(label, _DAMAGED) from error
        if not block:
            return
        yield block
