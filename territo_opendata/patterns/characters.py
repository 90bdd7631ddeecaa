"""A set of characters in words, such as "chiffres" or "caractères autres que « | »"."""

import string
from collections.abc import Iterator
from dataclasses import dataclass

from territo_opendata.language import Text
from territo_opendata.patterns.charsets import Characters
from territo_opendata.patterns.classes import narrow_ranges

_ASCII = frozenset(map(chr, range(128)))
_SPACES = frozenset(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f")
_ACCENTED = frozenset("àâäçéèêëîïôöùûüÿÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ")
_NARROW_END = 0x180
# More single characters than these are not read.
_MOST_LISTED = 12
_UPPER, _LOWER = frozenset(string.ascii_uppercase), frozenset(string.ascii_lowercase)
_DIGITS = frozenset(string.digits)


@dataclass(frozen=True, slots=True)
class Kind:
    """What characters of a set are called: one of them, and several."""

    one: Text
    many: Text


DIGIT = Kind(Text("chiffre", "digit"), Text("chiffres", "digits"))
ANY = Kind(Text("caractère", "character"), Text("caractères", "characters"))
_SIMPLE = {
    _DIGITS: DIGIT,
    _LOWER: Kind(
        Text("lettre minuscule sans accent", "unaccented lower-case letter"),
        Text("lettres minuscules sans accent", "unaccented lower-case letters"),
    ),
    _UPPER: Kind(
        Text("lettre majuscule sans accent", "unaccented capital letter"),
        Text("lettres majuscules sans accent", "unaccented capital letters"),
    ),
    _LOWER | _UPPER: Kind(
        Text("lettre sans accent", "unaccented letter"),
        Text("lettres sans accent", "unaccented letters"),
    ),
}
_PARTS = (
    (_LOWER | _UPPER, _SIMPLE[_LOWER | _UPPER].many),
    (_UPPER, _SIMPLE[_UPPER].many),
    (_LOWER, _SIMPLE[_LOWER].many),
    (_DIGITS, DIGIT.many),
)
_LETTERS = Text("lettres (accents compris)", "letters (accented or not)")
_SPACE = Text("un espace", "a space")


def members(characters: Characters) -> frozenset[str]:
    """Return the characters of the set, up to the Latin letters with accents."""
    found: set[str] = set()
    for low, high in narrow_ranges(characters):
        found.update(map(chr, range(low, min(high, _NARROW_END - 1) + 1)))
    return frozenset(found)


def kind_of(characters: Characters) -> Kind | None:
    """Return what the characters are called, None when that takes too many words."""
    inside = members(characters)
    if len(_ASCII - _SPACES - inside) <= _MOST_LISTED:
        return _all_but(inside)
    beyond = inside - _ASCII
    if not beyond:
        return _SIMPLE.get(inside) or _figures(inside) or _among(inside)
    if beyond >= _ACCENTED and inside >= _LOWER | _UPPER and "×" not in beyond:
        return _among(inside & _ASCII, accented=True)
    return None


def among(inside: str) -> Kind:
    """Return what these ASCII letters and digits are called."""
    return _SIMPLE.get(frozenset(inside)) or _among(frozenset(inside)) or ANY


def all_but(character: str) -> Kind | None:
    """Return what all characters but one are called."""
    return kind_of(Characters(((ord(character[0]), ord(character[0])),), negated=True))


def _figures(inside: frozenset[str]) -> Kind | None:
    """Return digits in a row, such as 1 to 9."""
    low, high = min(inside, default=""), max(inside, default="")
    if not inside <= _DIGITS or len(inside) != ord(high) - ord(low) + 1:
        return None
    return Kind(
        Text(f"chiffre de {low} à {high}", f"digit from {low} to {high}"),
        Text(f"chiffres de {low} à {high}", f"digits from {low} to {high}"),
    )


def _all_but(inside: frozenset[str]) -> Kind | None:
    left_out = _ASCII - inside - {"\n"}
    if not inside >= _ACCENTED:
        return None
    if not left_out:
        return ANY
    named = sorted(left_out - _SPACES)
    if left_out & _SPACES not in (frozenset(), _SPACES - {"\n"}) or len(named) > _MOST_LISTED:
        return None
    spaced = bool(left_out & _SPACES)
    fr = _joined(["un espace"] * spaced + [quoted(each).fr for each in named], "ou")
    en = _joined(["a space"] * spaced + [quoted(each).en for each in named], "or")
    return Kind(
        Text(f"caractère autre que {fr}".replace("que un", "qu’un"), f"character other than {en}"),
        Text(
            f"caractères autres que {fr}".replace("que un", "qu’un"), f"characters other than {en}"
        ),
    )


def _among(inside: frozenset[str], *, accented: bool = False) -> Kind | None:
    left = set(inside)
    names = []
    if accented:
        names.append(_LETTERS)
        left -= _LOWER | _UPPER
    for part, name in _PARTS:
        if left >= part:
            names.append(name)
            left -= part
    names += list(_in_a_row(left))
    if len(left) > _MOST_LISTED or any(not each.isprintable() for each in left):
        return None
    names += [quoted(each) for each in sorted(left)]
    fr, en = (", ".join(each.say(language) for each in names) for language in ("fr", "en"))
    return Kind(
        Text(f"caractère parmi\u00a0: {fr}", f"character among: {en}"),
        Text(f"caractères parmi\u00a0: {fr}", f"characters among: {en}"),
    )


def _in_a_row(left: set[str]) -> Iterator[Text]:
    """Yield ranges of letters or digits, and take them out of `left`."""
    for whole in (_UPPER, _LOWER, _DIGITS):
        some = sorted(left & whole)
        if len(some) > 3 and len(some) == ord(some[-1]) - ord(some[0]) + 1:
            first, last = quoted(some[0]), quoted(some[-1])
            yield Text(f"{first.fr} à {last.fr}", f"{first.en} to {last.en}")
            left -= whole


def quoted(text: str) -> Text:
    """Return a text between the quotation marks of each language; one space is named."""
    if text == " ":
        return _SPACE
    return Text(f"«\u00a0{text}\u00a0»", f"“{text}”")


def _joined(items: list[str], conjunction: str) -> str:
    *first, last = items
    return f"{', '.join(first)} {conjunction} {last}" if first else last
