"""Both executors give the same report in everything, wherever stretches are cut."""

import dataclasses
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.errors import TerritoError
from territo_opendata.findings import TableReport
from territo_opendata.tables.sizes import Sizes
from territo_opendata.tables.source import file_source
from territo_opendata.validate import executors
from territo_opendata.validate.inputs import Options, TableInput
from territo_opendata.validate.run import validate_tables
from tests.agreement import tables

EXAMPLES = int(os.environ.get("TERRITO_EXAMPLES", "300"))
SIZES = [Sizes(16, 64, 8), Sizes(40, 300, 30), Sizes(200, 1000, 60), Sizes()]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated") / "table.csv"


def report(table: Path, schema: dict, options: Options) -> str | TableReport:
    try:
        found = validate_tables(
            [TableInput("table", file_source("table.csv", table), parse_schema(schema, "schema"))],
            lambda _key, _table: pytest.fail("no other table is referred to"),
            options,
        )
    except TerritoError as error:
        return error.say("en")
    return found.tables[0]


def shown(found: str | TableReport) -> str:
    """Return everything in a report; NaN among its keys is equal to nothing, but shown alike."""
    if isinstance(found, str):
        return found
    ordered = {
        name: dict(sorted(getattr(found, name).items()))
        for name in ("by_code", "by_field", "samples")
    }
    return repr(dataclasses.replace(found, **ordered))


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


@given(data=st.data())
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
def test_executors_agree_in_everything(table: Path, data: st.DataObject) -> None:
    schema = data.draw(tables.schemas())
    content = data.draw(tables.files(schema))
    lines = content.splitlines(keepends=True)
    repeated = content + b"".join(lines[1:]) * data.draw(st.sampled_from([0, 0, 3, 20]))
    table.write_bytes(repeated)
    schema = data.draw(checks(schema))
    limit = data.draw(st.sampled_from([None, 1000, 3, 0]))
    stop_after = data.draw(st.sampled_from([None, None, 1, 4]))
    options = Options(limit=limit, stop_after=stop_after, engine="exact")
    plain = report(table, schema, options)
    sizes = data.draw(st.sampled_from(SIZES))
    small = executors.Settings(
        large=0, sizes=sizes, budget=data.draw(st.sampled_from([0, 1 << 20])), part=3
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executors, "SETTINGS", small)
        columnar = report(table, schema, dataclasses.replace(options, engine="auto"))
    assert shown(columnar) == shown(plain), (schema, table.read_bytes(), small)
