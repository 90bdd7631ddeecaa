"""Reading a table from end to end through an executor, in file order."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from territo_opendata.rules import rule
from territo_opendata.tables.records import Chunk, Record, records_of
from territo_opendata.tables.table import Table
from territo_opendata.validate.keys import KeyLog, SmallKeyLog
from territo_opendata.validate.plan import Plan
from territo_opendata.validate.result import ChunkResult
from territo_opendata.validate.screen import screen_chunk


@dataclass(frozen=True, slots=True)
class Screened:
    """The result of a stretch of the table, and how its records are read again."""

    result: ChunkResult
    chunk: Callable[[], Chunk]


class Scan(Protocol):
    """An executor at work on one table."""

    def screen(self, plan: Plan) -> Iterator[Screened]:
        """Yield the results of the stretches of the table, in file order."""

    def read_again(self, rows: Sequence[int]) -> Iterator[Record]:
        """Yield the records of these increasing numbers."""

    def new_log(self) -> KeyLog:
        """Return an empty log for the hashes of one key."""


def _same(chunk: Chunk) -> Chunk:
    return chunk


class PlainScan:
    """The plain executor: the csv reader's records, in one thread. See `Scan`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def screen(self, plan: Plan) -> Iterator[Screened]:
        """See `Scan.screen`."""
        for chunk in self._table.chunks():
            yield Screened(screen_chunk(chunk, plan, plan.limit), partial(_same, chunk))

    def read_again(self, rows: Sequence[int]) -> Iterator[Record]:
        """See `Scan.read_again`."""
        noted = self._table.undecodable
        try:
            yield from records_of(self._table.chunks(), rows)
        finally:
            self._table.undecodable = noted

    def new_log(self) -> KeyLog:
        """See `Scan.new_log`."""
        return SmallKeyLog()


def cut_short(chunk: Chunk, plan: Plan, errors: int) -> ChunkResult:
    """Return the result of the records up to that of the error number `errors` of the chunk.

    So where a reading ends does not depend on where its chunks do.
    """
    everything = screen_chunk(chunk, plan)
    for finding in everything.findings:
        errors -= rule(finding.code).severity == "error"
        if not errors and finding.row is not None:
            return screen_chunk(chunk.until(finding.row), plan, plan.limit)
    return everything
