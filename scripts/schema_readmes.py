"""Write the table of fields of each schema's README from its schema.json.

With `--check`, write nothing and exit 1 when a README is out of date.
"""

import argparse
import json
import sys
from pathlib import Path

from territo_opendata.descriptors.field_table import with_field_table

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


def main() -> int:
    """Do what the options ask and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    stale = []
    for path in sorted(SCHEMAS.glob("*/schema.json")):
        readme = path.with_name("README.md")
        old = readme.read_text(encoding="utf-8")
        new = with_field_table(old, json.loads(path.read_text(encoding="utf-8")))
        if new != old:
            stale.append(path.parent.name)
            if not check:
                readme.write_text(new, encoding="utf-8", newline="\n")
    print("À mettre à jour : " + ", ".join(stale) if stale else "Les README sont à jour.")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
