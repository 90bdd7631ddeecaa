"""A quick look at the start of a large file, for who waits before a screen."""

import dataclasses
from dataclasses import dataclass

from territo_opendata.descriptors.model import Schema
from territo_opendata.findings import Report
from territo_opendata.tables.source import Source
from territo_opendata.tables.spool import Spool
from territo_opendata.validate.inputs import Options, TableInput
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.tables import Received, received_tables
from territo_opendata.workflow.validation import validate_given

HEAD = 400_000
"""Bytes looked at: some thousands of rows."""
_LARGE = 4 * HEAD
_LISTED = 200


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the start of a file shows: every finding in it also is in the report on the whole.

    `rows` is the number of rows that the whole file may have.
    """

    report: Report
    rows: int


def first_look(received: Received, schema: Schema) -> FirstLook | None:
    """Return what the start of a text file that was received shows.

    None for a small file, a workbook, and a start that cannot be judged without what follows:
    UTF-16, a quote left open. References and checks over whole tables are left out for the same
    reason. Raises as `received_tables`.
    """
    if received.path.stat().st_size < _LARGE:
        return None
    with Spool(received.max_size) as spool:
        given = received_tables(received, schema, spool)[0]
        if not isinstance(given, Given) or not given.readable or given.by_row:
            return None
        source = given.table.source
        size = (source.content or source.path).stat().st_size
        with source.open() as stream:
            head = stream.read(HEAD)
        head = head[: head.rfind(b"\n") + 1]
        if not head or b"\x00" in head:
            return None
        kept = Source(source.label, spool.keep(source.label, [head]), source.format)
        report = _look(given.table, kept, spool)
        if report.tables[0].by_code.get("unclosed-quote"):
            return None
        return FirstLook(report, report.tables[0].rows * size // len(head))


def _look(table: TableInput, start: Source, spool: Spool) -> Report:
    alone = dataclasses.replace(table.schema, foreign_keys=(), custom_checks=())
    given = Given(TableInput(table.name, start, alone, table.dialect, table.encoding))
    return validate_given([given], None, spool, Options(limit=_LISTED))
