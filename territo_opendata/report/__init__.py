"""Renderers of reports: each a function of a report and a language, and nothing else."""

from collections.abc import Callable, Mapping

from territo_opendata.findings import Report
from territo_opendata.language import Language


def _terminal(report: Report, language: Language) -> str:
    from territo_opendata.report.terminal import render_terminal

    return render_terminal(report, language)


def _json(report: Report, language: Language) -> str:
    from territo_opendata.report.json_report import render_json

    return render_json(report, language)


RENDERERS: Mapping[str, Callable[[Report, Language], str]] = {
    "terminal": _terminal,
    "json": _json,
}
"""Every format by the name that `--format` takes."""
