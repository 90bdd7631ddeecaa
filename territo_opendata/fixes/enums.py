"""Values of a closed list, as people spell them: case, accents, one typing error, labels."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix
from territo_opendata.fixes.fitting import false_words, true_words
from territo_opendata.fixes.proposals import Facts, cleaned, mended
from territo_opendata.reference.names import fold
from territo_opendata.rules.writing import text

_SPELT = text(
    "c’est la même valeur, écrite comme dans la liste", "it is the same value, spelt as in the list"
)
_TYPED = text(
    "c’est la seule valeur proche dans la liste", "it is the only close value of the list"
)
_LABEL = text("c’est le code de ce libellé", "it is the code of this label")
_DECODED = text(
    "les accents ont été abîmés par un mauvais encodage",
    "the accents were spoilt by a wrong encoding",
)
_WORD = text(
    "le schéma a ses propres mots pour oui et non", "the schema has its own words for yes and no"
)

_TRUE = frozenset({"oui", "vrai", "true", "yes", "1"})
_FALSE = frozenset({"non", "faux", "false", "no", "0"})
_TRUE_LETTERS = frozenset("ovyt")
_FALSE_LETTERS = frozenset("nf")
_SHORTEST_TYPED = 4
_LONGEST = 200


def listed(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the value of the field's enum or categories that the cell means."""
    if field is None or len(value) > _LONGEST:
        return
    yield from cleaned(value, field, facts)
    values, labels = _values(field)
    decoded = decode_again(value)
    if decoded is not None and decoded in values:
        yield mended(decoded, _DECODED)
    same = _alone(each for each in values if fold(each) == fold(value) and fold(value))
    if same is not None:
        yield mended(same, _SPELT)
    labelled = _alone(labels[each] for each in labels if fold(each) == fold(value))
    if labelled is not None:
        yield mended(labelled, _LABEL)
    typed = None if same or labelled else _typed(value, values)
    if typed is not None:
        # A first letter is seldom mistyped: « vente » is another word than « rente ».
        same_start = fold(typed)[0] == fold(value)[0]
        yield mended(typed, _TYPED, "safe" if same_start else "unsafe")


def booleans(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the field's own word for the yes or no that the cell says."""
    if field is None or len(value) > _LONGEST:
        return
    yield from cleaned(value, field, facts)
    word = fold(value)
    known = (
        (true_words(field), _TRUE, _TRUE_LETTERS),
        (false_words(field), _FALSE, _FALSE_LETTERS),
    )
    for own, words, letters in known:
        if word in words or word in {fold(each) for each in own}:
            yield mended(own[0], _WORD)
        elif word in letters:
            yield mended(own[0], _WORD, "unsafe")


def decode_again(value: str) -> str | None:
    """Return the UTF-8 text that was read as cp1252 (`subvention accordÃ©e`), None if none was."""
    try:
        found = value.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return found if found != value else None


def one_edit_apart(one: str, other: str) -> bool:
    """Tell whether one character added, dropped, replaced or two swapped makes `other`."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, tail = one[start:], other[start:]
    swapped = len(rest) > 1 and rest[:2] == tail[:2][::-1] and rest[2:] == tail[2:]
    return swapped or rest[1:] == tail[1:] or rest[1:] == tail or rest == tail[1:]


def _typed(value: str, values: Iterable[str]) -> str | None:
    """Return the one value that a single typing error makes of the cell.

    Between numbers and between short words, one character is all the difference there is.
    """
    plain = fold(value)
    if len(plain) < _SHORTEST_TYPED or any(char.isdigit() for char in plain):
        return None
    return _alone(each for each in values if one_edit_apart(plain, fold(each)))


def _alone(found: Iterable[str]) -> str | None:
    different = set(found)
    return different.pop() if len(different) == 1 else None


def _values(field: Field) -> tuple[list[str], dict[str, str]]:
    """Return the values of the list, and the codes of the labels that categories give them."""
    enum = field.constraints.get("enum")
    written: list[Any] = list(enum) if isinstance(enum, list | tuple) else []
    categories = field.options.get("categories")
    labels: dict[str, str] = {}
    for each in categories if isinstance(categories, list | tuple) else ():
        if isinstance(each, Mapping):
            written.append(each.get("value"))
            labels[str(each.get("label", ""))] = str(each.get("value"))
        else:
            written.append(each)
    return [str(each) for each in written if each is not None], labels
