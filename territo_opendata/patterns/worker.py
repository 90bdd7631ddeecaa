"""Plain `re` in another process, ended when it takes too long.

One process serves all patterns. It is started when first needed, and again after each time it
had to be ended.
"""

import atexit
import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

_CHILD = Path(__file__).with_name("_child.py")
# Starting Python takes 50 ms; a machine that needs longer than this is not working.
_START_SECONDS = 30.0


class WorkerLostError(Exception):
    """The process was ended, for want of time or memory, or cannot be started."""


class PatternRefusedError(Exception):
    """`re` refuses the pattern, for the reason given."""


class Worker:
    """The process, and the turn that callers take at it."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def accepted(self, expression: str, texts: Sequence[str], seconds: float) -> list[bool]:
        """Return for each text whether `re.match(expression, text)` finds something.

        Raises WorkerLostError when that takes more than `seconds` or too much memory, and
        PatternRefusedError when `re` refuses the expression. Waiting for one's turn, and for
        the process to start, is not counted.
        """
        with self._turn:
            process = self._started()
            answer = self._ask(process, expression, texts, seconds)
        if "refused" in answer:
            raise PatternRefusedError(answer["refused"])
        if "failed" in answer:
            raise WorkerLostError(answer["failed"])
        return [each == "1" for each in answer["accepted"]]

    def stop(self) -> None:
        """End the process, if there is one, and wait until it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.stop)
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            _close(stream)

    def _started(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        try:
            self._process = _start()
        except OSError as error:
            raise WorkerLostError(str(error)) from error
        atexit.register(self.stop)
        self._ask(self._process, "", [""], _START_SECONDS)
        return self._process

    def _ask(
        self, process: subprocess.Popen[str], expression: str, texts: Sequence[str], seconds: float
    ) -> dict[str, Any]:
        request = {"pattern": expression, "texts": list(texts), "limit": seconds}
        with _Deadline(process, seconds) as deadline:
            line = _exchange(process, json.dumps(request) + "\n")
        # An answer that crossed the deadline comes from a process that is ending.
        if deadline.passed or not line.endswith("\n"):
            self.stop()
            raise WorkerLostError(f"no answer within {seconds:.1f} s")
        answer: dict[str, Any] = json.loads(line)
        return answer


class _Deadline:
    """Ends a process that is not done in time, which also ends the wait for its answer."""

    def __init__(self, process: subprocess.Popen[str], seconds: float) -> None:
        self.passed = False
        self._process = process
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()

    def _end(self) -> None:
        self.passed = True
        self._process.kill()


SHARED = Worker()


def _start() -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 -- our own script, by the interpreter that runs us
        [sys.executable, "-I", "-S", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="ascii",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _exchange(process: subprocess.Popen[str], request: str) -> str:
    """Return the line that answers `request`, "" when the process is gone."""
    if process.stdin is None or process.stdout is None:
        return ""
    try:
        process.stdin.write(request)
        process.stdin.flush()
        return process.stdout.readline()
    except OSError:
        return ""


def _close(stream: Any) -> None:
    # What was still to be written has no reader any more.
    with contextlib.suppress(OSError):
        stream.close()
