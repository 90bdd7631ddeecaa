"""Progress is for who watches: a terminal shows it, a log keeps none of it."""

import io
import sys

import pytest

from territo_opendata.cli.progress import ReadingProgress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "told"), [(_Terminal(), True), (io.StringIO(), False)])
def test_only_a_terminal_is_told_how_far_a_reading_is(
    stream: io.StringIO, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    times = iter(range(100))
    progress = ReadingProgress("fr", lambda: next(times) * 10.0)
    for rows in (1000, 2000):
        progress("aides", rows, 0)
    progress.end()
    assert ("Lecture de aides" in stream.getvalue()) is told
    assert bool(stream.getvalue()) is told
