"""Two packages compared: their tables paired, and read only where their bytes may differ."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from territo_opendata.compare.descriptors import package_changes, resource_changes, schema_changes
from territo_opendata.compare.model import Change, Comparison, RowsDiff, TableDiff
from territo_opendata.compare.sides import FileSide, PackageSide, TableSide
from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.errors import TerritoError, UsageError
from territo_opendata.findings import Skipped
from territo_opendata.language import Text, visible

if TYPE_CHECKING:
    from territo_opendata.compare.reading import Rows

Progress = Callable[[str, int, int], None]

_NO_DIGEST = Text(
    "le paquet ne donne pas l’empreinte de ce fichier",
    "the package gives no digest of this file",
)


def compare_packages(
    old: PackageSide,
    new: PackageSide,
    *,
    key: Sequence[str] = (),
    limit: int = 20,
    progress: Progress = lambda _table, _rows, _errors: None,
) -> Comparison:
    """Return what differs between two packages.

    Rows are paired by the primary key, else by `key`, else each is only the same or not.
    """
    pairs = list(_paired(old.tables, new.tables))
    skipped = list(_unknown(old.files, new.files))
    tables = []
    for before, after in pairs:
        table, failed = _compare_table(before, after, key, limit, progress)
        tables.append(table)
        skipped += failed
    changes = (
        *package_changes(old.descriptor, new.descriptor),
        *_resources("table", old.tables, new.tables, pairs),
        *_files(old.files, new.files),
    )
    found = Comparison(
        old.title,
        new.title,
        changes,
        tuple(tables),
        tuple(dict.fromkeys((*old.notes, *new.notes))),
        tuple(skipped),
    )
    return _with_row_changes(found, (*old.tables, *new.tables))


def _paired(
    old: Sequence[TableSide], new: Sequence[TableSide]
) -> Iterator[tuple[TableSide, TableSide]]:
    """Yield the tables that are on both sides: of one name, or renamed."""
    known = {table.name: table for table in old}
    taken = {table.name for table in new}
    for table in new:
        if table.name in known:
            yield known[table.name], table
            continue
        before = _former(table, [each for each in old if each.name not in taken])
        if before is not None:
            taken.add(before.name)
            yield before, table


def _former(table: TableSide, gone: Sequence[TableSide]) -> TableSide | None:
    """Return the table that `table` was: by its `previousName` (one or a list), else by its bytes."""
    previous = table.file.descriptor.get("previousName")
    names = previous if isinstance(previous, list) else [previous]
    for each in gone:
        if each.name in names:
            return each
    alike = [each for each in gone if same_bytes(each.file, table.file)]
    return alike[0] if len(alike) == 1 else None


def same_bytes(old: FileSide, new: FileSide) -> bool | None:
    """Tell whether the files hold the same bytes, None where that is not known.

    Nothing remote is read for it.
    """
    for algorithm in dict.fromkeys((old.declared, new.declared, "sha256")):
        if algorithm is not None:
            before = old.digest(algorithm)
            if before is not None:
                after = new.digest(algorithm)
                if after is not None:
                    return before == after
    return None


def _resources(
    what: str,
    old: Sequence[TableSide],
    new: Sequence[TableSide],
    pairs: Sequence[tuple[TableSide, TableSide]],
) -> Iterator[Change]:
    before, after = {each.name for each, _ in pairs}, {each.name for _, each in pairs}
    yield from (
        Change(f"{what}-removed", table=each.name) for each in old if each.name not in before
    )
    yield from (Change(f"{what}-added", table=each.name) for each in new if each.name not in after)


def _files(old: Sequence[FileSide], new: Sequence[FileSide]) -> Iterator[Change]:
    before, after = {each.name: each for each in old}, {each.name: each for each in new}
    yield from (Change("file-removed", table=name) for name in before if name not in after)
    yield from (Change("file-added", table=name) for name in after if name not in before)
    for name, file in after.items():
        if name in before:
            if same_bytes(before[name], file) is False:
                yield Change("file-changed", table=name)
            for each in resource_changes(before[name].descriptor, file.descriptor):
                yield dataclasses.replace(each, table=name)


def _unknown(old: Sequence[FileSide], new: Sequence[FileSide]) -> Iterator[Skipped]:
    """Yield the files of which nothing tells whether they changed."""
    before = {each.name: each for each in old}
    for file in new:
        if file.name in before and same_bytes(before[file.name], file) is None:
            yield Skipped(file.name, _NO_DIGEST)


def _compare_table(
    old: TableSide, new: TableSide, key: Sequence[str], limit: int, progress: Progress
) -> tuple[TableDiff, tuple[Skipped, ...]]:
    changes = []
    if old.name != new.name:
        changes.append(Change("table-renamed", name="name", before=old.name, after=new.name))
    changes += resource_changes(old.file.descriptor, new.file.descriptor)
    if old.schema is not None and new.schema is not None:
        changes += schema_changes(old.schema, new.schema)
    table = TableDiff(new.name, old.name)
    if old.written == new.written and same_bytes(old.file, new.file):
        return dataclasses.replace(table, changes=_of(new.name, changes), same_bytes=True), ()
    try:
        rows, more = _read(old, new, key, limit, progress)
    except UsageError:
        raise
    except TerritoError as error:
        table = dataclasses.replace(table, changes=_of(new.name, changes))
        return table, (Skipped(new.name, error.text),)
    return dataclasses.replace(table, changes=_of(new.name, [*changes, *more]), rows=rows), ()


def _of(table: str, changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(dataclasses.replace(each, table=table) for each in changes)


def _read(
    old: TableSide, new: TableSide, key: Sequence[str], limit: int, progress: Progress
) -> tuple[RowsDiff, Sequence[Change]]:
    """Return what differs in the rows, and in the columns where a schema is not known."""
    from territo_opendata.compare.reading import Rows
    from territo_opendata.compare.rows import compare_rows
    from territo_opendata.compare.values import Column, Reading, share_values

    before, after = Rows(old.open()), Rows(new.open())
    old_schema, new_schema = old.schema or _plain(before), new.schema or _plain(after)
    shared = [name for name in after.labels if name in before.labels]
    columns = []
    for name in shared:
        was, now = _field_of(old_schema, name), _field_of(new_schema, name)
        columns.append(
            Column(
                name,
                Reading(was, old_schema.missing_values_of(was)),
                Reading(now, new_schema.missing_values_of(now)),
                share_values(was, now),
            )
        )
    rows = compare_rows(
        before,
        after,
        columns,
        _key(old_schema, new_schema, key, shared),
        limit=limit,
        watch=lambda count: progress(new.name, count, 0),
    )
    undescribed = old.schema is None or new.schema is None
    return rows, list(schema_changes(_plain(before), _plain(after))) if undescribed else []


def _plain(rows: "Rows") -> Schema:
    """Return the schema of a table of which only the header is known."""
    return Schema(tuple(Field(label) for label in rows.labels))


def _field_of(schema: Schema, name: str) -> Field:
    return schema.field(name) if name in schema.field_names else Field(name)


def _key(old: Schema, new: Schema, asked: Sequence[str], shared: Sequence[str]) -> tuple[str, ...]:
    """Return the fields to pair rows by: those asked for, else a primary key both sides have."""
    unknown = [name for name in asked if name not in shared]
    if unknown:
        named = visible(unknown[0])
        raise UsageError(
            f"Le champ « {named} » de --key n’est pas dans les deux tables.",
            f"The field “{named}” of --key is not in both tables.",
        )
    for key in (tuple(asked), new.primary_key, old.primary_key):
        if key and all(name in shared for name in key):
            return key
    return ()


def _with_row_changes(found: Comparison, sides: Sequence[TableSide]) -> Comparison:
    """Add the changes that rows and cells are, now that it is known which tables changed."""
    changed = {table.name for table in found.tables if table.rows and not table.rows.equal}
    changed |= {table.old_name for table in found.tables if table.name in changed}
    tables = [
        dataclasses.replace(table, changes=(*table.changes, *_row_changes(table, sides, changed)))
        for table in found.tables
    ]
    return dataclasses.replace(found, tables=tuple(tables))


def _row_changes(
    table: TableDiff, sides: Sequence[TableSide], changed: set[str]
) -> Iterator[Change]:
    rows = table.rows
    if rows is None:
        return
    names = {table.name, table.old_name}
    referenced = _referenced(names, sides)
    if rows.removed:
        kind = "referenced-rows-removed" if referenced else "rows-removed"
        yield Change(kind, table.name, after=sorted(referenced) or None, count=rows.removed)
    if rows.added:
        yield Change("rows-added", table.name, count=rows.added)
    following = _following(names, sides, changed)
    for field, counts in rows.cells.items():
        if counts.changed:
            kind = "cells-follow-reference" if field in following else "cells-changed"
            yield Change(kind, table.name, field, count=counts.changed)
        if counts.rewritten:
            yield Change("cells-rewritten", table.name, field, count=counts.rewritten)


def _referenced(names: set[str], sides: Sequence[TableSide]) -> set[str]:
    """Return the other tables that refer to the one of these names."""
    return {
        side.name
        for side in sides
        if side.schema is not None and side.name not in names
        for key in side.schema.foreign_keys
        if key.resource in names and key.package is None
    }


def _following(names: set[str], sides: Sequence[TableSide], changed: set[str]) -> set[str]:
    """Return the fields of the table that refer to a table whose rows differ."""
    return {
        field
        for side in sides
        if side.schema is not None and side.name in names
        for key in side.schema.foreign_keys
        if key.resource in changed - names
        for field in key.fields
    }
