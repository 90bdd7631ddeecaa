"""What must be put on disk before it can be read: streams, members of archives, sheets.

It goes to a folder of its own, under names of our own, and is deleted at the end.
"""

import itertools
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from territo_opendata.errors import UsageError
from territo_opendata.language import visible
from territo_opendata.tables.source import cannot_open

DEFAULT_LIMIT = 4_000_000_000
"""Bytes that one file may take once received or expanded: about 25 million rows."""

MAX_RATIO = 250
"""How many times its packed size a file may expand to: real tables stay under a hundred."""

_FREE_SIZE = 64_000_000
BLOCK = 1 << 20


class TooLargeError(UsageError):
    """A file that exceeds the limit once received or expanded, or expands absurdly."""


class Spool:
    """A temporary folder, to be used in a `with` statement; `limit` holds for each file in it."""

    def __init__(self, limit: int = DEFAULT_LIMIT) -> None:
        self.limit = limit
        self._numbers = itertools.count(1)
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def new_path(self) -> Path:
        """Return the path of a file yet to be written. Raises UsageError without a temp folder."""
        if self._folder is None:
            try:
                self._folder = tempfile.TemporaryDirectory(
                    prefix="territo-", ignore_cleanup_errors=True
                )
            except OSError as error:
                raise _no_room(error) from error
        return Path(self._folder.name, f"{next(self._numbers)}")

    def keep(self, label: str, blocks: Iterable[bytes], packed: int | None = None) -> Path:
        """Write `blocks` to a file and return its path; `label` names them in messages.

        `packed` is the size that they are expanded from. Raises TooLargeError past the limit,
        UsageError when the disk is full.
        """
        path = self.new_path()
        try:
            with path.open("wb") as stream:
                for block in bounded(label, blocks, self.limit, packed):
                    stream.write(block)
        except OSError as error:
            raise _no_room(error) from error
        return path

    def keep_file(self, label: str, path: Path) -> Path:
        """Copy what `path` (a pipe, say) gives. Raises as `keep`, MissingFileError if unreadable."""
        return self.keep(label, read_blocks(label, path))


def bounded(
    label: str, blocks: Iterable[bytes], limit: int, packed: int | None = None
) -> Iterator[bytes]:
    """Yield `blocks` as long as they stay within bounds. Raises TooLargeError beyond."""
    total = 0
    for block in blocks:
        total += len(block)
        if total > limit:
            raise too_large(label, limit)
        if packed is not None and total > max(_FREE_SIZE, packed * MAX_RATIO):
            shown = visible(label, 300)
            raise TooLargeError(
                f"« {shown} » gonfle de plus de {MAX_RATIO} fois en se décompressant : c’est sans doute un piège. Décompressez-le vous-même si vous connaissez son origine.",
                f"“{shown}” grows more than {MAX_RATIO} times when expanded: it may well be a trap. Expand it yourself if you know where it comes from.",
            )
        yield block


def too_large(label: str, limit: int) -> TooLargeError:
    """Return what to say of a file that is larger than `limit` bytes once received or expanded."""
    shown, size = visible(label, 300), limit // 1_000_000
    return TooLargeError(
        f"« {shown} » dépasse {size} Mo, une fois reçu ou décompressé. Relevez la limite avec --max-size (en Mo) si c’est voulu.",
        f"“{shown}” exceeds {size} MB, once received or expanded. Raise the limit with --max-size (in MB) if it is meant to.",
    )


def read_blocks(label: str, path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file in blocks. Raises MissingFileError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block
    except OSError as error:
        raise cannot_open(label, error) from error


def _no_room(error: OSError) -> UsageError:
    folder = visible(tempfile.tempdir or "TMPDIR", 200)
    reason = visible(error.strerror or str(error))
    return UsageError(
        f"Impossible d’écrire dans le dossier temporaire ({folder}) : {reason}. Faites de la place, ou désignez-en un autre par la variable TMPDIR.",
        f"Cannot write to the temporary folder ({folder}): {reason}. Make room there, or name another one in the variable TMPDIR.",
    )
