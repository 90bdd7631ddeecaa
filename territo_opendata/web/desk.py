"""The files being worked on, in one temporary folder that is deleted at the end."""

import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

from territo_opendata.web.work import BUSY, Work
from territo_opendata.workflow.tables import Received

KEPT = 4
"""Files that are kept at once: the one before goes when a new one comes, for disks are finite."""


class Desk:
    """Holds the works by their ids, and does one thing at a time: memory is finite too.

    `max_size` bounds, in bytes, a file received and what it expands to. To be used in a `with`
    statement, at the end of which nothing is left on the disk.
    """

    def __init__(self, max_size: int) -> None:
        self.max_size = max_size
        self._works: dict[str, Work] = {}
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, "territo")
        self._kept = tempfile.TemporaryDirectory(prefix="territo-", ignore_cleanup_errors=True)
        self._before = tempfile.tempdir

    def __enter__(self) -> Self:
        # What the checks and repairs put on disk by themselves lies in the same folder.
        tempfile.tempdir = self._kept.name
        return self

    def __exit__(self, *_: object) -> None:
        for work in self._works.values():
            work.stop()
        self._worker.shutdown(wait=True, cancel_futures=True)
        for work in self._works.values():
            work.close()
        tempfile.tempdir = self._before
        self._kept.cleanup()

    @property
    def folder(self) -> Path:
        """Where everything lies."""
        return Path(self._kept.name)

    def new_folder(self) -> Path:
        """Return a new folder for a file that arrives, under a name of ours."""
        return Path(tempfile.mkdtemp(dir=self._kept.name))

    def add(self, received: Received, folder: Path) -> Work:
        """Keep a file that has arrived."""
        work = Work(received, folder)
        with self._lock:
            self._works[work.id] = work
            gone = [*self._works][:-KEPT]
        for each in gone:
            self.remove(each)
        return work

    def find(self, key: str) -> Work | None:
        """Return the work of that id, None when there is none any more."""
        return self._works.get(key)

    def remove(self, key: str) -> None:
        """Forget a file, and delete it as soon as nothing is being done with it."""
        with self._lock:
            work = self._works.pop(key, None)
        if work is not None:
            work.stop()
            self._worker.submit(work.close)

    def begin(self, work: Work, do: Callable[[], None]) -> bool:
        """Put something to be done with a file in the queue, unless something is being done."""
        with self._lock:
            if work.state in BUSY:
                return False
            work.wait()
        self._worker.submit(_reported, do)
        return True


def _reported(do: Callable[[], None]) -> None:
    """Do it; what nobody foresaw is told to who looks after the program."""
    try:
        do()
    except Exception:  # noqa: BLE001 - the thread goes on with the next file
        traceback.print_exc(file=sys.stderr)
