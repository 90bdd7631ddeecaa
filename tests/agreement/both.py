"""One table through both executors, and the settings of the properties that generate tables."""

import dataclasses
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase

from territo_opendata.descriptors.dialect import parse_dialect
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.errors import TerritoError
from territo_opendata.findings import Report, TableReport
from territo_opendata.tables.sizes import Sizes
from territo_opendata.tables.source import file_source
from territo_opendata.validate import executors
from territo_opendata.validate.inputs import Options, TableInput
from territo_opendata.validate.run import validate_tables

EXAMPLES = int(os.environ.get("TERRITO_EXAMPLES", "300"))
SEED = os.environ.get("TERRITO_SEED")
"""Other files than those of every run: `TERRITO_SEED=1 TERRITO_EXAMPLES=5000 pytest …`."""

SMALL = executors.Settings(large=0, sizes=Sizes(16, 64, 8), budget=0, part=3)
"""The columnar executor for every table that it can read, in many stretches."""

Outcome = Report | str
"""A report, or the message of the error that refuses the schema or the dialect."""


def generating(test: Callable[..., None]) -> Callable[..., None]:
    """Run `test` on as many generated examples as asked for, the same each time without a seed."""
    settings = hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=SEED is None,
        suppress_health_check=list(HealthCheck),
        phases=[each for each in Phase if each is not Phase.shrink or SEED is None],
    )
    return settings(hypothesis.seed(int(SEED))(test) if SEED else test)


def validate(
    table: Path,
    schema: Mapping[str, Any],
    dialect: Mapping[str, Any],
    options: Options,
    settings: executors.Settings | None = None,
) -> Outcome:
    """Return what is found by the columnar executor with `settings`, else by the plain one."""
    asked = options if settings else dataclasses.replace(options, engine="exact")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executors, "SETTINGS", settings or executors.SETTINGS)
        try:
            given = TableInput(
                "table",
                file_source("table.csv", table),
                parse_schema(schema, "schema"),
                parse_dialect(dialect),
            )
            return validate_tables([given], _no_other_table, asked)
        except TerritoError as error:
            return error.say("en")


def _no_other_table(_key: object, _table: object) -> None:
    pytest.fail("no other table is referred to")


def shown(found: Outcome) -> str:
    """Return everything in a report; NaN among its keys is equal to nothing, but shown alike."""
    if isinstance(found, str):
        return found
    tables = [dataclasses.replace(table, **_ordered(table)) for table in found.tables]
    return repr(dataclasses.replace(found, tables=tuple(tables)))


def _ordered(table: TableReport) -> dict[str, Any]:
    """Return the mappings of a report with their entries in order: which came first says nothing."""
    fields = {each.name: getattr(table, each.name) for each in dataclasses.fields(table)}
    return {
        name: dict(sorted(value.items(), key=repr))
        for name, value in fields.items()
        if isinstance(value, Mapping)
    }
