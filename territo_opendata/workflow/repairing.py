"""The repair of one file: its shape, its cells, and what is left for a person."""

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from territo_opendata import project
from territo_opendata.descriptors.model import Schema
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report
from territo_opendata.language import visible
from territo_opendata.repair.changes import Change, ChangeLog
from territo_opendata.repair.choices import Choices
from territo_opendata.repair.prepare import Prepared
from territo_opendata.tables.spool import Spool
from territo_opendata.validate.inputs import Options, Progress, TableInput
from territo_opendata.workflow.given import Given, steady
from territo_opendata.workflow.head_offices import with_seats
from territo_opendata.workflow.mended_references import with_references
from territo_opendata.workflow.passes import before_mending, mend, untouched_cells
from territo_opendata.workflow.repair_job import RepairJob
from territo_opendata.workflow.repaired import Repaired, ToMend
from territo_opendata.workflow.repeated_rows import may_repeat, without_repeated
from territo_opendata.workflow.reshaping import prepared_table, reshaped_table
from territo_opendata.workflow.tables import Received, files_given, package_for, received_tables
from territo_opendata.workflow.validation import silent


@contextmanager
def repaired_file(
    asked: ToMend, options: Options | None = None, progress: Progress = silent
) -> Iterator[Repaired]:
    """Repair the one table in a file, and give it until the end of the `with` statement.

    Raises as `validate_files`, and UsageError where the file holds several tables and no sheet
    is named.
    """
    known = None if asked.schema is None else project.resolve_schema(asked.schema)
    with Spool(asked.max_size) as spool:
        given = _only(asked.file, _tables(asked, known, spool))
        around = asked.path is None and given.table.schema.foreign_keys
        package = package_for(asked.file) if around else None
        choices = Choices(asked.accept, asked.choices)
        label = asked.label or given.table.source.label
        job = RepairJob(given, package, spool, choices, label, options or Options(), progress)
        with steady([given.table.source]):
            yield _repair(job, asked.seats)


def _tables(asked: ToMend, known: Schema | None, spool: Spool) -> Sequence[object]:
    if asked.path is None or known is None:
        return files_given(asked.file, known, spool, sheet=asked.sheet)
    received = Received(asked.file, asked.path, asked.sheet, asked.max_size, laid=asked.laid)
    return received_tables(received, known, spool)


def _only(file: str, found: Sequence[object]) -> Given:
    tables = [each for each in found if isinstance(each, Given)]
    if len(tables) == 1:
        return tables[0]
    shown = visible(file, 200)
    names = ", ".join(f"« {visible(each.table.name, 60)} »" for each in tables)
    raise UsageError(
        f"« {shown} » contient plusieurs tables ({names}) : choisissez-en une avec --sheet.",
        f"“{shown}” holds several tables ({names}): choose one with --sheet.",
    )


def _repair(job: RepairJob, seats: Path | None) -> Repaired:
    """Return the table repaired, or as it was where nothing can be done or gained."""
    if not job.given.readable:
        return _as_given(job, job.check(job.given))
    prepared = prepared_table(job)
    if not prepared.readable:
        return _as_given(job, job.check(job.given), proposals=prepared.proposals)
    base = reshaped_table(job, prepared)
    if seats is not None:
        job = with_seats(job, before_mending(job, prepared, base), seats)
    mended, seen = mend(job, prepared, base)
    mended, doubts = with_references(job, prepared, mended, seen)
    before = None if prepared.reshaped or not prepared.shape.aligned else seen
    if not mended.log.tally.total and not may_repeat(seen):
        mended.log.append([*prepared.proposals, *doubts])
        return _as_given(job, before or job.check(job.given), mended.log)
    candidate = without_repeated(job, prepared, mended)
    candidate.log.append(doubts)
    if not candidate.changed:
        return _as_given(job, before or job.check(job.given), candidate.log)
    if _gains(job, candidate.report, before):
        return candidate
    return _withheld(job, prepared, base)


def _gains(job: RepairJob, after: Report, before: Report | None = None) -> bool:
    """Tell whether the result has no more errors than the file as it was given."""
    if not after.errors:
        return True
    if before is None:
        enough = dataclasses.replace(job.options, limit=0, stop_after=after.errors)
        before = job.check(job.given, options=enough)
    return before.errors >= after.errors


def _withheld(job: RepairJob, prepared: Prepared, base: TableInput) -> Repaired:
    """Return the table with its cells as they were: mended, they would have more errors."""
    if prepared.reshaped:
        candidate = untouched_cells(job, prepared, base)
        if _gains(job, candidate.report):
            return dataclasses.replace(candidate, withheld=True)
    return _as_given(job, job.check(job.given), withheld=True)


def _as_given(
    job: RepairJob,
    report: Report,
    log: ChangeLog | None = None,
    *,
    proposals: Sequence[Change] = (),
    withheld: bool = False,
) -> Repaired:
    """Return the table as it was."""
    if log is None:
        log = ChangeLog(job.spool.new_path())
        log.close()
    log.append(proposals)
    return Repaired(job.given, job.table, log, report, job.spool, withheld)
