"""The columnar executor at work on a table: stretches on all cores, results in file order."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial, reduce
from itertools import pairwise
from typing import TypeVar

import polars as pl

from territo_opendata.tables.chunks import Aligner, Stretch, cut
from territo_opendata.tables.encodings import ESCAPED, Undecodable, find_undecodable
from territo_opendata.tables.frames import read_frame
from territo_opendata.tables.records import Chunk, Record, RecordReader
from territo_opendata.tables.sizes import Sizes
from territo_opendata.tables.table import Table
from territo_opendata.tables.text_stream import TextStream
from territo_opendata.validate.columnar.keylog import LargeKeyLog, Memory
from territo_opendata.validate.columnar.screen import ColumnarPlan, screen_frame
from territo_opendata.validate.keys import KeyLog
from territo_opendata.validate.plan import Plan
from territo_opendata.validate.result import ChunkResult, merge
from territo_opendata.validate.scan import Screened
from territo_opendata.validate.screen import screen_chunk

_PIECES = 8

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a stretch is in the text stream and in the table, and how it was read."""

    offset: int
    length: int
    rows_before: int
    lines_before: int
    records: int
    columnar: bool


@dataclass(frozen=True, slots=True)
class _Outcome:
    result: ChunkResult
    columnar: bool
    undecodable: Undecodable | None


class ColumnarScan:
    """The columnar executor. See `Scan`."""

    def __init__(self, table: Table, sizes: Sizes, memory: Memory) -> None:
        self._table = table
        self._sizes = sizes
        self._text = TextStream(table)
        self._memory = memory
        self._places: list[_Place] = []
        self._width = 0

    def screen(self, plan: Plan) -> Iterator[Screened]:
        """See `Scan.screen`."""
        columnar = ColumnarPlan(plan)
        self._width = len(plan.columns)
        self._table.undecodable = Undecodable()
        self._places = []
        rows = lines = listed = 0

        def work(stretch: Stretch) -> _Outcome:
            limit = None if plan.limit is None else max(0, plan.limit - listed)
            return self._screen(stretch, columnar, limit)

        aligner = Aligner(self._table, self._text, self._sizes)
        for stretch, outcome in _in_order(work, aligner.stretches()):
            result = outcome.result
            if outcome.undecodable:
                self._table.undecodable.add(outcome.undecodable, lines)
            self._places.append(
                _Place(
                    stretch.offset,
                    len(stretch.data),
                    rows,
                    lines,
                    result.records,
                    outcome.columnar,
                )
            )
            listed += len(result.findings)
            yield Screened(result, partial(self._chunk, stretch))
            rows += result.records
            lines += result.lines

    def _screen(self, stretch: Stretch, columnar: ColumnarPlan, limit: int | None) -> _Outcome:
        frame = (
            None
            if stretch.chunk
            else read_frame(stretch.data, self._table.format, self._width, stretch.quotes)
        )
        if frame is not None:
            return _Outcome(screen_frame(frame, columnar, limit), True, None)
        undecodable = self._undecodable(stretch.data)
        pieces = [] if stretch.chunk else self._pieces(stretch.data)
        if len(pieces) > 1:
            found = [self._screen(piece, columnar, limit).result for piece in pieces]
            result = reduce(lambda one, two: merge(one, two, limit), found)
        else:
            result = screen_chunk(self._chunk(stretch), columnar.plan, limit)
        return _Outcome(result, False, undecodable)

    def _pieces(self, data: bytes) -> list[Stretch]:
        """Cut regular records into a few pieces, so that few are read one by one."""
        size = max(len(data) // _PIECES, self._sizes.smallest)
        ends = [0]
        while ends[-1] < len(data):
            rest = data[ends[-1] :]
            end, _ = cut(rest, self._table.format, size, whole=True)
            ends.append(ends[-1] + (end or len(rest)))
        return [Stretch(data[start:end], start) for start, end in pairwise(ends)]

    def _chunk(self, stretch: Stretch) -> Chunk:
        if stretch.chunk is not None:
            return stretch.chunk
        lines = self._text.lines(stretch.data)
        chunk = RecordReader(lines, self._table.format).read(len(stretch.data) + 1)
        return chunk or Chunk((), (), (), 0, 0)

    def _undecodable(self, data: bytes) -> Undecodable | None:
        if not self._text.raw or data.isascii():
            return None
        found = find_undecodable(data.decode("utf-8", self._text.errors), ESCAPED)
        return found if found.lines else None

    def read_again(self, rows: Sequence[int]) -> Iterator[Record]:
        """See `Scan.read_again`."""
        wanted = list(_by_place(self._places, rows))
        parts = self._text.parts([(place.offset, place.length) for place, _ in wanted])
        work = (
            (place, numbers, data) for (place, numbers), data in zip(wanted, parts, strict=True)
        )
        for _, records in _in_order(lambda each: self._records(*each), work):
            yield from records

    def _records(self, place: _Place, rows: Sequence[int], data: bytes) -> list[Record]:
        before, lines = place.rows_before, place.lines_before
        if place.columnar:
            frame = read_frame(data, self._table.format, self._width, None)
            if frame is not None:
                found = frame.table[pl.Series([row - before - 1 for row in rows])].rows()
                return [
                    Record(row, frame.line(row - before - 1) + lines, cells)
                    for row, cells in zip(rows, found, strict=True)
                ]
        chunk = self._chunk(Stretch(data, 0))
        return [
            Record(row, chunk.lines[row - before - 1] + lines, chunk.cells[row - before - 1])
            for row in rows
        ]

    def new_log(self) -> KeyLog:
        """See `Scan.new_log`."""
        return LargeKeyLog(self._memory)


def _by_place(
    places: Iterable[_Place], rows: Sequence[int]
) -> Iterator[tuple[_Place, Sequence[int]]]:
    start = 0
    for place in places:
        end = start
        while end < len(rows) and rows[end] <= place.rows_before + place.records:
            end += 1
        if end > start:
            yield place, rows[start:end]
        start = end


def _in_order(work: Callable[[A], B], items: Iterable[A]) -> Iterator[tuple[A, B]]:
    """Yield each item with what `work` makes of it, in order, a few worked on at a time."""
    workers = os.cpu_count() or 1
    waiting: deque[tuple[A, Future[B]]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for item in items:
                waiting.append((item, pool.submit(work, item)))
                if len(waiting) > workers:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            for _, future in waiting:
                future.cancel()
