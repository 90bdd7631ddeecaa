"""Files fetched once and kept, each with its digest, so that work goes on without a network."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from territo_opendata.clients.addresses import origin
from territo_opendata.errors import RemoteError
from territo_opendata.release.disk import Disk

VARIABLE = "TERRITO_CACHE_DIR"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the cache; `stale` tells that its address did not answer this time."""

    path: Path
    content: bytes
    stale: bool = False


def cache_folder() -> Path:
    """Return the folder of what is kept: that of $TERRITO_CACHE_DIR, else the user's cache."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("territo-opendata", appauthor=False)


def fetch_kept(
    url: str, *, limit: int, consent: frozenset[str] = frozenset(), fixed: bool = False
) -> Kept:
    """Return what is at `url`, at most `limit` bytes, and keep it; without an answer, what was kept.

    `fixed` tells that the address never changes what it holds: what was kept is enough. A file
    that no longer has its digest is as one that was never kept. Raises what `fetch_bytes` raises
    when there is nothing kept either.
    """
    from territo_opendata.clients.transport import fetch_bytes

    path = cache_folder() / hashlib.sha256(url.encode()).hexdigest()[:32]
    kept = _read(path, limit)
    if kept is not None and fixed:
        return Kept(path, kept)
    try:
        content = fetch_bytes(url, limit=limit, consent=consent)
    except RemoteError:
        if kept is None:
            raise
        return Kept(path, kept, stale=True)
    if content != kept:
        _write(path, content)
    return Kept(path, content)


def same_origin(url: str, other: str) -> frozenset[str]:
    """Return the consent that an address typed by the user gives to one found behind it."""
    return frozenset({origin(url)}) if origin(url) == origin(other) else frozenset()


def _read(path: Path, limit: int) -> bytes | None:
    try:
        digest = path.with_suffix(".sha256").read_text("ascii").strip()
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except (OSError, UnicodeDecodeError):
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None


def _write(path: Path, content: bytes) -> None:
    disk = Disk()
    disk.put(path, [content])
    disk.put(path.with_suffix(".sha256"), [hashlib.sha256(content).hexdigest().encode()])
