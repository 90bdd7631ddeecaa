"""Set everything up, then run the tests; arguments go to pytest.

usage: run_tests.py [--portals] [PYTEST ARGUMENT]...

With --portals, a real CKAN and a real udata are installed and started on this machine, the tests
that publish to them are run too, and both are stopped at the end: see docs/portails.md.
"""

import os
import sys

from environment import ROOT, prepare, run

PORTALS = "--portals"


def main() -> None:
    """Run the tests from a fresh clone."""
    arguments = sys.argv[1:]
    python = str(prepare() / "python")
    tests = [python, "-m", "pytest", "-q", *(each for each in arguments if each != PORTALS)]
    if PORTALS not in arguments:
        run(tests)
        return
    os.environ["TERRITO_PORTALS"] = "1"
    print(
        "Starting a CKAN and a udata in", os.environ.get("TERRITO_PORTALS_HOME", ROOT / ".portals")
    )
    run([python, "-m", "tests.portals", "up", "--quiet"])
    try:
        run(tests)
    finally:
        run([python, "-m", "tests.portals", "down"])


if __name__ == "__main__":
    main()
