"""Writes that survive a crash: whole or not at all, flushed before they are relied on."""

import contextlib
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from territo_opendata.errors import MissingFileError, RefusedError, TerritoError
from territo_opendata.language import visible
from territo_opendata.refusals import reason, unwritable

BLOCK = 1 << 20
LOCK = ".territo.lock"
_UNFINISHED = ".territo-new-"
_REPLACED = ".territo-old-"
_WAITS = (0.05, 0.1, 0.2, 0.4)
"""Seconds between the tries of a renaming that Windows refuses."""


def _no_watch(operation: str, path: Path) -> None:
    """Let every operation pass."""


@dataclass(frozen=True, slots=True)
class Disk:
    """The operations by which files are written; they raise UsageError where they cannot be.

    `watch` is called before each single step (operation, path): a progress display, or a test
    that ends the process there.
    """

    watch: Callable[[str, Path], None] = _no_watch

    def make(self, folder: Path) -> None:
        """Make `folder` and its parents where they are missing."""
        if not folder.is_dir():
            self.watch("make", folder)
            with _told(folder):
                folder.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, blocks: Iterable[bytes]) -> None:
        """Write a new file and flush it: for a folder that is not yet in its place."""
        self.make(path.parent)
        self.watch("create", path)
        with _told(path), path.open("xb") as stream:
            for block in blocks:
                self.watch("write", path)
                stream.write(block)
            stream.flush()
            os.fsync(stream.fileno())

    def put(self, path: Path, blocks: Iterable[bytes]) -> None:
        """Write a file beside `path`, then put it there in one step."""
        fresh = unfinished(path)
        self.drop(fresh)
        try:
            self.write(fresh, blocks)
            self.replace(fresh, path)
        except TerritoError:  # a file held by another program, a full disk: leave no litter
            fresh.unlink(missing_ok=True)
            raise

    def replace(self, fresh: Path, path: Path) -> None:
        """Put the file `fresh`, made beside `path`, in its place in one step."""
        self.watch("replace", path)
        with _told(path):
            _patiently(lambda: fresh.replace(path))
            flush_folder(path.parent)

    def move(self, source: Path, target: Path) -> None:
        """Rename a folder to where there is none."""
        self.watch("move", target)
        with _told(target):
            flush_folder(source)
            _patiently(lambda: source.rename(target))
            flush_folder(target.parent)

    def drop(self, path: Path) -> None:
        """Remove a file or folder, if it is there."""
        if not path.exists() and not path.is_symlink():
            return
        self.watch("drop", path)
        with _told(path):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _patiently(rename: Callable[[], object]) -> None:
    """Rename, and on Windows try again for a second: scanners hold what was just written."""
    for wait in _WAITS if sys.platform == "win32" else ():
        try:
            rename()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    rename()


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the refusal of the system (no right, no room…) into advice."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def unfinished(path: Path) -> Path:
    """Return where `path` is written before it is put in its place."""
    return path.with_name(_UNFINISHED + path.name)


def replaced(path: Path) -> Path:
    """Return where what was at `path` stands while the new one takes its place."""
    return path.with_name(_REPLACED + path.name)


def drop_leftovers(folder: Path, disk: Disk) -> None:
    """Remove what a killed run had begun to write in `folder`; call it under the lock."""
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.name.startswith(_UNFINISHED):
                disk.drop(path)


def swap_folder(fresh: Path, target: Path, disk: Disk) -> None:
    """Put the folder `fresh` at `target`, and only then drop what was there."""
    old = replaced(target)
    disk.drop(old)
    if target.exists():
        disk.move(target, old)
    disk.move(fresh, target)
    disk.drop(old)


def recover_folder(target: Path, disk: Disk) -> None:
    """Undo or finish a swap that was killed in its middle; call it under the lock."""
    old = replaced(target)
    if old.is_dir() and not target.exists():
        disk.move(old, target)
    disk.drop(old)
    disk.drop(unfinished(target))


def flush_folder(folder: Path) -> None:
    """Make the names in `folder` last over a power cut, on the systems that know how."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def blocks_of(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file. Raises MissingFileError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                yield block
    except OSError as error:
        why, shown = reason(error), visible(str(path), 300)
        raise MissingFileError(
            f"Impossible de lire « {shown} » : {why.fr}.", f"Cannot read “{shown}”: {why.en}."
        ) from error


def digest_blocks(blocks: Iterable[bytes]) -> tuple[int, str]:
    """Return the number of bytes and their SHA-256 in hexadecimal."""
    size, digest = 0, hashlib.sha256()
    for block in blocks:
        size += len(block)
        digest.update(block)
    return size, digest.hexdigest()


@contextlib.contextmanager
def locked(folder: Path, patience: float = 10.0) -> Iterator[None]:
    """Hold `folder` alone; the system lets go of it when the process ends, however it ends.

    Waits `patience` seconds for another run to leave, then raises RefusedError. Raises UsageError
    when nothing can be written there.
    """
    lock = folder / LOCK
    deadline = time.monotonic() + patience
    while True:
        with contextlib.ExitStack() as leaving, _open_lock(folder, lock) as stream:
            if _try_lock(stream.fileno()) and _is_at(stream.fileno(), lock):
                if sys.platform == "win32":
                    # It lets nobody remove an open file: ours once closed, another's not at all.
                    leaving.callback(_remove, lock)
                try:
                    yield
                finally:
                    _remove(lock)
                return
        if time.monotonic() > deadline:
            raise RefusedError(
                f"Une autre exécution écrit déjà dans « {folder} ». Attendez qu’elle finisse.",
                f"Another run is already writing in “{folder}”. Wait until it ends.",
            )
        time.sleep(0.05)


def _remove(lock: Path) -> None:
    with contextlib.suppress(OSError):
        lock.unlink()


def _open_lock(folder: Path, lock: Path) -> BinaryIO:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return lock.open("ab")
    except OSError as error:
        raise unwritable(folder, error) from error


def _is_at(handle: int, path: Path) -> bool:
    """Tell whether `path` is still the open file: its last holder removes it on leaving."""
    with contextlib.suppress(OSError):
        return os.fstat(handle).st_ino == path.stat().st_ino
    return False


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
