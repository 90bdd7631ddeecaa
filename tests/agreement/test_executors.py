"""Both executors give the same report in everything, wherever stretches are cut."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territo_opendata.tables.sizes import Sizes
from territo_opendata.validate import executors
from territo_opendata.validate.inputs import Options
from tests.agreement import tables
from tests.agreement.both import generating, shown, validate

SIZES = [Sizes(16, 64, 8), Sizes(40, 300, 30), Sizes(200, 1000, 60), Sizes()]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated") / "table.csv"


@st.composite
def checks(draw: st.DrawFn, schema: dict) -> dict:
    """Add checks of a cell, of a row and of all rows."""
    names = [field["name"] for field in schema["fields"]]
    if len(names) < 2 or draw(st.integers(0, 2)):
        return schema
    made = [
        {"name": "both-or-neither", "params": {"columns": names[:2]}},
        {"name": "one-of-required", "params": {"column1": names[0], "column2": names[1]}},
        {"name": "compare-columns-value", "params": {"column": names[0], "op": "<=", "column2": names[1]}},
        {"name": "code-postal", "params": {"column": names[0]}},
        {"name": "siren", "params": {"column": names[1]}},
    ]  # fmt: skip
    return {**schema, "custom_checks": draw(st.lists(st.sampled_from(made), max_size=3))}


@generating
@given(data=st.data())
def test_executors_agree_in_everything(table: Path, data: st.DataObject) -> None:
    schema = data.draw(tables.schemas())
    dialect = data.draw(tables.dialects())
    content = data.draw(tables.files(schema))
    lines = content.splitlines(keepends=True)
    repeated = content + b"".join(lines[1:]) * data.draw(st.sampled_from([0, 0, 3, 20]))
    table.write_bytes(repeated)
    schema = data.draw(checks(schema))
    options = Options(
        limit=data.draw(st.sampled_from([None, 1000, 3, 0])),
        stop_after=data.draw(st.sampled_from([None, None, 1, 4])),
    )
    settings = executors.Settings(
        large=0,
        sizes=data.draw(st.sampled_from(SIZES)),
        budget=data.draw(st.sampled_from([0, 1 << 20])),
        part=3,
    )
    plain = validate(table, schema, dialect, options)
    columnar = validate(table, schema, dialect, options, settings)
    assert shown(columnar) == shown(plain), (tables.describe(table, schema, dialect), settings)
