"""A quick look at the start of a large file, for who waits before a screen."""

import dataclasses
from dataclasses import dataclass

from territo_opendata.descriptors.model import Schema
from territo_opendata.findings import Report
from territo_opendata.tables.source import Source
from territo_opendata.tables.spool import Spool
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.tables import Received, received_tables
from territo_opendata.workflow.validation import validate_given

HEAD = 400_000
"""Bytes looked at of a text: some thousands of rows."""

ROWS = 1_000
"""Rows looked at of a sheet."""

_LARGE = 4 * HEAD
_LARGE_BOOK = 100_000
"""Bytes of a workbook, which is compressed: some thousands of rows too."""

_LISTED = 200


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the start of a file shows: every finding in it also is in the report on the whole.

    `rows` is the number of rows that the whole file may have, 0 where nobody knows.
    """

    report: Report
    rows: int


def first_look(received: Received, schema: Schema) -> FirstLook | None:
    """Return what the start of a file that was received shows.

    None for a small file, and for a start that cannot be judged without what follows: UTF-16, a
    quote left open. References and checks over whole tables are left out for the same reason.
    Raises as `received_tables`.
    """
    if received.path.stat().st_size < _LARGE_BOOK:
        return None
    with Spool(received.max_size) as spool:
        given = received_tables(dataclasses.replace(received, rows=ROWS), schema, spool)[0]
        if not isinstance(given, Given) or not given.readable:
            return None
        if given.by_row:
            return FirstLook(_look(given, spool), 0)
        return _of_text(given, spool)


def _of_text(given: Given, spool: Spool) -> FirstLook | None:
    source = given.table.source
    size = (source.content or source.path).stat().st_size
    if size < _LARGE:
        return None
    with source.open() as stream:
        head = stream.read(HEAD)
    head = head[: head.rfind(b"\n") + 1]
    if not head or b"\x00" in head:
        return None
    kept = Source(source.label, spool.keep(source.label, [head]), source.format)
    report = _look(
        dataclasses.replace(given, table=dataclasses.replace(given.table, source=kept)), spool
    )
    if report.tables[0].by_code.get("unclosed-quote"):
        return None
    return FirstLook(report, report.tables[0].rows * size // len(head))


def _look(given: Given, spool: Spool) -> Report:
    alone = dataclasses.replace(given.table.schema, foreign_keys=(), custom_checks=())
    table = dataclasses.replace(given.table, schema=alone)
    return validate_given(
        [dataclasses.replace(given, table=table)], None, spool, Options(limit=_LISTED)
    )
