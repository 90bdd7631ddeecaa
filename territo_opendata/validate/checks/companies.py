"""SIREN and SIRET: whether the number can exist, and which accident befell one that cannot.

Rules: Insee, definitions c1841 (SIRET) and c2047 (SIREN); the checksum is Luhn's, but for the
establishments of La Poste (356 000 000), whose digits add up to a multiple of five.
"""

import re
from collections.abc import Callable

from territo_opendata.validate.checks.interface import CellCheck, Check, Fault
from territo_opendata.validate.checks.params import Params

_MANGLED = re.compile(
    r"\s*[+-]?\d+([.,]\d+)?[eE][+-]?\d{1,4}\s*|\s*\d{5,14}[.,]0{1,4}\s*", re.ASCII
)
_SEPARATORS = re.compile("[\\s\u00a0\u202f\u2009.'’_-]+")
_DIGITS = re.compile(r"[0-9]+")
_LENGTHS = {"siren": 9, "siret": 14}
_LONGEST = 40
_LA_POSTE = "356000000"
_DOUBLED = {digit: int(double) for digit, double in zip("0123456789", "0246813579", strict=True)}

Judge = Callable[[str], Fault | None]


def siren(params: Params) -> list[Check]:
    """Ask that `column` holds SIREN numbers."""
    column = params.column()
    return [CellCheck("siren", column, siren_judge(column))]


def siret(params: Params) -> list[Check]:
    """Ask that `column` holds SIRET numbers."""
    column = params.column()
    return [CellCheck("siret", column, _siret_judge(column))]


def siren_judge(column: str) -> Judge:
    """Return the judge of the SIREN numbers in `column`."""

    def judge(text: str) -> Fault | None:
        if len(text) == 9 and text.isascii() and text.isdigit():
            return None if _is_siren(text) else Fault("siren-checksum", column)
        return _misshapen(text, "siren", column)

    return judge


def _siret_judge(column: str) -> Judge:
    def judge(text: str) -> Fault | None:
        if len(text) == 14 and text.isascii() and text.isdigit():
            return None if _is_siret(text) else Fault("siret-checksum", column)
        bare = _SEPARATORS.sub("", text[:_LONGEST])
        if len(text) <= _LONGEST and len(bare) == 9 and bare.isascii() and _is_siren(bare):
            return Fault("siret-siren", column)
        return _misshapen(text, "siret", column)

    return judge


# Numbers that have Luhn's checksum are good: they are many, and stdnum takes its time, to load
# and to judge. It has the last word on the others.


def _is_siren(text: str) -> bool:
    if text.isdigit() and _adds_up(text):
        return True
    from stdnum.fr import siren as numbers

    valid: bool = numbers.is_valid(text)
    return valid


def _is_siret(digits: str) -> bool:
    if _adds_up(digits) and _adds_up(digits[:9]) and not digits.startswith(_LA_POSTE):
        return True
    from stdnum.fr import siret as numbers

    valid: bool = numbers.is_valid(digits)
    return valid


def _adds_up(digits: str) -> bool:
    """Tell whether ASCII digits have Luhn's checksum: every second one from the right doubled."""
    total = sum(map(int, digits[::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))
    return total % 10 == 0


def _misshapen(text: str, kind: str, column: str) -> Fault:
    """Return the reason why a text that is not just the right number of digits is none."""
    if len(text) > _LONGEST:
        digits = text.isascii() and text.isdigit()
        code, facts = ("length", {"length": len(text)}) if digits else ("format", {})
        return Fault(f"{kind}-{code}", column, facts)
    if _MANGLED.fullmatch(text):
        return Fault("number-mangled", column, {"kind": kind})
    bare = _SEPARATORS.sub("", text)
    if _DIGITS.fullmatch(bare) and len(bare) != _LENGTHS[kind]:
        return Fault(f"{kind}-length", column, {"length": len(bare)})
    return Fault(f"{kind}-format", column)
