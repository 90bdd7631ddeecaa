"""The validation of one table, from its bytes to its report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from territo_opendata.findings import Checked, DialectUsed, Finding, TableReport
from territo_opendata.language import Text
from territo_opendata.rules import rule
from territo_opendata.tables.table import Table, open_table
from territo_opendata.validate.causes import header_causes
from territo_opendata.validate.checks.interface import CellCheck, Check, TableCheck
from territo_opendata.validate.files import (
    closing_findings,
    declared_findings,
    file_digest,
    opening_findings,
)
from territo_opendata.validate.headers import HeaderFault, HeaderMatch, match_header
from territo_opendata.validate.inputs import Options, Progress, TableInput
from territo_opendata.validate.plan import Plan, make_plan
from territo_opendata.validate.references import References
from territo_opendata.validate.repeats import key_findings, read_rows
from territo_opendata.validate.result import ChunkResult, Taken, merge
from territo_opendata.validate.screen import screen_chunk


def validate_table(
    table: TableInput,
    checks: Sequence[Check],
    references: References,
    options: Options,
    progress: Progress,
) -> TableReport:
    """Return what is found in `table`. Bad data never raises.

    Raises MissingFileError when the file cannot be opened, DescriptorError when its declared
    encoding does not exist.
    """
    opened = open_table(table.source, table.dialect, table.encoding)
    draft = _Draft(table, options)
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
    result = _screen(opened, plan, options, progress)
    draft.count(result)
    draft.checked = _checked(plan, checks)
    complete = not options.stop_after or draft.errors < options.stop_after
    if complete:
        draft.add_keys(opened, plan, result)
        draft.add_table_checks(opened, plan, result)
    draft.add(_unclosed(table.name, result))
    draft.add(closing_findings(table.name, opened, result))
    draft.notes.extend(references.notes.get(table.name, ()))
    return draft.report(opened, result, complete=complete)


def _match(table: TableInput, opened: Table) -> HeaderMatch:
    ignore_case = not table.dialect.header_case
    return match_header(table.schema, opened.header.labels, ignore_case=ignore_case)


def _header_findings(table: TableInput, opened: Table, matched: HeaderMatch) -> list[Finding]:
    """Return what is wrong with the header, the causes first."""
    if not matched.faults:
        return []
    causes = header_causes(table.schema, opened.header.labels) if matched.readable else ()
    return [_header_finding(table, opened, each) for each in (*causes, *matched.faults)]


def _header_finding(table: TableInput, opened: Table, each: HeaderFault) -> Finding:
    labels = opened.header.labels
    value = labels[each.column - 1] if each.column and each.column <= len(labels) else None
    return Finding(
        each.fault.code,
        table.name,
        opened.header.row,
        opened.header.line,
        each.column,
        each.fault.column,
        value,
        facts=each.fault.facts,
    )


def _screen(opened: Table, plan: Plan, options: Options, progress: Progress) -> ChunkResult:
    """Screen chunk after chunk, in file order."""
    total = ChunkResult.empty(len(plan.keys), len(plan.references), len(plan.table_checks))
    for chunk in opened.chunks():
        total = merge(total, screen_chunk(chunk, plan), plan.limit)
        errors = sum(total.counts.values())
        progress(plan.table, total.content, errors)
        if options.stop_after and errors >= options.stop_after:
            break
    return total


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


def _unclosed(name: str, result: ChunkResult) -> list[Finding]:
    if not result.unclosed:
        return []
    row, line = result.last_row, result.last_line
    return [Finding("unclosed-quote", name, row, line, facts={"lines": result.lines - line})]


class _Draft:
    """A report in the making."""

    def __init__(self, table: TableInput, options: Options) -> None:
        self.table = table
        self.options = options
        self.findings: list[Finding] = []
        self.counts: Counter[tuple[str | None, str]] = Counter()
        self.samples: dict[int, tuple[str, ...]] = {}
        self.notes: list[Text] = []
        self.checked: tuple[Checked, ...] = ()

    @property
    def errors(self) -> int:
        return sum(n for (_, code), n in self.counts.items() if rule(code).severity == "error")

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.findings.append(finding)
            self.counts[finding.field, finding.code] += 1

    def count(self, result: ChunkResult) -> None:
        self.findings.extend(result.findings)
        self.counts.update(result.counts)
        self.samples.update(result.samples)

    def add_keys(self, opened: Table, plan: Plan, result: ChunkResult) -> None:
        found = key_findings(opened, plan, result)
        self.add(found.findings)
        self.samples.update(found.samples)

    def add_table_checks(self, opened: Table, plan: Plan, result: ChunkResult) -> None:
        for check, taken in zip(plan.table_checks, result.taken, strict=True):
            found = _table_check(plan, check, taken)
            rows = read_rows(opened, plan, [each.row for each in found if each.row])
            self.add(found)
            self.samples.update({row: read.cells for row, read in rows.items()})

    def report(self, opened: Table, result: ChunkResult, *, complete: bool = True) -> TableReport:
        limit = self.options.limit
        ordered = sorted(self.findings, key=_order)
        listed = tuple(ordered if limit is None else ordered[:limit])
        rows = {finding.row for finding in listed}
        table = self.table
        return TableReport(
            name=table.name,
            path=table.source.label,
            schema=table.schema.name or table.schema.origin,
            schema_version=table.schema.version,
            fields=table.schema.field_names,
            dialect=_dialect(opened),
            rows=result.content,
            bytes=table.source.size(),
            errors=self.errors,
            warnings=sum(self.counts.values()) - self.errors,
            by_code=_tally((code, n) for (_, code), n in self.counts.items()),
            by_field=_tally(
                (field, n)
                for (field, code), n in self.counts.items()
                if field is not None and rule(code).severity == "error"
            ),
            findings=listed,
            samples={row: cells for row, cells in self.samples.items() if row in rows},
            complete=complete,
            truncated=len(listed) < sum(self.counts.values()),
            sha256=file_digest(table) if self.options.digest else None,
            notes=tuple(self.notes),
            checked=self.checked,
        )


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


def _dialect(opened: Table) -> DialectUsed:
    declared = opened.encoding.declared and opened.format.delimiter_declared
    return DialectUsed(opened.encoding.name, opened.format.delimiter, declared)


def _tally(counts: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    tally: Counter[str] = Counter()
    for name, number in counts:
        tally[name] += number
    return dict(tally)


def _order(finding: Finding) -> tuple[int, int, str]:
    return (finding.row or 0, finding.column or 0, finding.code)
