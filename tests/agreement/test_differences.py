"""Each listed difference from frictionless is real, and both sides are as the list says."""

import warnings
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.descriptors.dialect import parse_dialect
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.tables.source import file_source
from territo_opendata.validate.inputs import Options, TableInput
from territo_opendata.validate.references import Found
from territo_opendata.validate.run import validate_tables
from tests.agreement import tables
from tests.agreement.differences import DIFFERENCES, MOST, PAGE, Difference, page


@pytest.fixture(params=DIFFERENCES, ids=lambda each: each.slug)
def difference(request: pytest.FixtureRequest) -> Difference:
    return request.param


def test_what_frictionless_says(difference: Difference, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(difference.content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = tables.frictionless_errors(path, dict(difference.schema), dict(difference.dialect))
    if isinstance(difference.theirs, str):
        assert isinstance(said, str)
        refused = difference.theirs == "refuses the schema"
        assert said.startswith("refused" if refused else "crashed"), said
    else:
        assert not isinstance(said, str), said
        assert sorted(said.elements(), key=str) == sorted(difference.theirs, key=str)


def test_what_we_say(difference: Difference, tmp_path: Path) -> None:
    report = validate_tables(
        [_input("table", tmp_path, difference.schema, difference.content, difference.dialect)],
        lambda _key, _table: Found(_other(difference, tmp_path)),
        Options(limit=None),
    )
    said = [
        (each.row, each.field, each.code)
        for table in report.tables
        for each in table.findings
        if each.severity == "error"
    ]
    assert sorted(said, key=str) == sorted(difference.ours, key=str)


def _other(difference: Difference, folder: Path) -> TableInput:
    assert difference.other
    return _input("other", folder, *difference.other, {})


def _input(name: str, folder: Path, schema: Any, content: bytes, dialect: Any) -> TableInput:
    path = folder / f"{name}.csv"
    path.write_bytes(content)
    source = file_source(path.name, path)
    return TableInput(name, source, parse_schema(schema, "essai"), parse_dialect(dialect))


def test_the_list_is_short_and_documented() -> None:
    assert len(DIFFERENCES) <= MOST
    assert len({each.slug for each in DIFFERENCES}) == len(DIFFERENCES)
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.agreement.differences"
