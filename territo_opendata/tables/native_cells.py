"""Texts as the cells of a workbook that are read back as the same texts."""

import datetime as dt
import re
from collections.abc import Sequence

from territo_opendata.descriptors.model import Field
from territo_opendata.tables.cell_texts import cell_text

NativeCell = str | int | float | dt.datetime | None
"""What a cell of a sheet stores; None for an empty one."""

_LONGEST = 32_767
LAST_COLUMN = 16_384
"""How many columns a sheet holds (Excel specifications and limits, Microsoft)."""

FONT = {"name": "Calibri", "family": 2, "sz": 11}
"""The font of the cells that have a style of ours: the one of the others."""

_LINE_HEIGHT = 15
_HIGHEST = 409
"""How high a row may be, in points (Excel specifications and limits, Microsoft)."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,14})?", re.ASCII)


def native_cell(text: str, field: Field) -> NativeCell:
    """Return what a sheet is to store for the cell: the number or date that it is, else its text.

    It is a number or a date only where it would be read back as the same text, but for the zeros
    that end its decimals.
    """
    if not text:
        return None
    value: int | float | dt.datetime | None = None
    if field.type in ("number", "integer", "year") and _NUMBER.fullmatch(text):
        value = float(text) if "." in text else int(text)
    elif field.type == "date" and _ISO.fullmatch(text) and "1900-03-01" <= text <= "9999-12-31":
        value = _date(text)
    same = text.rstrip("0").rstrip(".") if isinstance(value, float) else text
    return value if value is not None and cell_text(value, field) == same else text


def legal_text(text: str) -> str:
    """Return the text as a cell can hold it: cut at 32,767 characters, none that XML forbids."""
    return _FORBIDDEN.sub("\ufffd", text[:_LONGEST])


def _date(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def row_height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height, in points, of a row whose texts are wrapped in columns of these widths.

    Spreadsheets fit it by themselves only when the row is written to.
    """
    lines = [
        sum(max(1, -(-len(part) // width)) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    ]
    return min(_LINE_HEIGHT * max(lines, default=1), _HIGHEST)
