"""Tries patterns in a process of its own, which can be ended when one takes too long.

Runs as a script, without the package: one request a line on stdin, one answer a line on stdout,
both JSON. A request holds `pattern` (as given to `re`), `texts` and `limit` (seconds); an answer
holds `accepted` ("1" or "0" for each text), or `refused` (why `re` refuses the pattern), or
`failed` (what broke).
"""

import contextlib
import faulthandler
import json
import re
import sys
import warnings
from typing import Any

# The stack of the matcher grows with the text: a hostile pair must not fill the machine.
_MEMORY_BYTES = 1 << 30


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        allowed = _MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(_MEMORY_BYTES, hard)
        # Some systems know the limit but refuse it; time remains limited there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


def _answer(request: dict[str, Any]) -> dict[str, str]:
    try:
        match = re.compile(request["pattern"]).match
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        return {"refused": str(error) or type(error).__name__}
    return {"accepted": "".join("01"[match(text) is not None] for text in request["texts"])}


def _serve() -> None:
    for line in sys.stdin.buffer:
        try:
            request = json.loads(line)
            # Ends this process even when its parent is gone and the matcher never returns.
            faulthandler.dump_traceback_later(request["limit"] + 1, exit=True)
            answer = _answer(request)
        except MemoryError:
            answer = {"failed": "memory"}
        faulthandler.cancel_dump_traceback_later()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    _limit_memory()
    _serve()
