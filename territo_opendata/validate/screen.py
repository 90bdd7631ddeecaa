"""The plain executor: screens one chunk, a pure function of its records and the plan.

Columns are judged one after the other, each distinct text once; then rows are put together:
blank and ragged records, keys and references on the typed values, checks over several columns.
"""

from array import array
from collections.abc import Iterator, Sequence

from territo_opendata.tables.records import Chunk
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.columns import Columns, Placed, spread
from territo_opendata.validate.evidence import Evidence, Faults, examine
from territo_opendata.validate.plan import Plan, Reference
from territo_opendata.validate.result import ChunkResult, KeyHashes, Numbers, Taken


def screen_chunk(chunk: Chunk, plan: Plan, limit: int | None = None) -> ChunkResult:
    """Return everything that the records of `chunk` show, listing at most `limit` findings.

    Rows and lines are counted from its start.
    """
    columns = Columns(chunk.cells, plan)
    found = examine(_Records(chunk), plan, _faults(chunk, plan, columns), limit)
    return ChunkResult(
        records=chunk.records,
        lines=chunk.line_count,
        content=len(chunk.cells),
        counts=found.counts,
        findings=found.findings,
        keys=tuple(_key_hashes(chunk, columns, key.kind, key.columns) for key in plan.keys),
        references=tuple(_unknown(chunk, columns, each) for each in plan.references),
        taken=tuple(
            Taken(chunk.rows, chunk.lines, columns.taken(check.columns))
            for check in plan.table_checks
        ),
        samples=found.samples,
        faults=found.faults,
        last_row=chunk.rows[-1] if chunk.rows else 0,
        last_line=chunk.lines[-1] if chunk.lines else 0,
        unclosed=chunk.unclosed,
        broken=chunk.broken,
    )


class _Records(Evidence):
    def __init__(self, chunk: Chunk) -> None:
        self._chunk = chunk

    def place(self, index: int) -> tuple[int, int]:
        return self._chunk.rows[index], self._chunk.lines[index]

    def cells(self, index: int) -> Sequence[str]:
        return self._chunk.cells[index]


def _faults(chunk: Chunk, plan: Plan, columns: Columns) -> Faults:
    faults = Faults()
    if not plan.judged:
        return faults
    for column in plan.columns:
        if not column.judge.trivial:
            faults.add(columns.faults(column))
    faults.add(_ragged(chunk, plan))
    for check in plan.row_checks:
        cells = columns.taken(check.columns)
        faults.add(
            spread(cells, {each: found for each in set(cells) if (found := [*check.judge(each)])})
        )
    faults.replace(columns.blank(), Fault("blank-row"))
    if plan.primary_key:
        faults.add((index, plan.no_key) for index in sorted(columns.empty(plan.primary_key)))
    faults.add(_nul_characters(chunk))
    return faults


def _ragged(chunk: Chunk, plan: Plan) -> Iterator[tuple[int, Fault]]:
    width = len(plan.columns)
    if all(map(width.__eq__, map(len, chunk.cells))):
        return
    for index, row in enumerate(chunk.cells):
        if len(row) == width:
            continue
        facts = {"expected": width, "found": len(row)}
        for column in plan.columns[len(row) :]:
            yield index, Fault("missing-cell", column.field.name, facts)
        for place in range(width, len(row)):
            yield index, Fault("extra-cell", None, {**facts, "place": place})


def _nul_characters(chunk: Chunk) -> Placed:
    if "\x00" not in "".join(map("".join, chunk.cells)):
        return []
    return [
        (index, Fault("nul-character", None, {"place": place}))
        for index, row in enumerate(chunk.cells)
        for place, cell in enumerate(row)
        if "\x00" in cell
    ]


def _key_hashes(chunk: Chunk, columns: Columns, kind: str, places: tuple[int, ...]) -> KeyHashes:
    """Hash the key of each record; records without any value in it do not take part.

    As in SQL, which the standard names for uniqueKeys, such a key with a missing part is not
    compared.
    """
    hashes = columns.key_hashes(places)
    apart = columns.incomplete(places) if kind == "unique-key" else columns.empty(places)
    return _kept(
        chunk,
        hashes,
        [index for index in range(len(hashes)) if index not in apart] if apart else None,
    )


def _kept(chunk: Chunk, hashes: list[int], places: list[int] | None) -> KeyHashes:
    if places is None:
        return KeyHashes(array("Q", hashes), _numbers(chunk.rows))
    kept = array("Q", [hashes[index] for index in places])
    return KeyHashes(kept, array("Q", [chunk.rows[index] for index in places]))


def _numbers(rows: Sequence[int]) -> Numbers:
    """Return row numbers in little memory: consecutive ones are a range."""
    if rows and rows[-1] - rows[0] + 1 == len(rows):
        return range(rows[0], rows[-1] + 1)
    return array("Q", rows)


def _unknown(chunk: Chunk, columns: Columns, reference: Reference) -> KeyHashes:
    """Return the references of the chunk that the referenced table is not known to hold."""
    hashes = columns.key_hashes(reference.columns)
    apart = columns.empty(reference.columns)
    known = reference.members
    unknown = None if known is None else known.lacking(hashes)
    if unknown is not None and not unknown:
        return KeyHashes.empty()
    places = [
        index
        for index, number in enumerate(hashes)
        if index not in apart and (unknown is None or number in unknown)
    ]
    return _kept(chunk, hashes, places)
