"""The JSON form of a report; its JSON Schema is `report.schema.json` beside this file."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from territo_opendata import __version__
from territo_opendata.findings import (
    RECORD_VERSION,
    Checked,
    Finding,
    Fix,
    Report,
    Skipped,
    TableReport,
)
from territo_opendata.language import Language

_HIGHEST_EXACT = 2**53
# Bytes that could not be decoded are kept as lone surrogates, which UTF-8 cannot hold.
_SURROGATES = re.compile("[\ud800-\udfff]")


def render_json(report: Report, language: Language) -> str:
    """Return the report as indented JSON, ending with a newline."""
    text = json.dumps(to_dict(report, language), ensure_ascii=False, indent=2)
    return _SURROGATES.sub("\ufffd", text) + "\n"


def to_dict(report: Report, language: Language) -> dict[str, Any]:
    """Return the report as plain JSON values, its sentences in `language`."""
    return {
        "record_version": RECORD_VERSION,
        "valid": report.valid,
        "verdict": report.verdict,
        "tables": [_table(table, language) for table in report.tables],
        "skipped": [_skipped(each, language) for each in report.skipped],
        "tool": {"name": "territo-opendata", "version": __version__},
    }


def _table(table: TableReport, language: Language) -> dict[str, Any]:
    record = {
        "name": table.name,
        "path": table.path,
        "schema": table.schema,
        "schema_version": table.schema_version,
        "dialect": {
            "encoding": table.dialect.encoding,
            "delimiter": table.dialect.delimiter,
            "declared": table.dialect.declared,
        },
        "rows": table.rows,
        "bytes": table.bytes,
        "errors": table.errors,
        "warnings": table.warnings,
        "by_code": dict(table.by_code),
        "by_field": dict(table.by_field),
        "findings": [_finding(each, language) for each in table.findings],
        "samples": {str(row): list(cells) for row, cells in sorted(table.samples.items())},
        "complete": table.complete,
        "truncated": table.truncated,
        "notes": [note.say(language) for note in table.notes],
        "schema_findings": [_finding(each, language) for each in table.schema_findings],
        "checked": [_checked(each) for each in table.checked],
        "baselined": table.baselined,
        "waived": [dict(each) for each in table.waived],
    }
    return record if table.sha256 is None else {**record, "sha256": table.sha256}


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "code": finding.code,
        "frictionless_type": finding.frictionless_type,
        "severity": finding.severity,
        "table": finding.table,
        "row": finding.row,
        "line": finding.line,
        "column": finding.column,
        "field": finding.field,
        "key": None if finding.key is None else [plain(value) for value in finding.key],
        "value": finding.value,
        "message": finding.message(language),
        "fix": _fix(finding.fix, language),
        "rule": {"constraint": finding.constraint, "argument": plain(finding.argument)},
    }


def _fix(fix: Fix | None, language: Language) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {"value": fix.value, "text": fix.text.say(language), "safety": fix.safety}


def _skipped(skipped: Skipped, language: Language) -> dict[str, Any]:
    return {"what": skipped.what, "reason": skipped.reason.say(language)}


def _checked(checked: Checked) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": checked.kind, "fields": list(checked.fields)}
    return {**record, "target": checked.target} if checked.target else record


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it without loss: what it cannot is given as text."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _HIGHEST_EXACT else str(value)
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, Decimal):
        exact = value.is_finite() and value == value.to_integral_value()
        return plain(int(value)) if exact and value.adjusted() < 20 else str(value)
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return str(value)
