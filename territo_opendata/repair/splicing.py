"""The rewriting of the records that change, among lines that are copied as they are."""

import codecs
import csv
import itertools
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from territo_opendata.repair.changes import Change, ChangeLog
from territo_opendata.repair.mending import Fault, Mended, Mender, is_blank, without_empty_ends
from territo_opendata.repair.writing import RecordWriter
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.records import Chunk

_BATCH = 1 << 16
_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the cells of a table stood in the file that it was made of.

    `rows` is the number of rows left out above, `width` that of the header; `columns[i]` the
    1-based column of place `i`, None where the column was added.
    """

    rows: int
    width: int
    columns: Sequence[int | None]

    def column(self, place: int) -> int | None:
        """Return the original column of a place; beyond the header they kept their distance."""
        if place < len(self.columns):
            return self.columns[place]
        return self.width + place - len(self.columns) + 1


@dataclass(slots=True)
class Splicer:
    """Copies a table, stretch by stretch, its faulty records mended.

    `lines` are those of the table, in step with the stretches that are shown; what is changed
    or might be goes to `log`. `left_out` are rows that are not to be copied;
    `dropped` those that were not, for whatever reason.
    """

    lines: Iterator[str]
    into: BinaryIO
    csv_format: CsvFormat
    encoding: str
    mender: Mender
    origin: Origin
    log: ChangeLog
    left_out: Mapping[int, Change] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    _rows: int = 0
    _behind: int = 0
    _encoder: codecs.IncrementalEncoder = field(init=False)

    def __post_init__(self) -> None:
        self._encoder = codecs.getincrementalencoder(self.encoding)("surrogateescape")

    def see(
        self,
        records: int,
        line_count: int,
        faults: Mapping[int, Sequence[Fault]],
        chunk: Callable[[], Chunk],
    ) -> None:
        """Copy a stretch of so many records and lines; `faults` by record, from 1.

        Stretches without faults are copied when one with faults follows, or the table ends: a
        table in which nothing changes is not read a second time.
        """
        dropped = self._dropped_among(records)
        if faults or dropped:
            self._copy(self._behind)
            self._behind = 0
            lines = list(itertools.islice(self.lines, line_count))
            self._put(self._mended(lines, records, faults, dropped, chunk))
        else:
            self._behind += line_count
        self._rows += records

    def end(self) -> None:
        """Copy what is left."""
        self._copy(None)

    def _copy(self, count: int | None) -> None:
        lines = itertools.islice(self.lines, count)
        while batch := list(itertools.islice(lines, _BATCH)):
            self._put(batch)

    def _dropped_among(self, records: int) -> frozenset[int]:
        if not self.left_out:
            return _NOTHING
        following = range(self._rows + 1, self._rows + records + 1)
        return frozenset(row - self._rows for row in self.left_out if row in following)

    def _put(self, lines: Sequence[str]) -> None:
        self.into.write(self._encoder.encode("".join(lines)))

    def _mended(
        self,
        lines: list[str],
        records: int,
        faults: Mapping[int, Sequence[Fault]],
        dropped: frozenset[int],
        chunk: Callable[[], Chunk],
    ) -> list[str]:
        rows = sorted(dropped.union(faults))
        found = self._by_line(lines, rows) if len(lines) == records else _by_chunk(chunk(), rows)
        changed: list[tuple[slice, Sequence[str] | None]] = []
        for row, place, cells in found:
            after = self._record(row, cells, faults.get(row, ()))
            if after is not cells:
                changed.append((place, after))
        return self._spliced(lines, changed)

    def _by_line(
        self, lines: Sequence[str], rows: Sequence[int]
    ) -> Iterator[tuple[int, slice, list[str]]]:
        wanted = (lines[row - 1] for row in rows)
        for row, cells in zip(rows, csv.reader(wanted, self.csv_format.python()), strict=True):
            yield row, slice(row - 1, row), cells

    def _record(self, row: int, cells: list[str], faults: Sequence[Fault]) -> Sequence[str] | None:
        """Return the record as it is to be written, None when it is left out."""
        origin = self._rows + row + self.origin.rows
        dropped = self.left_out.get(self._rows + row)
        if dropped is not None:
            self._drop(self._rows + row, dropped)
            return None
        codes = {fault.code for fault in faults}
        if "blank-row" in codes and is_blank(cells):
            self._drop(self._rows + row, Change("blank-row", "", "", origin))
            return None
        after: Sequence[str] = cells
        if "extra-cell" in codes:
            after = self._cut(cells, origin)
        mended = self.mender.mend(cells, faults)
        if mended:
            after = self._changed([*after], mended, origin)
        return cells if after == cells else after

    def _drop(self, row: int, change: Change) -> None:
        self.dropped.append(row)
        self.log.add(change)

    def _cut(self, cells: list[str], origin: int) -> Sequence[str]:
        kept = without_empty_ends(cells, len(self.mender.fields))
        for place in range(len(kept), len(cells)):
            column = self.origin.column(place)
            self.log.add(Change("extra-cell", cells[place], "", origin, column))
        return kept

    def _changed(self, after: list[str], mended: Sequence[Mended], origin: int) -> Sequence[str]:
        for each in mended:
            column = self.origin.column(each.place)
            target = (origin - self.origin.rows - len(self.dropped), each.place + 1)
            change = Change(
                each.code,
                each.before,
                each.after,
                origin,
                column,
                each.field,
                each.safety,
                target,
            )
            if each.possible and self.mender.choices.wants(each.kind, (origin, column)):
                after[each.place] = each.after
                self.log.add(change)
            elif each.rank:
                self.log.propose(change)
        return after

    def _spliced(
        self, lines: list[str], changed: Sequence[tuple[slice, Sequence[str] | None]]
    ) -> list[str]:
        writer = RecordWriter(self.csv_format)
        texts = iter(writer.write((after for _, after in changed if after is not None), ""))
        spliced: list[str] = []
        copied = 0
        for place, after in changed:
            spliced += lines[copied : place.start]
            if after is not None:
                spliced.append(next(texts) + _end_of(lines[place.stop - 1]))
            copied = place.stop
        return spliced + lines[copied:]


def _by_chunk(chunk: Chunk, rows: Sequence[int]) -> Iterator[tuple[int, slice, list[str]]]:
    for row in rows:
        place = bisect_left(chunk.rows, row)
        following = place + 1 < len(chunk.lines)
        stop = chunk.lines[place + 1] - 1 if following else chunk.line_count
        yield row, slice(chunk.lines[place] - 1, stop), chunk.cells[place]


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
