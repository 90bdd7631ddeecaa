"""The shape of a rule of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from territo_opendata.language import Language, Text, visible

Severity = Literal["error", "warning"]
FixSafety = Literal["safe", "unsafe", "display"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What one finding code means, in both languages.

    `message` is a template over the finding's facts (see `Finding.message`) and says what is
    wrong and why; `remedy` is a template that says what to do. `title` names the rule in a few
    words, `cause` tells how such a fault usually comes about, `example` shows a faulty cell or
    file and its mend, `false_alarm` when the rule may be wrong. `frictionless_type` is the error
    type of frictionless 5.21 for the same fault, None for what it does not know. `fix` is the
    strongest safety of the fixes proposed for it.
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
        shown = _Facts({name: _show(value) for name, value in facts.items()})
        sentences = (self.message.say(language), self.remedy.say(language))
        return " ".join(text.format_map(shown) for text in sentences if text)


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _show(value: Any) -> str:
    if isinstance(value, list | tuple):
        shown = [visible(str(item), 40) for item in value[:8]]
        more = ["…"] if len(value) > len(shown) else []
        return ", ".join(shown + more)
    return visible(str(value))
