"""SIREN, SIRET and identifiers of programmes: what can be mended, and what only looked up again.

A number whose checksum is wrong is never guessed: many others would pass.
"""

import re
from collections.abc import Iterator

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix
from territo_opendata.fixes.proposals import Facts, hint, mended, unspaced, unwrap
from territo_opendata.language import Text
from territo_opendata.rules.writing import text

_SEPARATORS = re.compile("[.'’_\\-/]")
_POWER = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})", re.ASCII)
_DECIMALS = re.compile(r"(\d+)[.,]0+", re.ASCII)
_LENGTHS = {"siren": 9, "siret": 14}

_JOINED = text("les chiffres s’écrivent à la suite", "the digits are written in a row")
_PREFIXED = text(
    "le zéro du début a peut-être été perdu ; à vérifier",
    "the leading zero may have been lost; to be checked",
)
_SEAT = text(
    "c’est l’établissement du siège ; à vérifier, car un autre peut être visé",
    "it is the head office; to be checked, for another establishment may be meant",
)
_UNIT = text(
    "ce sont les neuf premiers chiffres de ce SIRET", "it is the first nine digits of this SIRET"
)
_DECIMAL = text("le tableur a ajouté une décimale", "the spreadsheet added a decimal")
_EXPANDED = text(
    "tous les chiffres sont encore là ; à vérifier", "all the digits are still there; to be checked"
)
_FORM = text(
    "c’est le même identifiant, dans la forme du programme",
    "it is the same identifier, in the programme’s form",
)


def is_number(kind: str, value: str) -> bool:
    """Tell whether the value is a SIREN or SIRET of bare ASCII digits with a right checksum."""
    from stdnum.fr import siren, siret

    bare = value.isascii() and value.isdigit() and len(value) == _LENGTHS[kind]
    return bare and bool((siren if kind == "siren" else siret).is_valid(value))


def siren_format(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the SIREN of which the digits are all there."""
    yield from _joined("siren", value)


def siret_format(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the SIRET of which the digits are all there."""
    yield from _joined("siret", value)


def _joined(kind: str, value: str) -> Iterator[Fix]:
    digits = _SEPARATORS.sub("", unspaced(unwrap(value)))
    if digits.isdecimal():
        digits = "".join(str(int(digit)) for digit in digits)
    if is_number(kind, digits):
        yield mended(digits, _JOINED)


def siren_length(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the SIREN of a SIRET, or the one that lost its leading zero."""
    digits = _SEPARATORS.sub("", unspaced(unwrap(value)))
    if is_number("siret", digits):
        yield mended(digits[:9], _UNIT, "unsafe")
    elif is_number("siren", f"0{digits}"):
        yield mended(f"0{digits}", _PREFIXED, "unsafe")


def siret_length(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the SIRET that lost its leading zero."""
    digits = _SEPARATORS.sub("", unspaced(unwrap(value)))
    if is_number("siret", f"0{digits}"):
        yield mended(f"0{digits}", _PREFIXED, "unsafe")


def siret_siren(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the SIRET of the head office, where the fact `seats` knows it, else say what is missing.

    Which establishment is meant, the cell does not tell: the head office is but likely.
    """
    seat = facts.get("seats", {}).get(bare_digits(value))
    if seat is not None:
        yield mended(seat, _SEAT, "unsafe")
    yield hint(
        "Ce SIREN désigne l’organisme entier : ajoutez les cinq chiffres de l’établissement. Ceux du siège se trouvent avec « territo repair --sieges », dans un fichier Sirene de l’INSEE.",
        "This SIREN stands for the whole body: add the five digits of the establishment. “territo repair --sieges” finds those of the head office, in one of INSEE’s Sirene files.",
        "unsafe",
    )


def bare_digits(value: str) -> str:
    """Return a number as it is without what people write between its digits."""
    return _SEPARATORS.sub("", unspaced(unwrap(value)))


def checksum(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Say where to look: no digit is guessed."""
    yield hint(
        "Un chiffre est faux, ou deux chiffres voisins sont inversés : comparez avec l’original.",
        "One digit is wrong, or two neighbouring digits are swapped: compare with the original.",
    )


def mangled(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the number where all its digits are left, else say that they are lost."""
    kind = str(facts.get("kind", ""))
    digits, why = _restore(value)
    if digits is not None and kind in _LENGTHS and is_number(kind, digits):
        yield mended(digits, why, "safe" if why is _DECIMAL else "unsafe")
        return
    yield from lost(value, field, facts)


def _restore(value: str) -> tuple[str | None, Text]:
    bare = unspaced(unwrap(value))
    decimal = _DECIMALS.fullmatch(bare)
    if decimal is not None:
        return decimal[1], _DECIMAL
    power = _POWER.fullmatch(bare)
    if power is not None and len(power[2] or "") == int(power[3]):
        return power[1] + (power[2] or ""), _EXPANDED
    return None, _EXPANDED


def lost(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Say that a number in scientific writing has lost digits for good."""
    if _POWER.fullmatch(unspaced(unwrap(value))):
        yield hint(
            "Le tableur a perdu des chiffres : reprenez l’identifiant dans le document d’origine, "
            "dans une colonne au format « Texte ».",
            "The spreadsheet lost digits: take the identifier from the original document again, "
            "in a column of the “Text” format.",
        )


def canonical(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the identifier that differs from the cell in case and spaces only."""
    found = facts.get("canonical")
    if isinstance(found, str):
        yield mended(found, _FORM)
