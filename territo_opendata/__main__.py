"""Entry point of the `territo` command and of `python -m territo_opendata`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from territo_opendata.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
