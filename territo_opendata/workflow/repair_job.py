"""One file to repair: what is known of it, what is wanted, and how it is validated."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from territo_opendata.descriptors.model import Dialect, Package
from territo_opendata.findings import Report
from territo_opendata.repair.choices import Choices
from territo_opendata.tables.source import Source
from territo_opendata.tables.spool import Spool
from territo_opendata.validate.inputs import Options, Progress, TableInput
from territo_opendata.validate.watching import Watcher
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.validation import validate_given


@dataclass(frozen=True, slots=True)
class RepairJob:
    """The repair of the table in a file.

    `package` is where the tables that it refers to are looked for; `label` is what the report
    calls the repaired table; `seats` are the SIRET of head offices by their SIREN.
    """

    given: Given
    package: Package | None
    spool: Spool
    choices: Choices
    label: str
    options: Options
    progress: Progress
    seats: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> TableInput:
        """The table as it was given."""
        return self.given.table

    def check(
        self, given: Given, watcher: Watcher | None = None, options: Options | None = None
    ) -> Report:
        """Validate the table, as it was given or has become; `watcher` is shown every fault."""
        return validate_given(
            [given], self.package, self.spool, options or self.options, self.progress, watcher
        )

    def outside(self, source: Source) -> TableInput:
        """Return the table in a new file as whoever is told nothing of the repair will read it."""
        by_row = self.given.by_row
        return dataclasses.replace(
            self.table,
            source=source,
            dialect=Dialect() if by_row else self.table.dialect,
            encoding=None if by_row else self.table.encoding,
        )
