"""The SIREN that stand where a SIRET is asked, and the head offices that a file gives for them."""

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

from territo_opendata.fixes.identifiers import bare_digits
from territo_opendata.repair.seats import read_seats
from territo_opendata.tables.table import Table
from territo_opendata.validate.plan import Plan
from territo_opendata.validate.scan import Screened
from territo_opendata.workflow.given import Given
from territo_opendata.workflow.repair_job import RepairJob

_CODE = "siret-siren"


def with_seats(job: RepairJob, given: Given, path: Path) -> RepairJob:
    """Return the job with the head offices that the file at `path` knows, of those needed.

    The table is read once to know which these are. Raises as `read_seats`.
    """
    seen = _Sirens()
    job.check(given, seen)
    return dataclasses.replace(job, seats=read_seats(path, seen.found))


@dataclass(slots=True)
class _Sirens:
    """Gathers the SIREN of a table as it is validated. See `Watcher`."""

    found: set[str] = field(default_factory=set)
    _places: dict[str | None, int] = field(default_factory=dict)

    def open(self, table: Table, plan: Plan) -> None:  # noqa: ARG002
        """See `Watcher.open`."""
        self._places = {column.field.name: column.index for column in plan.columns}

    def see(self, screened: Screened) -> None:
        """See `Watcher.see`."""
        met = {
            row: [self._places[fault.column] for fault in faults if fault.code == _CODE]
            for row, faults in screened.result.faults.items()
        }
        if not any(met.values()):
            return
        chunk = screened.chunk()
        for row, cells in zip(chunk.rows, chunk.cells, strict=True):
            self.found.update(bare_digits(cells[place]) for place in met.get(row, ()))
