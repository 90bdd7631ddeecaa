"""Publish in a new child at each line of standard input, and say how each child ended.

usage: nursery.py TARGET RELEASE
"""

import json
import os
import signal
import sys
from pathlib import Path

from territo_opendata.errors import TerritoError
from territo_opendata.publish import Outcome, apply_plan, make_plan, parse_target
from territo_opendata.release import Release, open_release
from tests.portals.portals import PUBLISHER

FAILED = 4


def publish(address: str, release: Release, *, die_after_entry: bool) -> int:
    """Publish, and die by SIGKILL right after the first entry in the journal when asked to."""

    def die(outcome: Outcome) -> None:
        if die_after_entry and outcome.status == "done":
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        target = parse_target(address, release, {"organization": PUBLISHER})
        apply_plan(make_plan(target), target, die)
    except TerritoError as error:
        sys.stderr.write(f"{error.text.en}\n")
        return FAILED
    return 0


def main() -> None:
    """Serve until standard input ends."""
    address, folder = sys.argv[1:]
    release = open_release(Path(folder))
    parse_target(address, release, {"organization": PUBLISHER}).read()  # loads all that is needed
    for line in sys.stdin:
        child = os.fork()
        if not child:
            os._exit(publish(address, release, **json.loads(line)))
        say(child)
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def say(number: int) -> None:
    """Answer with a line."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
