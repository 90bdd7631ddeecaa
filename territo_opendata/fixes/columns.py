"""Which column of a file is which field, by what its label says rather than by its place."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from territo_opendata.descriptors.model import Field
from territo_opendata.fixes.enums import one_edit_apart

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SHORTEST_TYPO = 4

Alike = Callable[[Field, str], bool]


def pair_columns(fields: Sequence[Field], labels: Sequence[str]) -> dict[str, int]:
    """Return the place of the column that is each field, by the field's name.

    The surest likeness goes first: the same name, the same without case, accents, spaces and
    punctuation, the field's title, one typing error. The last two count only where the label is
    like one field alone, and the field like one label alone.
    """
    pairs: dict[str, int] = {}
    free = dict(enumerate(labels))
    for alike, doubtful in ((_same, False), (_same_plainly, False), (_titled, True), (_typo, True)):
        left = [field for field in fields if field.name not in pairs]
        for field in left:
            found = [place for place, label in free.items() if alike(field, label)]
            if not found or (doubtful and not _alone(alike, left, found, labels)):
                continue
            pairs[field.name] = found[0]
            del free[found[0]]
    return pairs


@lru_cache(maxsize=4096)
def plain_name(label: str) -> str:
    """Return `label` without case, accents, spaces and punctuation, to compare headers."""
    bare = unicodedata.normalize("NFKD", label.casefold())
    return _NOT_WORD.sub("", "".join(char for char in bare if not unicodedata.combining(char)))


def _alone(
    alike: Alike, left: Sequence[Field], found: Sequence[int], labels: Sequence[str]
) -> bool:
    return len(found) == 1 and sum(alike(field, labels[found[0]]) for field in left) == 1


def _same(field: Field, label: str) -> bool:
    return field.name == label


def _same_plainly(field: Field, label: str) -> bool:
    plain = plain_name(label)
    return bool(plain) and plain == plain_name(field.name)


def _titled(field: Field, label: str) -> bool:
    plain = plain_name(label)
    return bool(plain) and plain == plain_name(field.title)


def _typo(field: Field, label: str) -> bool:
    one, two = plain_name(field.name), plain_name(label)
    return min(len(one), len(two)) >= _SHORTEST_TYPO and one_edit_apart(one, two)
