"""A report on one table in the making."""

from collections import Counter
from collections.abc import Iterable, Mapping

from territo_opendata.findings import Checked, DialectUsed, Finding, TableReport
from territo_opendata.language import Text
from territo_opendata.rules import rule
from territo_opendata.tables.table import Table
from territo_opendata.validate.files import file_digest
from territo_opendata.validate.inputs import Options, TableInput
from territo_opendata.validate.judged import judged_codes
from territo_opendata.validate.result import ChunkResult, Counts


def count_errors(counts: Counts) -> int:
    """Return how many of the findings counted make the data invalid."""
    return sum(number for (_, code), number in counts.items() if rule(code).severity == "error")


class Draft:
    """Findings and counts as they come, and the report they make in the end."""

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
        """Number of errors so far."""
        return count_errors(self.counts)

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings that are told one by one."""
        for finding in findings:
            self.findings.append(finding)
            self.counts[finding.field, finding.code] += 1

    def count(self, counts: Counts, listed: Iterable[Finding]) -> None:
        """Add findings of which only some are listed."""
        self.findings.extend(listed)
        self.counts.update(counts)

    def report(self, opened: Table, result: ChunkResult, *, complete: bool = True) -> TableReport:
        """Return the report: findings in the order of the file, cut at the asked number."""
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
            counts=dict(self.counts),
            labels=opened.header.labels,
            judged={field.name: judged_codes(field) for field in table.schema.fields},
        )


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
