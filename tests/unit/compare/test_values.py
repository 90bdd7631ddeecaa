"""Texts of the same value, and of different ones."""

import polars as pl
import pytest

from territo_opendata.compare.values import Reading, canonical, share_values
from territo_opendata.descriptors.schema import parse_schema


def one(text, **field):
    made = parse_schema({"fields": [{"name": "x", **field}]}, "x")
    reading = Reading(made.fields[0], ("", "-"))
    typed = share_values(reading.field, reading.field)
    return canonical(pl.Series("x", [text]), reading, typed=typed)[0]


SAME = [
    ("integer", {}, ["1", "01", " 1", "+1"]),
    ("number", {}, ["1", "1.0", "01.00", "1e0", "10E-1"]),
    ("number", {}, ["0", "-0", "0.00", "0E5"]),
    ("number", {}, ["-0.5", "-.5", "-0.50"]),
    ("number", {"decimalChar": ",", "groupChar": " "}, ["1000,5", "1 000,50"]),
    ("number", {"bareNumber": False}, ["12", "12 €", "€12"]),
    ("number", {}, ["1E+60", "10E+59"]),
    ("boolean", {}, ["true", "True", "1"]),
    ("date", {"format": "%d/%m/%Y"}, ["1/2/2026", "01/02/2026"]),
    ("datetime", {}, ["2026-01-01T10:00:00Z", "2026-01-01T11:00:00+01:00"]),
    ("object", {}, ['{"a": 1, "b": 2}', '{"b":2.0,"a":1}']),
    ("string", {}, ["", "-"]),
    ("integer", {}, ["", "-"]),
]
DIFFERENT = [
    ("string", {}, ["1", "01", "1.0"]),
    ("number", {}, ["1", "1.1", "abc", "", "NaN", "INF", "1E60"]),
    ("number", {}, ["9007199254740993", "9007199254740992"]),
    ("boolean", {}, ["true", "false", "vrai"]),
    ("date", {}, ["2026-01-02", "2026-02-01"]),
    ("datetime", {}, ["2026-01-01T10:00:00Z", "2026-01-01T10:00:00"]),
    ("array", {}, ["[1, 2]", "[2, 1]", '["1", 2]', "[1, 2"]),
    ("object", {}, ['{"a": 1}', '{"a": {"\\u0000": "1"}}', '{"a": "1"}']),
]


@pytest.mark.parametrize(("type_", "options", "texts"), SAME)
def test_texts_of_one_value(type_, options, texts) -> None:
    assert len({one(text, type=type_, **options) for text in texts}) == 1


@pytest.mark.parametrize(("type_", "options", "texts"), DIFFERENT)
def test_texts_of_different_values(type_, options, texts) -> None:
    assert len({one(text, type=type_, **options) for text in texts}) == len(texts)


def test_types_share_values_or_not() -> None:
    def field(type_):
        return parse_schema({"fields": [{"name": "x", "type": type_}]}, "x").fields[0]

    assert share_values(field("integer"), field("number"))
    assert not share_values(field("integer"), field("string"))
    assert not share_values(field("string"), field("string"))
