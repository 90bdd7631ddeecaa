"""What a repair changes, one entry for each change, kept on disk and counted."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from territo_opendata.findings import Safety
from territo_opendata.repair.choices import Kind, Place

EXAMPLES = 3
"""Changes of each kind that are shown in a summary."""

_RENAMED = "column-renamed"
_ROW = 3
"""Where an entry on disk has its row, after what tells whether it was made."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed, at its place in the original file.

    `row` is the record number (the header's is 1 where nothing stands above it), None for the
    file as a whole; `column` the 1-based cell, None for a whole row. A row left out has no
    `after`. `target` is the row and the column of the cell in the new file.
    """

    code: str
    before: str
    after: str
    row: int | None = None
    column: int | None = None
    field: str = ""
    safety: Safety = "safe"
    target: tuple[int, int] | None = None

    @property
    def kind(self) -> Kind:
        """What is counted and decided on together; the names of all columns are."""
        name = "" if self.code == _RENAMED else self.field
        return self.code, name, self.safety

    @property
    def place(self) -> Place:
        """What tells it from the others of its kind."""
        return self.row, self.column


Line = tuple[int, str, str, str, int | None, int | None, str, Safety, int | None, int | None]
"""A change of a cell as the log holds it: whether it is made (1), then what a `Change` is made of."""

_KIND = itemgetter(0, 1, 6, 7)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines of a block are alike, and the first of them: as many as a summary shows."""

    made: int
    kind: Kind
    count: int
    first: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Block:
    """Changes of cells in the order of the file, as text for the log, and counted."""

    text: str
    counted: Sequence[Counted]


def block_of(lines: Sequence[Line]) -> Block:
    """Return these lines as a block."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    counted = []
    for (made, *kind), count in Counter(map(_KIND, lines)).items():
        alike = (each for each in lines if _KIND(each) == (made, *kind))
        first = tuple(itertools.islice(alike, EXAMPLES))
        counted.append(Counted(made, _KIND(first[0])[1:], count, first))
    return Block(text.getvalue(), counted)


def line_of(change: Change, *, made: bool) -> Line:
    """Return a change as the log holds it."""
    target = change.target or (None, None)
    place = (change.row, change.column, change.field, change.safety)
    return (int(made), change.code, change.before, change.after, *place, *target)


def change_of(line: Line) -> Change:
    """Return the change that a line of the log holds."""
    _, code, before, after, row, column, name, safety, to_row, to_column = line
    target = None if to_row is None or to_column is None else (to_row, to_column)
    return Change(code, before, after, row, column, name, safety, target)


@dataclass(slots=True)
class Tally:
    """How many changes (or proposals) there are of each kind, and the first of each."""

    counts: Counter[Kind] = field(default_factory=Counter)
    examples: dict[Kind, list[Change]] = field(default_factory=dict)

    def add(self, change: Change) -> None:
        """Count one."""
        self.counts[change.kind] += 1
        shown = self.examples.setdefault(change.kind, [])
        if len(shown) < EXAMPLES:
            shown.append(change)

    def take(self, counted: Counted) -> None:
        """Count those of a block that are alike."""
        self.counts[counted.kind] += counted.count
        shown = self.examples.setdefault(counted.kind, [])
        shown.extend(map(change_of, counted.first[: EXAMPLES - len(shown)]))

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.counts.total()


class Entry(NamedTuple):
    """A change of a log: made, or only possible; `end` is where the next one begins on disk."""

    change: Change
    made: bool
    end: int


class ChangeLog:
    """The changes of a table in the order of the file, written to disk as they come.

    Those that could be made, and wait for consent or were declined, stand among them: `tally`
    counts what was made, `proposals` what was not.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tally = Tally()
        self.proposals = Tally()
        self._open("w")

    def _open(self, mode: str) -> None:
        self._stream = self.path.open(mode, encoding="utf-8", errors="surrogatepass", newline="")
        self._write = csv.writer(self._stream, lineterminator="\n").writerow

    def add(self, change: Change) -> None:
        """Keep one more change."""
        self.tally.add(change)
        self._keep(change, made=True)

    def propose(self, change: Change) -> None:
        """Keep a change that is not made."""
        self.proposals.add(change)
        self._keep(change, made=False)

    def _keep(self, change: Change, *, made: bool) -> None:
        self._write(line_of(change, made=made))

    def take(self, block: Block) -> None:
        """Keep the changes of a block."""
        for each in block.counted:
            (self.tally if each.made else self.proposals).take(each)
        self._stream.write(block.text)

    def extend(self, changes: Iterable[Change]) -> None:
        """Keep these changes."""
        for change in changes:
            self.add(change)

    def close(self) -> None:
        """Flush what was written: then the changes can be read."""
        self._stream.close()

    def append(self, proposals: Iterable[Change]) -> None:
        """Keep changes that are not made in a log that was closed, and close it again."""
        self._open("a")
        for each in proposals:
            self.propose(each)
        self.close()

    def read(self) -> Iterator[Change]:
        """Yield the changes made again, once the log is closed."""
        return (each.change for each in self.entries() if each.made)

    def entries(self, start: int = 0, row: int = 0) -> Iterator[Entry]:
        """Yield what is in the log, once it is closed, from where an entry begins on disk.

        Those of rows before `row` are passed over.

        Raises ValueError or csv.Error when none begins there.
        """
        csv.field_size_limit(2**31 - 2)
        with self.path.open("rb") as stream:
            stream.seek(start)
            lines = _Lines(stream, start)
            for made, *cells in csv.reader(lines):
                if row and int(cells[_ROW] or 0) < row:
                    continue
                yield Entry(_change(cells), made == "1", lines.end)


def _change(cells: Sequence[str]) -> Change:
    code, before, after, row, column, name, safety, to_row, to_column = cells
    known: Any = safety
    target = (int(to_row), int(to_column)) if to_row else None
    return Change(code, before, after, _number(row), _number(column), name, known, target)


class _Lines:
    """The lines of a log, counted in bytes; an entry may take several."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream = stream
        self.end = start

    def __iter__(self) -> Iterator[str]:
        for line in self._stream:
            self.end += len(line)
            yield line.decode("utf-8", "surrogatepass")


def _number(text: str) -> int | None:
    return int(text) if text else None
