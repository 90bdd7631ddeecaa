"""A table as a CSV that Excel, in French, opens by a double click without spoiling it.

Excel guesses: without a mark it reads UTF-8 as cp1252, `01004` becomes 1004, `1234.56` a text or
a month, fourteen digits a power of ten. So: a mark, semicolons, decimal commas, and codes written
as the formula `="01004"`, which `territo repair` takes off again.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.tables.table import Table

_GUESSED = re.compile(r"[\s\d.,/:%€eE+\-]*\d[\s\d.,/:%€eE+\-]*|\d.*|(?i:true|false|vrai|faux)")
_FORMULA = ("=", "+", "-", "@")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII)
_LONGEST = 250
"""Characters that a text in a formula may have in Excel (255), with some room for quotes."""


def excel_csv(table: Table, schema: Schema) -> Iterator[bytes]:
    """Yield the table as Excel in French opens it right."""
    writers = [_writer(field) for field in _fields(table, schema)]
    yield "\ufeff".encode()
    yield _written([table.header.labels])
    for chunk in table.chunks():
        yield _written([_record(cells, writers) for cells in chunk.cells])


def _fields(table: Table, schema: Schema) -> list[Field]:
    known = {field.name: field for field in schema.fields}
    return [known.get(label, Field(label)) for label in table.header.labels]


def _writer(field: Field) -> Callable[[str], str]:
    if field.type in ("number", "integer"):
        return _number
    if field.type in ("date", "datetime", "boolean", "year"):
        return lambda cell: cell if not cell.startswith(_FORMULA) else _text(cell)
    return _text


def _number(cell: str) -> str:
    if _NUMBER.fullmatch(cell) and len(cell) <= 15:
        return cell.replace(".", ",")
    return _text(cell)


def _text(cell: str) -> str:
    """Return the cell as a formula that shows it, where Excel would make something else of it."""
    risky = cell.startswith(_FORMULA) or _GUESSED.fullmatch(cell) is not None
    if not risky or len(cell) > _LONGEST or "\n" in cell or "\r" in cell:
        return cell
    inner = cell.replace('"', '""')
    return f'="{inner}"'


def _record(cells: Sequence[str], writers: Sequence[Callable[[str], str]]) -> list[str]:
    known = len(writers)
    return [
        writers[place](cell) if place < known else _text(cell) for place, cell in enumerate(cells)
    ]


def _written(records: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(records)
    return text.getvalue().encode("utf-8", "replace")
