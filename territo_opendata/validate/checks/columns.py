"""Checks between the cells of one row: filled together, compared, added up.

Names, parameters and meaning are those of Validata 0.12 (`cohesive-columns-value`,
`compare-columns-value`, `sum-columns-value`, `one-of-required`), and one of ours
(`both-or-neither`). Except where emptiness is the matter, a row with an empty cell passes.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.fixes.values import (
    EXACT,
    Value,
    is_iso,
    plain_number,
    read_number,
    read_value,
)
from territo_opendata.validate.checks.interface import Cells, Check, Fault, RowCheck
from territo_opendata.validate.checks.params import Params

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    "<": operator.lt,
}
"""Operators of `compare-columns-value`: those of Validata, and `!=`."""


def both_or_neither(params: Params) -> list[Check]:
    """Ask that all of `columns` are filled, or none is."""
    params.expect_only("columns")
    return [_filled_together("both-or-neither", "both-or-neither", params.columns())]


def cohesive_columns(params: Params) -> list[Check]:
    """Ask that `column` and `othercolumns` are all filled, or all empty."""
    columns = (params.column(), *params.columns("othercolumns", least=1))
    return [_filled_together("cohesive-columns-value", "cohesive-columns", columns)]


def _filled_together(name: str, code: str, columns: tuple[str, ...]) -> Check:
    def judge(cells: Cells) -> Iterator[Fault]:
        missing = [column for column, cell in zip(columns, cells, strict=True) if cell is None]
        if 0 < len(missing) < len(columns):
            yield Fault(code, missing[0], {"columns": list(columns), "missing": missing})

    return RowCheck(name, columns, judge)


def one_of_required(params: Params) -> list[Check]:
    """Ask that `column1` or `column2` is filled."""
    columns = (params.column("column1"), params.column("column2"))

    def judge(cells: Cells) -> Iterator[Fault]:
        if cells == (None, None):
            yield Fault("one-of-required", columns[0], {"columns": list(columns)})

    return [RowCheck("one-of-required", columns, judge)]


def compare_columns(params: Params) -> list[Check]:
    """Ask that `column` stands in the relation `op` to `column2`.

    Numbers are compared as numbers, dates as dates, the rest as texts; a number is never in
    order with a word. Years and months written in a text column are compared as far as both
    say: an interval from 2024-06 to 2024 is not refused.
    """
    columns = (params.column(), params.column("column2"))
    compare = OPERATORS[params.choice("op", list(OPERATORS))]
    facts = {"column": columns[0], "op": params.choice("op", OPERATORS), "column2": columns[1]}
    fields = [params.field(column) for column in columns]

    def judge(cells: Cells) -> Iterator[Fault]:
        pair = [
            None if cell is None else read_value(cell, field)
            for cell, field in zip(cells, fields, strict=True)
        ]
        if pair[0] is None or pair[1] is None:
            return
        contents = _comparable(pair[0], pair[1])
        if contents is None or not _holds(compare, *contents):
            yield Fault("compare-columns", columns[0], {**facts, "value2": cells[1]})

    return [RowCheck("compare-columns-value", columns, judge)]


def _comparable(first: Value, second: Value) -> tuple[Any, Any] | None:
    """Return both contents in a form that can be compared, None when there is none."""
    for convert in (_to_number, _to_date):
        one, other = convert(first), convert(second)
        if one is not None and other is not None:
            return one, other
    return (first.content, second.content) if first.kind == second.kind else None


def _to_number(value: Value) -> Decimal | None:
    if isinstance(value.content, Decimal):
        return value.content
    return plain_number(value.content) if value.kind in {"text", "date"} else None


def _to_date(value: Value) -> str | None:
    text = str(value.content)
    return text if value.kind == "date" or (value.kind == "text" and is_iso(text)) else None


def _holds(compare: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    if compare(one, other):
        return True
    if compare is operator.eq or not isinstance(one, str):
        return False
    # The shorter of two ISO dates says less: what it leaves open is not held against the row.
    shared = min(len(one), len(other))
    dates = is_iso(one[:10]) and is_iso(other[:10]) and len(one) != len(other)
    return dates and one[:shared] == other[:shared]


def sum_columns(params: Params) -> list[Check]:
    """Ask that `column` holds the exact sum of `columns`."""
    columns = (params.column(), *params.columns(least=1))
    numbers = partial(_read_all, [params.field(column) for column in columns])

    def judge(cells: Cells) -> Iterator[Fault]:
        found = numbers(cells)
        if found is None:
            return
        total = sum_exactly(found[1:])
        if total != found[0]:
            facts = {"columns": list(columns[1:]), "total": plain(total)}
            yield Fault("sum-columns", columns[0], facts)

    return [RowCheck("sum-columns-value", columns, judge)]


def _read_all(fields: list[Field], cells: Cells) -> list[Decimal] | None:
    found = []
    for field, cell in zip(fields, cells, strict=True):
        number = None if cell is None else number_in(cell, field)
        if number is None:
            return None
        found.append(number)
    return found


def number_in(cell: str, field: Field) -> Decimal | None:
    """Return the number in a cell of a field of any type, None when it holds none."""
    if field.type in {"number", "integer"}:
        return read_number(cell, field)
    return plain_number(cell)


def sum_exactly(numbers: list[Decimal]) -> Decimal:
    """Return the sum, which the arithmetic of floats or of 28 digits would round."""
    total = Decimal(0)
    for number in numbers:
        total = EXACT.add(total, number)
    return total


def plain(number: Decimal) -> str:
    """Return the number in plain digits where that is short, as a steward would write it."""
    small = number.is_finite() and -30 < number.adjusted() < 30
    return f"{number:f}" if small else f"{number:E}"
