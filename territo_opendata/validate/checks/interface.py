"""What a check beyond Table Schema is: on one cell, on the cells of one row, or on a whole table.

Checks never raise on data. They see texts, as written in the file: a cell that stands for no
value, or that the table lacks, is None.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.findings import Fix

Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong that a rule says of a cell (`column`) or of a row (None).

    `facts` fill the message of the rule `code`; `constraint` and `argument` name the rule as
    the schema writes it.
    """

    code: str
    column: str | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    constraint: str | None = None
    argument: Any = None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class CellCheck:
    """Judges one non-missing cell of `column` by its text alone, so that a value is judged once."""

    name: str
    column: str
    judge: Callable[[str], Fault | None]


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Judges the cells of `columns` in one row; `judge` gets them in that order."""

    name: str
    columns: tuple[str, ...]
    judge: Callable[[Cells], Iterable[Fault]]


@dataclass(frozen=True, slots=True)
class TableCheck:
    """Judges the cells of `columns` in all the rows at once.

    `judge` gets one tuple per record, in file order, and yields (index of the record, fault).
    """

    name: str
    columns: tuple[str, ...]
    judge: Callable[[Sequence[Cells]], Iterable[tuple[int, Fault]]]


Check = CellCheck | RowCheck | TableCheck
