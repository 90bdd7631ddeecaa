"""The time that one pattern may take: it grows with the texts, so that the whole stays linear."""

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence

from territo_opendata.patterns.failures import OutOfTimeError

_FIRST_SECONDS = 2.0
# Ten times what an ordinary pattern needs, in RE2 or in another process.
_SECONDS_PER_TEXT = 1e-4
_SECONDS_PER_CHARACTER = 1e-6


class Allowance:
    """Seconds granted with each text and not yet spent; none are granted once they ran out."""

    def __init__(self) -> None:
        self._seconds = _FIRST_SECONDS
        self._exhausted = False
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def spending(self, pattern: str, texts: Sequence[str]) -> Iterator[float]:
        """Give the seconds left for `texts`, and count those that the block takes.

        Raises OutOfTimeError when none are left, and for good once the block has raised it.
        """
        with self._lock:
            self._seconds += _SECONDS_PER_TEXT * len(texts)
            self._seconds += _SECONDS_PER_CHARACTER * sum(map(len, texts))
            left = self._seconds
        if self._exhausted or left <= 0:
            raise OutOfTimeError(pattern)
        start = time.perf_counter()
        try:
            yield left
        except OutOfTimeError:
            self._exhausted = True
            raise
        finally:
            with self._lock:
                self._seconds -= time.perf_counter() - start
