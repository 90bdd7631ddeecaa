"""The first step of a repair: the encoding, the separator, the header, the places of columns."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from territo_opendata.repair.prepare import Prepared, ToRepair, prepare
from territo_opendata.repair.shaping import shaped
from territo_opendata.tables.source import Source
from territo_opendata.tables.table import open_table
from territo_opendata.validate.headers import match_header
from territo_opendata.validate.inputs import TableInput
from territo_opendata.workflow.repair_job import RepairJob


def prepared_table(job: RepairJob) -> Prepared:
    """Return how the table is to be read and laid out."""
    table, dialect = job.table, job.table.dialect
    found = dialect.header is None and (dialect.header_rows is None or job.given.by_row)
    if job.given.by_row:
        # The sheet's header was found too; its titles are still above it.
        row = (dialect.header_rows or (1,))[0]
        dialect = dataclasses.replace(dialect, header_rows=(row,))
    asked = ToRepair(table.source, table.schema, dialect, table.encoding, found)

    def is_faulty(labels: Sequence[str]) -> bool:
        ignore_case = not dialect.header_case
        return bool(match_header(table.schema, labels, ignore_case=ignore_case).faults)

    return prepare(asked, is_faulty, job.choices)


def reshaped_table(job: RepairJob, prepared: Prepared) -> TableInput:
    """Write the table in its new shape, and return it; the table itself where nothing changes."""
    if not prepared.reshaped:
        return job.table
    source = _written(job, prepared)
    written, labelled = prepared.into, bool(prepared.table.header.labels)
    dialect = dataclasses.replace(
        job.table.dialect,
        delimiter=written.delimiter,
        quote_char=written.quote_char,
        double_quote=written.double_quote,
        escape_char=written.escape_char,
        skip_initial_space=written.skip_initial_space,
        line_terminator=None,
        header=None if labelled else False,
        header_rows=(1,) if labelled else None,
    )
    return TableInput(job.table.name, source, job.table.schema, dialect, "utf-8")


def _written(job: RepairJob, prepared: Prepared) -> Source:
    """Write the table, every cell in quotes where its separator is not recognised otherwise."""
    label, kind = job.table.source.label, job.table.source.format
    for all_quoted in (False, True):
        blocks = shaped(prepared.table, prepared.shape, prepared.into, all_quoted=all_quoted)
        path: Path = job.spool.keep(label, blocks)
        source = Source(label, path, kind)
        if _reads_back(job, source, prepared):
            break
    return source


def _reads_back(job: RepairJob, source: Source, prepared: Prepared) -> bool:
    """Tell whether who is told nothing reads the file as it was meant."""
    outside = job.outside(source)
    seen = open_table(source, outside.dialect, outside.encoding)
    into = prepared.into
    marks = (seen.format.delimiter, seen.format.quote_char, seen.format.skip_initial_space)
    return (
        seen.header.labels == prepared.shape.names
        and seen.header.row <= 1
        and marks == (into.delimiter, into.quote_char, into.skip_initial_space)
    )
