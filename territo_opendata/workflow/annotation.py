"""The workbook that shows a report in the steward's own cells."""

from collections.abc import Sequence
from pathlib import Path

from territo_opendata.findings import Report
from territo_opendata.language import Language
from territo_opendata.refusals import check_folder
from territo_opendata.release.disk import Disk, blocks_of
from territo_opendata.report.annotated import write_annotated
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.table import open_table
from territo_opendata.tables.table_rows import TableRows
from territo_opendata.workflow.given import Given, steady


def save_annotated(
    report: Report, tables: Sequence[Given], output: Path, language: Language
) -> None:
    """Write the workbook to `output`, whole; `tables` are those that the report is about.

    Without tables, it holds the list of findings alone. Raises UsageError where it cannot be
    written, MissingFileError for a folder that does not exist.
    """
    check_folder(output)
    rows = [_rows(each) for each in tables] or [None] * len(report.tables)
    with Spool() as spool:
        path = spool.new_path()
        with steady([each.table.source for each in tables if each.readable]):
            write_annotated(report, rows, path, language)
        Disk().put(output, blocks_of(path))


def _rows(given: Given) -> TableRows | None:
    if not given.readable:
        return None
    table = given.table
    opened = open_table(table.source, table.dialect, table.encoding)
    return None if opened.binary else TableRows(opened, table.schema.fields)
