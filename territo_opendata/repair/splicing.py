"""The rewriting of the records that change, among lines that are copied as they are."""

import codecs
import csv
import itertools
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from territo_opendata.repair.changes import Change, ChangeLog, Line, block_of, line_of
from territo_opendata.repair.mending import Fault, Mended, Mender, is_blank, without_empty_ends
from territo_opendata.repair.writing import RecordWriter
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.records import Chunk

_BATCH = 1 << 16
_NOTHING: frozenset[int] = frozenset()

MANY = 1000
"""Faulty records of a stretch from which they are mended by column."""


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
    or might be goes to `log`. `left_out` are rows that are not to be copied; `instead` is, by row
    and place, what a cell becomes that would have the text `before` by then. `dropped` are the
    rows that were not copied, for whatever reason.
    """

    lines: Iterator[str]
    into: BinaryIO
    csv_format: CsvFormat
    encoding: str
    mender: Mender
    origin: Origin
    log: ChangeLog
    left_out: Mapping[int, Change] = field(default_factory=dict)
    instead: Mapping[int, Sequence[Mended]] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    _noted: list[Line] = field(default_factory=list)
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
        others = self._others_among(records)
        if faults or others:
            self._copy(self._behind)
            self._behind = 0
            lines = list(itertools.islice(self.lines, line_count))
            self._put(self._mended(lines, records, faults, others, chunk))
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

    def _others_among(self, records: int) -> frozenset[int]:
        """Return the records of a stretch that change whatever their own faults."""
        if not (self.left_out or self.instead):
            return _NOTHING
        following = range(self._rows + 1, self._rows + records + 1)
        rows = (*self.left_out, *self.instead)
        return frozenset(row - self._rows for row in rows if row in following)

    def _put(self, lines: Sequence[str]) -> None:
        self.into.write(self._encoder.encode("".join(lines)))

    def _mended(
        self,
        lines: list[str],
        records: int,
        faults: Mapping[int, Sequence[Fault]],
        others: frozenset[int],
        chunk: Callable[[], Chunk],
    ) -> list[str]:
        rows = sorted(others.union(faults))
        if len(rows) >= MANY and len(lines) == records and not others:
            spliced = self._mended_by_column(lines, rows, faults)
            if spliced is not None:
                return spliced
        found = self._by_line(lines, rows) if len(lines) == records else _by_chunk(chunk(), rows)
        changed = [*self._changes(found, faults)]
        self.log.take(block_of(self._noted))
        self._noted.clear()
        return self._spliced(lines, changed)

    def _changes(
        self,
        found: Iterable[tuple[int, slice, Sequence[str]]],
        faults: Mapping[int, Sequence[Fault]],
    ) -> Iterator[tuple[slice, Sequence[str] | None]]:
        for row, place, cells in found:
            after = self._record(row, cells, faults.get(row, ()))
            if after is not cells:
                yield place, after

    def _mended_by_column(
        self, lines: list[str], rows: Sequence[int], faults: Mapping[int, Sequence[Fault]]
    ) -> list[str] | None:
        """Return the lines with many records mended at once, None where these cannot be."""
        from territo_opendata.repair import columnar

        if not self.csv_format.is_plain:
            return None
        by_kind = columnar.sort_rows(rows, faults, self.mender)
        plain = [lines[row - 1] for row in by_kind.plain]
        table = columnar.read_columns(plain, self.csv_format, len(self.mender.fields))
        if table is None or not all(_is_text(lines[row - 1]) for row in by_kind.others):
            return None
        changed = [*self._changes(self._by_line(lines, by_kind.others), faults)]
        spots = columnar.spots(
            by_kind.plain, self._rows, self.origin.rows, self.dropped, self.origin.columns
        )
        done = columnar.mend_columns(table, by_kind.groups, self.mender, spots, self.csv_format)
        self.log.take(columnar.block(done.noted, self._noted))
        self._noted.clear()
        for record, text in done.texts.items():
            line = plain[record]
            end = "\n" if line[-1] == "\n" and line[-2:-1] != "\r" else _end_of(line)
            lines[by_kind.plain[record] - 1] = text + end
        return self._spliced(lines, changed)

    def _by_line(
        self, lines: Sequence[str], rows: Sequence[int]
    ) -> Iterator[tuple[int, slice, list[str]]]:
        wanted = (lines[row - 1] for row in rows)
        for row, cells in zip(rows, csv.reader(wanted, self.csv_format.python()), strict=True):
            yield row, slice(row - 1, row), cells

    def _record(
        self, row: int, cells: Sequence[str], faults: Sequence[Fault]
    ) -> Sequence[str] | None:
        """Return the record as it is to be written, None when it is left out."""
        origin = self._rows + row + self.origin.rows
        dropped = self.left_out.get(self._rows + row)
        if dropped is not None:
            self._drop(self._rows + row, dropped)
            return None
        codes = [fault.code for fault in faults if fault.column is None]
        if "blank-row" in codes and is_blank(cells):
            self._drop(self._rows + row, Change("blank-row", "", "", origin))
            return None
        after = self._cut(cells, origin) if "extra-cell" in codes else cells
        mended = self._instead(row, cells, self.mender.mend(cells, faults), origin)
        if mended:
            after = self._changed([*after], mended, origin)
        return cells if after == cells else after

    def _instead(
        self, row: int, cells: Sequence[str], mended: Collection[Mended], origin: int
    ) -> Collection[Mended]:
        """Return the changes of a record, those of `instead` in the place of what leads there."""
        own = self.instead.get(self._rows + row)
        if own is None:
            return mended
        found = {each.place: each for each in mended}
        for each in own:
            known = found.get(each.place)
            place = (origin, self.origin.column(each.place))
            made = known is not None and self.mender.choices.wants(known.kind, place)
            text = known.after if known is not None and made else cells[each.place]
            if text == each.before and self.mender.is_writable(text, each.after):
                found[each.place] = replace(each, before=cells[each.place])
        return [found[place] for place in sorted(found)]

    def _drop(self, row: int, change: Change) -> None:
        self.dropped.append(row)
        self._noted.append(line_of(change, made=True))

    def _cut(self, cells: Sequence[str], origin: int) -> Sequence[str]:
        kept = without_empty_ends(cells, len(self.mender.fields))
        for place in range(len(kept), len(cells)):
            change = Change("extra-cell", cells[place], "", origin, self.origin.column(place))
            self._noted.append(line_of(change, made=True))
        return kept

    def _changed(self, after: list[str], mended: Iterable[Mended], origin: int) -> Sequence[str]:
        row = origin - self.origin.rows - len(self.dropped)
        for each in mended:
            if not each.rank:
                continue
            place = each.place
            column = self.origin.column(place)
            made = self.mender.choices.wants(each.kind, (origin, column))
            if made:
                after[place] = each.after
            cell = (each.code, each.before, each.after, origin, column)
            self._noted.append((int(made), *cell, each.field, each.safety, row, place + 1))
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


def _is_text(line: str) -> bool:
    """Tell whether every byte of the line could be decoded."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
