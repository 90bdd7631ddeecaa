"""Tables as polars data frames."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from territo_opendata.descriptors.model import Field, Resource
from territo_opendata.frames.opening import schema_of
from territo_opendata.frames.partial_dates import first_day, is_partial_date, last_day
from territo_opendata.frames.reading import read_rows
from territo_opendata.release.cells import read_values

if TYPE_CHECKING:
    import polars as pl


def polars_frame(resource: Resource) -> "pl.DataFrame":
    """Return the table as a polars data frame.

    Int64, Float64, Boolean, Date, Datetime (microseconds, UTC where the text has a zone) and
    Time; String for the rest, and for a column of which a value has no exact form in its type.
    A date that may be a year or a month is followed by its two bounds, as with pandas.
    """
    import polars as pl

    schema = schema_of(resource)
    labels, rows = read_rows(resource)
    columns = list(zip(*rows, strict=True)) or [() for _ in labels]
    series: list[pl.Series] = []
    for label, texts in zip(labels, columns, strict=True):
        field = next((each for each in schema.fields if each.name == label), Field(label))
        made = _typed(label, texts, field, schema.missing_values_of(field))
        series.append(made)
        if is_partial_date(field):
            series += [
                _bound(made, f"{label}{suffix}", bound)
                for suffix, bound in (("_min", first_day), ("_max", last_day))
                if f"{label}{suffix}" not in labels
            ]
    return pl.DataFrame(series)


def _typed(label: str, texts: Sequence[str], field: Field, missing: Sequence[str]) -> "pl.Series":
    import polars as pl

    values = read_values(texts, field, missing)
    kind = _kind(field, values)
    if values is not None and kind is not None:
        try:
            if kind == pl.Float64:
                values = [None if value is None else float(value) for value in values]
            return pl.Series(label, values, dtype=kind, strict=True)
        except (OverflowError, TypeError, ValueError, pl.exceptions.PolarsError):
            kind = None  # a value that does not fit leaves the column as text
    return pl.Series(label, [None if text in missing else text for text in texts], dtype=pl.String)


def _kind(field: Field, values: list[Any] | None) -> Any:
    """Return the polars type of a field, None for text."""
    import polars as pl

    if field.type == "datetime":
        zoned = {value.tzinfo is not None for value in values or () if value is not None}
        return pl.Datetime("us", "UTC" if zoned == {True} else None) if len(zoned) < 2 else None
    return {
        "integer": pl.Int64,
        "year": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "time": pl.Time,
    }.get(field.type)


def _bound(texts: "pl.Series", name: str, bound: Any) -> "pl.Series":
    import polars as pl

    days = [None if text is None else bound(text) for text in texts]
    return pl.Series(name, days, dtype=pl.String).str.to_date("%Y-%m-%d", strict=False)
