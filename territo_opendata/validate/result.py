"""What screening a stretch of a table gives, and how two such results become one.

Everything in a `ChunkResult` is counted from the start of its chunk, so that chunks can be
screened apart, in any order, on any machine; `merge` is associative and shifts the second.
"""

import dataclasses
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Union

from territo_opendata.findings import Finding
from territo_opendata.validate.checks.interface import Cells, Fault

Counts = Mapping[tuple[str | None, str], int]


Numbers = Union[range, "array[int]"]
"""Row numbers in increasing order; consecutive ones are a range, which takes no memory."""


@dataclass(frozen=True, slots=True)
class KeyHashes:
    """The 64-bit hash of the key of each row that has one, and the numbers of these rows."""

    hashes: "array[int]"
    rows: Numbers

    @classmethod
    def empty(cls) -> "KeyHashes":
        """Return the hashes of no row."""
        return cls(array("Q"), range(0))


@dataclass(frozen=True, slots=True)
class Taken:
    """The cells that one table check asked for, with the row and line of each record."""

    rows: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    cells: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """The screening of `records` records over `lines` physical lines.

    `content` counts the records judged; `findings` holds at most the asked number of findings,
    `counts` all of them by field and code; `keys` one entry per key of the plan, `references`
    one per foreign key (only hashes that the referenced table lacks, where it is known), `taken`
    one per table check; `samples` the raw cells of rows with findings; `faults` those of each
    record, by its number, when the plan is watched.
    """

    records: int
    lines: int
    content: int
    counts: Counts
    findings: tuple[Finding, ...]
    keys: tuple[KeyHashes, ...]
    references: tuple[KeyHashes, ...]
    taken: tuple[Taken, ...]
    samples: Mapping[int, tuple[str, ...]]
    last_row: int = 0
    last_line: int = 0
    unclosed: bool = False
    broken: str = ""
    faults: Mapping[int, Sequence[Fault]] = dataclasses.field(default_factory=dict)

    @classmethod
    def empty(cls, keys: int = 0, references: int = 0, checks: int = 0) -> "ChunkResult":
        """Return the result of no record, for a plan with so many keys and checks."""
        return cls(
            0,
            0,
            0,
            {},
            (),
            (KeyHashes.empty(),) * keys,
            (KeyHashes.empty(),) * references,
            (Taken(),) * checks,
            {},
        )

    def without_keys(self) -> "ChunkResult":
        """Return the result without hashes and faults, for who has put these elsewhere."""
        return dataclasses.replace(
            self,
            faults={},
            keys=(KeyHashes.empty(),) * len(self.keys),
            references=(KeyHashes.empty(),) * len(self.references),
        )


def merge(first: ChunkResult, second: ChunkResult, limit: int | None = None) -> ChunkResult:
    """Return the result of `first` followed by `second`, listing at most `limit` findings."""
    rows, lines = first.records, first.lines
    findings = (*first.findings, *(_shift(each, rows, lines) for each in second.findings))
    counts = dict(first.counts)
    for key, number in second.counts.items():
        counts[key] = counts.get(key, 0) + number
    shifted = {row + rows: cells for row, cells in second.samples.items()}
    kept = findings if limit is None else findings[:limit]
    return ChunkResult(
        records=rows + second.records,
        lines=lines + second.lines,
        content=first.content + second.content,
        counts=counts,
        findings=kept,
        keys=_join(first.keys, second.keys, rows),
        references=_join(first.references, second.references, rows),
        taken=tuple(
            _append(one, two, rows, lines)
            for one, two in zip(first.taken, second.taken, strict=True)
        ),
        samples=_sampled({**first.samples, **shifted}, kept),
        last_row=second.last_row + rows if second.last_row else first.last_row,
        last_line=second.last_line + lines if second.last_row else first.last_line,
        unclosed=first.unclosed or second.unclosed,
        broken=first.broken or second.broken,
        faults={**first.faults, **{row + rows: each for row, each in second.faults.items()}},
    )


def _shift(finding: Finding, rows: int, lines: int) -> Finding:
    if finding.row is None or not rows:
        return finding
    return dataclasses.replace(
        finding,
        row=finding.row + rows,
        line=None if finding.line is None else finding.line + lines,
    )


def shift_rows(rows: Numbers, offset: int) -> Numbers:
    """Return `rows` moved by `offset`."""
    if isinstance(rows, range):
        return range(rows.start + offset, rows.stop + offset)
    return array("Q", [row + offset for row in rows])


def _join(
    first: tuple[KeyHashes, ...], second: tuple[KeyHashes, ...], rows: int
) -> tuple[KeyHashes, ...]:
    return tuple(
        KeyHashes(one.hashes + two.hashes, _chain(one.rows, shift_rows(two.rows, rows)))
        for one, two in zip(first, second, strict=True)
    )


def _chain(first: Numbers, second: Numbers) -> Numbers:
    if not first:
        return second
    if not second:
        return first
    if isinstance(first, range) and isinstance(second, range) and first.stop == second.start:
        return range(first.start, second.stop)
    return array("Q", [*first, *second])


def _append(one: Taken, two: Taken, rows: int, lines: int) -> Taken:
    return Taken(
        one.rows + tuple(row + rows for row in two.rows),
        one.lines + tuple(line + lines for line in two.lines),
        one.cells + two.cells,
    )


def _sampled(
    samples: Mapping[int, tuple[str, ...]], findings: tuple[Finding, ...]
) -> Mapping[int, tuple[str, ...]]:
    listed = {finding.row for finding in findings}
    return {row: cells for row, cells in samples.items() if row in listed}
