"""The shape of a rule of the catalogue, and how its sentences are filled in.

A template is a sentence with facts in braces, over four small forms:

- `{field}` is the fact as text, `{values:q}` the fact, or each item of a list, between the
  quotation marks of the language;
- `{count:ligne/lignes}` is a number with its noun, `{column:A}` a column's letter in a
  spreadsheet, `{op:op}` a comparison in words;
- `[, for instance {example}|, for instance 2026]` is a clause: the first alternative whose facts
  are all known is kept, and nothing when none is;
- a fact that is not known, outside a clause, reads `…`; one that is a `Text` is said in the
  language of the sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from territo_opendata.language import Language, Text, visible

Severity = Literal["error", "warning"]
FixSafety = Literal["safe", "unsafe", "display"]

LISTED = 8
"""How many items of a list a sentence shows."""

_CLAUSE = re.compile(r"\[([^\[\]]*)\]")
_FACT = re.compile(r"\{(\w+)")
_EDGES = re.compile("^[ \u00a0\u2000-\u200a\u202f\u3000]+|[ \u00a0\u2000-\u200a\u202f\u3000]+$")
_QUOTES = Text("«\u00a0{}\u00a0»", "“{}”")
_EMPTY = Text("(vide)", "(empty)")
_THOUSANDS = Text("\u202f", ",")
_COMPARISONS = {
    "<": Text("inférieure à", "less than"),
    "<=": Text("inférieure ou égale à", "less than or equal to"),
    "==": Text("égale à", "equal to"),
    "!=": Text("différente de", "different from"),
    ">=": Text("supérieure ou égale à", "greater than or equal to"),
    ">": Text("supérieure à", "greater than"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What one finding code means, in both languages.

    `message` is a template over the finding's facts (see `Finding.message`) and says what is
    wrong and why; `remedy` is a template that says what to do, and reads well even when no fact
    is known. `title` names the rule in a few words, `cause` tells how such a fault usually comes
    about, `example` shows a faulty cell or file and its mend, `false_alarm` when the rule may be
    wrong. `frictionless_type` is the error type of frictionless 5.21 for the same fault, None for
    what it does not know. `fix` is the strongest safety of the fixes proposed for it.
    """

    code: str
    severity: Severity
    frictionless_type: str | None
    title: Text
    message: Text
    remedy: Text
    cause: Text
    example: Text
    false_alarm: Text | None = None
    fix: FixSafety | None = None

    def word(self, language: Language, facts: Mapping[str, Any]) -> str:
        """Return the message and the remedy for these facts, safe to print on one line."""
        return f"{self.explain(language, facts)} {self.advise(language, facts)}"

    def explain(self, language: Language, facts: Mapping[str, Any]) -> str:
        """Return what is wrong, without what to do, safe to print on one line."""
        return _fill(self.message, language, facts)

    def advise(self, language: Language, facts: Mapping[str, Any] | None = None) -> str:
        """Return what to do, safe to print on one line; without facts, what to do in general."""
        return _fill(self.remedy, language, facts or {})


@dataclass(frozen=True, slots=True)
class _Shown:
    """A fact, printed as its place in a template asks."""

    fact: Any
    language: Language

    def __format__(self, form: str) -> str:
        if form == "q":
            return self._join(_QUOTES.say(self.language))
        if form == "A":
            return (
                column_letters(self.fact) if isinstance(self.fact, int) else self._show(self.fact)
            )
        if form == "op":
            return self._show(_COMPARISONS.get(str(self.fact), self.fact))
        if form:
            return self._count(*form.split("/"))
        return self._join("{}")

    def _count(self, one: str, many: str) -> str:
        if not isinstance(self.fact, int):
            return f"{self._show(self.fact)} {many}"
        digits = f"{self.fact:,}".replace(",", _THOUSANDS.say(self.language))
        single = abs(self.fact) == 1 or (self.fact == 0 and self.language == "fr")
        return f"{digits}\u00a0{one if single else many}"

    def _join(self, frame: str) -> str:
        if not isinstance(self.fact, list | tuple):
            return frame.format(self._show(self.fact))
        shown = [self._item(item, frame) for item in self.fact[:LISTED]]
        return ", ".join(shown + ["…"] * (len(self.fact) > LISTED))

    def _item(self, item: Any, frame: str) -> str:
        if item == "":
            return _EMPTY.say(self.language)
        return frame.format(self._show(item, 40))

    def _show(self, fact: Any, limit: int = 80) -> str:
        if isinstance(fact, Text):  # a sentence of ours, which may be longer than a cell
            return visible(fact.say(self.language), 4 * limit)
        return visible(_EDGES.sub(lambda edge: "␣" * len(edge[0]), str(fact)), limit)


class _Facts(dict[str, _Shown | str]):
    def __missing__(self, key: str) -> str:
        return _Unknown("…")


class _Unknown(str):
    __slots__ = ()

    def __format__(self, form: str) -> str:
        return f"{self} {form.split('/')[1]}" if "/" in form else str(self)


def _fill(template: Text, language: Language, facts: Mapping[str, Any]) -> str:
    known = {
        name: fact for name, fact in facts.items() if fact is not None and fact not in ("", (), [])
    }
    if known.get("example") == known.get("value"):
        known.pop("example", None)  # some schemas give an example that their own rule refuses
    if facts.get("value") == "":
        known["value"] = _EMPTY.say(language)
    sentence = _CLAUSE.sub(lambda clause: _choose(clause[1], known), template.say(language))
    shown = _Facts({name: _Shown(fact, language) for name, fact in known.items()})
    return re.sub(r"(?<!\.)\.\.$", ".", sentence.format_map(shown))  # a reason may bring its own


def _choose(clause: str, known: Mapping[str, Any]) -> str:
    for option in clause.split("|"):
        if known.keys() >= set(_FACT.findall(option)):
            return option
    return ""


def column_letters(column: int) -> str:
    """Return the letters of a column in a spreadsheet: A for 1, AB for 28."""
    rest, last = divmod(column - 1, 26)
    return (column_letters(rest) if rest else "") + chr(ord("A") + last)
