"""Write CITATION.cff, how to cite this package, from datapackage.json.

With `--check`, write nothing and exit 1 when it is out of date.
"""

import argparse
import json
import sys
from pathlib import Path

from territo_opendata.release.citation import CITATION, encode_citation

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Do what the options ask and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    path = ROOT / CITATION
    content = encode_citation(json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8")))
    fresh = path.is_file() and path.read_bytes() == content
    if not fresh and not check:
        path.write_bytes(content)
    print("CITATION.cff est à jour." if fresh else "CITATION.cff est à mettre à jour.")
    return 1 if check and not fresh else 0


if __name__ == "__main__":
    sys.exit(main())
