"""Repair dirty tables and validate them side by side, and print the ratios of their medians.

    python benchmarks/repairing.py --rows 1000000 --runs 3

For each case of `make_dirty.py`, every round runs the whole commands `territo validate FILE` and
`territo repair FILE` on the dirty file, each a process of its own, one after the other. The data
is made in a temporary directory (`--keep DIRECTORY` to keep and use it again).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from compare import Case, Run, compare
from make_dirty import DIRT

MAKER = Path(__file__).resolve().with_name("make_dirty.py")
COMMANDS = {
    "validate": ["validate", "data.csv", "--schema", "schema.json"],
    "repair": ["repair", "data.csv", "--schema", "schema.json", "--force"],
}
_CODE = "import sys; from territo_opendata.cli.main import run; raise SystemExit(run(sys.argv[1:]))"


def cases(directory: Path, dirt: str) -> dict[str, Case]:
    """Return both commands on the data in a directory, named for the case."""
    return {
        f"{dirt}, {name}": Case([sys.executable, "-c", _CODE, *command], directory)
        for name, command in COMMANDS.items()
    }


def make_data(directory: Path, rows: int, dirt: str) -> None:
    """Make the data, unless it is there; apart, for what made it would count as its readers'."""
    if (directory / dirt / "schema.json").exists():
        return
    made = [sys.executable, MAKER, directory, f"--rows={rows}", "--cases", dirt]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)


def line(dirt: str, runs: dict[str, list[Run]]) -> str:
    """Return the medians of a case, and those of its repair divided by those of its validation."""
    before, after = runs[f"{dirt}, validate"], runs[f"{dirt}, repair"]
    wall, cpu, memory = (
        [statistics.median(getattr(one, name) for one in each) for each in (before, after)]
        for name in ("wall", "cpu", "memory")
    )
    status = os.waitstatus_to_exitcode(after[-1].status)
    return (
        f"| {dirt} | {wall[0]:.2f} | {wall[1]:.2f} | {wall[1] / wall[0]:.2f} "
        f"| {cpu[0]:.2f} | {cpu[1]:.2f} | {cpu[1] / cpu[0]:.2f} "
        f"| {memory[0]:.0f} | {memory[1]:.0f} | {status} |"
    )


def main() -> None:
    """Make the data, run the commands, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cases", nargs="+", choices=DIRT, default=list(DIRT))
    parser.add_argument("--keep", type=Path, help="directory of data, made when missing")
    asked = parser.parse_args()
    directory = asked.keep or Path(tempfile.mkdtemp(prefix="territo-benchmark-"))
    print(f"{asked.rows} rows, {asked.runs} rounds; ratios are repair / validate")
    print("| case | validate, wall s | repair | ratio | validate, CPU s | repair | ratio ", end="")
    print("| validate, peak MB | repair | exit |\n" + "|---" * 10 + "|")
    try:
        for dirt in asked.cases:
            place = directory / str(asked.rows)
            make_data(place, asked.rows, dirt)
            print(line(dirt, compare(cases(place / dirt, dirt), asked.runs)), flush=True)
    finally:
        if asked.keep is None:
            shutil.rmtree(directory)


if __name__ == "__main__":
    main()
