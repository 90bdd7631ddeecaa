"""The page that GitHub Actions shows for a step."""

import os
from pathlib import Path

from territo_opendata.cli.console import say
from territo_opendata.findings import Report
from territo_opendata.language import Language, Text
from territo_opendata.refusals import reason

VARIABLE = "GITHUB_STEP_SUMMARY"


def add_step_summary(report: Report, language: Language) -> None:
    """Add the summary of the report to the file that GitHub Actions names, when it names one.

    The report has been given by then: a summary that cannot be written is only told.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return
    from territo_opendata.report.github import render_summary

    try:
        with Path(named).open("a", encoding="utf-8", newline="\n", errors="replace") as stream:
            stream.write(render_summary(report, language))
    except OSError as error:
        why = reason(error)
        text = Text(
            f"Le résumé de l’étape ({VARIABLE}) n’a pas pu être écrit : {why.fr}.",
            f"The step summary ({VARIABLE}) could not be written: {why.en}.",
        )
        say(text.say(language))
