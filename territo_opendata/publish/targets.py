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

Settings = Mapping[str, Any]


def parse_target(address: str, release: Release, settings: Settings | None = None) -> Target:
    """Return the target at `address` for this release.

    `settings` are the options that a target kind knows (`base_url` for a folder); others and
    those that are None are left out. Raises UsageError for an address of an unknown kind.
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
    base_url = settings.get("base_url")
    return FolderTarget(
        path=Path(place).expanduser().absolute(),
        release=release,
        base_url=_check_base_url(base_url) if base_url else None,
        **({"disk": settings["disk"]} if "disk" in settings else {}),
    )


def _check_base_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(
            f"L’adresse publique « {visible(url)} » doit être de la forme https://exemple.fr/donnees.",
            f"The public address “{visible(url)}” must be of the form https://example.org/data.",
        )
    return quote(url.rstrip("/"), safe="/:%[]@~!$&'()*+,;=")


KINDS: dict[str, Callable[[str, Release, Settings], Target]] = {"folder": _folder}
"""What makes a target, by the word before the colon of its address."""
