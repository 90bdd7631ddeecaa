"""From faults to findings: what executors share once they know which cells are wrong."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Finding, Fix
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.plan import Plan


class Evidence(Protocol):
    """Records of a chunk, looked up one by one for the few that have faults."""

    def place(self, index: int) -> tuple[int, int]:
        """Return the row and the line of a record, counted within the chunk."""

    def cells(self, index: int) -> Sequence[str]:
        """Return the cells of a record as written."""


class Faults:
    """The faults of each record, by its place in the chunk, in the order they are told in."""

    def __init__(self) -> None:
        self._by_record: dict[int, list[Fault]] = {}

    def add(self, placed: Iterable[tuple[int, Fault]]) -> None:
        """Add faults after those their records already have."""
        by_record = self._by_record
        for index, fault in placed:
            if index in by_record:
                by_record[index].append(fault)
            else:
                by_record[index] = [fault]

    def replace(self, places: Iterable[int], fault: Fault) -> None:
        """Let `fault` be the only one of these records."""
        for index in places:
            self._by_record[index] = [fault]

    def by_row(self, evidence: Evidence) -> Mapping[int, Sequence[Fault]]:
        """Return the faults of each record, by its number in the chunk."""
        return {evidence.place(index)[0]: faults for index, faults in self._by_record.items()}

    def count(self) -> Counter[tuple[str | None, str]]:
        """Return the number of faults by field and code."""
        return Counter(
            (fault.column, fault.code) for faults in self._by_record.values() for fault in faults
        )

    def first(self, limit: int | None) -> list[tuple[int, Fault]]:
        """Return the first faults in the order of records, at most `limit`."""
        found: list[tuple[int, Fault]] = []
        for index in sorted(self._by_record):
            if limit is not None and len(found) >= limit:
                break
            found.extend((index, fault) for fault in self._by_record[index])
        return found if limit is None else found[:limit]


@dataclass(frozen=True, slots=True)
class Examined:
    """What is told of a chunk: counts of everything, the first findings, their rows' cells.

    `faults` is everything by record, when the plan is watched.
    """

    counts: Mapping[tuple[str | None, str], int]
    findings: tuple[Finding, ...]
    samples: Mapping[int, tuple[str, ...]]
    faults: Mapping[int, Sequence[Fault]]


def examine(evidence: Evidence, plan: Plan, faults: Faults, limit: int | None) -> Examined:
    """Return the findings that `faults` are: all counted, at most `limit` listed."""
    listed = faults.first(limit)
    findings = tuple(_finding(evidence, plan, index, fault) for index, fault in listed)
    samples = {
        evidence.place(index)[0]: tuple(evidence.cells(index))
        for index in dict.fromkeys(index for index, _ in listed)
    }
    watched = faults.by_row(evidence) if plan.watched else {}
    return Examined(faults.count(), findings, samples, watched)


def _finding(evidence: Evidence, plan: Plan, index: int, fault: Fault) -> Finding:
    place = plan.index_of(fault.column) if fault.column else fault.facts.get("place")
    cells = evidence.cells(index)
    row, line = evidence.place(index)
    value = cells[place] if place is not None and place < len(cells) else None
    field = plan.columns[place].field if fault.column and place is not None else None
    fix = fault.fix or propose_fix(fault.code, value, field, fault.facts)
    return Finding(
        code=fault.code,
        table=plan.table,
        row=row,
        line=line,
        column=None if place is None else place + 1,
        field=fault.column,
        value=value,
        key=plan.values(cells, plan.primary_key) or None,
        facts=fault.facts,
        constraint=fault.constraint,
        argument=fault.argument,
        fix=fix,
    )


def propose_fix(
    code: str, value: str | None, field: Field | None, facts: Mapping[str, Any]
) -> Fix | None:
    """Return a mend of `value`, if there is one; fixes load with the first finding.

    They mend whole cells: of a list with one wrong item, they would make something else.
    """
    if not value or "item" in facts:
        return None
    from territo_opendata.fixes import propose

    return propose(code, value, field, facts)
