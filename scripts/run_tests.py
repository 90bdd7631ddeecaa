"""Set everything up, then run the tests; arguments go to pytest."""

import sys

from environment import prepare, run


def main() -> None:
    """Run the tests from a fresh clone."""
    programs = prepare()
    run([str(programs / "python"), "-m", "pytest", "-q", *sys.argv[1:]])


if __name__ == "__main__":
    main()
