"""What differs between the descriptors of two packages, tables and fields."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from territo_opendata.compare.constraints import field_constraints, schema_constraints
from territo_opendata.compare.model import Change
from territo_opendata.descriptors.acceptance_fields import OPTIONS
from territo_opendata.descriptors.model import Field, Schema

_PACKAGE = frozenset({"resources", "version", "$schema", "profile", "name", "id"})
# Where a file is and how it is written tells nothing of the data: the recipe asks for no change
# of version when data moves to another path or address.
_RESOURCE = frozenset(
    {
        *(
            "name",
            "path",
            "data",
            "url",
            "extrapaths",
            "innerpath",
            "previousName",
            "schema",
            "version",
        ),
        *("dialect", "format", "mediatype", "encoding", "compression", "type", "profile"),
        *("bytes", "hash", "rows", "columnTypes", "$schema"),
    }
)
_SCHEMA = frozenset(
    {
        *("fields", "primaryKey", "uniqueKeys", "foreignKeys", "missingValues", "fieldsMatch"),
        *("custom_checks", "$schema", "path"),
    }
)
_NOTATION = frozenset({name for options in OPTIONS.values() for name in options})
_FIELD = frozenset(
    {
        *("name", "type", "format", "constraints", "missingValues", "customCheck"),
        *("categories", *_NOTATION),
    }
)


def package_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what differs between the properties of two packages, their resources left out."""
    for kind, name in (("package-renamed", "name"), ("package-id", "id")):
        if old.get(name) != new.get(name):
            yield Change(kind, name=name, before=old.get(name), after=new.get(name))
    yield from _properties("metadata", old, new, _PACKAGE)


def resource_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """Yield what differs between the descriptions of two resources, their data left out."""
    yield from _properties("metadata", old, new, _RESOURCE)


def schema_changes(old: Schema, new: Schema) -> Iterator[Change]:
    """Yield what differs between two schemas: fields, keys, description."""
    yield from _field_lists(old, new)
    for name in new.field_names:
        if name in old.field_names:
            yield from _field(old.field(name), new.field(name))
    if set(old.missing_values) != set(new.missing_values):
        yield Change(
            "field-notation",
            name="missingValues",
            before=list(old.missing_values),
            after=list(new.missing_values),
        )
    yield from schema_constraints(old, new)
    yield from _properties("metadata", old.descriptor, new.descriptor, _SCHEMA)


def _field_lists(old: Schema, new: Schema) -> Iterator[Change]:
    for field in old.fields:
        if field.name not in new.field_names:
            yield Change("field-removed", field=field.name, before=field.type)
    for field in new.fields:
        if field.name not in old.field_names:
            yield Change("field-added", field=field.name, after=field.type)
    before = [name for name in old.field_names if name in new.field_names]
    after = [name for name in new.field_names if name in old.field_names]
    if before != after:
        yield Change("fields-reordered", before=before, after=after)


def _field(old: Field, new: Field) -> Iterator[Change]:
    name = new.name
    if old.type != new.type:
        yield Change("field-type", field=name, name="type", before=old.type, after=new.type)
    if old.format != new.format:
        yield Change("field-format", field=name, name="format", before=old.format, after=new.format)
    for option in sorted(_NOTATION):
        was, now = old.options.get(option), new.options.get(option)
        if was != now:
            yield Change("field-notation", field=name, name=option, before=was, after=now)
    if _missing(old) != _missing(new):
        was, now = _list(old.missing_values), _list(new.missing_values)
        yield Change("field-notation", field=name, name="missingValues", before=was, after=now)
    yield from field_constraints(old, new)
    for each in _properties("field-described", old.descriptor, new.descriptor, _FIELD):
        yield Change(each.kind, field=name, name=each.name, before=each.before, after=each.after)


def _missing(field: Field) -> frozenset[str] | None:
    return None if field.missing_values is None else frozenset(field.missing_values)


def _list(values: Iterable[str] | None) -> list[str] | None:
    return None if values is None else list(values)


def _properties(
    kind: str, old: Mapping[str, Any], new: Mapping[str, Any], left_out: frozenset[str]
) -> Iterator[Change]:
    for name in dict.fromkeys([*old, *new]):
        if name not in left_out and old.get(name) != new.get(name):
            yield Change(kind, name=name, before=old.get(name), after=new.get(name))
