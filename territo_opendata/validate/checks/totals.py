"""`parts-add-up`: the rows that are parts of another add up to it, exactly."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from territo_opendata.validate.checks.columns import number_in, plain, sum_exactly
from territo_opendata.validate.checks.interface import Cells, Check, Fault, TableCheck
from territo_opendata.validate.checks.params import Params


def parts_add_up(params: Params) -> list[Check]:
    """Ask that the rows whose `part_of` is the `key` of a row add up to its `value`.

    A total of which a part's value is empty or no number is not judged, and a total that is not
    in the table is a matter of foreign keys.
    """
    params.expect_only("part_of", "key", "value")
    columns = (params.column("part_of"), params.column("key"), params.column("value"))
    field = params.field(columns[2])

    def judge(rows: Sequence[Cells]) -> Iterator[tuple[int, Fault]]:
        parts = _parts(rows)
        totals: set[str] = set()
        for index, (_, key, cell) in enumerate(rows):
            if key is None or key not in parts or key in totals:
                continue
            totals.add(key)
            members = [rows[member] for member in parts[key]]
            numbers = [None if each[2] is None else number_in(each[2], field) for each in members]
            fault = _compare(number_in(cell or "", field), numbers)
            if fault is not None:
                total, found = fault
                listed = [each[1] or "" for each in members]
                facts = {"total": plain(total), "sum": plain(found), "parts": listed}
                yield index, Fault("parts-add-up", columns[2], facts)

    return [TableCheck("parts-add-up", columns, judge)]


def _parts(rows: Sequence[Cells]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, (part_of, key, _) in enumerate(rows):
        if part_of is not None and part_of != key:
            found.setdefault(part_of, []).append(index)
    return found


def _compare(
    total: Decimal | None, numbers: Sequence[Decimal | None]
) -> tuple[Decimal, Decimal] | None:
    known = [number for number in numbers if number is not None]
    if total is None or len(known) < len(numbers):
        return None
    found = sum_exactly(known)
    return None if found == total else (total, found)
