"""What the columnar executor takes for certain is what the plain one finds."""

import csv
import io
import random
from array import array
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.tables.chunks import cut
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.frames import read_frame
from territo_opendata.validate.columnar.accepts import accepted
from territo_opendata.validate.columnar.hashes import column_hashes, mix_hashes
from territo_opendata.validate.columnar.keylog import LargeKeyLog, Memory
from territo_opendata.validate.hashing import hash_key, hash_value
from territo_opendata.validate.keys import SmallKeyLog
from territo_opendata.validate.members import Members
from territo_opendata.validate.plan import Plan, make_plan
from territo_opendata.validate.result import KeyHashes
from tests.agreement.tables import NASTY

COMMA = CsvFormat()

FIELDS = [
    {"type": "string"},
    {"type": "string", "constraints": {"required": True}},
    {"type": "string", "constraints": {"pattern": "[0-9]+"}},
    {"type": "string", "constraints": {"pattern": "a|b", "maxLength": 3}},
    {"type": "string", "constraints": {"minLength": 2}},
    {"type": "string", "constraints": {"enum": ["a", "b", "1"]}},
    {"type": "string", "format": "email"},
    {"type": "string", "format": "uri"},
    {"type": "string", "format": "uuid"},
    {"type": "any"},
    {"type": "integer"},
    {"type": "integer", "bareNumber": False, "constraints": {"minimum": 0}},
    {"type": "integer", "groupChar": " ", "constraints": {"minimum": 1}},
    {"type": "integer", "groupChar": "0", "constraints": {"minimum": 5}},
    {"type": "integer", "groupChar": "-", "constraints": {"maximum": 5}},
    {"type": "integer", "constraints": {"minimum": 1, "exclusiveMaximum": 10}},
    {"type": "number"},
    {"type": "number", "decimalChar": ","},
    {"type": "number", "bareNumber": False},
    {"type": "number", "constraints": {"minimum": 0.5}},
    {"type": "number", "constraints": {"exclusiveMinimum": 0, "maximum": 1000}},
    {"type": "boolean"},
    {"type": "boolean", "trueValues": ["oui", "1"], "falseValues": ["non"]},
    {"type": "date"},
    {"type": "date", "constraints": {"minimum": "2019-01-01", "maximum": "2020-06-30"}},
    {"type": "time"},
    {"type": "year"},
    {"type": "year", "constraints": {"minimum": 2000}},
    {"type": "yearmonth"},
    {"type": "geopoint"},
    {"type": "string", "missingValues": ["NA", "-"]},
    {"type": "integer", "missingValues": []},
]
PIECES = [
    *NASTY,
    "0",
    "-0",
    "10",
    "-5",
    "1 000",
    "+",
    "-",
    ".",
    "e",
    "5",
    "12",
    "999",
    "1000",
    "2020-02-29",
    "é@b.fr",
]
TEXTS = st.one_of(
    st.sampled_from(PIECES), st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
)


def plan_of(field: dict) -> Plan:
    version = "https://datapackage.org/profiles/2.0/tableschema.json"
    schema = parse_schema({"$schema": version, "fields": [{"name": "a", **field}]}, "schema")
    return make_plan("table", schema, schema.fields, (), lambda _key: None)


@pytest.mark.parametrize("field", FIELDS, ids=str)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(cells=st.lists(TEXTS, min_size=1, max_size=30))
def test_accepted_cells_are_right(field: dict, cells: list[str]) -> None:
    column = plan_of(field).columns[0]
    rule = accepted(column, pl.col("c0"))
    assert rule is not None
    verdicts = pl.DataFrame({"c0": cells}).select(rule.both).to_series().to_list()
    for cell, right in zip(cells, verdicts, strict=True):
        assert not (right and column.judge.judge(cell).faults), cell


@pytest.mark.parametrize(
    ("field", "cells"),
    [
        ({"type": "string", "constraints": {"pattern": "[A-Z]{2}"}}, ["AB", ""]),
        ({"type": "integer", "constraints": {"minimum": 1}}, ["1", "99", ""]),
        ({"type": "integer", "groupChar": " "}, ["1 000", "25", "-1 000 000", ""]),
        ({"type": "number", "constraints": {"maximum": 100}}, ["1.5", "-3", "100"]),
        ({"type": "date"}, ["2020-01-31", "1999-12-01"]),
        ({"type": "year"}, ["2020"]),
        ({"type": "string", "format": "email"}, ["a.b@c-d.fr"]),
    ],
)
def test_usual_cells_are_accepted(field: dict, cells: list[str]) -> None:
    rule = accepted(plan_of(field).columns[0], pl.col("c0"))
    assert rule is not None
    assert pl.DataFrame({"c0": cells}).select(rule.both).to_series().all()


