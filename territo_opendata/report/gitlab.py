"""The report of GitLab's code quality (https://docs.gitlab.com/ci/testing/code_quality/)."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from territo_opendata.findings import Report, TableReport
from territo_opendata.fingerprints import marked, told_apart
from territo_opendata.language import Language, visible
from territo_opendata.report import echoes, words
from territo_opendata.report.places import file_of, line_of, sentence

_SEVERITIES = {"error": "major", "warning": "minor"}


def render_gitlab(report: Report, language: Language) -> str:
    """Return the listed findings as a JSON array of issues, each with its own fingerprint."""
    issues = [issue for table in report.tables for issue in _issues(table, language)]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issues(table: TableReport, language: Language) -> Iterator[dict[str, Any]]:
    path = file_of(table) or table.name
    for said in words.accepted(table, language):
        yield {
            "description": visible(said, 2000),
            "check_name": "accepted",
            "fingerprint": hashlib.sha256(f"{table.name}\n{said}".encode()).hexdigest()[:32],
            "severity": "info",
            "location": {"path": visible(path, 1000), "lines": {"begin": 1}},
        }
    for finding, mark in told_apart(marked(table, echoes.told(table))):
        yield {
            "description": visible(sentence(finding, language), 2000),
            "check_name": finding.code,
            "fingerprint": mark,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": visible(path, 1000), "lines": {"begin": line_of(finding)}},
        }
