"""The validation of one table, from its bytes to its report."""

import dataclasses
from collections.abc import Iterator, Sequence

from territo_opendata.findings import Checked, Finding, Skipped, TableReport
from territo_opendata.tables.table import Table, open_table
from territo_opendata.validate.checks.interface import CellCheck, Check, TableCheck
from territo_opendata.validate.draft import Draft, count_errors
from territo_opendata.validate.evidence import propose_fix
from territo_opendata.validate.executors import make_scan
from territo_opendata.validate.files import closing_findings, declared_findings, opening_findings
from territo_opendata.validate.headers import HeaderFault, HeaderMatch, match_header
from territo_opendata.validate.inputs import Options, Progress, TableInput
from territo_opendata.validate.plan import Plan, make_plan
from territo_opendata.validate.references import References
from territo_opendata.validate.repeats import KeyLogs, key_findings
from territo_opendata.validate.result import ChunkResult, Taken, merge
from territo_opendata.validate.scan import Scan, cut_short
from territo_opendata.validate.watching import Watcher

_BELOW = 20
"""How many records below a faulty header are looked at for the real one."""


def validate_table(
    table: TableInput,
    checks: Sequence[Check],
    references: References,
    options: Options,
    progress: Progress,
    watcher: Watcher | None = None,
) -> TableReport:
    """Return what is found in `table`. Bad data never raises.

    `watcher` is shown every stretch, unless the table cannot be read at all.

    Raises MissingFileError when the file cannot be opened, DescriptorError when its declared
    encoding does not exist.
    """
    opened = open_table(table.source, table.dialect, table.encoding)
    draft = Draft(table, options)
    if opened.binary is not None:
        draft.add([Finding("file-binary", table.name, facts={"kind": opened.binary})])
        return draft.report(opened, ChunkResult.empty())
    draft.add(declared_findings(table))
    draft.add(opening_findings(table.name, opened))
    if opened.empty:
        draft.add([Finding("file-empty", table.name, facts={"path": table.source.label})])
        return draft.report(opened, ChunkResult.empty())
    matched = _match(table, opened)
    draft.add(_header_findings(table, opened, matched))
    if not matched.readable:
        return draft.report(opened, ChunkResult.empty(), complete=False)
    plan = make_plan(
        table.name, table.schema, matched.fields, checks, references.of(table), limit=options.limit
    )
    draft.checked = _checked(plan, checks)
    if watcher is not None:
        plan = dataclasses.replace(plan, watched=True)
        watcher.open(opened, plan)
    reading = _Reading(make_scan(opened, options.engine), plan, options, progress)
    result = reading.screen(watcher)
    draft.count(result.counts, result.findings)
    draft.samples.update(result.samples)
    if reading.complete:
        _add_keys(draft, reading)
        _add_table_checks(draft, reading, result)
    else:
        opened.note_until(result.lines)
    draft.add(_unclosed(table.name, opened, result))
    draft.add(closing_findings(table.name, opened, result))
    draft.notes.extend(references.notes(table.name))
    references.skipped.extend(_unchecked(plan))
    return draft.report(opened, result, complete=reading.complete)


def _unchecked(plan: Plan) -> Iterator[Skipped]:
    """Yield the rules that could not be judged for some cell: not checked is not valid."""
    for column in plan.columns:
        for name, reason in column.judge.unchecked.items():
            yield Skipped(f"{plan.table} ({column.field.name}, {name})", reason)


def _match(table: TableInput, opened: Table) -> HeaderMatch:
    ignore_case = not table.dialect.header_case
    return match_header(table.schema, opened.header.labels, ignore_case=ignore_case)


def _header_findings(table: TableInput, opened: Table, matched: HeaderMatch) -> list[Finding]:
    """Return what is wrong with the header, the causes first."""
    if not matched.faults:
        return []
    from territo_opendata.validate.causes import header_causes

    causes: Sequence[HeaderFault] = ()
    if matched.readable:
        causes = header_causes(table.schema, opened.header.labels, opened.first_records(_BELOW))
    return [_header_finding(table, opened, each) for each in (*causes, *matched.faults)]


