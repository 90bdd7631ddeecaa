"""The two languages of everything that a person reads."""

import re
from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; may be a `str.format_map` template."""

    fr: str
    en: str

    def say(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.en if language == "en" else self.fr


def visible(value: str, limit: int = 80) -> str:
    """Return `value` safe and readable in one line of a report.

    Control, bidirectional and zero-width characters, and bytes that could not be decoded, are
    written as escapes, so that a cell can neither move the cursor of a terminal nor hide what it
    holds; newlines show as ⏎, and what exceeds `limit` characters is cut with an ellipsis.
    """
    if len(value) <= limit and value.isascii() and value.isprintable():
        return value
    cut = value if len(value) <= limit else value[: limit - 1] + "…"
    flat = cut.replace("\r\n", "⏎").replace("\n", "⏎").replace("\t", "⇥")
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", flat)
