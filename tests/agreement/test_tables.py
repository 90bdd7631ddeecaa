"""Our errors are those of frictionless, on generated schemas and nasty files, in both executors."""

import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territo_opendata.findings import TableReport
from territo_opendata.validate.inputs import Options
from tests.agreement import tables
from tests.agreement.both import SMALL, generating, shown, validate
from tests.agreement.readings import V2

UNREADABLE = {(None, None, "encoding-error"): 1}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("generated") / "table.csv"


@generating
@given(data=st.data())
def test_errors_are_those_of_frictionless(table: Path, data: st.DataObject) -> None:
    schema = data.draw(tables.schemas())
    dialect = data.draw(tables.dialects())
    table.write_bytes(data.draw(tables.files(schema)))
    told = tables.describe(table, schema, dialect)
    plain = validate(table, schema, dialect, Options(limit=None))
    columnar = validate(table, schema, dialect, Options(limit=None), SMALL)
    assert shown(columnar) == shown(plain), told
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = tables.frictionless_errors(table, schema, dialect)
    if isinstance(theirs, str) and theirs.startswith("crashed"):
        return
    if isinstance(plain, str):
        assert isinstance(theirs, str), told
        return
    binary = any(each.code == "file-binary" for each in plain.tables[0].findings)
    if binary or theirs == UNREADABLE or _misses_utf16(plain.tables[0], table):
        # Listed differences: what is no text is not read, and where frictionless gives up on the
        # bytes, we say so and read on, or know better (UTF-16).
        return
    if tables.hides_separator(table):
        return
    assert tables.our_errors(plain) == theirs, told


def _misses_utf16(ours: TableReport, table: Path) -> bool:
    """Tell whether this is UTF-16 that frictionless takes for something else."""
    from frictionless import Detector

    found = Detector().detect_encoding(table.read_bytes())
    return ours.dialect.encoding.startswith("utf-16") and not found.startswith("utf-16")


@pytest.mark.parametrize("missing", [["", "NA"], ["NA"], []])
@pytest.mark.parametrize("match", ["exact", "subset"])
@pytest.mark.parametrize("row", [",NA", "NA,", "NA,NA", ","])
def test_what_stands_for_nothing_in_an_extra_column(
    table: Path, missing: list[str], match: str, row: str
) -> None:
    fields = [{"name": "a", "type": "integer"}]
    schema = {"$schema": V2, "fields": fields, "missingValues": missing, "fieldsMatch": match}
    table.write_text(f"a,x\n{row}\n", "utf-8")
    found = validate(table, schema, {}, Options(limit=None))
    assert not isinstance(found, str)
    assert tables.our_errors(found) == tables.frictionless_errors(table, schema)