def _header_finding(table: TableInput, opened: Table, each: HeaderFault) -> Finding:
    labels = opened.header.labels
    value = labels[each.column - 1] if each.column and each.column <= len(labels) else None
    field = table.schema.field(each.fault.column) if each.fault.column else None
    return Finding(
        each.fault.code,
        table.name,
        opened.header.row,
        opened.header.line,
        each.column,
        each.fault.column,
        value,
        facts=each.fault.facts,
        fix=propose_fix(each.fault.code, value, field, each.fault.facts),
    )


class _Reading:
    """A table read from end to end, or until too many errors are found."""

    def __init__(self, scan: Scan, plan: Plan, options: Options, progress: Progress) -> None:
        self.scan = scan
        self.plan = plan
        self.complete = True
        self.logs = KeyLogs(
            [scan.new_log() for _ in plan.keys], [scan.new_log() for _ in plan.references]
        )
        self._stop_after = options.stop_after
        self._progress = progress

    def screen(self, watcher: Watcher | None) -> ChunkResult:
        """Return the merged results of all stretches; their hashes go to the logs."""
        plan = self.plan
        total = ChunkResult.empty(len(plan.keys), len(plan.references), len(plan.table_checks))
        errors = 0
        for screened in self.scan.screen(plan):
            result = screened.result
            found = count_errors(result.counts)
            if self._stop_after and errors + found >= self._stop_after:
                result = cut_short(screened.chunk(), plan, self._stop_after - errors)
                self.complete = False
            if watcher is not None:
                watcher.see(screened)
            self._log(result, total.records)
            total = merge(total, result.without_keys(), plan.limit)
            errors += found
            self._progress(plan.table, total.content, errors)
            if not self.complete:
                break
        return total

    def _log(self, result: ChunkResult, rows_before: int) -> None:
        for log, found in zip(self.logs.keys, result.keys, strict=True):
            log.add(found, rows_before)
        for log, found in zip(self.logs.references, result.references, strict=True):
            log.add(found, rows_before)


def _add_keys(draft: Draft, reading: _Reading) -> None:
    found = key_findings(reading.plan, reading.logs, reading.scan.read_again)
    draft.count(found.counts, found.findings)
    draft.samples.update(found.samples)


def _add_table_checks(draft: Draft, reading: _Reading, result: ChunkResult) -> None:
    plan = reading.plan
    for check, taken in zip(plan.table_checks, result.taken, strict=True):
        found = _table_check(plan, check, taken)
        rows = sorted({each.row for each in found if each.row})
        draft.add(found)
        draft.samples.update(
            (record.row, tuple(record.cells)) for record in reading.scan.read_again(rows)
        )


def _checked(plan: Plan, checks: Sequence[Check]) -> tuple[Checked, ...]:
    keys = [Checked(key.kind, key.fields) for key in plan.keys if key.kind != "lookup"]
    references = [
        Checked("foreign-key", each.foreign_key.fields, each.table) for each in plan.references
    ]
    columns = [
        (check.column,) if isinstance(check, CellCheck) else check.columns for check in checks
    ]
    others = [Checked(check.name, fields) for check, fields in zip(checks, columns, strict=True)]
    return (*keys, *references, *others)


def _unclosed(name: str, table: Table, result: ChunkResult) -> list[Finding]:
    if not result.unclosed:
        return []
    # Without a record below it, it is the header that the open quote has swallowed.
    header = table.header
    row, line = (
        (result.last_row, result.last_line) if result.last_row else (header.row, header.line)
    )
    return [Finding("unclosed-quote", name, row, line, facts={"lines": result.lines - line})]


def _table_check(plan: Plan, check: TableCheck, taken: Taken) -> list[Finding]:
    found = []
    for index, fault in check.judge(taken.cells):
        place = plan.index_of(fault.column) if fault.column else None
        cells = dict(zip(check.columns, taken.cells[index], strict=True))
        found.append(
            Finding(
                fault.code,
                plan.table,
                taken.rows[index],
                taken.lines[index],
                None if place is None else place + 1,
                fault.column,
                cells.get(fault.column) if fault.column else None,
                facts=fault.facts,
                constraint=fault.constraint,
                argument=fault.argument,
                fix=fault.fix,
            )
        )
    return found
