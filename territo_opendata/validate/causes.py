"""The real cause behind header faults: what a person did to the columns, in as few words.

One missing column makes every later one "incorrect" when columns are compared by place; here
labels are paired with fields by what they say.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from territo_opendata.descriptors.model import Schema
from territo_opendata.fixes.enums import one_edit_apart
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.headers import HeaderFault

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SHORTEST_TYPO = 4


def header_causes(schema: Schema, labels: Sequence[str]) -> tuple[HeaderFault, ...]:
    """Return what was done to the columns, given that the header has faults."""
    pairs = _pair(schema.field_names, labels)
    faults = [
        *_renamed(pairs, labels),
        *_unpaired_labels(schema, labels, pairs),
        *_missing(schema, pairs, labels),
    ]
    if schema.fields_match == "exact" and len(pairs) == len(schema.fields):
        faults.extend(_reordered(schema, pairs, labels))
    return tuple(faults)


def plain_name(label: str) -> str:
    """Return `label` without case, accents, spaces and punctuation, to compare headers."""
    bare = unicodedata.normalize("NFKD", label.casefold())
    return _NOT_WORD.sub("", "".join(char for char in bare if not unicodedata.combining(char)))


def _pair(names: Sequence[str], labels: Sequence[str]) -> dict[str, int]:
    """Return the place of the column that is each field: same name, same plain name, one typo."""
    pairs: dict[str, int] = {}
    free = dict(enumerate(labels))
    for alike in (_same, _same_plainly, _one_typo):
        for name in names:
            if name in pairs:
                continue
            candidates = [place for place, label in free.items() if alike(name, label)]
            if candidates and (alike is not _one_typo or len(candidates) == 1):
                pairs[name] = candidates[0]
                del free[candidates[0]]
    return pairs


def _same(name: str, label: str) -> bool:
    return name == label


def _same_plainly(name: str, label: str) -> bool:
    plain = plain_name(label)
    return bool(plain) and plain == plain_name(name)


def _one_typo(name: str, label: str) -> bool:
    one, two = plain_name(name), plain_name(label)
    return min(len(one), len(two)) >= _SHORTEST_TYPO and one_edit_apart(one, two)


def _renamed(pairs: dict[str, int], labels: Sequence[str]) -> Iterator[HeaderFault]:
    for name, place in pairs.items():
        label = labels[place]
        if label != name:
            yield HeaderFault(
                Fault("column-renamed", name, {"label": label, "expected": name}), place + 1
            )


def _unpaired_labels(
    schema: Schema, labels: Sequence[str], pairs: dict[str, int]
) -> Iterator[HeaderFault]:
    paired = set(pairs.values())
    for place, label in enumerate(labels):
        if place in paired:
            continue
        first = labels.index(label)
        if not label:
            fault = Fault("column-unnamed")
        elif first < place:
            fault = Fault("column-duplicate", None, {"label": label, "first": first + 1})
        elif schema.fields_match in ("subset", "partial"):
            continue
        else:
            fault = Fault("column-extra", None, {"label": label})
        yield HeaderFault(fault, place + 1)


def _missing(schema: Schema, pairs: dict[str, int], labels: Sequence[str]) -> Iterator[HeaderFault]:
    tolerant = schema.fields_match in ("superset", "partial")
    by_place = schema.fields_match == "exact"
    for place, field in enumerate(schema.fields, start=1):
        needed = field.required or field.name in schema.primary_key
        # A column without a name in its place has only lost the name, which is said already.
        unnamed = by_place and place <= len(labels) and not labels[place - 1]
        if field.name not in pairs and not unnamed and (needed or not tolerant):
            yield HeaderFault(Fault("column-missing", field.name, {"title": field.title}), place)


def _reordered(
    schema: Schema, pairs: dict[str, int], labels: Sequence[str]
) -> Iterator[HeaderFault]:
    expected = [name for name in schema.field_names if name in pairs]
    found = sorted(expected, key=pairs.__getitem__)
    if found == expected:
        return
    first = next(each for each, other in zip(found, expected, strict=True) if each != other)
    facts = {"expected": expected, "found": [labels[pairs[name]] for name in found]}
    yield HeaderFault(Fault("columns-reordered", None, facts), pairs[first] + 1)
