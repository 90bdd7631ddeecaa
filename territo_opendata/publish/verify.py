"""What was published, read back and compared with the release."""

from territo_opendata.errors import MissingFileError
from territo_opendata.publish.interface import Target
from territo_opendata.publish.model import Mismatch, State, Verification
from territo_opendata.release.disk import digest_blocks

_MEASURES = ("bytes", "sha256", "files")


def verify_target(target: Target) -> Verification:
    """Download everything that the release publishes at the target and compare the digests.

    Objects that are no files (metadata) are compared by their state.
    """
    current = target.read()
    there = {item.object_id: item.state for item in current.items}
    mismatches: list[Mismatch] = []
    checked = 0
    for item in target.desire(current).items:
        files = list(item.downloads())
        checked += len(files) or 1
        for address, expected in files:
            measured = _measure(target, address)
            if measured != expected:
                mismatches.append(Mismatch(address, expected, measured))
        state = there.get(item.object_id)
        if state is None and files:
            continue
        wanted, found = _described(item.state) or {}, _described(state)
        if wanted != found:
            mismatches.append(Mismatch(item.object_id, wanted, found))
    return Verification(checked, tuple(mismatches))


def _described(state: State | None) -> State | None:
    """Return what a state says beside the bytes of files, which are read anew."""
    if state is None:
        return None
    return {key: value for key, value in state.items() if key not in _MEASURES}


def _measure(target: Target, address: str) -> State | None:
    try:
        size, sha256 = digest_blocks(target.fetch(address))
    except MissingFileError:
        return None
    return {"bytes": size, "sha256": sha256}
