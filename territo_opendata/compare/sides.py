"""What is compared, as it is known before any table is read."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.compare.model import SideName
from territo_opendata.descriptors.model import Dialect, Schema
from territo_opendata.language import Text
from territo_opendata.tables.source import Source


@dataclass(frozen=True, slots=True)
class TableText:
    """A table to read: its text and how that is declared to be written; `schema` may be unknown."""

    source: Source
    schema: Schema | None = None
    dialect: Dialect = dataclasses.field(default_factory=Dialect)
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class FileSide:
    """A file of a package as it is known before it is read.

    `digest` returns the digest of its bytes by this algorithm, None where that is not known
    without fetching it; `declared` is the algorithm that the package itself tells it by.
    """

    name: str
    descriptor: Mapping[str, Any]
    digest: Callable[[str], str | None]
    declared: str | None = None


@dataclass(frozen=True, slots=True)
class TableSide:
    """A table of a package. `written` is how it is declared to be written (dialect, encoding…).

    `open` fetches it and returns its text. Raises TerritoError when it cannot be had.
    """

    file: FileSide
    schema: Schema | None
    written: object
    open: Callable[[], TableText]

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self.file.name


@dataclass(frozen=True, slots=True)
class PackageSide:
    """A package, or a single table, to compare."""

    label: str
    descriptor: Mapping[str, Any]
    tables: tuple[TableSide, ...]
    files: tuple[FileSide, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def title(self) -> SideName:
        """What it says of itself."""
        name, version = self.descriptor.get("name"), self.descriptor.get("version")
        return SideName(
            self.label,
            name if isinstance(name, str) else "",
            version if isinstance(version, str) else None,
        )
