"""The release as one ZIP archive with the same bytes each time."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from territo_opendata.release.disk import BLOCK, blocks_of

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LAST = 2107
_FILE_MODE = 0o100644
_UNIX = 3


class _Sink(io.RawIOBase):
    """Takes what the archive writer writes and hands it on, block by block."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, block: object) -> int:
        taken = bytes(block)  # type: ignore[call-overload]
        self._blocks.append(taken)
        return len(taken)

    def take(self, at_least: int = 1) -> Iterator[bytes]:
        """Yield what was written since, once it is worth it."""
        if sum(map(len, self._blocks)) >= at_least:
            blocks, self._blocks = self._blocks, []
            yield b"".join(blocks)


def archive_blocks(folder: Path, paths: Iterable[str], when: datetime | None) -> Iterator[bytes]:
    """Yield the bytes of an archive of these files of `folder`.

    Order, times (`when`, in UTC; else the first that the format knows), modes and compression are
    fixed: only another zlib could make other bytes, and SHA256SUMS does not cover the archive.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(paths):
            entry = _entry(path, when)
            with archive.open(entry, "w", force_zip64=_is_large(folder / path)) as stream:
                for block in blocks_of(folder / path):
                    stream.write(block)
                    yield from sink.take(BLOCK)
    yield from sink.take()


def _entry(path: str, when: datetime | None) -> zipfile.ZipInfo:
    usable = when is not None and _EPOCH[0] <= when.year <= _LAST
    entry = zipfile.ZipInfo(path, when.timetuple()[:6] if when and usable else _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _FILE_MODE << 16
    return entry


def _is_large(path: Path) -> bool:
    return path.stat().st_size >= 2**31 - BLOCK
