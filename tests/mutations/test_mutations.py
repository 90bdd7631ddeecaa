"""Each rule of each of our schemas finds what breaks it, where it is."""

from pathlib import Path

import pytest

from territo_opendata.workflow.validation import validate_files
from tests.mutations.cases import Mutation, mutations

CASES = list(mutations())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_rule_finds_it_in_its_place(case: Mutation, tmp_path: Path) -> None:
    path = tmp_path / f"{case.schema}.csv"
    path.write_bytes(case.content)
    report = validate_files([str(path)], schema=case.schema)
    assert report.verdict == "invalid"
    places = {
        (each.code, each.row, each.line, each.column)
        for table in report.tables
        for each in table.findings
    }
    assert (case.code, case.row, case.line, case.column) in places


def test_there_are_enough() -> None:
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({case.code for case in CASES}) >= 20
