"""When two cells hold the same value, though they are written differently.

A column of cells becomes one of canonical texts: null for a missing value, and the same text for
two cells exactly when their field types them as the same value (1.0, 1.00 and 01.0 as numbers).
A cell that its type cannot read, and a cell of a type without values of its own, stands for
itself.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import polars as pl

from territo_opendata.descriptors.model import Field
from territo_opendata.release.cells import reader_of

_FAMILIES = {
    "integer": "number",
    "number": "number",
    "year": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "time": "time",
    "object": "json",
    "array": "json",
    "geojson": "json",
}
# Cells in the form that `_written` gives them already: nearly all cells of a tidy table.
_INTEGER = r"^(0|-?[1-9][0-9]{0,17})$"
_NUMBER = r"^(0|-?[1-9][0-9]{0,17}|-?(0|[1-9][0-9]{0,17})\.[0-9]{0,17}[1-9])$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_LONGEST = 40
_UNREADABLE = "\x00?"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a column are read: by which field, and which texts stand for no value."""

    field: Field
    missing: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that both tables have: how its cells are read on each side, and `typed` if alike."""

    name: str
    old: Reading
    new: Reading
    typed: bool


def share_values(old: Field, new: Field) -> bool:
    """Tell whether values of the two fields can be compared as such, beyond their texts."""
    family = _FAMILIES.get(old.type)
    return family is not None and family == _FAMILIES.get(new.type)


def canonical(texts: pl.Series, reading: Reading, *, typed: bool) -> pl.Series:
    """Return the canonical texts of these cells; those of values only where `typed`."""
    absent = texts.is_in(list(reading.missing))
    if typed:
        texts = _typed(texts, absent, reading.field)
    return pl.select(pl.when(~absent).then(texts)).to_series().alias(texts.name)


def _typed(texts: pl.Series, absent: pl.Series, field: Field) -> pl.Series:
    write = partial(canonical_text, _reader(field))
    pattern = _usual(field)
    odd = ~absent if pattern is None else ~(absent | texts.str.contains(pattern))
    if not odd.any():
        return texts
    distinct = texts.filter(odd).unique()
    written = pl.Series([write(text) for text in distinct.to_list()], dtype=pl.String)
    found = texts.filter(odd).replace_strict(distinct, written, return_dtype=pl.String)
    return texts.scatter(odd.arg_true(), found)


def canonical_text(read: Callable[[str], Any] | None, text: str) -> str:
    """Return the text that all cells of the same value share."""
    if read is None:
        return text
    try:
        return _written(read(text))
    except (ValueError, ArithmeticError, RecursionError):
        return _UNREADABLE + text


def _usual(field: Field) -> str | None:
    """Return the form in which a cell of the field is canonical already."""
    if field.type in ("integer", "year"):
        return _INTEGER
    if field.type == "number":
        marks = field.options.get("decimalChar", "."), field.options.get("groupChar", "")
        if marks == (".", ""):
            return _NUMBER
        return None if set("".join(marks)) & set("-0123456789") else _INTEGER
    return _DAY if (field.type, field.format) == ("date", "default") else None


def _reader(field: Field) -> Callable[[str], Any] | None:
    if _FAMILIES.get(field.type) == "json":
        return _read_json
    return reader_of(field)


def _read_json(text: str) -> Any:
    """Return a JSON value wrapped in a tuple, so that a text of JSON is no text of ours."""
    return (json.loads(text, parse_int=Decimal, parse_float=Decimal),)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return f"\x00{value}"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_LONGEST else _number(Decimal(value))
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, dt.datetime):
        offset = value.utcoffset()
        if offset is not None:
            return f"{(value.replace(tzinfo=None) - offset).isoformat()}Z"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return json.dumps(_tagged(value), sort_keys=True)


def _tagged(value: Any) -> Any:
    """Return a JSON value in which texts and numbers, both written as texts, are told apart."""
    if isinstance(value, str):
        return f"s{value}"
    if isinstance(value, Decimal):
        return f"n{_number(value)}"
    if isinstance(value, dict):
        return {name: _tagged(each) for name, each in value.items()}
    return [_tagged(each) for each in value] if isinstance(value, list | tuple) else value


def _number(number: Decimal) -> str:
    """Return the number without exponent nor useless zeros, exactly; with one when it is far off."""
    if not number.is_finite():
        return f"\x00{number}"
    sign, digits, exponent = number.as_tuple()
    written = "".join(map(str, digits)).lstrip("0")
    bare = written.rstrip("0")
    if not bare:
        return "0"
    bare_exponent = int(exponent) + len(written) - len(bare)
    minus = "-" * sign
    if abs(number.adjusted()) >= _LONGEST:
        return f"{minus}{bare}E{bare_exponent}"
    return minus + format(Decimal((0, tuple(map(int, bare)), bare_exponent)), "f")
