"""One cell read by frictionless 5.21 and by us, in the same words."""

import copy
import datetime as dt
import math
import warnings
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.validate.cells import CellJudge

V2 = "https://datapackage.org/profiles/2.0/tableschema.json"
CRASHED = "frictionless crashed"

Reading = tuple[Any, tuple[str, ...]]
"""The typed value of a cell, and the names of what it breaks: "type", or constraints."""

OURS = ("categories", "outer-spaces", "spreadsheet-text")
"""Codes of what frictionless does not look at."""


def schema_of(field: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema of version 2 with this field alone."""
    return {"$schema": V2, "fields": [{"name": "cell", **copy.deepcopy(dict(field))}]}


def frictionless_reader(field: Mapping[str, Any]):
    """Return how frictionless reads a cell of the field: a reading, or CRASHED."""
    import frictionless

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = frictionless.Schema.from_descriptor(schema_of(field))
        reader = schema.fields[0].create_cell_reader()

    def read(cell: Any) -> Reading | str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                value, notes = reader(cell)
            except Exception:  # noqa: BLE001 - it crashes with anything
                return CRASHED
        return value, tuple(sorted(notes or ()))

    return read


def our_reader(field: Mapping[str, Any]):
    """Return how we read a cell of the field."""
    schema = parse_schema(schema_of(field), "essai")
    judge = CellJudge(schema, schema.fields[0])

    def read(cell: str) -> Reading:
        verdict = judge.judge(cell)
        assert not judge.unchecked
        names = [fault.constraint for fault in verdict.faults if fault.code not in OURS]
        return verdict.value, tuple(sorted(names))

    return read


def same(one: Any, two: Any) -> bool:
    """Tell whether two typed values are the same value of the same kind."""
    if isinstance(one, list | tuple) and isinstance(two, list | tuple):
        return len(one) == len(two) and all(map(same, one, two))
    if isinstance(one, dict) and isinstance(two, dict):
        return one.keys() == two.keys() and all(same(one[name], two[name]) for name in one)
    if _not_a_number(one) or _not_a_number(two):
        return str(one) == str(two)
    if isinstance(one, dt.datetime | dt.time) and isinstance(two, dt.datetime | dt.time):
        return type(one) is type(two) and _same_moment(one, two)
    return type(one) is type(two) and one == two


def _same_moment(ours: Any, theirs: Any) -> bool:
    try:
        return ours == theirs and ours.utcoffset() == theirs.utcoffset()
    except ValueError:  # a zone of more than a day compares with nothing: we leave it out
        return ours == theirs.replace(tzinfo=None)


def _not_a_number(value: Any) -> bool:
    return (isinstance(value, Decimal) and value.is_nan()) or (
        isinstance(value, float) and math.isnan(value)
    )
