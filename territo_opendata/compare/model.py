"""What a comparison found: pure values, worded when they are shown.

The class of a difference is that of the Data Package Version recipe
(https://datapackage.org/recipes/data-package-version/).
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from territo_opendata.findings import Skipped
from territo_opendata.language import Text


class Level(IntEnum):
    """How much of the version number a difference asks to raise."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; `kind` is a code of `kinds.KINDS`, which gives its class and its reason.

    `table` is "" for the package, `field` for the table; `name` is what of them differs (a
    property, a constraint). `count` is the number of rows or cells.
    """

    kind: str
    table: str = ""
    field: str = ""
    name: str = ""
    before: Any = None
    after: Any = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CellCounts:
    """Cells whose value changed, and cells that hold the same value written otherwise."""

    changed: int
    rewritten: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of one side only: its number in the file (the header is 1), key and cells as text."""

    row: int
    key: tuple[str, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after; `rewritten` when the value is the same."""

    field: str
    before: str
    after: str
    rewritten: bool


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that both sides have, by its key, and the cells that differ."""

    old_row: int
    new_row: int
    key: tuple[str, ...]
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class RowsDiff:
    """What differs between the rows of a table; counts are complete, lists may be cut.

    `key` are the fields by which rows were paired, none where a row is only the same or not;
    `repeated_key` tells that the key is not unique. `cells` counts by field; the field "" stands
    for cells beyond the last column.
    """

    key: tuple[str, ...]
    old_rows: int
    new_rows: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    rewritten: int = 0
    cells: Mapping[str, CellCounts] = dataclasses.field(default_factory=dict)
    repeated_key: bool = False
    added_rows: tuple[ShownRow, ...] = ()
    removed_rows: tuple[ShownRow, ...] = ()
    changed_rows: tuple[ChangedRow, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether no row differs."""
        return not (self.added or self.removed or self.changed or self.rewritten)


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs in a table that is on both sides.

    `old_name` is its name before. `rows` is None when its rows were not compared: `same_bytes`
    says that they are the same since the files are.
    """

    name: str
    old_name: str
    changes: tuple[Change, ...] = ()
    rows: RowsDiff | None = None
    same_bytes: bool = False


@dataclass(frozen=True, slots=True)
class SideName:
    """What was compared, as the user named it, and what it says of itself."""

    label: str
    name: str = ""
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two packages or tables; `skipped` is what could not be compared."""

    old: SideName
    new: SideName
    changes: tuple[Change, ...] = ()
    tables: tuple[TableDiff, ...] = ()
    notes: tuple[Text, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def all_changes(self) -> Iterable[Change]:
        """Yield the differences of the package, then those of each table."""
        yield from self.changes
        for table in self.tables:
            yield from table.changes

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not any(True for _ in self.all_changes())
