"""Findings that only follow from another one: counted, and not told a second time.

What is true of the cells at fault is true of the header: frictionless tells the consequences,
one of our findings names the cause, and a person needs the cause alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from territo_opendata.findings import Finding, TableReport

HEADER_ECHOES = frozenset(
    {"missing-label", "extra-label", "incorrect-label", "blank-label", "duplicate-label"}
)
"""Header findings of frictionless, folded where one of ours names the cause."""

Cell = tuple[int, int]

_HEADER_CAUSES = ("column-", "columns-", "header-below")
_LENGTHS = frozenset({"min-length", "max-length"})
_CELL_ECHOES = frozenset({"pattern", "foreign-key", *_LENGTHS})
_CELL_CAUSES = (
    "number-mangled", "siren-", "siret-", "epci-siren", "qpv-code", "crte-code", "identifier-form",
    "code-", "phone-number", "year-interval", "opening-hours", "nomenclature-acte",
)  # fmt: skip


def folds_header(table: TableReport) -> bool:
    """Tell whether the header's causes are named, so that their echoes may be folded."""
    return any(code.startswith(_HEADER_CAUSES) for code in table.by_code)


def told(table: TableReport) -> list[Finding]:
    """Return the listed findings, without those that only follow from another one."""
    header = HEADER_ECHOES if folds_header(table) else frozenset()
    left_out = {id(each) for found in consequences(table).values() for each in found}
    return [each for each in table.findings if each.code not in header and id(each) not in left_out]


def consequences(table: TableReport) -> Mapping[Cell, list[Finding]]:
    """Return, by cell, the listed findings that follow from another one of the same cell."""
    cells: dict[Cell, list[Finding]] = {}
    for each in table.findings:
        if each.row and each.column:
            cells.setdefault((each.row, each.column), []).append(each)
    found = {cell: list(_following(each)) for cell, each in cells.items() if len(each) > 1}
    return {cell: following for cell, following in found.items() if following}


def folded(table: TableReport) -> Counter[tuple[str | None, str]]:
    """Return by field and code how many findings are counted and not told."""
    header = folds_header(table)
    left_out = Counter(
        {key: number for key, number in table.counts.items() if header and key[1] in HEADER_ECHOES}
    )
    left_out.update(
        (each.field, each.code) for found in consequences(table).values() for each in found
    )
    return left_out


def _following(found: list[Finding]) -> Iterator[Finding]:
    cause = min(found, key=_rank)
    for each in found:
        if each is not cause and _follows(each, cause):
            yield each


def _rank(finding: Finding) -> int:
    if finding.code == "number-mangled":
        return 0
    if finding.code.startswith(_CELL_CAUSES):
        return 1
    return 2 if finding.code == "pattern" else 3


def _follows(finding: Finding, cause: Finding) -> bool:
    """Tell whether mending the cause is all there is to do, as far as one can tell.

    A finding that proposes what its cause does not is worth telling.
    """
    if finding.fix and finding.fix.value and (not cause.fix or finding.fix != cause.fix):
        return False
    if cause.code == "pattern":
        return finding.code in _LENGTHS and bool(cause.facts.get("form"))
    if cause.code == "number-mangled":
        typed = finding.code.startswith(("type-", "format-", "siren-", "siret-", "code-"))
        return typed or finding.code in _CELL_ECHOES
    return _rank(cause) == 1 and finding.code in _CELL_ECHOES
