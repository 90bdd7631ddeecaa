"""The catalogue as a person reads it: one rule, the list, the documentation page."""

import re
import textwrap
from collections.abc import Iterator

from territo_opendata.language import Language, Text
from territo_opendata.rules import (
    accepted,
    authors,
    cells,
    checks,
    files,
    header_causes,
    headers,
    rows,
    schemas,
)
from territo_opendata.rules.model import Rule
from territo_opendata.rules.writing import text

WIDTH = 88
"""Columns of the plain text."""

FAMILIES = (
    (text("Fichier", "File"), files.RULES),
    (text("En-tête", "Header"), (*headers.RULES, *header_causes.RULES)),
    (text("Lignes", "Rows"), rows.RULES),
    (text("Cellules", "Cells"), cells.RULES),
    (
        text("Codes, lieux et liens entre colonnes", "Codes, places and related columns"),
        checks.RULES,
    ),
    (text("Constats acceptés", "Accepted findings"), accepted.RULES),
    (
        text("Schémas, pour leurs auteurs", "Schemas, for their authors"),
        (*schemas.RULES, *authors.RULES),
    ),
)
"""The rules as people look them up: the name of each family, then its rules."""

_SEVERITIES = {
    "error": text("erreur", "error"),
    "warning": text("avertissement", "warning"),
}
_FIXES = {
    "safe": text(
        "sûre quand elle est proposée : « territo repair » l’applique.",
        "safe when one is proposed: “territo repair” applies it.",
    ),
    "unsafe": text(
        "à confirmer : « territo repair » ne l’applique qu’avec « --accept {code} ».",
        "to be confirmed: “territo repair” applies it only with “--accept {code}”.",
    ),
    "display": text(
        "montrée seulement : « territo repair » ne l’applique jamais.",
        "shown only: “territo repair” never applies it.",
    ),
    None: text("aucune.", "none."),
}
_SEVERITY = text("Gravité", "Severity")
_EQUIVALENT = text("Équivalent dans frictionless", "Equivalent in frictionless")
_NO_EQUIVALENT = text("aucun", "none")
_CAUSE = text("Cause", "Cause")
_REMEDY = text("Remède", "Remedy")
_EXAMPLE = text("Exemple", "Example")
_FALSE_ALARM = text("Fausse alerte possible", "Possible false alarm")
_FIX = text("Correction automatique", "Automatic fix")
_COLON = text(" :", ":")
_CODE, _MEANING = text("Code", "Code"), text("Ce qui est signalé", "What is reported")
_PAGE = text("Catalogue des règles", "Catalogue of rules")
_INTRODUCTION = text(
    "Chaque constat d’un contrôle porte un code, qui ne change jamais de sens. Une erreur rend les "
    "données invalides, un avertissement non. La même fiche s’affiche avec « territo rules CODE ».",
    "Each finding of a check bears a code, whose meaning never changes. An error makes the data "
    "invalid, a warning does not. The same entry is shown by “territo rules CODE --lang en”.",
)


def render_rule(rule: Rule, language: Language) -> str:
    """Return the entry of `rule` as plain text, ready for a terminal."""
    lines = [f"{rule.code} — {rule.title.say(language)}", ""]
    for name, said in _parts(rule, language):
        lines += textwrap.wrap(
            f"{name}{_COLON.say(language)} {said}",
            WIDTH,
            subsequent_indent="  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines) + "\n"


def render_list(language: Language) -> str:
    """Return every code with its severity and title, family by family, as plain text."""
    width = max(len(rule.code) for _, rules in FAMILIES for rule in rules)
    mark = max(len(name.say(language)) for name in _SEVERITIES.values())
    blocks = []
    for family, rules in FAMILIES:
        lines = [
            f"  {rule.code:<{width}}  {_severity(rule, language):<{mark}}  {rule.title.say(language)}"
            for rule in rules
        ]
        blocks.append("\n".join([family.say(language), *lines]))
    return "\n\n".join(blocks) + "\n"


def render_markdown(language: Language) -> str:
    """Return the whole catalogue as a Markdown page; each code is a heading, hence an anchor."""
    blocks = [f"# {_PAGE.say(language)}", _INTRODUCTION.say(language)]
    for family, rules in FAMILIES:
        blocks += [f"## {family.say(language)}", _table(rules, language)]
        blocks += [_section(rule, language) for rule in rules]
    return "\n\n".join(blocks) + "\n"


def _parts(rule: Rule, language: Language) -> Iterator[tuple[str, str]]:
    parts: tuple[tuple[Text, Text | str], ...] = (
        (_SEVERITY, _severity(rule, language)),
        (_EQUIVALENT, rule.frictionless_type or _NO_EQUIVALENT),
        (_CAUSE, rule.cause),
        (_REMEDY, rule.advise(language)),
        (_EXAMPLE, rule.example),
        (_FALSE_ALARM, rule.false_alarm or ""),
        (_FIX, _FIXES[rule.fix].say(language).format(code=rule.code)),
    )
    for name, said in parts:
        sentence = said.say(language) if isinstance(said, Text) else said
        if sentence:
            yield name.say(language), sentence


def _severity(rule: Rule, language: Language) -> str:
    return _SEVERITIES[rule.severity].say(language)


def _table(rules: tuple[Rule, ...], language: Language) -> str:
    head = f"| {_CODE.say(language)} | {_MEANING.say(language)} | {_SEVERITY.say(language)} |"
    rows = [
        f"| [{rule.code}](#{rule.code}) | {_escape(rule.title.say(language))} | {_severity(rule, language)} |"
        for rule in rules
    ]
    return "\n".join([head, "| --- | --- | --- |", *rows])


def _section(rule: Rule, language: Language) -> str:
    items = [
        f"- **{name}{_COLON.say(language)}** {_escape(said)}"
        for name, said in _parts(rule, language)
    ]
    return "\n".join([f"### {rule.code}", "", f"{_escape(rule.title.say(language))}.", "", *items])


def _escape(sentence: str) -> str:
    return re.sub(r"([\\*<>\[\]|`])", r"\\\1", sentence)
