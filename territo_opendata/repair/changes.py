"""What a repair changes, one entry for each change, kept on disk and counted."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from territo_opendata.findings import Safety
from territo_opendata.repair.choices import Kind, Place

EXAMPLES = 3
"""Changes of each kind that are shown in a summary."""

_RENAMED = "column-renamed"


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
        self._keep(change, 1)

    def propose(self, change: Change) -> None:
        """Keep a change that is not made."""
        self.proposals.add(change)
        self._keep(change, 0)

    def _keep(self, change: Change, made: int) -> None:
        target = change.target or ("", "")
        row, column = _blank(change.row), _blank(change.column)
        place = (row, column, change.field, change.safety)
        self._write((made, change.code, change.before, change.after, *place, *target))

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

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """Yield what is in the log, once it is closed, from where an entry begins on disk.

        Raises ValueError or csv.Error when none begins there.
        """
        csv.field_size_limit(2**31 - 2)
        with self.path.open("rb") as stream:
            stream.seek(start)
            lines = _Lines(stream, start)
            for made, *cells in csv.reader(lines):
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


def _blank(number: int | None) -> str | int:
    return "" if number is None else number


def _number(text: str) -> int | None:
    return int(text) if text else None
