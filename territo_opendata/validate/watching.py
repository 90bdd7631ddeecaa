"""Who wants to see every fault of a table as it is read, however many the report lists."""

from typing import Protocol

from territo_opendata.tables.table import Table
from territo_opendata.validate.plan import Plan
from territo_opendata.validate.scan import Screened


class Watcher(Protocol):
    """Sees the stretches of one table in the order of the file, with all of their faults."""

    def open(self, table: Table, plan: Plan) -> None:
        """Be told how the table is read, before its first stretch."""

    def see(self, screened: Screened) -> None:
        """Be shown a stretch; `screened.result.faults` is complete."""
