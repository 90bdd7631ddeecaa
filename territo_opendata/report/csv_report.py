"""The report as a CSV file, a line for each finding, that a spreadsheet opens by itself."""

import csv
import io
from collections.abc import Iterator

from territo_opendata.findings import Finding, Report
from territo_opendata.language import Language, Text, visible
from territo_opendata.report import words
from territo_opendata.report.shown import SAFETIES, SEVERITIES

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DELIMITERS = {"fr": ";", "en": ","}
_COLUMNS = (
    Text("table", "table"),
    Text("fichier", "file"),
    Text("gravité", "severity"),
    Text("code", "code"),
    Text("enregistrement", "row"),
    Text("ligne", "line"),
    Text("colonne", "column"),
    Text("champ", "field"),
    Text("valeur", "value"),
    Text("constat", "finding"),
    Text("correction", "fix"),
    Text("sûreté", "safety"),
)


def render_csv(report: Report, language: Language) -> str:
    """Return one line for each listed finding and each point not checked.

    UTF-8 with a mark, and `;` in French, so that Excel opens it right; a text that Excel would
    take for a formula is preceded by an apostrophe (OWASP, "CSV Injection").
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=_DELIMITERS[language], lineterminator="\r\n")
    writer.writerow(each.say(language) for each in _COLUMNS)
    for cells in _records(report, language):
        writer.writerow(harmless(cell) for cell in cells)
    return _BOM + out.getvalue()


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula, its hidden characters shown."""
    shown = visible(text, 32_000)
    return f"'{shown}" if text.startswith(_FORMULA) or shown.startswith(_FORMULA) else shown


def _records(report: Report, language: Language) -> Iterator[list[str]]:
    """Yield the cells of each line, as they are."""
    for table in report.tables:
        for said in words.accepted(table, language):
            kind = Text("accepté", "accepted").say(language)
            yield [table.name, table.path, kind, "", "", "", "", "", "", said, "", ""]
        for finding in (*table.findings, *table.schema_findings):
            yield [table.name, table.path, *_cells(finding, language)]
    for skipped in report.skipped:
        kind = Text("non vérifié", "not checked").say(language)
        reason = skipped.reason.say(language)
        yield ["", "", kind, "", "", "", "", "", skipped.what, reason, "", ""]


def _cells(finding: Finding, language: Language) -> list[str]:
    fix = finding.fix
    return [
        SEVERITIES[finding.severity].say(language),
        finding.code,
        *("" if place is None else str(place) for place in _places(finding)),
        finding.field or "",
        finding.value or "",
        finding.message(language),
        fix.text.say(language) if fix else "",
        SAFETIES[fix.safety].say(language) if fix else "",
    ]


def _places(finding: Finding) -> tuple[int | None, int | None, int | None]:
    return finding.row, finding.line, finding.column
