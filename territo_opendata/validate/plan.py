"""What is to be done with every chunk of one table, settled before the first is read."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.model import Field, ForeignKey, Schema
from territo_opendata.findings import Skipped
from territo_opendata.validate.accept import accept_rule
from territo_opendata.validate.cells import CellJudge
from territo_opendata.validate.checks.interface import CellCheck, Check, Fault, RowCheck, TableCheck
from territo_opendata.validate.members import Members
from territo_opendata.validate.quick import Leave, quick_rule


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its place, the field it is read with, and its judge.

    `plain_text` is True when every cell that is not missing is its own typed value, `checked`
    when checks of the schema look at each cell; `leave` is the quick rule, where there is one.
    """

    index: int
    field: Field
    judge: CellJudge
    plain_text: bool
    checked: bool
    leave: Leave | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Columns whose values are hashed together; `columns` are their places.

    `kind` is unique, primary-key or unique-key for a key to be unique, lookup for one that only
    references of the table to itself look up.
    """

    kind: str
    fields: tuple[str, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key; `members` is None while the table it refers to is not known (itself)."""

    foreign_key: ForeignKey
    table: str
    columns: tuple[int, ...]
    members: Members | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything `screen_chunk` needs to know; the same for all the chunks of a table.

    `judged` is False when only keys are wanted, as of a table that others refer to; `watched`
    is True when all the faults of each chunk are wanted, not only those that are listed.
    """

    table: str
    schema: Schema
    columns: tuple[Column, ...]
    keys: tuple[Key, ...]
    references: tuple[Reference, ...]
    row_checks: tuple[RowCheck, ...]
    table_checks: tuple[TableCheck, ...]
    primary_key: tuple[int, ...]
    limit: int | None
    skipped: tuple[Skipped, ...] = ()
    judged: bool = True
    watched: bool = False

    def index_of(self, name: str) -> int | None:
        """Return the place of the column read as the field `name`, None when there is none."""
        for column in self.columns:
            if column.field.name == name:
                return column.index
        return None

    @property
    def no_key(self) -> Fault:
        """The fault of a record without any value in its primary key."""
        names = self.schema.primary_key
        return Fault("primary-key-empty", None, {"fields": names}, "primaryKey", names)

    def values(self, cells: Sequence[str], columns: Sequence[int]) -> tuple[Any, ...]:
        """Return the typed values of these columns in a record."""
        return tuple(
            self.columns[index].judge.judge(cells[index] if index < len(cells) else None).value
            for index in columns
        )


def make_plan(
    table: str,
    schema: Schema,
    fields: Sequence[Field],
    checks: Sequence[Check],
    members: Callable[[ForeignKey], tuple[str, Members | None] | None],
    *,
    limit: int | None = None,
) -> Plan:
    """Return the plan for a table whose columns are read with `fields`, in file order.

    `members` finds what a foreign key may refer to: the table's name and its hashes (None for
    the table itself), or None when no such table is known; such a key is left out.
    """
    by_cell: dict[str, list[CellCheck]] = {}
    for check in checks:
        if isinstance(check, CellCheck):
            by_cell.setdefault(check.column, []).append(check)
    columns = tuple(
        _column(schema, index, field, tuple(by_cell.get(field.name, ())))
        for index, field in enumerate(fields)
    )
    plan = Plan(
        table=table,
        schema=schema,
        columns=columns,
        keys=(),
        references=(),
        row_checks=tuple(check for check in checks if isinstance(check, RowCheck)),
        table_checks=tuple(check for check in checks if isinstance(check, TableCheck)),
        primary_key=(),
        limit=limit,
    )
    references = tuple(_references(plan, members))
    return dataclasses.replace(
        plan,
        keys=tuple(_keys(plan, references)),
        references=references,
        primary_key=_places(plan, schema.primary_key) or (),
    )


def _column(schema: Schema, index: int, field: Field, checks: tuple[CellCheck, ...]) -> Column:
    judge = CellJudge(schema, field, checks)
    return Column(
        index,
        field,
        judge,
        plain_text=accept_rule(field) is str,
        checked=bool(checks),
        leave=None if checks else quick_rule(field) or judge.doubtful,
    )


def _keys(plan: Plan, references: Sequence[Reference]) -> list[Key]:
    schema = plan.schema
    wanted: list[tuple[str, tuple[str, ...]]] = [
        ("unique", (column.field.name,)) for column in plan.columns if column.field.unique
    ]
    if schema.primary_key:
        wanted.append(("primary-key", schema.primary_key))
    wanted.extend(("unique-key", key) for key in schema.unique_keys)
    looked_up = {each.foreign_key.reference_fields for each in references if each.members is None}
    hashed = {fields for kind, fields in wanted if kind != "unique-key"}
    wanted.extend(("lookup", fields) for fields in sorted(looked_up - hashed))
    found = ((kind, fields, _places(plan, fields)) for kind, fields in wanted)
    return [Key(kind, fields, places) for kind, fields, places in found if places]


def _references(
    plan: Plan, members: Callable[[ForeignKey], tuple[str, Members | None] | None]
) -> list[Reference]:
    references = []
    for key in plan.schema.foreign_keys:
        places = _places(plan, key.fields)
        target = members(key) if places else None
        if places and target:
            references.append(Reference(key, target[0], places, target[1]))
    return references


def _places(plan: Plan, names: Sequence[str]) -> tuple[int, ...] | None:
    """Return the places of all these columns, None when one of them is not in the file."""
    places = [plan.index_of(name) for name in names]
    return tuple(each for each in places if each is not None) if None not in places else None
