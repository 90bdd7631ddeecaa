import datetime as dt
import io
import math
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territo_opendata.build.parquet import encode_parquet, prove_equal
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.errors import MismatchError
from territo_opendata.release.cells import format_rows, read_rows

# (field, cells, Parquet type, values); the second column of a one-column table keeps blank
# cells apart from blank lines.
CASES = [
    ({"type": "integer"}, ["1", "-2", "+3", ""], "INT64", [1, -2, 3, None]),
    ({"type": "integer"}, [str(2**63 - 1)], "INT64", [2**63 - 1]),
    ({"type": "integer"}, [str(2**63)], "STRING", [str(2**63)]),
    ({"type": "integer", "bareNumber": False}, ["12 €", "95%"], "INT64", [12, 95]),
    (
        {"type": "number"},
        ["1.50", "2", "-0.1"],
        "DECIMAL(18, 2)",
        [Decimal("1.50"), 2, Decimal("-0.1")],
    ),
    (
        {"type": "number"},
        ["12345678901234567890.5"],
        "DECIMAL(38, 1)",
        [Decimal("12345678901234567890.5")],
    ),
    ({"type": "number"}, ["1E5", "2"], "DECIMAL(18, 0)", [100000, 2]),
    ({"type": "number"}, ["NaN", "0.1"], "DOUBLE", [math.nan, 0.1]),
    ({"type": "number"}, ["-INF"], "DOUBLE", [-math.inf]),
    ({"type": "number"}, ["1E-60"], "DOUBLE", [1e-60]),
    (
        {"type": "number"},
        ["1E-60", "0.1234567890123456789"],
        "STRING",
        ["1E-60", "0.1234567890123456789"],
    ),
    ({"type": "number", "decimalChar": ","}, ["1,5"], "DECIMAL(18, 1)", [Decimal("1.5")]),
    (
        {"type": "number", "groupChar": " ", "decimalChar": ","},
        ["1 234,5"],
        "DECIMAL(18, 1)",
        [Decimal("1234.5")],
    ),
    ({"type": "boolean"}, ["true", "0"], "BOOLEAN", [True, False]),
    (
        {"type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]},
        ["oui", "non"],
        "BOOLEAN",
        [True, False],
    ),
    ({"type": "date"}, ["2026-11-22", ""], "DATE", [dt.date(2026, 11, 22), None]),
    ({"type": "date", "format": "%d/%m/%Y"}, ["22/11/2026"], "DATE", [dt.date(2026, 11, 22)]),
    ({"type": "date", "format": "any"}, ["22 nov 2026"], "STRING", ["22 nov 2026"]),
    ({"type": "date"}, ["0001-01-01", "9999-12-31"], "DATE", [dt.date.min, dt.date.max]),
    (
        {"type": "datetime"},
        ["2026-11-22T10:11:12"],
        "TIMESTAMP",
        [dt.datetime.fromisoformat("2026-11-22T10:11:12")],
    ),
    (
        {"type": "datetime"},
        ["2026-11-22T10:11:12Z", "2026-11-22T12:11:12+02:00"],
        "TIMESTAMP WITH TIME ZONE",
        [dt.datetime(2026, 11, 22, 10, 11, 12, tzinfo=dt.UTC)] * 2,
    ),
    (
        {"type": "datetime"},
        ["2026-11-22T10:11:12Z", "2026-11-22T12:11:12"],
        "STRING",
        ["2026-11-22T10:11:12Z", "2026-11-22T12:11:12"],
    ),
    ({"type": "time"}, ["10:11:12"], "TIME", [dt.time(10, 11, 12)]),
    ({"type": "time"}, ["10:11:12+01:00"], "STRING", ["10:11:12+01:00"]),
    ({"type": "year"}, ["2026", "0001"], "INT16", [2026, 1]),
    ({"type": "yearmonth"}, ["2026-11"], "STRING", ["2026-11"]),
    (
        {"type": "string"},
        ["01004", "", 'a\n"b", c', " é ", "NULL"],
        "STRING",
        ["01004", None, 'a\n"b", c', " é ", "NULL"],
    ),
    ({"type": "string", "missingValues": ["NC"]}, ["NC", "", "x"], "STRING", [None, "", "x"]),
    ({"type": "any"}, ["1"], "STRING", ["1"]),
]


def write(path, schema, cells):
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    path.write_text(
        "v,n\n" + "".join(f"{cell},1\n" for cell in quoted), encoding="utf-8", newline=""
    )
    return parse_schema({"fields": [{"name": "v", **schema}, {"name": "n", "type": "integer"}]}, "")


@pytest.mark.parametrize(("field", "cells", "label", "values"), CASES)
def test_columns_are_typed_exactly_or_stay_text(tmp_path, field, cells, label, values):
    csv, parquet = tmp_path / "t.csv", tmp_path / "t.parquet"
    schema = write(csv, field, cells)
    content, types = encode_parquet(csv, schema, "Titre")
    assert types == {"v": label, "n": "INT64"}
    found = pl.read_parquet(io.BytesIO(content))["v"].to_list()
    assert repr(found) == repr(values) or found == values
    parquet.write_bytes(content)
    assert prove_equal(csv, parquet, schema) == len(cells)


def test_an_empty_table_keeps_its_types(tmp_path):
    schema = write(tmp_path / "t.csv", {"type": "date"}, [])
    content, types = encode_parquet(tmp_path / "t.csv", schema, "")
    assert types["v"] == "DATE"
    assert pl.read_parquet(io.BytesIO(content)).height == 0


@pytest.mark.parametrize(
    "cells", [["1", "2", "4"], ["1", "2"], ["1", "2", ""], ["1", "2", "3", "3"]]
)
def test_the_proof_sees_any_difference(tmp_path, cells):
    csv, parquet = tmp_path / "t.csv", tmp_path / "t.parquet"
    schema = write(csv, {"type": "integer"}, ["1", "2", "3"])
    parquet.write_bytes(encode_parquet(csv, schema, "")[0])
    write(csv, {"type": "integer"}, cells)
    with pytest.raises(MismatchError, match="enregistrement"):
        prove_equal(csv, parquet, schema)


def test_parquet_carries_its_schema(tmp_path):
    schema = write(tmp_path / "t.csv", {"type": "string", "title": "Été"}, ["x"])
    content, _ = encode_parquet(tmp_path / "t.csv", schema, "Titre")
    metadata = pl.read_parquet_metadata(io.BytesIO(content))
    assert metadata["title"] == "Titre"
    assert '"Été"' in metadata["tableschema"]


TEXTS = st.text(
    st.characters(blacklist_categories=["Cs"]) | st.sampled_from(',"\n\r;\x00 ')
).filter(lambda text: not text.startswith("\ufeff"))


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(TEXTS, TEXTS)), width=st.sampled_from([1, 2]))
def test_any_text_survives_both_forms(tmp_path, rows, width):
    """Whatever stands in the cells, quotes, line ends and blanks included."""
    path, parquet = tmp_path / "t.csv", tmp_path / "t.parquet"
    cells = [list(row[:width]) for row in rows]
    path.write_bytes(format_rows([["a", "b"][:width], *cells]).encode())
    schema = parse_schema({"fields": [{"name": name} for name in ["a", "b"][:width]]}, "")
    parquet.write_bytes(encode_parquet(path, schema, "")[0])
    assert prove_equal(path, parquet, schema) == len(rows)
    assert list(read_rows(path))[1:] == cells
    expected = [tuple(text or None for text in row) for row in cells]
    assert pl.read_parquet(parquet).rows() == expected


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["a", "b"], "a,b"),
        (["a,b", ""], '"a,b",'),
        (["", ""], ","),
        ([""], '""'),
        (['a"b', " c "], '"a""b", c '),
        (["a\rb", "c\nd"], '"a\rb","c\nd"'),
    ],
)
def test_cells_are_quoted_only_where_they_must_be(cells, line):
    assert format_rows([cells]) == line + "\n"
