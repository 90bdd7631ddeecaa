"""Measure what a steward waits for: files of 50 rows, and one of 100,000, beside frictionless.

    python benchmarks/start_up.py --runs 5

Each file of 50 rows is checked by the whole command `territo validate` and by `frictionless
validate` with the same schema, which looks up no reference to another table; the large one by
`territo validate` and by `Package.validate`. Every pair runs in every round, one after the other.
The ratio of frictionless' median to ours is that of each second line.
"""

import argparse
import csv
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from compare import ROOT, Case, compare, make_data, report, tool_case

BIN = Path(sys.executable).parent
ROWS = 50
BAD = {3: 1, 12: 3, 25: 0, 33: 4, 47: 2}
"""The column to spoil in each of these rows."""


def main() -> None:
    """Make the files, run the pairs, print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-large", action="store_true", help="leave the 100,000 rows out")
    asked = parser.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="territo-benchmark-"))
    try:
        pairs = dict(_small_pairs(directory))
        if not asked.no_large:
            make_data(directory / "large", 100_000, 0)
            tools = ("territo", "frictionless")
            pairs["100,000 rows"] = {tool: tool_case(tool, directory / "large") for tool in tools}
        cases = {
            f"{name}: {tool}": case for name, pair in pairs.items() for tool, case in pair.items()
        }
        runs = compare(cases, asked.runs)
        for name, pair in pairs.items():
            print(report({f"{name}: {tool}": runs[f"{name}: {tool}"] for tool in pair}))
    finally:
        shutil.rmtree(directory)


def _small_pairs(directory: Path) -> Iterator[tuple[str, dict[str, Case]]]:
    for schema, about in (("subventions", "no reference"), ("labellisations", "references")):
        _write_schema(directory / f"{schema}.json", schema)
        for kind in ("valid", "with errors"):
            file = f"{schema}-{kind[:5]}.csv"
            _write(directory / file, _rows(schema, spoilt=kind != "valid"))
            yield (
                f"{ROWS} rows, {about}, {kind}",
                {
                    "territo": _case(directory, "territo", file, schema),
                    "frictionless": _case(directory, "frictionless", file, f"{schema}.json"),
                },
            )


def _write_schema(path: Path, name: str) -> None:
    """Write the schema without its foreign keys: frictionless wants a package for them."""
    schema = json.loads((ROOT / "schemas" / name / "schema.json").read_text("utf-8"))
    schema.pop("foreignKeys", None)
    path.write_text(json.dumps(schema), "utf-8")


def _case(directory: Path, tool: str, file: str, schema: str) -> Case:
    return Case([str(BIN / tool), "validate", file, "--schema", schema], directory)


def _rows(schema: str, *, spoilt: bool) -> list[list[str]]:
    """Return the rows of the schema's valid example, repeated, with a commune of its own each."""
    header, *examples = _read(ROOT / "schemas" / schema / "exemple-valide.csv")
    rows = [list(examples[number % len(examples)]) for number in range(ROWS)]
    if "code_territoire" in header:
        places = _read(ROOT / "datasets" / "territoires.csv")
        communes = (place[:2] for place in places if place[0] == "commune")
        kind, code = header.index("type_territoire"), header.index("code_territoire")
        for row, place in zip(rows, communes, strict=False):
            row[kind], row[code] = place
    for number, column in (BAD if spoilt else {}).items():
        rows[number][column] = "é ?"
    return [header, *rows]


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
