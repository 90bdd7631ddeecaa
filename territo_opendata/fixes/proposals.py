"""What every maker of fixes shares: how a fix is worded, and the cleaning of a cell's edges."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.errors import UsageError
from territo_opendata.findings import Fix, Safety
from territo_opendata.language import Text, visible
from territo_opendata.reference.millesimes import NEWEST, OLDEST, resolve
from territo_opendata.rules.writing import text
from territo_opendata.tables.cell_edges import BLANKS, FORMULA

Facts = Mapping[str, Any]
Maker = Callable[[str, Field | None, Facts], Iterator[Fix]]
"""Yields fixes of a value, the best first; `propose` keeps the first that suits the field."""

SPACES = "\\s\u00a0\u202f\u2007\u2009\u200b\ufeff"
_ALL_SPACES = re.compile(f"[{SPACES}]+")

_TRIMMED = text("les espaces en trop sont retirés", "the extra spaces are removed")
_UNWRAPPED = text(
    "les signes que le tableur a mis autour sont retirés",
    "the signs that the spreadsheet put around it are removed",
)


def vintage(facts: Facts, *, oldest: int = OLDEST) -> int:
    """Return the vintage that the check went by, the newest where it names none that is known."""
    try:
        return resolve(facts.get("millesime"), oldest=oldest)
    except UsageError:
        return NEWEST


def mended(value: str, why: Text, safety: Safety = "safe") -> Fix:
    """Return the fix that replaces the cell by `value`; `why` ends the sentence."""
    shown = visible(value)
    words = Text(f"Écrire «\u00a0{shown}\u00a0»\u00a0: {why.fr}.", f"Write “{shown}”: {why.en}.")
    return Fix(value, words, safety)


def hint(fr: str, en: str, safety: Safety = "display") -> Fix:
    """Return advice that gives no value."""
    return Fix(None, text(fr, en), safety)


def trim(value: str) -> str:
    """Return the value without spaces of any kind at its edges."""
    return value.strip(BLANKS)


def unspaced(value: str) -> str:
    """Return the value without any space."""
    return _ALL_SPACES.sub("", value)


def unwrap(value: str) -> str:
    """Return the text that a spreadsheet hid in a formula (`="01004"`) or after an apostrophe."""
    inner = trim(value)
    found = FORMULA.fullmatch(inner)
    if found is not None:
        return trim(found[1])
    return trim(inner[1:]) if inner.startswith(("'", "’")) else inner


def cleaned(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the value without what a spreadsheet or a copy left around it."""
    bare = unwrap(value)
    if bare != value:
        yield mended(bare, _TRIMMED if bare == trim(value) else _UNWRAPPED)


def trimmed(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the text without the spaces around it, an apostrophe at its start being its own."""
    yield mended(trim(value), _TRIMMED)
