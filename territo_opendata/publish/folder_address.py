"""A folder as a target, from the address and options that the user typed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from territo_opendata.errors import UsageError
from territo_opendata.language import visible
from territo_opendata.publish.folder import FolderTarget
from territo_opendata.release import Release
from territo_opendata.release.disk import Disk


def open_target(place: str, release: Release, settings: Mapping[str, Any]) -> FolderTarget:
    """Return the folder at the path `place` as a target. Raises UsageError for `private`."""
    if settings.get("private"):
        raise UsageError(
            "Un dossier ne peut pas être privé : qui peut le lire y voit tout. "
            "Retirez --private, ou publiez dans un dossier que votre serveur ne diffuse pas.",
            "A folder cannot be private: whoever can read it sees everything. "
            "Leave --private out, or publish in a folder that your server does not serve.",
        )
    base_url, disk = settings.get("base_url"), settings.get("disk")
    return FolderTarget(
        path=Path(place).expanduser().absolute(),
        release=release,
        base_url=_check_base_url(str(base_url)) if base_url else None,
        disk=disk if isinstance(disk, Disk) else Disk(),
    )


def _check_base_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or "?" in url or "#" in url or "@" in url:
        raise UsageError(
            f"L’adresse publique « {visible(url)} » doit être de la forme https://exemple.fr/donnees.",
            f"The public address “{visible(url)}” must be of the form https://example.org/data.",
        )
    return quote(url.rstrip("/"), safe="/:%[]@~!$&'()*+,;=")
