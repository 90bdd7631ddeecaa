"""The passes of a repair over the cells of a table: mended as it is validated, then checked."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from territo_opendata.findings import Report
from territo_opendata.repair.changes import Change
from territo_opendata.repair.choices import Choices
from territo_opendata.repair.mending import Mended
from territo_opendata.repair.prepare import Prepared
from territo_opendata.validate.inputs import TableInput
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.mending import MendingPass
from territo_opendata.workflow.repair_job import RepairJob
from territo_opendata.workflow.repaired import Repaired


def mend(
    job: RepairJob,
    prepared: Prepared,
    base: TableInput,
    orders: Mapping[int, str] | None = None,
    left_out: Mapping[int, Change] | None = None,
    instead: Mapping[int, Sequence[Mended]] | None = None,
) -> tuple[MendingPass, Report]:
    """Validate and mend the table; once more where its dates show another order.

    `orders` is what the dates of columns showed before, `left_out` the rows not to be copied,
    `instead` what cells become beyond their own faults.
    """
    mending = _new_pass(job, prepared, base, job.choices)
    mending.orders, mending.left_out = orders or {}, left_out or {}
    mending.instead = instead or {}
    report = job.check(before_mending(job, prepared, base), mending)
    mending.close()
    if orders is None and mending.doubtful:
        return mend(job, prepared, base, mending.doubtful, left_out, instead)
    return mending, report


def before_mending(job: RepairJob, prepared: Prepared, base: TableInput) -> Given:
    """Return the table in its new shape, to be validated: by names where columns are missing."""
    schema = base.schema
    if not prepared.shape.aligned:
        schema = dataclasses.replace(schema, fields_match="partial")
    table = dataclasses.replace(base, schema=schema)
    if prepared.reshaped:
        return Given(table, by_row=job.given.by_row)
    return dataclasses.replace(job.given, table=table)


def untouched_cells(job: RepairJob, prepared: Prepared, base: TableInput) -> Repaired:
    """Return the table in its new shape, its cells as they were."""
    bare = _new_pass(job, prepared, base, Choices())
    bare.close()
    return finished(job, prepared, bare)


def finished(job: RepairJob, prepared: Prepared, mended: MendingPass) -> Repaired:
    """Return the result of a pass, checked as whoever opens the new file will read it."""
    given = outcome(job, mended)
    mended.log.append(prepared.proposals)
    return Repaired(job.given, given.table, mended.log, job.check(given), job.spool)


def outcome(job: RepairJob, mended: MendingPass) -> Given:
    """Return the table that a pass made, to be checked."""
    source = dataclasses.replace(mended.table.source, label=job.label)
    return Given(job.outside(source), by_row=job.given.by_row)


def rows_before(rows: Sequence[int], dropped: Sequence[int]) -> Iterator[int]:
    """Yield the number of each row before the rows `dropped`, both in order, were left out."""
    left, skipped = list(dropped), 0
    for row in rows:
        while skipped < len(left) and left[skipped] <= row + skipped:
            skipped += 1
        yield row + skipped


def _new_pass(
    job: RepairJob, prepared: Prepared, base: TableInput, choices: Choices
) -> MendingPass:
    return MendingPass(
        job.spool,
        base,
        prepared.shape,
        prepared.titles,
        len(prepared.table.header.labels),
        prepared.is_certain,
        prepared.changes,
        choices,
        job.seats,
    )
