"""Read a published package again and again, as a reader would, until a file says stop.

usage: read_on.py PACKAGE_FOLDER STOP_FILE
Prints one JSON object: the releases seen, the number of reads, and whatever was wrong.
"""

import hashlib
import json
import sys
from pathlib import Path


def read(folder):
    """Return the release that one reading found, or raise ValueError."""
    resources = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    marks = set()
    for each in resources:
        content = (folder / each["path"]).read_bytes()
        if each["hash"] != "sha256:" + hashlib.sha256(content).hexdigest():
            raise ValueError(each["path"])
        if each["format"] == "csv":
            marks.add(content.splitlines()[-1].split(b",")[0].decode())
    if len(marks) != 1:
        raise ValueError(f"mixed: {marks}")
    return marks.pop()


def main():
    folder, stop = Path(sys.argv[1]), Path(sys.argv[2])
    seen, faults, reads = set(), [], 0
    while not stop.exists():
        try:
            seen.add(read(folder))
        except (ValueError, OSError) as error:
            faults.append(repr(error))
        reads += 1
    sys.stdout.write(json.dumps({"seen": sorted(seen), "reads": reads, "faults": faults[:5]}))


if __name__ == "__main__":
    main()
