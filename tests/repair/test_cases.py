"""Messy files as they arrive, repaired: what is found, what is mended, what is left to a person.

A folder of `cases/` holds the file, its `schema.json`, the file expected after the repair (none
where nothing may change) with the expected log, and `expected.json`: the codes to accept, and the
findings before and after; `sieges.csv` gives head offices. TERRITO_WRITE_GOLDEN=1 writes what is found; it is to be read then.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.findings import Report
from territo_opendata.repair.journal import csv_log
from territo_opendata.workflow.repaired import ToMend
from territo_opendata.workflow.repairing import repaired_file
from territo_opendata.workflow.validation import validate_files
from tests.repair.laws import OPTIONS, check

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path.parent for path in CASES.glob("*/schema.json"))
WRITE = os.environ.get("TERRITO_WRITE_GOLDEN") == "1"


def counts(report: Report) -> Mapping[str, int]:
    return dict(sorted(report.tables[0].by_code.items()))


def repaired(folder: Path, accept: list[str]) -> tuple[dict[str, Any], bytes, bytes]:
    file, schema = str(folder / "data.csv"), str(folder / "schema.json")
    before = validate_files([file], schema=schema, options=OPTIONS)
    seats = next(iter(folder.glob("sieges.csv*")), None)
    asked = ToMend(file, schema, accept=frozenset(accept), seats=seats)
    with repaired_file(asked, OPTIONS) as done:
        with done.table.source.open() as stream:
            content = stream.read() if done.changed else b""
        log = b"".join(csv_log(done.log)) if done.changed else b""
        proposals = {
            f"{code} {field}".strip(): count
            for (code, field, _), count in sorted(done.proposals.counts.items())
        }
        found = {
            "accept": accept,
            "before": counts(before),
            "after": counts(done.report),
            "proposals": proposals,
        }
    return found, content, log


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_the_file_is_repaired_as_expected(folder: Path) -> None:
    expected_path = folder / "expected.json"
    expected = json.loads(expected_path.read_text("utf-8")) if expected_path.exists() else {}
    found, content, log = repaired(folder, expected.get("accept", []))
    if WRITE:
        text = json.dumps(found, ensure_ascii=False, indent=2)
        expected_path.write_text(f"{text}\n", "utf-8")
        for name, made in (("repaired.csv", content), ("log.csv", log)):
            if made:
                (folder / name).write_bytes(made)
            else:
                (folder / name).unlink(missing_ok=True)
        return
    assert found == expected
    for name, made in (("repaired.csv", content), ("log.csv", log)):
        path = folder / name
        assert made == (path.read_bytes() if path.exists() else b"")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda each: each.name)
def test_every_repair_keeps_its_promises(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes((folder / "data.csv").read_bytes())
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    check(path, str(folder / "schema.json"), frozenset(expected["accept"]))


def test_there_are_as_many_as_promised() -> None:
    assert len(FOLDERS) >= 40
