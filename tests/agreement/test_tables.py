"""Our errors are those of frictionless, on generated schemas and nasty files."""

import os
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.dialect import parse_dialect
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.errors import TerritoError
from territo_opendata.tables.source import file_source
from territo_opendata.validate.inputs import Options, TableInput
from territo_opendata.validate.run import validate_tables
from tests.agreement import tables

EXAMPLES = int(os.environ.get("TERRITO_EXAMPLES", "300"))
UNREADABLE = {(None, None, "encoding-error"): 1}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated") / "table.csv"


@given(data=st.data())
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
def test_errors_are_those_of_frictionless(table: Path, data: st.DataObject) -> None:
    schema = data.draw(tables.schemas())
    dialect = data.draw(tables.dialects())
    table.write_bytes(data.draw(tables.files(schema)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = tables.frictionless_errors(table, schema, dialect)
    if isinstance(theirs, str) and theirs.startswith("crashed"):
        return
    try:
        found = validate_tables(
            [
                TableInput(
                    "table",
                    file_source("table.csv", table),
                    parse_schema(schema, "schema"),
                    parse_dialect(dialect),
                )
            ],
            lambda _key, _table: pytest.fail("no other table is referred to"),
            Options(limit=None),
        )
    except TerritoError:
        assert isinstance(theirs, str), tables.describe(table, schema, dialect)
        return
    binary = any(each.code == "file-binary" for each in found.tables[0].findings)
    if binary or theirs == UNREADABLE:
        # Listed differences: what is no text is not read, and where frictionless gives up on the
        # bytes, we say so and read on, or know better (UTF-16).
        return
    assert tables.our_errors(found) == theirs, tables.describe(table, schema, dialect)
