"""A finding as a page words it."""

from dataclasses import dataclass

from territo_opendata.findings import Finding
from territo_opendata.language import Language, Text, visible
from territo_opendata.rules import Severity
from territo_opendata.rules.model import column_letters

_CELL = 40
SEVERITIES = {"error": Text("erreur", "error"), "warning": Text("avertissement", "warning")}
"""How grave a finding is, in a word."""

SAFETIES = {
    "safe": Text("sûre", "safe"),
    "unsafe": Text("à confirmer", "to confirm"),
    "display": Text("pour information", "for information"),
}
"""How far a proposed mend may be trusted, in a word."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in words; `anchor` is the name of its place in the page, `line` a number or "".

    `explanation` is the `message` without what to do.
    """

    anchor: str
    code: str
    severity: Severity
    line: str
    column: str
    value: str
    message: str
    explanation: str
    fix: str


def show(finding: Finding, anchor: str, language: Language) -> Shown:
    """Return the finding in words, safe to print."""
    return Shown(
        anchor=anchor,
        code=finding.code,
        severity=finding.severity,
        line="" if finding.line is None else str(finding.line),
        column=column_of(finding, language),
        value=visible(finding.value or "", _CELL),
        message=finding.message(language),
        explanation=finding.explanation(language),
        fix=fix_of(finding, language),
    )


def column_of(finding: Finding, language: Language) -> str:
    """Return the letters of the finding's column, as a spreadsheet names it, and its field."""
    field = visible(finding.field or "", 60)
    if finding.column is None:
        return field
    letters = column_letters(finding.column)
    named = f" ({field})" if field else ""
    return Text(f"colonne {letters}{named}", f"column {letters}{named}").say(language)


def fix_of(finding: Finding, language: Language) -> str:
    """Return the proposed mend and how far it may be trusted, "" when there is none."""
    fix = finding.fix
    if fix is None:
        return ""
    return f"{visible(fix.text.say(language), 300)} ({SAFETIES[fix.safety].say(language)})"
