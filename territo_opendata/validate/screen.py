"""The screening of one chunk: a pure function of its records and the plan.

Columns are judged one after the other, each distinct text once; then rows are put together:
blank and ragged records, keys and references on the typed values, checks over several columns.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from territo_opendata.findings import Finding
from territo_opendata.fixes import propose
from territo_opendata.tables.records import Chunk
from territo_opendata.validate.cells import Verdict
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.hashing import Hash, make_hash
from territo_opendata.validate.plan import Key, Plan, Reference
from territo_opendata.validate.result import ChunkResult, KeyHashes, Taken

Row = list[str]


def screen_chunk(chunk: Chunk, plan: Plan) -> ChunkResult:
    """Return everything that the records of `chunk` show, counted from its start."""
    typed = _Typed(chunk.cells, plan)
    faults = _faults(chunk, plan, typed)
    findings = [
        _finding(chunk, plan, typed, index, fault)
        for index in sorted(faults)
        for fault in faults[index]
    ]
    counts = Counter((finding.field, finding.code) for finding in findings)
    listed = tuple(findings if plan.limit is None else findings[: plan.limit])
    hashed = make_hash()
    return ChunkResult(
        records=chunk.records,
        lines=chunk.line_count,
        content=len(chunk.cells),
        counts=counts,
        findings=listed,
        keys=tuple(_key_hashes(chunk, key, typed, hashed) for key in plan.keys),
        references=tuple(_unknown(chunk, each, typed, hashed) for each in plan.references),
        taken=tuple(_take(chunk, plan, check.columns) for check in plan.table_checks),
        samples=_samples(chunk, listed),
        last_row=chunk.rows[-1] if chunk.rows else 0,
        last_line=chunk.lines[-1] if chunk.lines else 0,
        unclosed=chunk.unclosed,
        broken=chunk.broken,
    )


class _Typed:
    """The verdicts of a chunk by column, computed when first asked for."""

    def __init__(self, rows: Sequence[Row], plan: Plan) -> None:
        self._rows = rows
        self._plan = plan
        self._columns: dict[int, list[Verdict]] = {}

    def column(self, index: int) -> list[Verdict]:
        known = self._columns.get(index)
        if known is None:
            judge = self._plan.columns[index].judge.judge
            known = [judge(row[index] if index < len(row) else None) for row in self._rows]
            self._columns[index] = known
        return known

    def values(self, row: int, columns: Sequence[int]) -> tuple[Any, ...]:
        return tuple(self.column(index)[row].value for index in columns)


def _faults(chunk: Chunk, plan: Plan, typed: _Typed) -> dict[int, list[Fault]]:
    """Return the faults of each record, by its place in the chunk."""
    faults: dict[int, list[Fault]] = {}

    def add(found: Iterable[tuple[int, Fault]]) -> None:
        for index, fault in found:
            faults.setdefault(index, []).append(fault)

    add(_cell_faults(plan, typed))
    add(_ragged(chunk, plan))
    add(_row_checks(chunk, plan))
    for index in _blank_rows(chunk, plan):
        faults[index] = [Fault("blank-row")]
    add(_empty_keys(chunk, plan, typed))
    add(_nul_characters(chunk))
    return faults


def _cell_faults(plan: Plan, typed: _Typed) -> Iterator[tuple[int, Fault]]:
    for column in plan.columns:
        if column.judge.trivial:
            continue
        for index, verdict in enumerate(typed.column(column.index)):
            for fault in verdict.faults:
                yield index, fault


def _ragged(chunk: Chunk, plan: Plan) -> Iterator[tuple[int, Fault]]:
    width = len(plan.columns)
    for index, row in enumerate(chunk.cells):
        if len(row) == width:
            continue
        facts = {"expected": width, "found": len(row)}
        for column in plan.columns[len(row) :]:
            yield index, Fault("missing-cell", column.field.name, facts)
        for place in range(width, len(row)):
            yield index, Fault("extra-cell", None, {**facts, "place": place})


def _nul_characters(chunk: Chunk) -> Iterator[tuple[int, Fault]]:
    for index, row in enumerate(chunk.cells):
        for place, cell in enumerate(row):
            if "\x00" in cell:
                yield index, Fault("nul-character", None, {"place": place})


def _blank_rows(chunk: Chunk, plan: Plan) -> list[int]:
    """Return the records in which every field stands for no value (frictionless' blank row)."""
    if not plan.columns:
        return []
    missing = [column.judge.missing for column in plan.columns]
    return [
        index
        for index, row in enumerate(chunk.cells)
        if (not row or row[0] in missing[0])
        and all(cell in blank for cell, blank in zip(row, missing, strict=False))
    ]


def _empty_keys(chunk: Chunk, plan: Plan, typed: _Typed) -> Iterator[tuple[int, Fault]]:
    if not plan.primary_key:
        return
    names = plan.schema.primary_key
    for index in range(len(chunk.cells)):
        if all(value is None for value in typed.values(index, plan.primary_key)):
            yield index, Fault("primary-key-empty", None, {"fields": names}, "primaryKey", names)


def _row_checks(chunk: Chunk, plan: Plan) -> Iterator[tuple[int, Fault]]:
    for check in plan.row_checks:
        for index, cells in enumerate(_take(chunk, plan, check.columns).cells):
            for fault in check.judge(cells):
                yield index, fault


def _take(chunk: Chunk, plan: Plan, names: Sequence[str]) -> Taken:
    """Return the texts of these columns, None for missing ones, with their places."""
    places = [plan.index_of(name) for name in names]
    missing = [
        frozenset[str]() if place is None else plan.columns[place].judge.missing for place in places
    ]

    def pick(row: Row, place: int | None, blank: frozenset[str]) -> str | None:
        if place is None or place >= len(row) or row[place] in blank:
            return None
        return row[place]

    cells = tuple(
        tuple(pick(row, place, blank) for place, blank in zip(places, missing, strict=True))
        for row in chunk.cells
    )
    return Taken(chunk.rows, chunk.lines, cells)


def _key_hashes(chunk: Chunk, key: Key, typed: _Typed, hashed: Hash) -> KeyHashes:
    """Hash the key of each record; records without any value in it do not take part."""
    result = KeyHashes.empty()
    for index, (row, line) in enumerate(zip(chunk.rows, chunk.lines, strict=True)):
        values = typed.values(index, key.columns)
        if _takes_part(key.kind, values):
            result.hashes.append(hashed(values))
            result.rows.append(row)
            result.lines.append(line)
    return result


def _takes_part(kind: str, values: tuple[Any, ...]) -> bool:
    # As in SQL, which the standard names for uniqueKeys: a key with a missing part is not compared.
    if kind == "unique-key":
        return None not in values
    return any(value is not None for value in values)


def _unknown(chunk: Chunk, reference: Reference, typed: _Typed, hashed: Hash) -> KeyHashes:
    """Return the references of the chunk that the referenced table is not known to hold."""
    result = KeyHashes.empty()
    known: dict[tuple[str, ...], int] = {}
    for index, (row, line) in enumerate(zip(chunk.rows, chunk.lines, strict=True)):
        values = typed.values(index, reference.columns)
        if all(value is None for value in values):
            continue
        cells = chunk.cells[index]
        raw = tuple(cells[place] if place < len(cells) else "" for place in reference.columns)
        number = known.get(raw)
        if number is None:
            number = known[raw] = hashed(values)
        if reference.members is None or number not in reference.members:
            result.hashes.append(number)
            result.rows.append(row)
            result.lines.append(line)
    return result


def _finding(chunk: Chunk, plan: Plan, typed: _Typed, index: int, fault: Fault) -> Finding:
    place = plan.index_of(fault.column) if fault.column else fault.facts.get("place")
    row = chunk.cells[index]
    value = row[place] if place is not None and place < len(row) else None
    field = plan.columns[place].field if fault.column and place is not None else None
    fix = fault.fix or (propose(fault.code, value, field, fault.facts) if value else None)
    return Finding(
        code=fault.code,
        table=plan.table,
        row=chunk.rows[index],
        line=chunk.lines[index],
        column=None if place is None else place + 1,
        field=fault.column,
        value=value,
        key=typed.values(index, plan.primary_key) or None,
        facts=fault.facts,
        constraint=fault.constraint,
        argument=fault.argument,
        fix=fix,
    )


def _samples(chunk: Chunk, findings: Sequence[Finding]) -> Mapping[int, tuple[str, ...]]:
    listed = {finding.row for finding in findings}
    return {
        row: tuple(cells)
        for row, cells in zip(chunk.rows, chunk.cells, strict=True)
        if row in listed
    }
