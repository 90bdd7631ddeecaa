"""`contiguous-periods`: within a group, each period starts the day after the one before ends."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from territo_opendata.descriptors.model import Field
from territo_opendata.fixes.values import is_iso, read_value
from territo_opendata.validate.checks.interface import Cells, Check, Fault, TableCheck
from territo_opendata.validate.checks.params import Params


@dataclass(frozen=True, slots=True, order=True)
class _Period:
    """First and last day (None: still open) of the row at `index`."""

    first: date
    last: date | None
    index: int
    cells: tuple[str, str | None]


def contiguous_periods(params: Params) -> list[Check]:
    """Ask that the periods of each `group`, from `start` to `end`, neither overlap nor leave a gap.

    Only the rows that hold what `where` says are looked at. A year or a month without a day
    begins with its first day and ends with its last. A period without a start, and what follows
    one without an end, is not judged.
    """
    params.expect_only("group", "start", "end", "where")
    where = params.optional_condition("where")
    columns = (params.column("group"), params.column("start"), params.column("end"), *where)
    start, end = params.field(columns[1]), params.field(columns[2])
    wanted = list(where.values())

    def judge(rows: Sequence[Cells]) -> Iterator[tuple[int, Fault]]:
        groups: dict[str, list[_Period]] = {}
        for index, (group, first, last, *conditions) in enumerate(rows):
            kept = all(cell in known for cell, known in zip(conditions, wanted, strict=True))
            if kept and group is not None and first is not None:
                period = _period(index, first, last, start, end)
                groups.setdefault(group, []).extend([] if period is None else [period])
        for periods in groups.values():
            yield from _breaks(periods, columns[1])

    return [TableCheck("contiguous-periods", columns, judge)]


def _period(index: int, start: str, end: str | None, *fields: Field) -> _Period | None:
    first = _bounds(start, fields[0])
    last = None if end is None else _bounds(end, fields[1])
    if first is None or (end is not None and last is None):
        return None
    return _Period(first[0], None if last is None else last[1], index, (start, end))


def _bounds(cell: str, field: Field) -> tuple[date, date] | None:
    """Return the first and last day that a date of any precision means."""
    value = read_value(cell, field)
    text = "" if value is None else str(value.content)[:10]
    if not is_iso(text):
        return None
    year, month, day = (int(part) if part else 0 for part in (text[:4], text[5:7], text[8:]))
    try:
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(year, last_month)[1]
        return first, date(year, last_month, last_day)
    except ValueError:
        return None


def _breaks(periods: list[_Period], column: str) -> Iterator[tuple[int, Fault]]:
    ordered = sorted(periods, key=lambda each: (each.first, each.last or date.max, each.index))
    latest: _Period | None = None
    for period in ordered:
        if latest is not None and latest.last is not None:
            gap = (period.first - latest.last).days - 1
            if gap:
                facts = {
                    "previous_end": latest.cells[1],
                    "start": period.cells[0],
                    "gap_days": gap,
                }
                yield period.index, Fault("contiguous-periods", column, facts)
        # A period inside a longer one is an overlap, and does not make a gap after the longer.
        if latest is None or latest.last is None or (period.last or date.max) > latest.last:
            latest = period
