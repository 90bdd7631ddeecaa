"""Run validators side by side on the same files, and print the ratios of their medians.

    python benchmarks/compare.py --rows 1000000 --runs 3 --tools territo bare duckdb
    python benchmarks/compare.py --rows 1000000 --bad 0 0.0001 0.05 --tools territo

In each round every tool runs once on the data of each share of bad rows, as a process of its own,
so that what else the machine does weighs on all alike. Wall time, CPU time and peak memory are
those of the whole process. Ratios are those of the first line to each. The data is made in a
temporary directory (`--keep DIRECTORY` to keep and use it again).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAKER = Path(__file__).resolve().with_name("make_data.py")
TOOLS: Mapping[str, str] = {
    "territo": """
from territo_opendata.cli.main import run
raise SystemExit(run(["validate", "data.csv", "--format", "json", "--output", "report.json"]))
""",
    "frictionless": """
from frictionless import Package
report = Package("datapackage.json").validate(limit_errors=10**9)
print(report.valid, report.stats)
""",
    "bare": """
import polars as pl
scan = pl.scan_csv("data.csv", infer_schema=False)
scan.select(pl.all().str.len_bytes().cast(pl.Int64).sum()).collect(engine="streaming")
""",
    "duckdb": """
import duckdb
types = {"subvention_id": "VARCHAR", "numero": "BIGINT", "code_commune": "VARCHAR",
    "nom_commune": "VARCHAR", "nature": "VARCHAR", "montant_eur": "DOUBLE", "annee": "SMALLINT",
    "date_decision": "DATE", "courriel": "VARCHAR", "actif": "BOOLEAN", "siren": "VARCHAR",
    "taux": "DOUBLE", "objet": "VARCHAR"}
columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
touched = ", ".join(f"max({name})" for name in types)
duckdb.sql(f"select {touched} from read_csv('data.csv', columns={{{columns}}}, header=true, "
    "delim=',', quote='\\"', auto_detect=false, store_rejects=true)").fetchall()
print(duckdb.sql("select count(*) from reject_errors").fetchall())
""",
    "pandera": """
import pandera.polars as pa, polars as pl
check = pa.Check
text = lambda *checks, **more: pa.Column(pl.String, list(checks), nullable=True, **more)
number = lambda low, high: pa.Column(pl.Float64, check.in_range(low, high), nullable=True)
schema = pa.DataFrameSchema({
    "subvention_id": text(check.str_matches("^SUB-[0-9]{8}-[A-Z]{2}$"), unique=True),
    "numero": pa.Column(pl.Int64, check.ge(1), unique=True),
    "code_commune": text(check.str_matches(r"^([013-9][0-9]|2[AB1-9])[0-9]{3}$"),
        check.isin(pl.read_csv("communes.csv", infer_schema=False)["code"].to_list())),
    "nom_commune": text(),
    "nature": text(),
    "montant_eur": number(0, 1e9),
    "annee": pa.Column(pl.Int64, check.in_range(2000, 2030), nullable=True),
    "date_decision": pa.Column(pl.Date, nullable=True),
    "courriel": text(check.str_matches(r"^[^@]+@[^@]+\\.[a-z]+$")),
    "actif": pa.Column(pl.Boolean, nullable=True),
    "siren": text(check.str_matches("^[0-9]{9}$")),
    "taux": number(0, 100),
    "objet": text(check.str_length(max_value=100)),
})
texts = ("code_commune", "siren")
frame = pl.read_csv("data.csv", schema_overrides=dict.fromkeys(texts, pl.String), try_parse_dates=True)
schema.validate(frame, lazy=True)
""",
}
"""What each tool runs, in the directory of the data: as many of the rules as it knows."""


@dataclass(frozen=True)
class Run:
    """What one process took: seconds on the clock, of CPU, and MB at its largest."""

    wall: float
    cpu: float
    memory: float
    status: int


def run(command: Sequence[str], directory: Path) -> Run:
    """Run a command in that directory, its output thrown away, and wait for it."""
    start = time.perf_counter()
    child = os.fork()
    if not child:
        os.chdir(directory)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(command[0], command)  # noqa: S606 (to be waited for)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, status)


@dataclass(frozen=True)
class Case:
    """A command to measure, and where it runs."""

    command: Sequence[str]
    directory: Path


def compare(cases: Mapping[str, Case], rounds: int) -> dict[str, list[Run]]:
    """Run every case once per round."""
    runs: dict[str, list[Run]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            runs[name].append(run(case.command, case.directory))
    return runs


def tool_case(tool: str, directory: Path) -> Case:
    """Return the run of a tool of `TOOLS` on the data in a directory."""
    return Case([sys.executable, "-c", TOOLS[tool]], directory)


def make_data(directory: Path, rows: int, bad: float) -> None:
    """Make the data, unless it is there; apart, for what made it would count as its readers'."""
    if (directory / "datapackage.json").exists():
        return
    made = [sys.executable, MAKER, directory, f"--rows={rows}", f"--bad={bad}"]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)


def report(runs: Mapping[str, list[Run]]) -> str:
    """Return medians, and the ratios of the first case to each, as a table."""
    lines = [
        "| case | wall s (min-max) | CPU s | peak MB | wall ratio | CPU ratio | exit |",
        "|---|---|---|---|---|---|---|",
    ]
    first = next(iter(runs.values()))
    for tool, each in runs.items():
        walls = [one.wall for one in each]
        wall, cpu, memory = _medians(each)
        own_wall, own_cpu, _ = _medians(first)
        lines.append(
            f"| {tool} | {wall:.2f} ({min(walls):.2f}-{max(walls):.2f}) | {cpu:.2f} "
            f"| {memory:.0f} | {own_wall / wall:.2f} | {own_cpu / cpu:.2f} "
            f"| {os.waitstatus_to_exitcode(each[-1].status)} |"
        )
    return "\n".join(lines)


def _medians(runs: list[Run]) -> tuple[float, float, float]:
    return (
        statistics.median(one.wall for one in runs),
        statistics.median(one.cpu for one in runs),
        statistics.median(one.memory for one in runs),
    )


def main() -> None:
    """Make the data, run the tools, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--bad", type=float, nargs="+", default=[0.0], help="shares of bad rows")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--keep", type=Path, help="directory of data, made when missing")
    asked = parser.parse_args()
    directory = asked.keep or Path(tempfile.mkdtemp(prefix="territo-benchmark-"))
    try:
        cases = {}
        for bad in asked.bad:
            place = directory / f"{asked.rows}-{bad}"
            make_data(place, asked.rows, bad)
            cases |= {f"{tool}, {bad:.2%} bad": tool_case(tool, place) for tool in asked.tools}
        print(f"{asked.rows} rows, {asked.runs} rounds")
        print(report(compare(cases, asked.runs)))
    finally:
        if asked.keep is None:
            shutil.rmtree(directory)


if __name__ == "__main__":
    main()
