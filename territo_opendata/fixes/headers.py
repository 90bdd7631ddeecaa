"""Labels of columns: the field that a renamed column stands for."""

from collections.abc import Iterator

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix
from territo_opendata.fixes.enums import one_edit_apart
from territo_opendata.fixes.proposals import Facts, mended, unspaced
from territo_opendata.reference.names import fold
from territo_opendata.rules.writing import text

_SPELT = text(
    "c’est la même colonne, nommée comme dans le schéma",
    "it is the same column, named as in the schema",
)
_NEAR = text("c’est la colonne du schéma la plus proche", "it is the closest column of the schema")
_SHORTEST = 4
_LONGEST = 200


def renamed(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the name that the schema gives to the column labelled `value`."""
    expected = facts.get("expected") or (field.name if field else "")
    if not isinstance(expected, str) or not expected or len(value) > _LONGEST:
        return
    one, other = (unspaced(fold(each)) for each in (value, expected))
    if one and one == other:
        yield mended(expected, _SPELT)
    elif min(len(one), len(other)) >= _SHORTEST and one_edit_apart(one, other):
        yield mended(expected, _NEAR, "unsafe")
