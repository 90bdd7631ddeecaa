"""What is written in place of a character that a console's encoding does not have."""

import codecs
import unicodedata

READABLE = "territo-readable"
"""The name of the error handler, for the `errors` of a text stream; `register` makes it known."""

_SUBSTITUTES = {
    "✗": "X", "❌": "X", "✓": "OK", "✅": "OK", "⚠": "!", "\ufe0f": "",
    "│": "|", "├": "|", "└": "`", "─": "-", "━": "-", "╸": "-", "╺": "-",
    "→": "->", "›": ">", "∅": "_", "…": "...", "⏎": "\\n", "⇥": "\\t", "␣": "_", "•": "-", "·": "-",
    "«": '"', "»": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-",
    "×": "x", "±": "+-", "°": "o", "§": "par. ", "©": "(c)", "€": "EUR", "µ": "u",
    "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ß": "ss",
}  # fmt: skip
_ONE_WIDE = {"…": ".", "⏎": "/", "⇥": ">", "✓": "v", "€": "E", "œ": "o", "Œ": "O", "→": ">"}
"""Those of a line that carets underline: each keeps its width, so that they stay below the cell."""


def register() -> None:
    """Make the handler known to the codecs of Python."""
    codecs.register_error(READABLE, _replace)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    underlined = _is_underlined(error.object, error.end)
    found = error.object[error.start : error.end]
    return "".join(_readable(char, underlined=underlined) for char in found), error.end


def _readable(char: str, *, underlined: bool) -> str:
    """Return ASCII for the character: a look-alike, its letter without accents, else an escape."""
    if underlined and char in _ONE_WIDE:
        return _ONE_WIDE[char]
    if char in _SUBSTITUTES:
        return _SUBSTITUTES[char]
    plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode("ascii")
    return plain or char.encode("ascii", "backslashreplace").decode("ascii")


def _is_underlined(text: str, place: int) -> bool:
    """Tell whether the line after the one at `place` is of carets alone."""
    start = text.find("\n", place) + 1
    end = text.find("\n", start)
    return start > 0 and set(text[start : end if end > 0 else None].strip()) == {"^"}
