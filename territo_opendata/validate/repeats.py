"""Keys that occur twice, and references to nothing: from hashes to findings.

Only rows whose hash is repeated (or unknown) are read again, and their values compared.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.findings import Finding
from territo_opendata.fixes import propose
from territo_opendata.tables.table import Table
from territo_opendata.validate.plan import Key, Plan, Reference
from territo_opendata.validate.result import ChunkResult, KeyHashes


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row read again: its texts and the typed values of its columns."""

    cells: tuple[str, ...]
    values: tuple[Any, ...]

    def key(self, columns: Sequence[int]) -> tuple[Any, ...]:
        """Return the typed values of these columns."""
        return tuple(self.values[index] for index in columns)


@dataclass(frozen=True, slots=True)
class KeyFindings:
    """The findings on keys and references, and the texts of the rows they point to."""

    findings: tuple[Finding, ...]
    samples: Mapping[int, tuple[str, ...]]


def key_findings(table: Table, plan: Plan, result: ChunkResult) -> KeyFindings:
    """Return every duplicate and every dangling reference of the table."""
    repeated = [
        [] if key.kind == "lookup" else _repeated(hashes)
        for key, hashes in zip(plan.keys, result.keys, strict=True)
    ]
    dangling = [
        _dangling(reference, hashes, plan, result)
        for reference, hashes in zip(plan.references, result.references, strict=True)
    ]
    wanted = {row for places in (*repeated, *dangling) for row, _ in places}
    if not wanted:
        return KeyFindings((), {})
    rows = read_rows(table, plan, wanted)
    findings: list[Finding] = []
    for key, places in zip(plan.keys, repeated, strict=True):
        findings.extend(_duplicates(plan, key, places, rows))
    for reference, places in zip(plan.references, dangling, strict=True):
        findings.extend(_unknown(plan, reference, places, rows))
    samples = {finding.row: rows[finding.row].cells for finding in findings if finding.row}
    return KeyFindings(tuple(findings), samples)


def read_rows(table: Table, plan: Plan, wanted: Iterable[int]) -> dict[int, RowRead]:
    """Read these records again, by their number in the file."""
    rows = frozenset(wanted)
    last = max(rows, default=0)
    found: dict[int, RowRead] = {}
    before = 0
    for chunk in table.chunks():
        for row, cells in zip(chunk.rows, chunk.cells, strict=True):
            if before + row in rows:
                values = tuple(
                    column.judge.judge(cells[column.index] if column.index < len(cells) else None)
                    for column in plan.columns
                )
                found[before + row] = RowRead(
                    tuple(cells), tuple(verdict.value for verdict in values)
                )
        before += chunk.records
        if before >= last:
            break
    return found


Places = list[tuple[int, int]]
"""(row, line) of records, in file order."""


def _repeated(hashes: KeyHashes) -> Places:
    seen: set[int] = set()
    twice: set[int] = set()
    for number in hashes.hashes:
        (twice if number in seen else seen).add(number)
    return _places(hashes, twice) if twice else []


def _places(hashes: KeyHashes, wanted: set[int]) -> Places:
    return [
        (row, line)
        for number, row, line in zip(hashes.hashes, hashes.rows, hashes.lines, strict=True)
        if number in wanted
    ]


def _dangling(reference: Reference, hashes: KeyHashes, plan: Plan, result: ChunkResult) -> Places:
    """Return where the reference is to nothing; a table's own keys are known only now."""
    unknown = set(hashes.hashes)
    if reference.members is None:
        unknown -= _own_keys(reference, plan, result)
    return _places(hashes, unknown) if unknown else []


def _own_keys(reference: Reference, plan: Plan, result: ChunkResult) -> set[int]:
    wanted = reference.foreign_key.reference_fields
    for key, hashes in zip(plan.keys, result.keys, strict=True):
        if key.fields == wanted and key.kind != "unique-key":
            return set(hashes.hashes)
    return set()


def _duplicates(
    plan: Plan, key: Key, places: Places, rows: Mapping[int, RowRead]
) -> Iterator[Finding]:
    first: dict[Any, tuple[int, int]] = {}
    for row, line in places:
        values = rows[row].key(key.columns)
        identity = tuple(map(_hashable, values))
        if identity not in first:
            first[identity] = (row, line)
            continue
        facts = {
            "fields": key.fields,
            "values": ["" if value is None else str(value) for value in values],
            "first": first[identity][0],
            "first_line": first[identity][1],
        }
        finding = Finding(
            key.kind,
            row=row,
            line=line,
            column=key.columns[0] + 1,
            field=key.fields[0] if key.kind == "unique" else None,
            value=_cell(rows[row], key.columns[0]) if len(key.columns) == 1 else None,
            facts=facts,
            constraint=_CONSTRAINTS[key.kind],
            argument=key.fields,
        )
        yield _complete(plan, rows[row], finding)


_CONSTRAINTS = {"unique": "unique", "primary-key": "primaryKey", "unique-key": "uniqueKeys"}


def _unknown(
    plan: Plan, reference: Reference, places: Places, rows: Mapping[int, RowRead]
) -> Iterator[Finding]:
    key = reference.foreign_key
    for row, line in places:
        texts = [_cell(rows[row], place) for place in reference.columns]
        facts = {
            "fields": key.fields,
            "values": texts,
            "table": reference.table,
            "reference_fields": key.reference_fields,
        }
        # Of a reference in several parts (type, code), the last is the most particular.
        finding = Finding(
            "foreign-key",
            row=row,
            line=line,
            column=reference.columns[-1] + 1,
            value=texts[-1],
            facts=facts,
            constraint="foreignKeys",
            argument={"fields": key.fields, "resource": reference.table},
        )
        yield _complete(plan, rows[row], finding)


def _complete(plan: Plan, row: RowRead, finding: Finding) -> Finding:
    """Add what every finding tells of its row: the table, the key, a fix where there is one."""
    field = plan.columns[finding.column - 1].field if finding.column else None
    fix = propose(finding.code, finding.value, field, finding.facts) if finding.value else None
    key = row.key(plan.primary_key) or None
    return dataclasses.replace(finding, table=plan.table, key=key, fix=fix)


def _cell(row: RowRead, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _hashable(value: Any) -> Any:
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value
