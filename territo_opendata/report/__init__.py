"""Renderers of reports: each a function of a report and a language, and nothing else."""

from collections.abc import Callable, Mapping
from importlib import import_module

from territo_opendata.findings import Report
from territo_opendata.language import Language

Renderer = Callable[[Report, Language], str]


def _lazy(module: str, name: str) -> Renderer:
    """Return the renderer `name` of a module, which is loaded when it is first used."""

    def render(report: Report, language: Language) -> str:
        made: str = getattr(import_module(f"territo_opendata.report.{module}"), name)(
            report, language
        )
        return made

    return render


RENDERERS: Mapping[str, Renderer] = {
    "terminal": _lazy("terminal", "render_terminal"),
    "json": _lazy("json_report", "render_json"),
    "html": _lazy("html", "render_html"),
    "csv": _lazy("csv_report", "render_csv"),
    "junit": _lazy("junit", "render_junit"),
    "sarif": _lazy("sarif", "render_sarif"),
    "github": _lazy("github", "render_github"),
    "gitlab": _lazy("gitlab", "render_gitlab"),
}
"""Every format by the name that `--format` takes."""
