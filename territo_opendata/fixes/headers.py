"""Labels of columns: the field that a renamed column stands for."""

import re
from collections.abc import Iterator

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix
from territo_opendata.fixes.columns import plain_name
from territo_opendata.fixes.enums import one_edit_apart
from territo_opendata.fixes.proposals import Facts, mended
from territo_opendata.reference.names import fold
from territo_opendata.rules.writing import text

_SPELT = text(
    "c’est la même colonne, nommée comme dans le schéma",
    "it is the same column, named as in the schema",
)
_TITLE = text(
    "c’est la colonne que le schéma intitule ainsi", "it is the column that the schema titles so"
)
_NEAR = text("c’est la colonne du schéma la plus proche", "it is the closest column of the schema")
_SHORTEST = 4
_LONGEST = 200
_DIGITS = re.compile(r"\d+", re.ASCII)
_TWINS = frozenset({frozenset({"siren", "siret"})})
"""Words that one edit makes of each other, and that mean two things."""


def renamed(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the name that the schema gives to the column labelled `value`."""
    expected = facts.get("expected") or (field.name if field else "")
    if not isinstance(expected, str) or not expected or len(value) > _LONGEST:
        return
    one, other = plain_name(value), plain_name(expected)
    if one and one == other:
        yield mended(expected, _SPELT)
    elif one and field is not None and field.name == expected and one == plain_name(field.title):
        yield mended(expected, _TITLE)
    elif min(len(one), len(other)) >= _SHORTEST and one_edit_apart(one, other):
        yield mended(expected, _NEAR, "safe" if _is_slip(value, expected) else "unsafe")


def _is_slip(label: str, name: str) -> bool:
    """Tell whether only a slip of the fingers tells the label from the name.

    `montant_a` is not `montant_b`, nor `annee_2024` `annee_2025`, `altitude` `latitude` or
    `siret` `siren`: numbers, short words and first letters are what names differ by.
    """
    words, others = fold(label).split(), fold(name).split()
    if (
        _DIGITS.findall(label) != _DIGITS.findall(name)
        or plain_name(label)[0] != plain_name(name)[0]
    ):
        return False
    if len(words) != len(others):
        return min(map(len, (plain_name(label), plain_name(name)))) >= 2 * _SHORTEST
    different = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return all(
        min(map(len, pair)) >= _SHORTEST and frozenset(pair) not in _TWINS for pair in different
    )
