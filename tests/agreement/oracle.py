"""What frictionless 5.21 makes of a descriptor: the other side of the agreement tests."""

import copy
import datetime as dt
import warnings
from typing import Any

import frictionless

V2_RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
OTHER_PROFILE = "https://example.org/profile.json"

DATA_ERRORS = {
    "row-error",
    "blank-row",
    "missing-cell",
    "extra-cell",
    "cell-error",
    "type-error",
    "constraint-error",
    "unique-error",
    "primary-key",
    "foreign-key",
    "table-error",
    "header-error",
    "blank-header",
    "duplicate-label",
    "blank-label",
    "extra-label",
    "incorrect-label",
    "missing-label",
    "unmatched-header",
    "source-error",
}
"""Errors that speak of the data: the schema was accepted."""

CELLS = (
    "1",
    "2020-01-01",
    "2020-01-01T00:00:00",
    "2020-01-01T00:00:00Z",
    "12:00:00",
    "12:00:00Z",
    "2020",
    "2020-01",
    "P1Y",
    "1,2",
    "[1,2]",
    '{"lon":1,"lat":2}',
    "{}",
    '{"type":"Point","coordinates":[1,2]}',
    '{"type":"Topology","objects":{},"arcs":[]}',
    "true",
    "a@b.fr",
    "http://a.fr",
    "c56a4180-65aa-42ec-a945-5fd21dec0538",
    "POINT (1 2)",
    "01/02/2020",
    "abc",
)


def schema_accepted(descriptor: Any) -> bool:
    """Tell whether frictionless can check a row of readable cells against the schema."""
    return refusal(descriptor) is None


def refusal(descriptor: Any) -> str | None:
    """Return why frictionless refuses the schema, or fails on it; None when it accepts it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            schema = frictionless.Schema.from_descriptor(copy.deepcopy(descriptor))
            return _refused_with_a_row(schema, descriptor)
        except Exception as error:  # noqa: BLE001 - a crash is a refusal too
            return f"{type(error).__name__}: {error}"


def _refused_with_a_row(schema: frictionless.Schema, descriptor: dict[str, Any]) -> str | None:
    names = [field.name for field in schema.fields]
    row = [_readable_cell(field) for field in schema.fields]
    alone = {**copy.deepcopy(descriptor), "foreignKeys": []}
    resource = frictionless.Resource.from_descriptor(
        {**resource_profile(schema), "name": "table", "data": [names, row], "schema": alone}
    )
    errors = [error for task in resource.validate().tasks for error in task.errors]
    return next((error.message for error in errors if error.type not in DATA_ERRORS), None)


def resource_profile(schema: frictionless.Schema) -> dict[str, str]:
    """Return what puts the schema under a resource of its own version of the standard."""
    version = schema.effective_datapackage_version(schema.to_descriptor(), None)
    return {"v1": {}, "v2": {"$schema": V2_RESOURCE}, "unknown": {"$schema": OTHER_PROFILE}}[
        version
    ]


def _readable_cell(field: frictionless.Field) -> str:
    read = field.create_value_reader()
    words = (*getattr(field, "true_values", ()), *getattr(field, "false_values", ()))
    moment = dt.datetime(2020, 3, 1, 10, tzinfo=dt.UTC).strftime(field.format)
    cells = [cell for cell in (*CELLS, *words, moment) if cell not in field.missing_values]
    return next((cell for cell in cells if read(cell) is not None), "abc")