@pytest.mark.parametrize("field", FIELDS, ids=str)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(cells=st.lists(TEXTS, min_size=1, max_size=30))
def test_hashes_are_those_of_the_typed_values(field: dict, cells: list[str]) -> None:
    column = plan_of(field).columns[0]
    hashes = column_hashes(column, pl.Series("c0", cells))
    assert hashes.tolist() == [hash_value(column.judge.judge(cell).value) for cell in cells]


def test_hashes_of_equal_numbers_are_equal() -> None:
    assert len({hash_value(one) for one in (1, Decimal(1), Decimal("1.0"), 1.0)}) == 1
    assert hash_value("1") != hash_value(1)


def test_hashes_are_mixed_alike_and_in_order() -> None:
    values = [("a", 1), ("b", 2), (1, "a"), ("a", None)]
    parts = [np.array([hash_value(each[place]) for each in values], np.uint64) for place in (0, 1)]
    assert mix_hashes(parts).tolist() == [hash_key(each) for each in values]
    assert len({hash_key(each) for each in values}) == len(values)


TOKENS = [
    "a", "b", '"', '"', '""', ",", ",", "\n", "\n", "\r\n", "\r", " ", "é", "\ufeff", 'x"y', '"a"', '"a,b"',
    '"a\nb"', ",,", "\\", "#", '"a\r\nb"', '"b"\n', "c\n",
]  # fmt: skip


def test_frames_hold_the_records_of_the_csv_reader() -> None:
    rng = random.Random(1)  # noqa: S311 (not a secret)
    read = 0
    for _ in range(12000):
        text = "".join(rng.choice(TOKENS) for _ in range(rng.randint(1, 14)))
        data = text.encode()
        end, quotes = cut(data, COMMA, len(data), whole=True)
        frame = read_frame(data[:end], COMMA, rng.choice([2, 3]), quotes) if end else None
        if frame is None:
            continue
        read += 1
        reader = csv.reader(io.StringIO(data[:end].decode(), newline=""))
        records, lines = [], []
        while True:
            lines.append(reader.line_num + 1)
            record = next(reader, None)
            if record is None:
                break
            records.append(record)
        assert [list(each) for each in frame.table.rows()] == records, text
        assert [*frame.lines()] == lines[:-1], text
        assert frame.line_count == reader.line_num, text
    assert read > 100


@pytest.mark.parametrize(
    "text",
    [
        "a,b\nc\n", "a,b\n\nc,d\n", "\na,b\n", "a,b\r\r\n", "a\rb,c\n", '1, "2"\n', '"2" ,a\n',
        '"x"y"z",a\n', '5",a\n', "\ufeffa,b\n", "a,b,\n", "a,b,", 'a,"b\n', "a,\x00\n", "a,b\r\nc,d\n",
    ],
)  # fmt: skip
def test_what_parsers_read_apart_goes_to_the_csv_reader(text: str) -> None:
    data = text.encode()
    end, quotes = cut(data, COMMA, len(data), whole=True)
    assert not end or read_frame(data[:end], COMMA, 2, quotes) is None


HASHES = st.lists(
    st.tuples(st.integers(0, 40).map(lambda n: n * 0x1234567890ABCDE % 2**64), st.booleans()),
    max_size=120,
)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    rows=HASHES,
    others=HASHES,
    chunk=st.integers(1, 50),
    budget=st.sampled_from([0, 200, 10**6]),
    part=st.sampled_from([2, 7, 1000]),
)
def test_logs_agree(
    rows: list[tuple[int, bool]], others: list[tuple[int, bool]], chunk: int, budget: int, part: int
) -> None:
    small, large = SmallKeyLog(), LargeKeyLog(Memory(budget, part))
    for start in range(0, len(rows), chunk):
        kept = [
            (number, row)
            for row, (number, there) in enumerate(rows[start : start + chunk], start=1)
            if there
        ]
        found = KeyHashes(array("Q", [n for n, _ in kept]), array("Q", [row for _, row in kept]))
        small.add(found, start)
        large.add(found, start)
    members = Members.of(number for number, _ in others)
    assert [*large.repeated()] == [*small.repeated()]
    assert [*large.missing(members)] == [*small.missing(members)]
    assert large.members().hashes == small.members().hashes
