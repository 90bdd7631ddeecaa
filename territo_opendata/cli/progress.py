"""How far a long reading or an upload is, told on stderr once it has taken a second."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from territo_opendata.cli.console import obeys_escapes
from territo_opendata.language import Language, visible
from territo_opendata.report.words import errors, rows

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE = 1.0
_PACE = 0.1


class ReadingProgress:
    """Tells the table, the rows read and the errors found, in a terminal; erased at the end.

    A log keeps what is written to it: nothing is told there.
    """

    def __init__(self, language: Language, clock: Callable[[], float] = time.monotonic) -> None:
        self._language = language
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._live = obeys_escapes(sys.stderr)
        self._shown = False

    def __call__(self, table: str, read: int, found: int) -> None:
        """Tell, if it is time to."""
        now = self._clock()
        if not self._live or now < self._next:
            return
        self._next = now + _PACE
        self._shown = True
        name = visible(table, 40)
        text = f"Lecture de {name} : " if self._language == "fr" else f"Reading {name}: "
        text += rows(read, self._language)
        if found:
            text += f", {errors(found, self._language)}"
        sys.stderr.write(f"\r\x1b[2K{text}")
        sys.stderr.flush()

    def end(self) -> None:
        """Erase the line of a terminal."""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


class UploadProgress:
    """A bar for each upload under way, in a terminal; elsewhere the outcomes say enough."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._object_id = ""

    def __call__(self, object_id: str, sent: int, total: int) -> None:
        """Tell how far the upload of an object is."""
        if not obeys_escapes(sys.stderr):
            return
        bar = self._bar or self._start()
        if self._task is None or object_id != self._object_id:
            self.clear()
            self._task = bar.add_task(visible(object_id, 60), total=total)
            self._object_id = object_id
        bar.update(self._task, completed=sent, total=total)

    def clear(self) -> None:
        """Erase the bar of an upload that has ended."""
        if self._bar is not None and self._task is not None:
            self._bar.remove_task(self._task)
            self._task = None

    def end(self) -> None:
        """Give the terminal back."""
        if self._bar is not None:
            self.clear()
            self._bar.stop()

    def _start(self) -> "Progress":
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TransferSpeedColumn,
        )

        columns = (TextColumn("  {task.description}", markup=False), BarColumn(), DownloadColumn())
        self._bar = Progress(
            *columns, TransferSpeedColumn(), console=Console(stderr=True), transient=True
        )
        self._bar.start()
        return self._bar
