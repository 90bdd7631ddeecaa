"""What is left of a report once accepted findings are set aside, and what of them no longer holds."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from territo_opendata.accepted.baseline import Baseline, Known
from territo_opendata.findings import Finding, Report, Skipped, TableReport
from territo_opendata.fingerprints import marked
from territo_opendata.language import Text, visible
from territo_opendata.settings import Waiver


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a project accepts on the day `today`; `origin` names the file of the baseline.

    `whole` tells that every table of the project is checked, so that a table which the baseline
    knows and the report lacks is one that is gone.
    """

    today: date
    baseline: Baseline | None = None
    origin: str = ""
    waivers: tuple[Waiver, ...] = ()
    whole: bool = False

    def __bool__(self) -> bool:
        return self.baseline is not None or bool(self.waivers)


def apply(report: Report, accepted: Accepted, limit: int | None = None) -> Report:
    """Return the report without what is accepted, listing at most `limit` findings a table.

    `report` must list every finding. Entries of the baseline that no longer occur, and waivers
    past their day, are errors of their own: both would otherwise hide what comes next.
    """
    tables = tuple(_table(table, accepted, limit) for table in report.tables)
    return Report(tables, (*report.skipped, *_gone(report, accepted)))


def _table(table: TableReport, accepted: Accepted, limit: int | None) -> TableReport:
    left, waived = _without_waived(table, accepted)
    left, baselined, outdated = _without_known(table, left, accepted)
    findings = [*_expired(table, accepted), *outdated, *left]
    errors = [each for each in findings if each.severity == "error"]
    listed = tuple(findings if limit is None else findings[:limit])
    rows = {finding.row for finding in listed}
    return dataclasses.replace(
        table,
        findings=listed,
        errors=len(errors),
        warnings=len(findings) - len(errors),
        by_code=dict(Counter(each.code for each in findings)),
        by_field=dict(Counter(each.field for each in errors if each.field is not None)),
        counts=dict(Counter((each.field, each.code) for each in findings)),
        samples={row: cells for row, cells in table.samples.items() if row in rows},
        truncated=len(listed) < len(findings),
        baselined=baselined,
        waived=tuple(waived),
    )


def _without_waived(
    table: TableReport, accepted: Accepted
) -> tuple[list[Finding], list[dict[str, object]]]:
    """Return the findings that no waiver covers, and the waivers of this table with their counts."""
    waivers = [
        each
        for each in accepted.waivers
        if each.table == table.name and each.expiry >= accepted.today
    ]
    covered: Counter[int] = Counter()
    left = []
    for finding in table.findings:
        place = next((i for i, each in enumerate(waivers) if _covers(each, finding)), None)
        if place is None:
            left.append(finding)
        else:
            covered[place] += 1
    return left, [_record(waiver, covered[place]) for place, waiver in enumerate(waivers)]


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return waiver.code == finding.code and waiver.field in (None, finding.field)


def _record(waiver: Waiver, count: int) -> dict[str, object]:
    return {
        "code": waiver.code,
        "field": waiver.field,
        "reason": waiver.reason,
        "owner": waiver.owner,
        "expiry": waiver.expiry.isoformat(),
        "count": count,
    }


def _expired(table: TableReport, accepted: Accepted) -> Iterator[Finding]:
    for waiver in accepted.waivers:
        if waiver.table == table.name and waiver.expiry < accepted.today:
            facts = {
                "waived": waiver.code,
                "expiry": waiver.expiry.isoformat(),
                "owner": waiver.owner,
                "reason": waiver.reason,
            }
            yield Finding("waiver-expired", table.name, field=waiver.field, facts=facts)


def _without_known(
    table: TableReport, findings: Iterable[Finding], accepted: Accepted
) -> tuple[list[Finding], int, list[Finding]]:
    """Return the new findings, the number of known ones, and the entries that no longer occur."""
    if accepted.baseline is None:
        return list(findings), 0, []
    expected = accepted.baseline.of_table(table.name)
    left, known = [], 0
    for finding, mark in marked(table, findings):
        entry = Known(table.name, finding.code, finding.field or "", mark)
        if expected[entry] > 0:
            expected[entry] -= 1
            known += 1
        else:
            left.append(finding)
    # What was not read to its end, or not checked in full, may still hold them.
    whole = table.complete and not table.partial
    outdated = _outdated(expected, accepted.origin) if whole else []
    return left, known, outdated


def _outdated(expected: Counter[Known], origin: str) -> list[Finding]:
    """Return one finding for each table, field and code of which entries are left over."""
    groups: Counter[tuple[str, str, str]] = Counter()
    for entry, count in expected.items():
        groups[entry.table, entry.field, entry.code] += count
    return [
        Finding(
            "baseline-outdated",
            table,
            field=field or None,
            facts={"known": code, "count": count, "path": origin},
        )
        for (table, field, code), count in sorted(groups.items())
        if count
    ]


def _gone(report: Report, accepted: Accepted) -> Iterator[Skipped]:
    """Yield the tables that are accepted something and are not there."""
    if not accepted.whole:
        return
    names = {table.name for table in report.tables}
    known = {each.table for each in accepted.baseline.counts} if accepted.baseline else set()
    for name in sorted((known | {each.table for each in accepted.waivers}) - names):
        yield Skipped(
            visible(name),
            Text(
                "des constats y sont acceptés, mais cette table n’existe pas : ôtez-la de la liste "
                "des constats acceptés et de territo.toml",
                "findings are accepted there, but there is no such table: remove it from the "
                "baseline and from territo.toml",
            ),
        )
