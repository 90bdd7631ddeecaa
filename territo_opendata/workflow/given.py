"""Tables made ready to be checked, and what making them ready has already shown."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from territo_opendata.errors import TerritoError, UsageError
from territo_opendata.findings import DialectUsed, Finding, Skipped, TableReport, count_codes
from territo_opendata.language import Text, visible
from territo_opendata.tables.source import BrokenFileError, Source, cannot_open
from territo_opendata.validate.inputs import TableInput


@dataclass(frozen=True, slots=True)
class Given:
    """A table to check; `findings` were met on the way to its text, `notes` are for its reader.

    `readable` is False when there is no text to check, and then the one finding says why.
    `by_row` tells that lines are to be told as rows: the table is a sheet, or written in a
    descriptor. `skipped` is what of it cannot be checked.
    """

    table: TableInput
    findings: tuple[Finding, ...] = ()
    notes: tuple[Text, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    readable: bool = True
    by_row: bool = False


def broken(table: TableInput, error: BrokenFileError) -> Given:
    """Return a table of which nothing can be read."""
    facts = {"reason": error.reason, "path": table.source.label}
    return Given(table, (Finding(error.code, table.name, facts=facts),), readable=False)


def whole_report(given: Given, report: TableReport | None, limit: int | None) -> TableReport:
    """Return the report on a table, all that was found on the way included.

    `report` is what its validation gave, None when it is not readable.
    """
    if report is None:
        report = _unread(given)
    found = [_by_row(each) for each in report.findings] if given.by_row else [*report.findings]
    ordered = sorted((*given.findings, *found), key=_order)
    listed = tuple(ordered if limit is None else ordered[:limit])
    errors = sum(each.severity == "error" for each in given.findings)
    return dataclasses.replace(
        report,
        findings=listed,
        errors=report.errors + errors,
        warnings=report.warnings + len(given.findings) - errors,
        by_code=dict(Counter(report.by_code) + count_codes(given.findings)),
        counts=dict(
            Counter(report.counts) + Counter((each.field, each.code) for each in given.findings)
        ),
        truncated=report.truncated or len(listed) < len(ordered),
        notes=(*given.notes, *report.notes),
    )


def _unread(given: Given) -> TableReport:
    table = given.table
    path = table.source.path
    return TableReport(
        name=table.name,
        path=table.source.label,
        schema=table.schema.name or table.schema.origin,
        schema_version=table.schema.version,
        fields=table.schema.field_names,
        dialect=DialectUsed(),
        rows=0,
        bytes=path.stat().st_size if path.is_file() else 0,
        errors=0,
        warnings=0,
        by_code={},
        by_field={},
        findings=(),
        samples={},
        complete=False,
    )


def _by_row(finding: Finding) -> Finding:
    facts = finding.facts
    if "first_line" in facts:
        facts = {**facts, "first_line": facts["first"]}
    return dataclasses.replace(finding, line=finding.row, facts=facts)


def _order(finding: Finding) -> tuple[int, int, str]:
    return (finding.row or 0, finding.column or 0, finding.code)


@contextmanager
def steady(sources: Sequence[Source]) -> Iterator[None]:
    """Refuse what is found while the files of `sources` change under the reader.

    A table is read more than once: rows that have moved in between would be told wrongly. Raises
    UsageError for a file that was changed or deleted, MissingFileError for a disk that fails.
    """
    direct = [source for source in sources if source.content is None]
    before = [_stamp(source.path) for source in direct]
    try:
        yield
    except TerritoError:
        raise
    except OSError as error:
        _check_same(direct, before)
        raise cannot_open(str(error.filename or "?"), error) from error
    except Exception:
        _check_same(direct, before)
        raise
    _check_same(direct, before)


def _check_same(sources: Sequence[Source], before: Sequence[object]) -> None:
    for source, stamp in zip(sources, before, strict=True):
        if _stamp(source.path) != stamp:
            shown = visible(source.label, 300)
            raise UsageError(
                f"« {shown} » a été modifié ou supprimé pendant sa lecture. Relancez la vérification une fois le fichier enregistré.",
                f"“{shown}” was changed or deleted while it was read. Check again once the file is saved.",
            )


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns)
