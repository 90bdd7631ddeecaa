"""The header of a table against its schema: which column is which field, and what is wrong.

Which field each column is read with, and the findings that frictionless gives, follow
frictionless 5.21 (`table/header.py`) and Data Package v2, "fieldsMatch". `causes` adds the
finding that a person needs: which column is missing, renamed, doubled or in the wrong place.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from territo_opendata.descriptors.model import DEFAULT_MISSING_VALUES, Field, Schema
from territo_opendata.language import Text
from territo_opendata.validate.checks.interface import Fault

_UNNAMED = Text("(sans nom)", "(unnamed)")
_TOLERATES_EXTRA = ("subset", "partial")
_TOLERATES_MISSING = ("superset", "partial")


@dataclass(frozen=True, slots=True)
class HeaderFault:
    """A fault of the header, at `column` (1-based)."""

    fault: Fault
    column: int | None


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """The fields that the columns are read with, in file order, and what is wrong.

    `readable` is False when columns and fields cannot be paired at all, and nothing else can be
    checked.
    """

    fields: tuple[Field, ...]
    faults: tuple[HeaderFault, ...]
    readable: bool = True


def match_header(schema: Schema, labels: Sequence[str], *, ignore_case: bool) -> HeaderMatch:
    """Pair the columns named `labels` with the fields of `schema`.

    A table without header (no labels) is read with the fields in their order.
    """
    if not labels:
        return HeaderMatch(schema.fields, ())
    matching = _Matching(schema, labels, str.lower if ignore_case else str)
    twice = matching.ambiguous()
    if twice:
        shown = ", ".join(f"« {name} »" for name in twice)
        fault = HeaderFault(Fault("header-ambiguous", None, {"reason": shown}), None)
        return HeaderMatch((), (fault,), readable=False)
    return HeaderMatch(matching.fields(), tuple(matching.faults()))


class _Matching:
    def __init__(self, schema: Schema, labels: Sequence[str], fold: Callable[[str], str]) -> None:
        self.schema = schema
        self.labels = labels
        self.mode = schema.fields_match
        self.by_name = self.mode != "exact"
        self.fold = fold
        self.known: dict[str, Field] = {}
        for field in schema.fields:
            self.known.setdefault(self.fold(field.name), field)

    def pair(self, place: int) -> Field | None:
        if self.by_name:
            return self.known.get(self.fold(self.labels[place]))
        return self.schema.fields[place] if place < len(self.schema.fields) else None

    def ambiguous(self) -> tuple[str, ...]:
        """Return the names, of fields or of columns, that stop a matching by name."""
        if not self.by_name:
            return ()
        for names in (self.schema.field_names, self.labels):
            folded = [self.fold(name) for name in names]
            twice = [name for name, key in zip(names, folded, strict=True) if folded.count(key) > 1]
            if twice:
                return tuple(dict.fromkeys(twice))
        return ()

    def fields(self) -> tuple[Field, ...]:
        """Return a field for each column; one that pairs with none accepts anything."""
        used: set[str] = set()
        fields = []
        for place, label in enumerate(self.labels):
            field = self.pair(place)
            name = _free_name(field.name if field else label, used)
            used.add(name)
            fields.append(field or _extra_field(name))
        return tuple(fields)

    def faults(self) -> Iterator[HeaderFault]:
        yield from self._extra()
        if self.mode == "partial" and self.schema.fields and not self._any_match():
            yield HeaderFault(Fault("unmatched-header"), None)
        yield from self._missing()
        if not self.by_name:
            yield from self._by_place()

    def _any_match(self) -> bool:
        return any(self.pair(place) for place in range(len(self.labels)))

    def _extra(self) -> Iterator[HeaderFault]:
        if self.mode in _TOLERATES_EXTRA:
            return
        for place, label in enumerate(self.labels):
            if self.pair(place) is None:
                yield HeaderFault(
                    Fault("extra-label", None, {"label": label or _UNNAMED}), place + 1
                )

    def _missing(self) -> Iterator[HeaderFault]:
        if self.by_name:
            there = {self.fold(label) for label in self.labels}
            missing = [each for each in self.schema.fields if self.fold(each.name) not in there]
        else:
            missing = list(self.schema.fields[len(self.labels) :])
        if self.mode in _TOLERATES_MISSING:
            keys = self.schema.primary_key
            missing = [field for field in missing if field.required or field.name in keys]
        for place, field in enumerate(missing, start=len(self.labels) + 1):
            yield HeaderFault(Fault("missing-label", field.name), place)

    def _by_place(self) -> Iterator[HeaderFault]:
        for place, (field, label) in enumerate(zip(self.schema.fields, self.labels, strict=False)):
            first = self.labels.index(label)
            if not label:
                fault = Fault("blank-label", field.name)
            elif first < place:
                fault = Fault("duplicate-label", field.name, {"label": label, "first": first + 1})
            elif self.fold(label) != self.fold(field.name):
                fault = Fault(
                    "incorrect-label", field.name, {"label": label, "expected": field.name}
                )
            else:
                continue
            yield HeaderFault(fault, place + 1)


def _extra_field(name: str) -> Field:
    """Return the field of a column that the schema does not know, nor what it writes for nothing."""
    descriptor = {"name": name, "type": "any"}
    return Field(name, "any", missing_values=DEFAULT_MISSING_VALUES, descriptor=descriptor)


def _free_name(name: str, used: set[str]) -> str:
    """Return `name`, numbered when it is taken, as frictionless numbers doubled labels."""
    free, number = name, 2
    while free in used:
        free, number = f"{name}{number}", number + 1
    return free
