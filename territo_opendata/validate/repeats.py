"""Keys that occur twice, and references to nothing: from hashes to findings.

Only rows whose hash is repeated (or unknown) are read again, and their values compared.
"""

import dataclasses
import heapq
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from territo_opendata.findings import Finding
from territo_opendata.language import Text, visible
from territo_opendata.tables.records import Record
from territo_opendata.validate.evidence import propose_fix
from territo_opendata.validate.hashing import canonical
from territo_opendata.validate.keys import KeyLog
from territo_opendata.validate.members import Members
from territo_opendata.validate.plan import Key, Plan, Reference

ReadAgain = Callable[[Sequence[int]], Iterator[Record]]
"""Reads the records of these numbers again, in file order."""


@dataclass(frozen=True, slots=True)
class KeyFindings:
    """The findings on keys and references, all counted, and the texts of their rows."""

    findings: tuple[Finding, ...]
    counts: Mapping[tuple[str | None, str], int]
    samples: Mapping[int, tuple[str, ...]]


@dataclass(slots=True)
class KeyLogs:
    """The logs of a table's keys and references, in the order of its plan."""

    keys: Sequence[KeyLog]
    references: Sequence[KeyLog]


def key_findings(plan: Plan, logs: KeyLogs, read_again: ReadAgain) -> KeyFindings:
    """Return the duplicates and the dangling references of a table, as many as the plan lists."""
    judged: list[tuple[Sequence[int], _Judge]] = []
    for key, log in zip(plan.keys, logs.keys, strict=True):
        if key.kind != "lookup":
            judged.append((log.repeated(), _Duplicates(plan, key)))
    for reference, log in zip(plan.references, logs.references, strict=True):
        judged.append((_dangling(reference, log, plan, logs), _Dangling(plan, reference)))
    found = _Found(plan.limit)
    for row, record, concerned in _read(judged, read_again):
        found.open_row()
        for number in concerned:
            for finding in judged[number][1](record):
                found.add(finding, row, record)
    return KeyFindings(tuple(found.findings), found.counts, found.samples)


def _dangling(reference: Reference, log: KeyLog, plan: Plan, logs: KeyLogs) -> Sequence[int]:
    """Return where the reference is to nothing; a table's own keys are known only now."""
    if reference.members is not None:
        return log.missing(reference.members)
    wanted = reference.foreign_key.reference_fields
    for key, own in zip(plan.keys, logs.keys, strict=True):
        if key.fields == wanted and key.kind != "unique-key":
            return log.missing(own.members())
    return log.missing(Members.of(()))


_Judge = Callable[[Record], Iterable[Finding]]


def _read(
    judged: Sequence[tuple[Sequence[int], _Judge]], read_again: ReadAgain
) -> Iterator[tuple[int, Record, list[int]]]:
    """Yield each row to look at again, and the places in `judged` that it concerns."""
    wanted = array("Q", (row for row, _ in groupby(heapq.merge(*(rows for rows, _ in judged)))))
    if not wanted:
        return
    records = read_again(wanted)
    events = heapq.merge(*(_numbered(rows, place) for place, (rows, _) in enumerate(judged)))
    for row, group in groupby(events, key=itemgetter(0)):
        yield row, next(records), [place for _, place in group]


def _numbered(rows: Sequence[int], place: int) -> Iterator[tuple[int, int]]:
    for row in rows:
        yield row, place


class _Found:
    """Findings in the order of rows: the last row listed is listed whole."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._full = False
        self.findings: list[Finding] = []
        self.counts: Counter[tuple[str | None, str]] = Counter()
        self.samples: dict[int, tuple[str, ...]] = {}

    def open_row(self) -> None:
        self._full = self._limit is not None and len(self.findings) >= self._limit

    def add(self, finding: Finding, row: int, record: Record) -> None:
        self.counts[finding.field, finding.code] += 1
        if not self._full:
            self.findings.append(finding)
            self.samples[row] = tuple(record.cells)


class _Duplicates:
    """Tells the rows whose key an earlier row holds already."""

    def __init__(self, plan: Plan, key: Key) -> None:
        self._plan = plan
        self._key = key
        self._first: dict[Hashable, tuple[int, int]] = {}

    def __call__(self, record: Record) -> Iterator[Finding]:
        key = self._key
        values = self._plan.values(record.cells, key.columns)
        identity = tuple(map(_identity, values))
        first = self._first.setdefault(identity, (record.row, record.line))
        if first[0] == record.row:
            return
        facts = {
            "fields": key.fields,
            "values": ["" if value is None else str(value) for value in values],
            "first": first[0],
            "first_line": first[1],
        }
        finding = Finding(
            key.kind,
            row=record.row,
            line=record.line,
            column=key.columns[0] + 1,
            field=key.fields[0] if key.kind == "unique" else None,
            value=_cell(record, key.columns[0]) if len(key.columns) == 1 else None,
            facts=facts,
            constraint=_CONSTRAINTS[key.kind],
            argument=key.fields,
        )
        yield _complete(self._plan, record, finding)


_CONSTRAINTS = {"unique": "unique", "primary-key": "primaryKey", "unique-key": "uniqueKeys"}


class _Dangling:
    """Tells the rows whose reference is to nothing."""

    def __init__(self, plan: Plan, reference: Reference) -> None:
        self._plan = plan
        self._reference = reference

    def __call__(self, record: Record) -> Iterator[Finding]:
        reference = self._reference
        key = reference.foreign_key
        texts = [_cell(record, place) for place in reference.columns]
        facts: dict[str, Any] = {
            "fields": key.fields,
            "values": texts,
            "table": reference.table,
            "reference_fields": key.reference_fields,
        }
        members = reference.members
        near = members.near(texts[0]) if members is not None and members.near else None
        if near is not None:
            facts["near"] = near
        if members is not None and members.shipped:
            facts["holder"] = _SHIPPED
            facts["own"] = _own_table(reference.table)
        # Of a reference in several parts (type, code), the last is the most particular.
        finding = Finding(
            "foreign-key",
            row=record.row,
            line=record.line,
            column=reference.columns[-1] + 1,
            value=texts[-1],
            facts=facts,
            constraint="foreignKeys",
            argument={"fields": key.fields, "resource": reference.table},
        )
        yield _complete(self._plan, record, finding)


_SHIPPED = Text("fournie avec territo-opendata", "that comes with territo-opendata")


def _own_table(name: str) -> Text:
    shown = visible(name, 60)
    return Text(
        f"vérifiez votre fichier avec votre propre table «\u00a0{shown}\u00a0», dans un même "
        "datapackage.json, ou ajoutez --no-references pour ne pas vérifier les références",
        f"check your file with your own table “{shown}”, in one datapackage.json, or add "
        "--no-references to leave references unchecked",
    )


def _complete(plan: Plan, record: Record, finding: Finding) -> Finding:
    """Add what every finding tells of its row: the table, the key, a fix where there is one."""
    field = plan.columns[finding.column - 1].field if finding.column else None
    fix = propose_fix(finding.code, finding.value, field, finding.facts)
    key = plan.values(record.cells, plan.primary_key) or None
    return dataclasses.replace(finding, table=plan.table, key=key, fix=fix)


def _cell(record: Record, place: int) -> str:
    return record.cells[place] if place < len(record.cells) else ""


def _identity(value: Any) -> Hashable:
    """Return what equal values share; NaN is equal to nothing, itself included."""
    if value.is_nan() if isinstance(value, Decimal) else value != value:  # noqa: PLR0124
        return object()
    try:
        hash(value)
    except TypeError:
        return canonical(value)
    return value  # type: ignore[no-any-return]
