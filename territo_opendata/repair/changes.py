"""What a repair changes, one entry for each change, kept on disk and counted."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from territo_opendata.findings import Safety

EXAMPLES = 3
"""Changes of each kind that are shown in a summary."""


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
    def kind(self) -> tuple[str, str]:
        """What is counted together: the code and the field."""
        return self.code, self.field


@dataclass(slots=True)
class Tally:
    """How many changes (or proposals) there are of each kind, and the first of each."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Change]] = field(default_factory=dict)

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


class ChangeLog:
    """The changes of a table in the order of the file, written to disk as they come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tally = Tally()
        self._stream = path.open("w", encoding="utf-8", errors="surrogatepass", newline="")
        self._write = csv.writer(self._stream).writerow

    def add(self, change: Change) -> None:
        """Keep one more change."""
        self.tally.add(change)
        target = change.target or ("", "")
        row, column = _blank(change.row), _blank(change.column)
        place = (row, column, change.field, change.safety)
        self._write((change.code, change.before, change.after, *place, *target))

    def extend(self, changes: Iterable[Change]) -> None:
        """Keep these changes."""
        for change in changes:
            self.add(change)

    def close(self) -> None:
        """Flush what was written: then the changes can be read."""
        self._stream.close()

    def read(self) -> Iterator[Change]:
        """Yield the changes again, once the log is closed."""
        with self.path.open(encoding="utf-8", errors="surrogatepass", newline="") as stream:
            csv.field_size_limit(2**31 - 2)
            for code, before, after, row, column, name, safety, to_row, to_column in csv.reader(
                stream
            ):
                target = (int(to_row), int(to_column)) if to_row else None
                known: Any = safety
                yield Change(
                    code, before, after, _number(row), _number(column), name, known, target
                )


def _blank(number: int | None) -> str | int:
    return "" if number is None else number


def _number(text: str) -> int | None:
    return int(text) if text else None
