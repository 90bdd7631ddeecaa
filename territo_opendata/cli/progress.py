"""How far a long reading is, told on stderr once it has taken a second."""

import sys
import time
from collections.abc import Callable

from territo_opendata.language import Language, visible
from territo_opendata.report.words import errors, rows

_PATIENCE = 1.0
_PACE_TERMINAL = 0.1
_PACE_LOG = 5.0


class ReadingProgress:
    """Tells the table, the rows read and the errors found; erased at the end in a terminal."""

    def __init__(self, language: Language, clock: Callable[[], float] = time.monotonic) -> None:
        self._language = language
        self._clock = clock
        self._next = clock() + _PATIENCE
        self._live = sys.stderr.isatty()
        self._shown = False

    def __call__(self, table: str, read: int, found: int) -> None:
        """Tell, if it is time to."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + (_PACE_TERMINAL if self._live else _PACE_LOG)
        self._shown = True
        name = visible(table, 40)
        text = f"Lecture de {name} : " if self._language == "fr" else f"Reading {name}: "
        text += rows(read, self._language)
        if found:
            text += f", {errors(found, self._language)}"
        sys.stderr.write(f"\r\x1b[2K{text}" if self._live else f"{text}\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Erase the line of a terminal."""
        if self._shown and self._live:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()
