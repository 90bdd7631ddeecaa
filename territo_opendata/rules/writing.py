"""How the entries of the catalogue are written down: one block of words for each language."""

import re
from dataclasses import dataclass

from territo_opendata.language import Text
from territo_opendata.rules.model import FixSafety, Rule, Severity

_NO_BREAK = re.compile(r"(?<=«) | (?=[»:;?!%€])|(?<=\d) (?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Words:
    """What a rule says in one language; see `Rule` for what each part is."""

    title: str
    message: str
    remedy: str
    cause: str
    example: str
    false_alarm: str = ""


def text(fr: str, en: str) -> Text:
    """Return both sentences, the French one with its no-break spaces.

    The catalogue is written with ordinary spaces, which a reviewer can see; « », : ; ? ! % €
    and groups of three digits get U+00A0 here.
    """
    return Text(_NO_BREAK.sub("\u00a0", fr), en)


def entry(
    code: str,
    severity: Severity,
    frictionless_type: str | None,
    *,
    fr: Words,
    en: Words,
    fix: FixSafety | None = None,
) -> Rule:
    """Return the rule that these words make."""
    return Rule(
        code,
        severity,
        frictionless_type,
        title=text(fr.title, en.title),
        message=text(fr.message, en.message),
        remedy=text(fr.remedy, en.remedy),
        cause=text(fr.cause, en.cause),
        example=text(fr.example, en.example),
        false_alarm=text(fr.false_alarm, en.false_alarm) if fr.false_alarm else None,
        fix=fix,
    )
