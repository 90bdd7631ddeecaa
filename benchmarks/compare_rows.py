"""Compare two versions of a large table, and print time and peak memory.

    python benchmarks/compare_rows.py --rows 1000000 --runs 3

The old table is that of `make_data.py`. Against it stand: `edited`, one cell in a thousand changed,
a hundred rows removed and fifty added; `shuffled`, the same in another order; `rewritten`, a cell
changed in every row; `keyless`, the shuffled one without a primary key. Each run is
a process of its own: the whole command `territo diff`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAKER = Path(__file__).with_name("make_data.py")
COMMAND = """
import sys
from territo_opendata.cli.main import run
raise SystemExit(run(["diff", *sys.argv[1:], "--format", "json", "--output", "diff.json"]))
"""
CASES = ("edited", "shuffled", "rewritten", "keyless")


def make(folder: Path, rows: int) -> None:
    """Write the old table, its schema, and the new tables."""
    import polars as pl

    subprocess.run([sys.executable, MAKER, folder, "--rows", str(rows), "--bad", "0"], check=True)
    schema = json.loads((folder / "schema.json").read_text("utf-8"))
    del schema["primaryKey"]
    (folder / "keyless.json").write_text(json.dumps(schema), "utf-8")
    old = pl.read_csv(folder / "data.csv", infer_schema=False, empty_string_is_null=False)
    place = pl.int_range(pl.len())
    edited = (
        old.with_columns(
            pl.when(place % 1000 == 5).then(pl.col("objet") + ", suite").otherwise("objet")
        )
        .filter(~place.is_between(1000, 1099))
        .vstack(old.head(50).with_columns(subvention_id=pl.lit("N") + pl.col("subvention_id")))
    )
    edited.write_csv(folder / "edited.csv")
    edited.sample(fraction=1.0, shuffle=True, seed=1).write_csv(folder / "shuffled.csv")
    edited.with_columns(pl.col("objet") + "z").write_csv(folder / "rewritten.csv")
    (folder / "keyless.csv").write_bytes((folder / "shuffled.csv").read_bytes())


def measure(folder: Path, case: str) -> tuple[float, float, int]:
    """Return seconds of wall time, of CPU time, and peak memory in bytes."""
    schema = "keyless.json" if case == "keyless" else "schema.json"
    arguments = ["data.csv", f"{case}.csv", "--schema", schema]
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", COMMAND, *arguments], cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{case}: exit code {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main() -> None:
    """Make the tables, run, print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=CASES)
    parser.add_argument("--only-make", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only_make:
        make(asked.only_make, asked.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Apart: a child's peak memory starts from that of the process that forks it.
        maker = [sys.executable, __file__, "--only-make", folder, "--rows", str(asked.rows)]
        subprocess.run(maker, check=True)
        print(f"{'case':>10} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}   rows: - + ~")
        for case in asked.cases:
            runs = [measure(folder, case) for _ in range(asked.runs)]
            wall, cpu, peak = (statistics.median(values) for values in zip(*runs, strict=True))
            rows = json.loads((folder / "diff.json").read_text("utf-8"))["tables"][0]["rows"]
            counts = f"{rows['removed']} {rows['added']} {rows['changed']}"
            print(f"{case:>10} {wall:8.1f} {cpu:8.1f} {peak / 1e6:8.0f}   {counts}")


if __name__ == "__main__":
    main()
