"""The report as one page to open in a browser: no script, no request, nothing to install."""

from typing import Any

from territo_opendata.findings import Report
from territo_opendata.language import Language
from territo_opendata.release.pages import render
from territo_opendata.report import words
from territo_opendata.report.table_view import TableView
from territo_opendata.rules.writing import text

_MARKS = {"valid": "✓", "invalid": "✗", "incomplete": "!"}


def render_html(report: Report, language: Language) -> str:
    """Return the page, in the language given, readable on a phone, in the dark and on paper."""
    return _rendered("report.html.j2", report, language)


def render_fragment(report: Report, language: Language) -> str:
    """Return what is said of the tables alone, for a page that has the styles of the report."""
    return _rendered("report_fragment.html.j2", report, language)


def _rendered(template: str, report: Report, language: Language) -> str:
    page = render(
        "territo_opendata.report",
        template,
        language=language,
        say=_speaker(language),
        verdict=words.verdict(report, language),
        kind=report.verdict,
        mark=_MARKS[report.verdict],
        tables=[
            TableView(table, number, language) for number, table in enumerate(report.tables, 1)
        ],
        skipped=[(each.what, each.reason.say(language)) for each in report.skipped],
    )
    return page.decode()


def _speaker(language: Language) -> Any:
    """Return the function by which the template says its own words, no-break spaces included."""
    return lambda fr, en: text(fr, en).say(language)
