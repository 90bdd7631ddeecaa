"""Targets by the address that the user writes."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from territo_opendata.errors import UsageError
from territo_opendata.language import visible
from territo_opendata.publish.folder import FolderTarget
from territo_opendata.publish.interface import Target
from territo_opendata.release import Release
from territo_opendata.release.disk import Disk

Settings = Mapping[str, Any]


def parse_target(address: str, release: Release, settings: Settings | None = None) -> Target:
    """Return the target at `address` for this release.

    `settings` are the options that a target kind knows (`base_url` for a folder, and `disk`, by
    which it writes); others and those that are None are left out. Raises UsageError for an address of an unknown kind.
    """
    kind, place = check_address(address)
    return KINDS[kind](place, release, settings or {})


def check_address(address: str) -> tuple[str, str]:
    """Return the kind of target and its place. Raises UsageError for an unknown kind."""
    kind, colon, place = address.partition(":")
    if not colon or not place or kind not in KINDS:
        kinds = ", ".join(f"{each}:…" for each in KINDS)
        raise UsageError(
            f"« {visible(address)} » n’est pas une cible. Les cibles possibles sont : {kinds}.",
            f"“{visible(address)}” is not a target. Possible targets are: {kinds}.",
        )
    return kind, place


def _folder(place: str, release: Release, settings: Settings) -> Target:
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


KINDS: dict[str, Callable[[str, Release, Settings], Target]] = {"folder": _folder}
"""What makes a target, by the word before the colon of its address."""
