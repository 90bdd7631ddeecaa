"""Publishers in processes of their own, to be killed."""

import json
import os
import signal
import subprocess
import sys
import threading
from typing import Self

from territo_opendata.release import Release
from tests.portals.faults.rules import Kill, OnceEach, Rule
from tests.portals.starters.servers import ROOT


class Publishers:
    """Runs of one publication, each in a process forked from one that has all loaded."""

    def __init__(self, target: str, release: Release) -> None:
        command = [sys.executable, "-W", "error", "-m", "tests.portals.faults.nursery"]
        self._nursery = subprocess.Popen(
            [*command, target, str(release.path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._pid = 0
        self._known = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._nursery.communicate()

    def run(self, *, die_after_entry: bool = False) -> int:
        """Publish once; return the exit code, minus the signal for one that was killed."""
        self._known.clear()
        self._tell({"die_after_entry": die_after_entry})
        self._pid = int(self._hear())
        self._known.set()
        return int(self._hear())

    def fatal(self, *, after: bool) -> Rule:
        """Return a rule by which the run dies at each request that writes, once."""

        def strike() -> None:
            self._known.wait(10)
            os.kill(self._pid, signal.SIGKILL)

        return OnceEach(Kill(strike, after=after))

    def _tell(self, order: dict[str, bool]) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(json.dumps(order) + "\n")
        self._nursery.stdin.flush()

    def _hear(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline()
