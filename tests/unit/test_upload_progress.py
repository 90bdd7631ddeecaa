"""The bar of an upload is for a terminal alone."""

import io
import sys

import pytest

from territo_opendata.cli.progress import UploadProgress


class Stream(io.StringIO):
    def __init__(self, live: bool) -> None:
        super().__init__()
        self._live = live

    def isatty(self) -> bool:
        return self._live


@pytest.mark.parametrize("live", [True, False])
def test_each_upload_has_its_bar(monkeypatch, live):
    stream = Stream(live)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    progress = UploadProgress()
    for name in ("resource:a.csv", "resource:[b]\x1b.csv"):
        for sent in (0, 500_000, 1_000_000):
            progress(name, sent, 1_000_000)
        progress.clear()
    progress.end()
    shown = stream.getvalue()
    assert ("resource:a.csv" in shown) is live
    assert ("resource:[b]\\u001b.csv" in shown) is live
