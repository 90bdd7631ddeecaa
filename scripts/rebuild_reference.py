"""Rebuild the reference (datasets and look-up tables) from the registries' packages.

With `--check`, compare the committed files with what the packages give: exit 1 when they differ.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from territo_opendata.errors import RemoteError, TerritoError
from territo_opendata.reference import rebuild

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Do what the options ask and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--offline-ok", action="store_true", help="no registry: skip, exit 0")
    parser.add_argument("--cache", type=Path, help="folder that keeps the packages")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            files = rebuild.download(options.cache or Path(scratch))
    except TerritoError as error:
        print(error.say("fr"), file=sys.stderr)
        skipped = options.offline_ok and isinstance(error, RemoteError)
        return 0 if skipped else error.exit_code
    found = rebuild.differences(files, ROOT)
    print("\n".join(one.summary() for one in found) or "La référence est à jour.")
    if not options.check:
        rebuild.write(files, ROOT)
    return 1 if options.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
