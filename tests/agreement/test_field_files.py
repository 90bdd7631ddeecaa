"""Every case of frictionless' specification of fields as a cell of a file, in both executors."""

import csv
import io
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.validate.inputs import Options
from tests.agreement import tables
from tests.agreement.both import SMALL, shown, validate
from tests.agreement.readings import V2, our_reader
from tests.agreement.test_fields import CASES, Case


def text_of(source: Any) -> str:
    """Return how a file holds a native value: JSON for what JSON knows, else as Python writes it."""
    if isinstance(source, str):
        return source
    return json.dumps(source) if isinstance(source, list | dict | bool) else str(source)


def written(text: str) -> bytes:
    """Return a table that holds the cell twice, beside others (one column is never columnar)."""
    out = io.StringIO()
    csv.writer(out).writerows([["cell", "other"], [text, "x"], [text, "y"]])
    return out.getvalue().encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.field} {case.source!r}"[:90])
def test_executors_and_frictionless_agree_on_the_file(tmp_path: Path, case: Case) -> None:
    field = {"name": "cell", **case.field, "constraints": {"unique": True}}
    schema = {"$schema": V2, "fields": [field, {"name": "other", "type": "string"}]}
    table = tmp_path / "table.csv"
    text = text_of(case.source)
    table.write_bytes(written(text))
    plain = validate(table, schema, {}, Options(limit=None))
    columnar = validate(table, schema, {}, Options(limit=None), SMALL)
    assert shown(columnar) == shown(plain)
    assert not isinstance(plain, str)
    ours = tables.our_errors(plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = tables.frictionless_errors(table, schema)
    # It stops at unique objects, arrays and lists: a listed difference.
    assert ours == theirs or (isinstance(theirs, str) and theirs.startswith("crashed"))
    value, broken = our_reader(case.field)(text)
    if isinstance(case.source, str) and text:
        assert (value is None) is (case.target is None)
    once = (2, "cell", "type-error")
    assert ours[once] == bool(broken)
    assert ours[3, "cell", "unique-error"] == (value is not None and value == value)  # noqa: PLR0124
