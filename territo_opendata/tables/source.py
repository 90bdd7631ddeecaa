"""Where the bytes of a table are, opened as often as needed."""

import codecs
import gzip
import os
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from territo_opendata.errors import InvalidDataError, MissingFileError, UsageError
from territo_opendata.language import Text, visible

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".ods")
"""How the names of the workbooks that are read end."""

_SIGNATURES = (
    (b"\x89PNG", "PNG"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0", "XLS"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x7fELF", "ELF"),
    (b"SQLite format 3", "SQLite"),
    (b"PAR1", "Parquet"),
    (b"\x1f\x8b", "gzip"),
)
_ENOUGH = 64
_TABBED = (".tsv", ".tab")


class BrokenFileError(InvalidDataError):
    """A file whose bytes are not the table that it should be: a fault of the data.

    `code` is the finding that tells it, `reason` its cause.
    """

    def __init__(self, label: str, reason: Text, code: str = "csv-unreadable") -> None:
        shown = visible(label, 300)
        super().__init__(
            f"« {shown} » ne se lit pas comme un tableau : {reason.fr}.",
            f"“{shown}” cannot be read as a table: {reason.en}.",
        )
        self.reason = reason
        self.code = code


@dataclass(frozen=True, slots=True)
class Source:
    """A table as bytes; `label` is how the user named it, `format` csv or tsv.

    `path` is the file as it was given, whose size and digest count; `content` the plain text
    that was made of it when it is an archive, a sheet…; `compressed` marks a gzip read as it is.
    """

    label: str
    path: Path
    format: str = "csv"
    compressed: bool = False
    content: Path | None = None

    def open(self) -> BinaryIO:
        """Open the (decompressed) bytes. Raises MissingFileError where there are none to open."""
        try:
            if self.content is not None:
                return self.content.open("rb")
            if self.compressed:
                return cast("BinaryIO", _Gzip(self.label, self.path))
            return self.path.open("rb")
        except OSError as error:
            raise cannot_open(self.label, error) from error

    def size(self) -> int:
        """Return the number of bytes of the file, as it was given."""
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise cannot_open(self.label, error) from error


class _Gzip(gzip.GzipFile):
    """A gzip file whose damage is told as such."""

    def __init__(self, label: str, path: Path) -> None:
        super().__init__(path, "rb")
        self._label = label

    def read(self, size: int | None = -1) -> bytes:
        try:
            return super().read(size)
        except (EOFError, OSError, zlib.error) as error:
            reason = Text(
                "l’archive est abîmée ou incomplète", "the archive is damaged or incomplete"
            )
            raise BrokenFileError(self._label, reason) from error


def file_source(label: str, path: Path) -> Source:
    """Return the source for a delimited text of the user, plain or compressed by gzip.

    Raises MissingFileError for a path where there is no file, UsageError for a directory.
    """
    check_file(label, path)
    name = path.name.lower()
    compressed = name.endswith(".gz")
    return Source(label, path, text_format(name.removesuffix(".gz")), compressed)


def check_file(label: str, path: Path) -> bool:
    """Raise unless `path` can be read; return whether it is a regular file (else a pipe).

    Raises MissingFileError where there is nothing to open, UsageError for a folder or a device.
    """
    shown = visible(label, 300)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(shown, path) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise cannot_open(label, error) from error
    if stat.S_ISDIR(mode):
        raise UsageError(
            f"« {shown} » est un dossier, pas un fichier. Indiquez le fichier CSV à vérifier.",
            f"“{shown}” is a directory, not a file. Name the CSV file to check.",
        )
    if not stat.S_ISREG(mode) and not stat.S_ISFIFO(mode):
        raise UsageError(
            f"« {shown} » n’est pas un fichier, mais un périphérique. Indiquez un fichier.",
            f"“{shown}” is not a file but a device. Name a file.",
        )
    if not os.access(path, os.R_OK):
        raise cannot_open(label, PermissionError(13, os.strerror(13)))
    return stat.S_ISREG(mode)


def text_format(name: str) -> str:
    """Return the format, csv or tsv, of a text file of that name."""
    return "tsv" if name.lower().endswith(_TABBED) else "csv"


def binary_kind(start: bytes) -> str | None:
    """Return what kind of binary file starts with these bytes, "" if unknown, None for text.

    Bytes that are neither UTF-8 nor marked as UTF-16, with many control characters among them,
    are no text; NUL is not counted, for text in UTF-16 without a mark is full of it.
    """
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    sample = start[:4096]
    controls = sum(0 < byte < 0x09 or 0x0E <= byte < 0x20 for byte in sample)
    many = len(sample) >= _ENOUGH and controls > len(sample) // 20
    return "" if many and not _is_utf8(sample) else None


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _missing(shown: str, path: Path) -> MissingFileError:
    if path.is_symlink():
        return MissingFileError(
            f"« {shown} » est un lien vers un fichier qui n’existe plus. Rétablissez ce fichier.",
            f"“{shown}” is a link to a file that is no longer there. Put that file back.",
        )
    return MissingFileError(
        f"Le fichier « {shown} » n’existe pas. Vérifiez son nom et son dossier.",
        f"There is no file “{shown}”. Check its name and its directory.",
    )


def cannot_open(label: str, error: Exception) -> MissingFileError:
    """Return what to say of a file that the system does not let us open or read."""
    shown = visible(label, 300)
    if isinstance(error, PermissionError):
        return MissingFileError(
            f"Impossible d’ouvrir « {shown} » : vous n’avez pas le droit de le lire, ou un tableur l’a ouvert. Fermez-le dans Excel, ou demandez ce droit.",
            f"Cannot open “{shown}”: you may not read it, or a spreadsheet has it open. Close it in Excel, or ask for the right.",
        )
    reason = visible(getattr(error, "strerror", None) or str(error))
    return MissingFileError(
        f"Impossible de lire « {shown} » : {reason}. Vérifiez le chemin et le disque.",
        f"Cannot read “{shown}”: {reason}. Check the path and the disk.",
    )
