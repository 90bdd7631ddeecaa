"""The header's findings, and the field each column is read with, are those of frictionless."""

from typing import Any

import pytest
from frictionless import FrictionlessException, Schema
from frictionless.table import Header
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.rules import rule
from territo_opendata.validate.headers import match_header
from tests.agreement.readings import V2

MODES = ("exact", "equal", "subset", "superset", "partial")
names = st.lists(
    st.sampled_from(["a", "b", "A", "é", "É", "a2", "x y", "ß"]), unique=True, max_size=4
)
labels = st.lists(
    st.sampled_from(["a", "b", "A", "é", "É", "a2", "x y", "ß", "SS", "", " ", "c"]), max_size=6
)


@st.composite
def schemas(draw: st.DrawFn) -> dict[str, Any]:
    fields = draw(names)
    schema: dict[str, Any] = {
        "$schema": V2,
        "fields": [
            {"name": name, "type": "integer", "constraints": {"required": draw(st.booleans())}}
            for name in fields
        ],
        "fieldsMatch": draw(st.sampled_from(MODES)),
    }
    if fields and draw(st.booleans()):
        schema["primaryKey"] = [draw(st.sampled_from(fields))]
    return schema


def theirs(schema: dict[str, Any], found: list[str], *, ignore_case: bool) -> Any:
    read = Schema.from_descriptor(schema)
    header = Header(
        found,
        fields=read.fields,
        row_numbers=[1],
        ignore_case=ignore_case,
        fields_match=schema["fieldsMatch"],
    )
    try:
        fields = header.get_expected_fields()
    except FrictionlessException:
        return None
    errors = [(error.type, getattr(error, "field_number", None)) for error in header.errors]
    return [(field.name, field.type) for field in fields], sorted(errors, key=str)


def ours(schema: dict[str, Any], found: list[str], *, ignore_case: bool) -> Any:
    matched = match_header(parse_schema(schema, "essai"), found, ignore_case=ignore_case)
    if not matched.readable:
        return None
    errors = [(rule(each.fault.code).frictionless_type, each.column) for each in matched.faults]
    return [(field.name, field.type) for field in matched.fields], sorted(errors, key=str)


@given(schema=schemas(), found=labels, ignore_case=st.booleans())
@settings(max_examples=1500, deadline=None, derandomize=True)
def test_headers_are_matched_alike(
    schema: dict[str, Any], found: list[str], ignore_case: bool
) -> None:
    assert ours(schema, found, ignore_case=ignore_case) == theirs(
        schema, found, ignore_case=ignore_case
    )


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_may_stand_in_a_list(mode: str) -> None:
    schema = {"$schema": V2, "fields": [{"name": "a"}, {"name": "b"}], "fieldsMatch": [mode]}
    plain = {**schema, "fieldsMatch": mode}
    for found in (["a", "b"], ["b", "a"], ["a"], ["a", "b", "c"], ["c"], ["a", "a"]):
        assert ours(schema, found, ignore_case=False) == theirs(plain, found, ignore_case=False)
