"""The packages, and their releases, that are published in a folder already."""

import json
from pathlib import Path
from typing import Any

from territo_opendata.publish import layout

_MAX_BYTES = 50_000_000


def published_names(folder: Path) -> set[str]:
    """Return the names of the packages that have releases in the folder."""
    if not folder.is_dir():
        return set()
    return {each.parent.name for each in folder.glob(f"[!.]*/{layout.RELEASES}")}


def read_published(folder: Path, name: str) -> dict[str, Any] | None:
    """Return the published descriptor of a package, None when there is none to trust."""
    found = _read(folder / name / layout.DESCRIPTOR, name)
    return found if found and layout.can_render(found) else None


def published_releases(folder: Path, name: str) -> dict[str, dict[str, Any]]:
    """Return the descriptors of a package's releases by identity; what cannot be listed is left out."""
    found = {
        each.parent.name: _read(each, name)
        for each in (folder / name / layout.RELEASES).glob(f"[!.]*/{layout.DESCRIPTOR}")
    }
    return {identity: each for identity, each in found.items() if each and layout.can_list(each)}


def _read(path: Path, name: str) -> dict[str, Any] | None:
    """Return the JSON object there, if it describes the package of that name."""
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.read(_MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found.get("name") == name else None
