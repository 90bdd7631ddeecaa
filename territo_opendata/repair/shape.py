"""What is to be changed in the shape of a table: its header, titles above it, its columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from territo_opendata.descriptors.model import Schema
from territo_opendata.fixes import propose
from territo_opendata.fixes.columns import pair_columns
from territo_opendata.fixes.proposals import trim
from territo_opendata.repair.changes import Change
from territo_opendata.repair.choices import Choices
from territo_opendata.tables.records import Chunk
from territo_opendata.tables.table import Table

_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Shape:
    """How the columns are to be laid out.

    `places[i]` is where the output column `i`, named `names[i]`, stands in the file; None for a
    column that is added empty. `width` is the number of columns in the file. `proposals` are changes that nobody has accepted yet. `aligned`
    tells that each field of the schema has its column, in its place where places count.
    """

    names: tuple[str, ...]
    places: tuple[int | None, ...]
    width: int
    changes: tuple[Change, ...] = ()
    proposals: tuple[Change, ...] = ()
    aligned: bool = True

    @property
    def moves(self) -> bool:
        """Whether cells change places, rather than the header alone."""
        return self.places != tuple(range(self.width))


def untouched(labels: Sequence[str]) -> Shape:
    """Return the shape of a table that is laid out as it should be."""
    return Shape(tuple(labels), tuple(range(len(labels))), len(labels))


def find_header_row(records: Chunk, schema: Schema, current: int) -> int:
    """Return the number of the record that names most fields of the schema.

    It is `current`, where the validator sees the header, unless another names more of them: title
    rows that an export filled up with separators are as wide as a header.
    """
    best, most = current, _named(records, current, schema)
    if most == len(schema.fields):
        return best
    for row, cells in zip(records.rows[:_LOOKED_AT], records.cells, strict=False):
        named = len(pair_columns(schema.fields, [trim(cell) for cell in cells]))
        if named > most:
            best, most = row, named
    return best


def _named(records: Chunk, row: int, schema: Schema) -> int:
    if not 0 < row <= len(records.cells):
        return 0
    return len(pair_columns(schema.fields, [trim(cell) for cell in records.cells[row - 1]]))


def is_of_schema(schema: Schema, labels: Sequence[str]) -> bool:
    """Tell whether the labels are, by half at least, those of the schema: else it is another's."""
    if not labels:
        return True
    named = sum(bool(label) for label in labels)
    pairs = len(pair_columns(schema.fields, labels))
    return bool(pairs) and 2 * pairs >= min(len(schema.fields), named)


def plan_shape(schema: Schema, table: Table, empty: frozenset[int], choices: Choices) -> Shape:
    """Return how the columns of a table, whose header has faults, are to be laid out.

    `empty` are the places of the unnamed columns without any value.
    """
    labels = table.header.labels
    pairs = pair_columns(schema.fields, labels)
    by_place = {place: name for name, place in pairs.items()}
    slots = _slots(schema, labels, pairs, empty, choices)
    changes: list[Change] = []
    proposals: list[Change] = []
    names: list[str] = []
    for target, slot in enumerate(slots, start=1):
        change = _renaming(schema, table, slot, by_place, target)
        taken = change is not None and choices.wants(change.kind, change.place)
        if change is not None:
            (changes if taken else proposals).append(change)
        names.append(change.after if change is not None and taken else _label(labels, slot))
    places = tuple(slot if isinstance(slot, int) else None for slot in slots)
    changes.extend(_dropped(places, table, empty))
    changes.extend(_moved(places, names, table))
    proposals.extend(_missing(schema, pairs, slots, table))
    return Shape(
        tuple(names),
        places,
        len(labels),
        tuple(changes),
        tuple(proposals),
        aligned=schema.fields_match != "exact" or len(slots) >= len(schema.fields),
    )


def _slots(
    schema: Schema,
    labels: Sequence[str],
    pairs: dict[str, int],
    empty: frozenset[int],
    choices: Choices,
) -> list[int | str]:
    """Return where each output column stands, or the name of the field that it is added for.

    Columns keep their order when they are matched by name.
    """
    kept = [place for place in range(len(labels)) if place not in empty]
    if schema.fields_match != "exact":
        return [*kept]
    taken = empty.union(pairs.values())
    slots: list[int | str] = []
    for number, field in enumerate(schema.fields):
        if field.name in pairs:
            slots.append(pairs[field.name])
        elif number < len(labels) and number not in taken:
            slots.append(number)  # no other is in its place: it may have lost its name
        elif choices.wants(("column-missing", field.name, "unsafe")):
            slots.append(field.name)
    return _settled([*slots, *(place for place in kept if place not in slots)], labels)


def _settled(slots: list[int | str], labels: Sequence[str]) -> list[int | str]:
    """Return the slots, columns of the same name in the order that they have.

    Else each repair would exchange them again.
    """
    places = sorted(slot for slot in slots if isinstance(slot, int))
    names = [slot if isinstance(slot, str) else labels[slot] for slot in slots]
    return [*places] if names == [labels[place] for place in places] else slots


def _label(labels: Sequence[str], slot: int | str) -> str:
    return labels[slot] if isinstance(slot, int) else slot


def _renaming(
    schema: Schema, table: Table, slot: int | str, by_place: dict[int, str], target: int
) -> Change | None:
    row = table.header.row
    if isinstance(slot, str):
        return Change("column-missing", "", slot, row, None, slot, "unsafe", (1, target))
    label, name = table.header.labels[slot], by_place.get(slot)
    if name is None or name == label:
        return None
    fix = propose("column-renamed", label, schema.field(name), {"expected": name})
    if fix is None or fix.value is None:
        return None
    return Change("column-renamed", label, fix.value, row, slot + 1, name, fix.safety, (1, target))


def _dropped(places: Sequence[int | None], table: Table, empty: frozenset[int]) -> Iterable[Change]:
    for place in sorted(empty.difference(places)):
        yield Change("column-unnamed", "", "", table.header.row, place + 1)


def _moved(places: Sequence[int | None], names: Sequence[str], table: Table) -> Iterable[Change]:
    order = [place for place in places if place is not None]
    if order != sorted(order):
        before = ", ".join(table.header.labels)
        yield Change("columns-reordered", before, ", ".join(names), table.header.row)


def _missing(
    schema: Schema, pairs: dict[str, int], slots: Sequence[int | str], table: Table
) -> Iterable[Change]:
    """Yield the columns that could be added empty: those whose place no other column takes."""
    if schema.fields_match != "exact" or len(slots) >= len(schema.fields):
        return
    there = {*pairs, *(slot for slot in slots if isinstance(slot, str))}
    for field in schema.fields:
        if field.name not in there:
            row = table.header.row
            yield Change("column-missing", "", field.name, row, None, field.name, "unsafe")


def empty_columns(table: Table) -> frozenset[int]:
    """Return the places of the columns without a name in which no row has a value."""
    left = {place for place, label in enumerate(table.header.labels) if not label}
    if left:
        for chunk in table.chunks():
            for cells in chunk.cells:
                left -= {place for place in left if place < len(cells) and trim(cells[place])}
                if not left:
                    return frozenset()
    return frozenset(left)
