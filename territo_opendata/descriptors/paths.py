"""Paths written in a descriptor, which may only lead to files of its package.

Data Package v2, "path": a POSIX path, neither absolute nor with "..", or an http(s) address.
"""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import urlparse

from territo_opendata.errors import UnsafePathError
from territo_opendata.language import visible


def is_address(path: str) -> bool:
    """Tell whether the path is an http or https address."""
    return path.lower().startswith(("http://", "https://"))


def is_same_file(path: Path, other: Path) -> bool:
    """Tell whether both lead to one file, however they are spelt (case, accents, links)."""
    try:
        return path.samefile(other)
    except OSError:
        return path.resolve() == other.resolve()


def resolve_inside(base: Path, relative: str) -> Path:
    """Return the real path of `relative` below the folder `base`; it need not exist.

    Raises UnsafePathError for what leaves the folder or may do so on another system: an absolute
    path, a part "..", a drive or network share, "~", another kind of address, a NUL, or a
    symbolic link that leads out.
    """
    if not relative or "\0" in relative:
        raise _unsafe(
            relative, "il est vide ou contient un octet nul", "it is empty or holds a NUL"
        )
    windows = PureWindowsPath(relative)
    if windows.drive or windows.root or PurePosixPath(relative).is_absolute():
        raise _unsafe(relative, "il est absolu", "it is absolute")
    if ".." in windows.parts or relative.startswith("~"):
        raise _unsafe(relative, "il remonte hors du dossier", "it climbs out of the folder")
    if _has_scheme(relative):
        raise _unsafe(relative, "seules les adresses http(s) sont lues", "only http(s) is read")
    return _follow(base, relative)


def _has_scheme(relative: str) -> bool:
    try:
        return bool(urlparse(relative).scheme) and ":" in relative.split("/", 1)[0]
    except ValueError:
        return True


def _follow(base: Path, relative: str) -> Path:
    try:
        root = base.resolve()
        found = (root / relative).resolve()
    except (OSError, RuntimeError) as error:  # a loop of links
        raise _unsafe(relative, "ses liens tournent en rond", "its links loop") from error
    if not found.is_relative_to(root):
        raise _unsafe(relative, "un lien mène hors du dossier", "a link leads out of the folder")
    if relative.isascii() or os.path.lexists(found):
        return found
    return next((each for each in _spelt_otherwise(root, found) if each.is_file()), found)


def _spelt_otherwise(root: Path, found: Path) -> Iterator[Path]:
    """Yield the path with its accents joined to their letters, then apart.

    An archive made by macOS names files in the second form (Unicode NFD), keyboards type the first.
    """
    below = str(found.relative_to(root))
    for form in ("NFC", "NFD"):
        yield root / unicodedata.normalize(form, below)


def _unsafe(relative: str, fr: str, en: str) -> UnsafePathError:
    shown = visible(relative, 200)
    return UnsafePathError(
        f"Le chemin « {shown} » est refusé : {fr}. Un paquet ne peut nommer que ses propres fichiers.",
        f"The path “{shown}” is refused: {en}. A package may only name files of its own.",
    )
