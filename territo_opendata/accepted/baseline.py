"""The baseline: the findings that were there already, which may only become fewer."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.loading import parse_json_object
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report
from territo_opendata.fingerprints import marked
from territo_opendata.language import Text, visible

RECORD_VERSION = 1
WHAT = Text("La liste des constats acceptés", "The baseline")


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """A finding of the baseline, apart from how often it occurs; `field` is "" for none."""

    table: str
    code: str
    field: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each known finding may occur."""

    counts: Mapping[Known, int]

    @property
    def total(self) -> int:
        """Number of findings in all."""
        return sum(self.counts.values())

    def of_table(self, table: str) -> Counter[Known]:
        """Return the known findings of one table."""
        return Counter({each: n for each, n in self.counts.items() if each.table == table})


def make_baseline(report: Report) -> Baseline:
    """Return the baseline that accepts every finding of a report, which must list them all."""
    return Baseline(
        Counter(
            Known(table.name, finding.code, finding.field or "", mark)
            for table in report.tables
            for finding, mark in marked(table)
        )
    )


def render(baseline: Baseline) -> str:
    """Return the baseline as JSON, an entry a line in a fixed order, so that a diff reads well."""
    lines = [
        json.dumps(
            {
                "table": each.table,
                "code": each.code,
                "field": each.field or None,
                "fingerprint": each.fingerprint,
                "count": count,
            },
            ensure_ascii=False,
        )
        for each, count in sorted(baseline.counts.items())
    ]
    body = ",\n".join(f"    {line}" for line in lines)
    entries = f"[\n{body}\n  ]" if lines else "[]"
    return f'{{\n  "record_version": {RECORD_VERSION},\n  "findings": {entries}\n}}\n'


def parse_baseline(content: bytes, origin: str) -> Baseline:
    """Return the baseline in a file. Raises UsageError when it is none that we can read."""
    found = parse_json_object(content, origin, WHAT)
    try:
        return _baseline(found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"« {visible(origin, 300)} » n’est pas une liste de constats acceptés que cette version sait lire. "
            "Refaites-la avec « territo baseline ».",
            f"“{visible(origin, 300)}” is not a baseline that this version can read. "
            "Make it again with “territo baseline”.",
        ) from error


def _baseline(found: Mapping[str, Any]) -> Baseline:
    if found["record_version"] != RECORD_VERSION:
        raise ValueError(found["record_version"])
    counts: Counter[Known] = Counter()
    for record in found["findings"]:
        counts[_known(record)] += _positive(record["count"])
    return Baseline(counts)


def _known(record: Mapping[str, Any]) -> Known:
    parts = (record["table"], record["code"], record["field"] or "", record["fingerprint"])
    if not all(isinstance(part, str) for part in parts):
        raise TypeError(parts)
    return Known(*parts)


def _positive(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(value)
    return value
