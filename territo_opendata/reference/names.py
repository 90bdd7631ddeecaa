"""Names compared as people write them: accents, case, hyphens and « St » make no difference."""

import difflib
import unicodedata
from collections.abc import Iterable

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_ABBREVIATIONS = {"st": "saint", "ste": "sainte"}
_CUTOFF = 0.8


def fold(name: str) -> str:
    """Return the name in the one form under which two spellings of it are equal.

    >>> fold("ST-ÉTIENNE   du Bois")
    'saint etienne du bois'
    """
    spread = unicodedata.normalize("NFD", name.casefold().translate(_LIGATURES))
    bare = (char for char in spread if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in bare).split()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """Return the one choice that `name` spells or all but spells, None when none is clear.

    A name with the same folded form wins; otherwise the single closest one of those that begin
    with the same letter. Two choices equally close give None: a wrong hint is worse than none.
    """
    wanted = fold(name)
    if not wanted:
        return None
    folded: dict[str, set[str]] = {}
    for choice in choices:
        key = fold(choice)
        if key[:1] == wanted[:1]:
            folded.setdefault(key, set()).add(choice)
    best = [wanted] if wanted in folded else _closest(wanted, folded)
    return min(folded[best[0]]) if len(best) == 1 and len(folded[best[0]]) == 1 else None


def _closest(wanted: str, choices: Iterable[str]) -> list[str]:
    found = difflib.get_close_matches(wanted, choices, n=2, cutoff=_CUTOFF)
    ratios = [difflib.SequenceMatcher(None, wanted, each).ratio() for each in found]
    return found[:1] if len(found) == 1 or (ratios and ratios[0] > ratios[1]) else found
