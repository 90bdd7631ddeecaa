"""One pass over a table: it is validated, and copied with its faulty cells mended."""

import dataclasses
import io
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from territo_opendata.repair.changes import Change, ChangeLog
from territo_opendata.repair.choices import Choices
from territo_opendata.repair.mending import Mended, Mender
from territo_opendata.repair.shape import Shape
from territo_opendata.repair.splicing import Origin, Splicer
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.source import Source
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.table import Table, text_lines
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.plan import Column, Plan
from territo_opendata.validate.scan import Screened

Lines = io.TextIOBase | Generator[str, None, None]
"""The lines of a table, to be closed."""


@dataclass(slots=True)
class MendingPass:
    """Sees a table being validated (a `Watcher`), and writes it mended to `path`.

    `is_certain` tells whether its encoding is; `changes` are those already made to its shape, `titles` the rows left out above it, `width`
    the columns of the original; `orders` is what dates of a column showed in an earlier pass,
    `left_out` the rows not to be copied, `instead` what cells become beyond their own faults.
    """

    spool: Spool
    base: TableInput
    shape: Shape
    titles: int
    width: int
    is_certain: bool
    changes: Sequence[Change]
    choices: Choices
    seats: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[int, str] = field(default_factory=dict)
    left_out: Mapping[int, Change] = field(default_factory=dict)
    instead: Mapping[int, Sequence[Mended]] = field(default_factory=dict)
    path: Path = field(init=False)
    log: ChangeLog = field(init=False)
    _splicer: Splicer | None = None
    _into: BinaryIO = field(default_factory=io.BytesIO)
    _lines: Lines = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self.path = self.spool.new_path()
        self.log = ChangeLog(self.spool.new_path())
        self.log.extend(self.changes)

    def open(self, table: Table, plan: Plan) -> None:
        """See `Watcher.open`."""
        self._into = self.path.open("wb")
        self._lines = _lines(table)
        columns = [None if place is None else place + 1 for place in self.shape.places]
        self._splicer = Splicer(
            self._lines,
            self._into,
            table.format,
            table.encoding.name,
            _mender(table, plan, self),
            Origin(self.titles, self.width, columns),
            self.log,
            self.left_out,
            self.instead,
        )

    def see(self, screened: Screened) -> None:
        """See `Watcher.see`."""
        if self._splicer is not None:
            result = screened.result
            self._splicer.see(result.records, result.lines, result.faults, screened.chunk)

    def close(self) -> None:
        """End the copy: then it can be read."""
        if self._splicer is not None and self._has_mended():
            self._splicer.end()
        self._lines.close()
        self._into.close()
        self.log.close()

    @property
    def table(self) -> TableInput:
        """The mended copy; the table itself where nothing in it was mended."""
        if not self._has_mended():
            return self.base
        source = Source(self.base.source.label, self.path, self.base.source.format)
        return dataclasses.replace(self.base, source=source)

    def _has_mended(self) -> bool:
        return self.log.tally.total > len(self.changes)

    @property
    def dropped(self) -> Sequence[int]:
        """The rows of the table that were not copied, in order."""
        return self._splicer.dropped if self._splicer is not None else ()

    @property
    def doubtful(self) -> Mapping[int, str]:
        """The columns whose dates do not show what they were believed to show."""
        return self._splicer.mender.doubtful() if self._splicer is not None else {}


def _lines(table: Table) -> Lines:
    """Return the lines of the table as its reader cuts them; by the fast way where there is one."""
    if table.encoding.name in ("utf-8", "utf-8-sig") and table.source.format == "csv":
        stream = table.source.open()
        return io.TextIOWrapper(stream, table.encoding.name, "surrogateescape", newline="")
    return text_lines(table.source, table.encoding)


def _mender(table: Table, plan: Plan, asked: MendingPass) -> Mender:
    written, encoding = table.format, table.encoding.name
    return Mender(
        [column.field for column in plan.columns],
        table.header.labels,
        lambda place, texts: _right_among(plan.columns[place], texts),
        lambda before, after: (
            _is_writable(after, written, encoding)
            and (asked.is_certain or (before.isascii() and after.isascii()))
        ),
        asked.choices,
        asked.orders,
        seats=asked.seats,
    )


def _right_among(column: Column, texts: Sequence[str]) -> Collection[str]:
    """Return the texts in which a cell has no fault; the quick rule, if any, is asked first."""
    leave, judge = column.leave, column.judge
    left: Iterable[str] = texts
    if leave is not None and judge.missing.isdisjoint(texts):
        left = leave(texts)
    wrong = {text for text in left if judge.judge(text).faults}
    return [text for text in texts if text not in wrong] if wrong else texts


def _is_writable(text: str, written: CsvFormat, encoding: str) -> bool:
    """Tell whether the file can hold the text: its encoding, its quotes."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return bool(written.quote_char) or written.delimiter not in text
