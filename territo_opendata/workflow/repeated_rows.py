"""The rows of a repaired table that say again what an earlier one says: left out on demand."""

import dataclasses
from collections.abc import Mapping

from territo_opendata.findings import Report
from territo_opendata.repair.changes import Change
from territo_opendata.repair.choices import Kind
from territo_opendata.repair.prepare import Prepared
from territo_opendata.repair.twins import identical_rows
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.mending import MendingPass
from territo_opendata.workflow.passes import finished, mend, rows_before
from territo_opendata.workflow.repair_job import RepairJob
from territo_opendata.workflow.repaired import Repaired

_CODES = frozenset({"primary-key", "unique", "unique-key"})
"""Codes whose acceptance leaves out the rows that repeat an earlier one to the letter."""

_KINDS: tuple[Kind, ...] = tuple((code, "", "unsafe") for code in sorted(_CODES))


def may_repeat(report: Report) -> bool:
    """Tell whether rows of the one table of the report may be the same."""
    return not _CODES.isdisjoint(report.tables[0].by_code)


def without_repeated(job: RepairJob, prepared: Prepared, mended: MendingPass) -> Repaired:
    """Return the mended table, rows that repeat another left out where that is wanted."""
    found = finished(job, prepared, mended)
    twins = _twins(job, prepared, mended, found)
    wanted = {row: twin for row, twin in twins.items() if job.choices.wants(twin.kind, twin.place)}
    if wanted:
        orders = mended.orders or mended.doubtful
        again, _ = mend(job, prepared, mended.base, orders, wanted, mended.instead)
        found = finished(job, prepared, again)
    found.log.append(twin for row, twin in twins.items() if row not in wanted)
    return found


def _twins(
    job: RepairJob, prepared: Prepared, mended: MendingPass, found: Repaired
) -> Mapping[int, Change]:
    """Return the rows of the table before its mending that repeat an earlier one."""
    if not may_repeat(found.report):
        return {}
    report = found.report.tables[0]
    if report.truncated and job.choices.may_want(_KINDS):
        everything = dataclasses.replace(job.options, limit=None)
        report = job.check(Given(found.table), options=everything).tables[0]
    pairs = {
        (each.row, each.facts["first"]): each.code
        for each in report.findings
        if each.code in _CODES and each.row is not None
    }
    codes = {row: code for (row, _), code in pairs.items()}
    rows = list(identical_rows(found.opened(), pairs.keys()))
    return {
        earlier: Change(codes[row], "", "", earlier + prepared.titles, safety="unsafe")
        for row, earlier in zip(rows, rows_before(rows, mended.dropped), strict=True)
    }
