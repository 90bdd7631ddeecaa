"""Cells of valid tables as typed values (Table Schema v2, "Field Types").

Only the types that Parquet and data frames know as such are read; the others stay text. The
readings are those of frictionless 5.21 (`frictionless/fields`), so that what was found valid is
read as what it was found to be.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from territo_opendata.descriptors.model import Field

Reader = Callable[[str], Any]

_QUOTED = re.compile(r"[\"\r\n]")
_AFFIXES = re.compile(r"((^[^-\d]*)|(\D*$))")
_TRUE = ("true", "True", "TRUE", "1")
_FALSE = ("false", "False", "FALSE", "0")
_FIELD_SIZE_LIMIT = 2**31 - 2


def reader_of(field: Field) -> Reader | None:
    """Return what reads a cell of `field`, or None when its values stay text.

    A reader raises ValueError (or a subclass) or ArithmeticError for a cell it cannot read.
    """
    make = _READERS.get(field.type)
    return make(field) if make else None


def read_values(texts: Sequence[str], field: Field, missing: Sequence[str]) -> list[Any] | None:
    """Return the typed values of these cells, None for a missing one.

    Returns None in place of the list when the field stays text, or when a cell has a form that
    cannot be read exactly.
    """
    read = reader_of(field)
    if read is None:
        return None
    known: dict[str, Any] = dict.fromkeys(missing)
    try:
        for text in texts:
            if text not in known:
                known[text] = read(text)
    except (ValueError, ArithmeticError):
        return None
    return [known[text] for text in texts]


def read_rows(path: Path) -> Iterator[list[str]]:
    """Yield the records of a released CSV, the header first."""
    csv.field_size_limit(_FIELD_SIZE_LIMIT)
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream)


def format_rows(rows: Iterable[Sequence[str]]) -> str:
    """Return these records as a released CSV has them: a cell is quoted only where it must be.

    Python's own writer leaves a lone CR unquoted before 3.13, and would make other bytes after.
    """
    return "".join(_format_row(cells) for cells in rows)


def _format_row(cells: Sequence[str]) -> str:
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and line and not _QUOTED.search(line):
        return line + "\n"
    return ",".join(map(_format_cell, cells) if len(cells) > 1 else (_quote(cells[0]),)) + "\n"


def _format_cell(cell: str) -> str:
    return _quote(cell) if "," in cell or _QUOTED.search(cell) else cell


def _quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _integer(field: Field) -> Reader:
    bare = field.options.get("bareNumber", True)

    def read(text: str) -> int:
        return int(text.strip() if bare else _AFFIXES.sub("", text.strip()))

    return read


def _number(field: Field) -> Reader:
    bare = field.options.get("bareNumber", True)
    group = field.options.get("groupChar", "")
    point = field.options.get("decimalChar", ".")

    def read(text: str) -> Decimal:
        number = text.strip()
        if not bare:
            number = _AFFIXES.sub("", number)
        if group:
            number = number.replace(group, "")
        return Decimal(number.replace(point, "."))

    return read


def _boolean(field: Field) -> Reader:
    values = dict.fromkeys(field.options.get("trueValues", _TRUE), True)
    values.update(dict.fromkeys(field.options.get("falseValues", _FALSE), False))

    def read(text: str) -> bool:
        if text not in values:
            raise ValueError(text)
        return values[text]

    return read


def _date(field: Field) -> Reader | None:
    if field.format == "any":
        return None
    pattern = "%Y-%m-%d" if field.format == "default" else field.format
    return lambda text: dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a date has no zone


def _datetime(field: Field) -> Reader | None:
    if field.format == "any":
        return None
    if field.format != "default":
        return lambda text: dt.datetime.strptime(text, field.format)  # noqa: DTZ007 - as the format says
    return _iso_datetime


def _iso_datetime(text: str) -> dt.datetime:
    if len(text) < 19 or text[16] != ":":
        raise ValueError(text)
    return dt.datetime.fromisoformat(text)


def _time(field: Field) -> Reader | None:
    if field.format == "any":
        return None
    if field.format != "default":
        return lambda text: _local(dt.datetime.strptime(text, field.format).timetz())  # noqa: DTZ007 - idem
    return _iso_time


def _iso_time(text: str) -> dt.time:
    if len(text) < 8 or text[5] != ":":
        raise ValueError(text)
    return _local(dt.time.fromisoformat(text))


def _local(time: dt.time) -> dt.time:
    """Refuse a time with a zone: neither Parquet nor pandas has a type for it."""
    if time.tzinfo is not None:
        raise ValueError(time)
    return time


def _year(_field: Field) -> Reader:
    return int


_READERS: dict[str, Callable[[Field], Reader | None]] = {
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "year": _year,
}
