"""Where the bytes of a table are, opened as often as needed."""

import codecs
import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from territo_opendata.errors import MissingFileError, UsageError

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


@dataclass(frozen=True, slots=True)
class Source:
    """A table as bytes; `label` is how the user named it, `format` csv or tsv."""

    label: str
    path: Path
    format: str = "csv"
    compressed: bool = False

    def open(self) -> BinaryIO:
        """Open the (decompressed) bytes. Raises MissingFileError where there are none to open."""
        try:
            if self.compressed:
                return cast("BinaryIO", gzip.open(self.path, "rb"))
            return self.path.open("rb")
        except OSError as error:
            raise _cannot_open(self.label, error) from error

    def size(self) -> int:
        """Return the number of bytes of the file."""
        return self.path.stat().st_size


def file_source(label: str, path: Path) -> Source:
    """Return the source for a file of the user.

    Raises MissingFileError for a path where there is no file, UsageError for a directory.
    """
    if path.is_dir():
        raise UsageError(
            f"« {label} » est un dossier, pas un fichier. Indiquez le fichier CSV à vérifier.",
            f"“{label}” is a directory, not a file. Name the CSV file to check.",
        )
    if not path.is_file():
        raise MissingFileError(
            f"Le fichier « {label} » n’existe pas. Vérifiez son nom et son dossier.",
            f"There is no file “{label}”. Check its name and its directory.",
        )
    suffixes = [suffix.lower() for suffix in path.suffixes]
    compressed = suffixes[-1:] == [".gz"]
    kinds = suffixes[:-1] if compressed else suffixes
    return Source(label, path, "tsv" if kinds[-1:] in ([".tsv"], [".tab"]) else "csv", compressed)


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


def _cannot_open(label: str, error: OSError) -> MissingFileError:
    reason = error.strerror or str(error)
    return MissingFileError(
        f"Impossible d’ouvrir « {label} » : {reason}. S’il est ouvert dans un tableur, fermez-le.",
        f"Cannot open “{label}”: {reason}. If a spreadsheet has it open, close it there.",
    )
