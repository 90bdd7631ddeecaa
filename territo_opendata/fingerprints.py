"""What a finding is known by from one run to the next, wherever its row has moved."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from territo_opendata.findings import Finding, TableReport

_VERSION = "territo/v1"


def fingerprint(finding: Finding, record: Sequence[str] | None = None) -> str:
    """Return 32 hexadecimal digits that depend on the table, the row's key, the field and the code.

    Neither the row number nor the faulty value counts: a row that moved, or that is wrong in
    another way of the same kind, keeps its finding. Without a usable key (none declared, or one
    that cannot be read) the digest of the raw `record` stands for it; a finding about the whole
    table has neither.
    """
    about = [_VERSION, finding.table, _identity(finding, record), finding.field, finding.code]
    if finding.field is None and finding.row is not None and finding.row <= 1:
        about.append(finding.value)
    text = json.dumps(about, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def marked(
    table: TableReport, findings: Iterable[Finding] | None = None
) -> Iterator[tuple[Finding, str]]:
    """Yield findings of a table, by default those listed, with their fingerprints, in order."""
    for finding in table.findings if findings is None else findings:
        yield finding, fingerprint(finding, table.samples.get(finding.row or 0))


def told_apart(findings: Iterable[tuple[Finding, str]]) -> Iterator[tuple[Finding, str]]:
    """Yield the same, equal fingerprints made different by how many came before.

    For formats in which no two findings may share one.
    """
    seen: Counter[str] = Counter()
    for finding, mark in findings:
        again = seen[mark]
        seen[mark] += 1
        yield finding, mark if not again else _again(mark, again)


def _again(mark: str, times: int) -> str:
    return hashlib.sha256(f"{mark}:{times}".encode()).hexdigest()[:32]


def _identity(finding: Finding, record: Sequence[str] | None) -> list[str] | str | None:
    key = finding.key
    if key and all(value is not None for value in key):
        return [_canonical(value) for value in key]
    if record is None or finding.row is None:
        return None
    joined = json.dumps(list(record), ensure_ascii=True)
    return hashlib.sha256(joined.encode("ascii")).hexdigest()


def _canonical(value: object) -> str:
    """Return a typed key value as text, equal for equal values (1 and 1.0)."""
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, sort_keys=True, default=str)
    if not isinstance(value, str | bool) and hasattr(value, "as_integer_ratio"):
        return "/".join(map(str, value.as_integer_ratio()))
    return str(value)
