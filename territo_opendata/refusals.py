"""What to say when the system refuses a file: its reason in both languages, and what to do."""

import errno
import os
from pathlib import Path

from territo_opendata.errors import MissingFileError
from territo_opendata.language import Text, visible

_HELD = Text(
    "il est ouvert dans un autre programme, ou vous n’en avez pas le droit. Fermez-le dans Excel s’il y est ouvert, ou choisissez un autre endroit",
    "another program has it open, or you may not do it. Close it in Excel if it is open there, or choose another place",
)
_LONG = Text(
    "ce nom est trop long pour ce système. Choisissez un dossier au chemin plus court",
    "this name is too long for this system. Choose a folder with a shorter path",
)
_BAD_NAME = Text(
    "ce système n’admet pas ce nom (un signe comme : ou ?, par exemple). Choisissez-en un autre",
    "this system does not allow this name (a sign such as : or ?, say). Choose another one",
)
_FULL = Text("le disque est plein. Faites de la place", "the disk is full. Make room")
_ABSENT = Text(
    "ce fichier ou ce dossier n’existe pas. Vérifiez le chemin",
    "there is no such file or folder. Check the path",
)
_REASONS = {
    errno.EACCES: _HELD,
    errno.EPERM: _HELD,
    errno.EBUSY: _HELD,
    errno.ETXTBSY: _HELD,
    errno.EROFS: Text(
        "ce disque est en lecture seule. Choisissez un autre dossier",
        "this disk is read-only. Choose another folder",
    ),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.ENAMETOOLONG: _LONG,
    errno.EEXIST: Text(
        "il y en a déjà un de ce nom, ou d’un nom que ce système n’en distingue pas (majuscules, accents). Choisissez un autre dossier",
        "there is one of this name already, or of a name that this system takes for the same (capitals, accents). Choose another folder",
    ),
    errno.ENOENT: _ABSENT,
    errno.ENOTDIR: _ABSENT,
    errno.EISDIR: Text(
        "c’est un dossier. Donnez le nom d’un fichier", "it is a folder. Give the name of a file"
    ),
}
_WINDOWS = {32: _HELD, 33: _HELD, 123: _BAD_NAME, 206: _LONG, 112: _FULL}
"""The codes of Windows that say more than the number that Python gives for them.

https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
"""

_NO_PATH, _LONGEST = 3, 247
"""What Windows says of a path that is too long, as of one that leads nowhere; and the length."""


def reason(error: OSError) -> Text:
    """Return why the system refused and what to do about it, without a full stop."""
    if getattr(error, "winerror", None) == _NO_PATH and len(str(error.filename)) > _LONGEST:
        return _LONG
    known = _WINDOWS.get(getattr(error, "winerror", None) or 0) or _REASONS.get(error.errno or 0)
    if known is not None:
        return known
    said = visible(error.strerror or str(error), 200)
    return Text(
        f"{said}. Vérifiez vos droits et la place libre",
        f"{said}. Check your rights and the free space",
    )


def check_folder(path: Path) -> None:
    """Raise MissingFileError where the folder of a file to be written does not exist."""
    if not path.absolute().parent.is_dir():
        raise unwritable(path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))


def unwritable(path: Path, error: OSError) -> MissingFileError:
    """Return what to say of a file or folder that could not be written."""
    shown, why = visible(str(path), 300), reason(error)
    return MissingFileError(
        f"Impossible d’écrire « {shown} » : {why.fr}.", f"Cannot write “{shown}”: {why.en}."
    )
