"""The references of a table to nothing: changed, on demand, to the key that they must mean."""

import dataclasses
from collections.abc import Iterator, Sequence

from territo_opendata.findings import Finding, Report, TableReport
from territo_opendata.repair.changes import Change
from territo_opendata.repair.choices import Kind
from territo_opendata.repair.mending import Mended
from territo_opendata.repair.prepare import Prepared
from territo_opendata.workflow.mending import MendingPass
from territo_opendata.workflow.passes import mend, outcome, rows_before
from territo_opendata.workflow.repair_job import RepairJob

_CODE = "foreign-key"

_Spot = tuple[int, Mended]
"""A row of the table before its mending, and what becomes of a cell in it."""


def with_references(
    job: RepairJob, prepared: Prepared, mended: MendingPass, seen: Report
) -> tuple[MendingPass, Sequence[Change]]:
    """Return the pass with the references mended that are wanted, and those that wait for it.

    They are looked up as the pass left them: a code has its lost zero back by then.
    """
    if _CODE not in seen.tables[0].by_code:
        return mended, ()
    spots = list(_spots(_checked(job, mended), mended.dropped))
    changes = [_change(row, each, prepared) for row, each in spots]
    wanted: dict[int, list[Mended]] = {}
    for (row, each), change in zip(spots, changes, strict=True):
        if job.choices.wants(change.kind, change.place):
            wanted.setdefault(row, []).append(each)
    if wanted:
        orders = mended.orders or mended.doubtful
        mended, _ = mend(job, prepared, mended.base, orders, instead=wanted)
    return mended, [each for each in changes if not job.choices.wants(each.kind, each.place)]


def _checked(job: RepairJob, mended: MendingPass) -> TableReport:
    """Return the report on what the pass made, whole where all is to be mended."""
    report = job.check(outcome(job, mended)).tables[0]
    names = {_field(each) for each in report.findings if each.code == _CODE}
    kinds: list[Kind] = [(_CODE, name, "unsafe") for name in names]
    if report.truncated and job.choices.may_want(kinds):
        everything = dataclasses.replace(job.options, limit=None)
        report = job.check(outcome(job, mended), options=everything).tables[0]
    return report


def _spots(report: TableReport, dropped: Sequence[int]) -> Iterator[_Spot]:
    found = [each for each in report.findings if each.code == _CODE and each.row]
    rows = rows_before([each.row or 0 for each in found], dropped)
    for row, finding in zip(rows, found, strict=True):
        mended = _mended(finding)
        if mended is not None:
            yield row, mended


def _mended(finding: Finding) -> Mended | None:
    fix = finding.fix
    if fix is None or fix.value is None or finding.column is None or finding.value is None:
        return None
    place = finding.column - 1
    return Mended(place, _field(finding), _CODE, finding.value, fix.value, fix.safety, True)


def _field(finding: Finding) -> str:
    """Return the field of the cell: of a reference in several parts, the last one."""
    return str(finding.facts["fields"][-1])


def _change(row: int, mended: Mended, prepared: Prepared) -> Change:
    place = prepared.shape.places[mended.place]
    return Change(
        _CODE,
        mended.before,
        mended.after,
        row + prepared.titles,
        None if place is None else place + 1,
        mended.field,
        mended.safety,
    )
