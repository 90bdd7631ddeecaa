"""States of files and of whole folders, as plans hold them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from territo_opendata.publish.model import Action, State
from territo_opendata.release import ReleaseFile
from territo_opendata.release.disk import blocks_of, digest_blocks


def measured(size: int, sha256: str) -> dict[str, Any]:
    """Return the state of a file."""
    return {"bytes": size, "sha256": sha256}


def listed(files: Mapping[str, ReleaseFile]) -> dict[str, Any]:
    """Return the state of a folder that holds these files."""
    return {"files": {path: measured(each.bytes, each.sha256) for path, each in files.items()}}


def state_of(content: bytes) -> dict[str, Any]:
    """Return the state of a file with this content."""
    return measured(*digest_blocks([content]))


def folder_state(path: Path) -> dict[str, Any]:
    """Return the state of a folder, each file in it read."""
    files = (each for each in sorted(path.rglob("*")) if not each.is_dir())
    return {
        "files": {
            each.relative_to(path).as_posix(): measured(*digest_blocks(blocks_of(each)))
            for each in files
        }
    }


def is_half_changed(found: State | None, action: Action) -> bool:
    """Tell whether a folder is on its way from `before` to `after` (or away), file by file."""
    ends = [each for each in (action.before, action.after) if each is not None]
    if found is None or action.before is None or not all("files" in each for each in ends):
        return False
    return all(
        state in [each["files"].get(path) for each in ends]
        for path, state in found["files"].items()
    )
