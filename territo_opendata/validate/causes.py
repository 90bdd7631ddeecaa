"""The real cause behind header faults: what a person did to the columns, in as few words.

One missing column makes every later one "incorrect" when columns are compared by place; here
labels are paired with fields by what they say.
"""

from collections.abc import Iterable, Iterator, Sequence

from territo_opendata.descriptors.model import Schema
from territo_opendata.fixes.columns import pair_columns
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.headers import HeaderFault


def header_causes(
    schema: Schema, labels: Sequence[str], below: Iterable[tuple[int, Sequence[str]]] = ()
) -> tuple[HeaderFault, ...]:
    """Return what was done to the columns, given that the header has faults.

    `below` are the first records under the header, by their numbers: where no label is a field
    and one of them names the fields, it is the header, and that is all there is to tell.
    """
    pairs = pair_columns(schema.fields, labels)
    if not pairs and (found := _header_below(schema, below)):
        return (HeaderFault(Fault("header-below", None, {"header_row": found}), None),)
    faults = [
        *_renamed(pairs, labels),
        *_unpaired_labels(schema, labels, pairs),
        *_missing(schema, pairs, labels),
    ]
    if schema.fields_match == "exact" and len(pairs) == len(schema.fields):
        faults.extend(_reordered(schema, pairs, labels))
    return tuple(faults)


def _header_below(schema: Schema, below: Iterable[tuple[int, Sequence[str]]]) -> int | None:
    for row, cells in below:
        named = len(pair_columns(schema.fields, [cell.strip() for cell in cells]))
        if named > 1 and 2 * named > len(schema.fields):
            return row
    return None


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
