"""The report as SARIF 2.1.0 (OASIS Standard, 27 March 2020), for code scanning services."""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from territo_opendata import __version__
from territo_opendata.findings import Finding, Report, Skipped, TableReport
from territo_opendata.fingerprints import marked, told_apart
from territo_opendata.language import Language, visible
from territo_opendata.report import echoes, words
from territo_opendata.report.places import file_of, line_of, sentence
from territo_opendata.rules import rule

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOMEPAGE = "https://github.com/territo-opendata/territo-opendata"
_MARK = "territo/v1"
# A plain text message may hold links and placeholders (§3.11.5, §3.11.6): these are escaped.
_ESCAPES = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})


def render_sarif(report: Report, language: Language) -> str:
    """Return the listed findings as one run; what was not checked is a notification of it."""
    codes = sorted({finding.code for table in report.tables for finding in echoes.told(table)})
    places = {code: place for place, code in enumerate(codes)}
    run = {
        "tool": {"driver": _driver(codes, language)},
        "invocations": [_invocation(report, language)],
        "columnKind": "unicodeCodePoints",
        "results": [
            result for table in report.tables for result in _results(table, places, language)
        ],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _driver(codes: Iterable[str], language: Language) -> dict[str, Any]:
    return {
        "name": "territo-opendata",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": _HOMEPAGE,
        "language": language,
        "rules": [_rule(code, language) for code in codes],
    }


def _rule(code: str, language: Language) -> dict[str, Any]:
    known = rule(code)
    return {
        "id": code,
        "shortDescription": {"text": _text(known.title.say(language))},
        "fullDescription": {"text": _text(known.cause.say(language))},
        "help": {"text": _text(known.advise(language))},
        "defaultConfiguration": {"level": known.severity},
    }


def _invocation(report: Report, language: Language) -> dict[str, Any]:
    return {
        "executionSuccessful": report.verdict != "incomplete",
        "toolExecutionNotifications": [
            *(_notification(each, language) for each in report.skipped),
            *(
                _accepted(table.name, said)
                for table in report.tables
                for said in words.accepted(table, language)
            ),
        ],
    }


def _notification(skipped: Skipped, language: Language) -> dict[str, Any]:
    text = f"{visible(skipped.what, 300)} — {visible(skipped.reason.say(language), 500)}"
    return {"level": "note" if skipped.by_choice else "error", "message": {"text": _text(text)}}


def _accepted(table: str, said: str) -> dict[str, Any]:
    return {"level": "note", "message": {"text": _text(f"{visible(table)} — {said}")}}


def _results(
    table: TableReport, places: dict[str, int], language: Language
) -> Iterator[dict[str, Any]]:
    for finding, mark in told_apart(marked(table, echoes.told(table))):
        yield {
            "ruleId": finding.code,
            "ruleIndex": places[finding.code],
            "level": finding.severity,
            "message": {"text": _text(sentence(finding, language))},
            "locations": [_location(table, finding)],
            "partialFingerprints": {_MARK: mark},
        }


def _location(table: TableReport, finding: Finding) -> dict[str, Any]:
    name = table.name if finding.field is None else f"{table.name}.{finding.field}"
    logical = [{"fullyQualifiedName": visible(name, 300), "kind": "member"}]
    path = file_of(table)
    if path is None:
        return {"logicalLocations": logical}
    absolute = path.startswith("/") or path[1:3] == ":/"
    address = {"uri": quote(path, safe="/:" if absolute else "/")}
    if absolute:
        address["uri"] = "file://" + ("" if path.startswith("/") else "/") + address["uri"]
    return {
        "physicalLocation": {
            "artifactLocation": address,
            "region": {"startLine": line_of(finding)},
        },
        "logicalLocations": logical,
    }


def _text(sentence: str) -> str:
    return visible(sentence, 4000).translate(_ESCAPES)
