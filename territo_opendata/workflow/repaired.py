"""What a repair is asked for, and what it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from territo_opendata.findings import Report
from territo_opendata.repair.changes import ChangeLog, Tally
from territo_opendata.repair.choices import Choice, Kind
from territo_opendata.tables.spool import DEFAULT_LIMIT, Spool
from territo_opendata.tables.table import Table, open_table
from territo_opendata.validate.inputs import TableInput
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.tables import ignored


@dataclass(frozen=True, slots=True)
class Repaired:
    """A table after its repair, to be used before the `with` statement that gave it ends.

    `table` is what it has become, the original where nothing was changed; `log` holds the
    changes, and those that may be made on demand; `report` tells what is found in the result.
    `withheld` tells that repairs were found and not made: the result would have had more errors.
    """

    given: Given
    table: TableInput
    log: ChangeLog
    report: Report
    spool: Spool
    withheld: bool = False

    @property
    def proposals(self) -> Tally:
        """What may be changed on demand."""
        return self.log.proposals

    @property
    def changed(self) -> bool:
        """Whether anything was changed."""
        return self.log.tally.total > 0

    def opened(self) -> Table:
        """Return the table opened, to be read."""
        return open_table(self.table.source, self.table.dialect, self.table.encoding)


@dataclass(frozen=True, slots=True)
class ToMend:
    """A file to repair, by which schema, and what to change that is not certain.

    `accept` are codes of findings; `max_size` bounds, in bytes, what is received or expanded;
    `label` is what the report calls the repaired table. `path` is where the file lies, when
    `file` is only what it is called. `choices` are those of a person who saw what can be
    changed: by kind, before `accept`. `seats` is a file that gives the head offices of bodies. `laid` is as of `Received`.
    """

    file: str
    schema: str | None = None
    sheet: str | None = None
    accept: frozenset[str] = frozenset()
    max_size: int = DEFAULT_LIMIT
    label: str = ""
    path: Path | None = None
    choices: Mapping[Kind, Choice] = field(default_factory=dict)
    seats: Path | None = None
    laid: Callable[[int], None] = ignored
