"""Which shipped schema a received file may be of, from its header."""

from dataclasses import dataclass

from territo_opendata import project
from territo_opendata.descriptors.model import Dialect
from territo_opendata.tables.arrivals import Workbook, open_arrival
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.table import open_table
from territo_opendata.workflow.sheets import sheet_labels, used_sheets
from territo_opendata.workflow.tables import Received

_CERTAIN = 0.8
_AHEAD = 0.25


@dataclass(frozen=True, slots=True)
class Recognised:
    """The shipped schemas that share columns with a file, and its visible sheets that hold any.

    `fitting` are names and scores as of `project.best_fitting_schema`, the best first.
    """

    fitting: tuple[tuple[str, float], ...]
    sheets: tuple[str, ...] = ()

    @property
    def certain(self) -> str | None:
        """The schema that the file is of: nearly all columns in common, and no other comes near."""
        if not self.fitting or self.fitting[0][1] < _CERTAIN:
            return None
        others = [score for _, score in self.fitting[1:]]
        ahead = self.fitting[0][1] - max(others, default=0.0)
        return self.fitting[0][0] if ahead >= _AHEAD else None


def recognise(received: Received) -> Recognised:
    """Return which schemas fit a file that was received.

    Raises UsageError, MissingFileError and BrokenFileError, as `open_arrival`.
    """
    name = received.name
    with Spool(received.max_size) as spool:
        arrived = open_arrival(name, received.path, spool, name=name)
        if not isinstance(arrived, Workbook):
            return Recognised(_fitting(open_table(arrived, Dialect()).header.labels))
        used = used_sheets(arrived)[0]
        sheet = received.sheet
        looked_at = arrived.sheet(sheet) if sheet else (used or list(arrived.sheets))[0]
        return Recognised(_fitting(sheet_labels(looked_at)), tuple(each.name for each in used))


def _fitting(labels: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    return tuple(project.best_fitting_schema(labels))
