"""Names and paths that may become files: safe on every system, inside their folder."""

import re
from pathlib import PurePosixPath

from territo_opendata.errors import DescriptorError, UnsafePathError
from territo_opendata.language import visible

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?", re.ASCII)
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?", re.ASCII)
_DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{kind}{n}" for kind in ("com", "lpt") for n in "123456789"),
}
_MAX_PATH = 1000


def check_name(name: str, what_fr: str, what_en: str) -> str:
    """Return `name` if a file or folder may bear it on every system.

    Raises DescriptorError otherwise; `what_fr` and `what_en` say whose name it is.
    """
    if (
        _NAME.fullmatch(name)
        and ".." not in name
        and name.split(".", maxsplit=1)[0].lower() not in _DEVICES
    ):
        return name
    raise DescriptorError(
        f"Le nom {what_fr} « {visible(name)} » ne peut pas servir de nom de fichier : "
        "n’employez que des lettres sans accent, des chiffres, « - », « _ » et « . ».",
        f"The name of {what_en}, “{visible(name)}”, cannot be a file name: "
        "use only unaccented letters, digits, “-”, “_” and “.”.",
    )


def check_version(version: str | None) -> str:
    """Return `version` if it is a semantic version (semver.org 2.0.0), else DescriptorError."""
    if version is not None and len(version) <= 100 and _VERSION.fullmatch(version):
        return version
    raise DescriptorError(
        f"La version « {visible(version or '')} » de datapackage.json n’est pas de la forme "
        "« 1.2.3 » : écrivez la propriété `version` avec trois nombres.",
        f"The version “{visible(version or '')}” in datapackage.json is not of the form “1.2.3”: "
        "write the property `version` with three numbers.",
    )


def version_key(version: str) -> tuple[object, ...]:
    """Return a key that sorts versions by precedence (semver.org 2.0.0, section 11).

    Anything that is no semantic version comes before all that are.
    """
    if not _VERSION.fullmatch(version):
        return (0,)
    core, _, pre = version.split("+", maxsplit=1)[0].partition("-")
    numbers = tuple(int(part) for part in core.split("."))
    identifiers = tuple(
        (0, int(part), "") if part.isdigit() else (1, 0, part) for part in pre.split(".") if part
    )
    return (1, numbers, not pre, identifiers)


def safe_relative(path: str) -> PurePosixPath:
    """Return `path` if it stays below its folder, on POSIX and on Windows.

    Raises UnsafePathError for an absolute path, a drive, a backslash, `..`, a control character,
    or a part that starts with a dot or that Windows reads in its own way.
    """
    parts = path.split("/")
    if (
        0 < len(path) <= _MAX_PATH
        and not any(char in '\\:*?"<>|' or ord(char) < 32 for char in path)
        and all(_is_safe_part(part) for part in parts)
    ):
        return PurePosixPath(path)
    raise UnsafePathError(
        f"Le chemin « {visible(path)} » sort de son dossier ou n’est pas sûr : "
        "le descripteur ne doit nommer que des fichiers situés sous lui.",
        f"The path “{visible(path)}” leaves its folder or is not safe: "
        "a descriptor may only name files below it.",
    )


def _is_safe_part(part: str) -> bool:
    return (
        bool(part)
        and not part.startswith((".", " "))
        and not part.endswith((".", " "))
        and part.split(".", maxsplit=1)[0].lower() not in _DEVICES
    )
