"""Results of stretches merge to the same whole, in whatever order they are taken together."""

from array import array

from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.findings import Finding
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.result import ChunkResult, KeyHashes, Numbers, Taken, merge

KEYS, REFERENCES, CHECKS = 2, 1, 1
CODES = ("type-integer", "required", "blank-row")


@st.composite
def results(draw: st.DrawFn) -> ChunkResult:
    """Make the result of a stretch of up to eight records, each on one line or two."""
    records = draw(st.integers(0, 8))
    heights = draw(st.lists(st.integers(1, 2), min_size=records, max_size=records))
    lines = [1 + sum(heights[:place]) for place in range(records)]
    wrong = draw(st.lists(st.sampled_from(range(records)), unique=True) if records else st.just([]))
    findings = tuple(
        Finding(draw(st.sampled_from(CODES)), row=place + 1, line=lines[place], field="a")
        for place in sorted(wrong)
    )
    counts = {("a", code): sum(each.code == code for each in findings) for code in CODES}
    return ChunkResult(
        records,
        sum(heights),
        records,
        {key: count for key, count in counts.items() if count},
        findings,
        tuple(draw(_hashes(records)) for _ in range(KEYS)),
        tuple(draw(_hashes(records)) for _ in range(REFERENCES)),
        (Taken(tuple(range(1, records + 1)), tuple(lines), (("x",),) * records),) * CHECKS,
        {place + 1: (f"cell {place}",) for place in wrong},
        records,
        lines[-1] if lines else 0,
        unclosed=draw(st.booleans()),
        broken=draw(st.sampled_from(["", "", "line contains NUL"])),
        faults={place + 1: [Fault("required", "a")] for place in wrong},
    )


@st.composite
def _hashes(draw: st.DrawFn, records: int) -> KeyHashes:
    kept = [row for row in range(1, records + 1) if draw(st.integers(0, 3))]
    whole = len(kept) == records and draw(st.booleans())
    rows: Numbers = range(1, records + 1) if whole else array("Q", kept)
    hashes = draw(st.lists(st.integers(0, 2**64 - 1), min_size=len(kept), max_size=len(kept)))
    return KeyHashes(array("Q", hashes), rows)


limits = st.sampled_from([None, 0, 2, 5, 1000])
empty = ChunkResult.empty(KEYS, REFERENCES, CHECKS)


def told(result: ChunkResult) -> object:
    """Return everything that a result says; row numbers are the same as a range or an array."""
    hashes = [(list(each.hashes), list(each.rows)) for each in result.keys + result.references]
    return (
        (result.records, result.lines, result.content, result.last_row, result.last_line),
        (dict(sorted(result.counts.items())), result.findings, hashes, result.taken),
        (dict(result.samples), dict(result.faults), result.unclosed, result.broken),
    )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(a=results(), b=results(), c=results(), limit=limits)
def test_merge_is_associative(
    a: ChunkResult, b: ChunkResult, c: ChunkResult, limit: int | None
) -> None:
    one = merge(merge(a, b, limit), c, limit)
    two = merge(a, merge(b, c, limit), limit)
    assert told(one) == told(two)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(a=results())
def test_nothing_merged_changes_nothing(a: ChunkResult) -> None:
    assert told(merge(a, empty)) == told(merge(empty, a)) == told(a)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(a=results(), b=results())
def test_the_second_is_shifted(a: ChunkResult, b: ChunkResult) -> None:
    both = merge(a, b)
    assert both.findings[: len(a.findings)] == a.findings
    moved = [(each.row, each.line) for each in both.findings[len(a.findings) :]]
    assert moved == [(each.row + a.records, each.line + a.lines) for each in b.findings]
    for key, first, second in zip(both.keys, a.keys, b.keys, strict=True):
        assert list(key.hashes) == [*first.hashes, *second.hashes]
        assert list(key.rows) == [*first.rows, *(row + a.records for row in second.rows)]
    assert [row for row in both.samples if row > a.records] == [
        row + a.records for row in b.samples
    ]
    assert both.last_row == (a.records + b.last_row if b.last_row else a.last_row)
