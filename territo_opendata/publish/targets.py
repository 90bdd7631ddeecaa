"""Targets by the address that the user writes."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from territo_opendata.errors import UsageError
from territo_opendata.language import visible
from territo_opendata.publish.interface import Target
from territo_opendata.release import Release

Settings = Mapping[str, Any]
Factory = Callable[[str, Release, Settings], Target]

KINDS = {
    "folder": "territo_opendata.publish.folder_address",
    "ckan": "territo_opendata.publish.ckan",
    "udata": "territo_opendata.publish.udata",
}
"""The module of each kind of target, loaded when it is asked for; its `open_target` makes one."""


def parse_target(address: str, release: Release, settings: Settings | None = None) -> Target:
    """Return the target at `address` for this release.

    `settings` are the options that a kind of target knows: `base_url` of a folder and `disk`, by
    which it writes; of a portal `organization`, `private`, `token_env` (the variable that holds
    the token), `check_files` (see `CkanTarget`) and `read_only` (True: nothing will be written, so that no token is needed). Others
    and those that are None are left out. Raises UsageError for an address of an unknown kind.
    """
    kind, place = check_address(address)
    factory: Factory = import_module(KINDS[kind]).open_target
    return factory(place, release, settings or {})


def check_address(address: str) -> tuple[str, str]:
    """Return the kind of target and its place. Raises UsageError for an unknown kind."""
    kind, colon, place = address.partition(":")
    if not colon or not place or kind not in KINDS:
        kinds, shown = ", ".join(f"{each}:…" for each in KINDS), visible(address)
        raise UsageError(
            f"« {shown} » n’est pas une cible. Les cibles possibles sont : {kinds}. Pour le dossier de ce nom, écrivez « folder:{shown} ».",
            f"“{shown}” is not a target. Possible targets are: {kinds}. For the folder of that name, write “folder:{shown}”.",
        )
    return kind, place
