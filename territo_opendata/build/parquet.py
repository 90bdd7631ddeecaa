"""Parquet from a released CSV: typed by its schema, the same bytes each time, proved equal."""

import io
import itertools
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.errors import MismatchError
from territo_opendata.release.cells import read_rows, read_values

if TYPE_CHECKING:
    import polars as pl

ROW_GROUP = 100_000
_PAGE = 1 << 20
_ZSTD_LEVEL = 9
_BATCH = 50_000
_MAX_DIGITS = 38
_SHORT_DIGITS = 18
_INT64 = range(-(2**63), 2**63)
_INT16 = range(-(2**15), 2**15)


def encode_parquet(csv_path: Path, schema: Schema, title: str) -> tuple[bytes, dict[str, str]]:
    """Return the table as Parquet, and the Parquet type of each of its columns.

    Types: integer → INT64, year → INT16, boolean, date, time, datetime → their own; number →
    DECIMAL when 38 digits hold every value, else DOUBLE when each value is read back from its
    shortest decimal form unchanged; everything else, and any column of which one value cannot be
    held exactly, → STRING with the text of the CSV. A missing value is null.
    """
    import polars as pl

    frame = pl.read_csv(csv_path, infer_schema=False, empty_string_is_null=False)
    columns = [_type_column(frame[name], *_field_of(schema, name)) for name in frame.columns]
    typed = pl.DataFrame(columns)
    stream = io.BytesIO()
    typed.write_parquet(
        stream,
        compression="zstd",
        compression_level=_ZSTD_LEVEL,
        row_group_size=ROW_GROUP,
        data_page_size=_PAGE,
        metadata={
            "title": title,
            "tableschema": json.dumps(dict(schema.descriptor), ensure_ascii=False),
        },
    )
    return stream.getvalue(), {name: _label(dtype) for name, dtype in typed.schema.items()}


def prove_equal(csv_path: Path, parquet_path: Path, schema: Schema) -> int:
    """Read both files back, compare every cell, and return the number of rows.

    The CSV is read by Python's reader, not by the one that the Parquet was made with. Raises
    MismatchError on the first difference.
    """
    import polars as pl

    table = pl.read_parquet(parquet_path)
    records = read_rows(csv_path)
    labels = next(records)
    if labels != table.columns:
        raise _different(parquet_path.name, 1)
    rows = 0
    while batch := list(itertools.islice(records, _BATCH)):
        part = table.slice(rows, len(batch))
        for label, texts in zip(labels, zip(*batch, strict=True), strict=True):
            field, missing = _field_of(schema, label)
            if not _same(texts, part[label], field, missing):
                raise _different(parquet_path.name, rows + 2)
        rows += len(batch)
    if rows != table.height:
        raise _different(parquet_path.name, rows + 2)
    return rows


def _field_of(schema: Schema, name: str) -> tuple[Field, tuple[str, ...]]:
    try:
        field = schema.field(name)
    except KeyError:
        field = Field(name)
    return field, schema.missing_values_of(field)


def _type_column(texts: "pl.Series", field: Field, missing: Sequence[str]) -> "pl.Series":
    import polars as pl

    distinct = texts.unique().sort()
    values = read_values(distinct.to_list(), field, missing)
    dtype = _choose(field, values) if values is not None else None
    if dtype is None:
        nulls = texts.is_in(list(missing))
        return (
            texts.to_frame().select(pl.when(~nulls).then(pl.first()).alias(texts.name)).to_series()
        )
    exact = pl.Series(_fitted(values or [], dtype), dtype=dtype)
    if texts.is_empty():
        return exact.alias(texts.name)
    return texts.replace_strict(distinct, exact, return_dtype=dtype)


def _choose(field: Field, values: Sequence[Any]) -> "pl.DataType | None":
    """Return the type that holds all these values exactly, or None when text must."""
    import polars as pl

    known = [value for value in values if value is not None]
    match field.type:
        case "integer":
            return pl.Int64() if all(value in _INT64 for value in known) else None
        case "year":
            return pl.Int16() if all(value in _INT16 for value in known) else None
        case "number":
            return _choose_number(known, prefer_float=bool(field.options.get("floatNumber")))
        case "boolean":
            return pl.Boolean()
        case "date":
            return pl.Date()
        case "time":
            return pl.Time()
        case _:
            zones = {value.tzinfo is not None for value in known}
            return None if len(zones) > 1 else pl.Datetime("us", "UTC" if zones == {True} else None)


def _choose_number(values: Sequence[Decimal], *, prefer_float: bool) -> "pl.DataType | None":
    import polars as pl

    digits, scale = _extent(values)
    if not prefer_float and digits <= _MAX_DIGITS:
        return pl.Decimal(_SHORT_DIGITS if digits <= _SHORT_DIGITS else _MAX_DIGITS, scale)
    return pl.Float64() if all(_survives_float(value) for value in values) else None


def _extent(values: Sequence[Decimal]) -> tuple[int, int]:
    """Return how many digits hold all the values, and how many of them after the point."""
    whole, scale = 1, 0
    for value in values:
        _, digits, exponent = value.as_tuple()
        if not isinstance(exponent, int):
            return _MAX_DIGITS + 1, 0
        whole = max(whole, len(digits) + exponent)
        scale = max(scale, -exponent)
    return whole + scale, scale


def _survives_float(value: Decimal) -> bool:
    return value.is_nan() or Decimal(repr(float(value))) == value


def _fitted(values: Sequence[Any], dtype: "pl.DataType") -> list[Any]:
    """Return the values as Polars takes them for `dtype`."""
    import polars as pl

    if isinstance(dtype, pl.Decimal):
        with localcontext(prec=2 * _MAX_DIGITS):
            step = Decimal(1).scaleb(-dtype.scale)
            return [None if value is None else value.quantize(step) for value in values]
    if isinstance(dtype, pl.Float64):
        return [None if value is None else float(value) for value in values]
    return list(values)


def _same(texts: Sequence[str], found: "pl.Series", field: Field, missing: Sequence[str]) -> bool:
    import polars as pl

    if found.dtype == pl.String:
        return [None if text in missing else text for text in texts] == found.to_list()
    values = read_values(texts, field, missing)
    if values is None:
        return False
    if found.dtype == pl.Float64:
        return pl.Series(_fitted(values, found.dtype), dtype=found.dtype).equals(found)
    return values == found.to_list()


_LABELS: Mapping[str, str] = {
    "Int64": "INT64",
    "Int16": "INT16",
    "Float64": "DOUBLE",
    "Boolean": "BOOLEAN",
    "Date": "DATE",
    "Time": "TIME",
    "String": "STRING",
}


def _label(dtype: "pl.DataType") -> str:
    import polars as pl

    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision}, {dtype.scale})"
    if isinstance(dtype, pl.Datetime):
        return "TIMESTAMP WITH TIME ZONE" if dtype.time_zone else "TIMESTAMP"
    return _LABELS[str(dtype)]


def _different(name: str, row: int) -> MismatchError:
    return MismatchError(
        f"« {name} » n’est pas égal au CSV à partir de l’enregistrement {row} : "
        "rien n’a été livré. Signalez ce défaut avec le fichier.",
        f"“{name}” is not equal to the CSV from record {row} on: nothing was released. "
        "Please report this fault with the file.",
    )
