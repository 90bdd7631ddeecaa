"""The findings as a sheet of a workbook: where to look, what is wrong, what to write there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from territo_opendata.findings import Finding, Report
from territo_opendata.language import Language, Text
from territo_opendata.report import echoes, words
from territo_opendata.report.pen import Pen
from territo_opendata.report.shown import SAFETIES, SEVERITIES
from territo_opendata.rules.model import column_letters
from territo_opendata.tables.native_cells import LAST_COLUMN

LIST = Text("Constats", "Findings")
"""The name of the sheet."""

# None of these may be the name of a field: the sheet would be taken for a table of the schema.
_HEADS = (
    Text("Cellule à voir", "Cell to look at"),
    Text("Gravité du constat", "Severity of the finding"),
    Text("Ce qui ne va pas", "What is wrong"),
    Text("Correction proposée", "Proposed repair"),
    Text("Sûreté de la correction", "Safety of the repair"),
    Text("Valeur trouvée", "Value found"),
    Text("Champ du schéma", "Field of the schema"),
    Text("Feuille ou fichier", "Sheet or file"),
    Text("Code du constat", "Code of the finding"),
)
_WIDTHS = (14, 18, 80, 50, 22, 28, 22, 28, 20)
_MOST_LINKS = 65_530
"""How many links a sheet holds (Excel specifications and limits, Microsoft)."""


@dataclass(frozen=True, slots=True)
class _Line:
    cells: Sequence[str]
    target: str = ""


def write_list(
    book: Any,
    report: Report,
    titles: Mapping[int, str],
    said: Sequence[str],
    language: Language,
    last_row: int,
) -> None:
    """Add the sheet, of `last_row` rows at most: what is `said` of the whole, then the findings.

    `titles` gives, by its place in the report, the sheet that shows a table.
    """
    sheet = book.create_sheet(LIST.say(language))
    heading = len(said) + 2
    sheet.freeze_panes = f"A{heading + 1}"
    pen = Pen(sheet)
    pen.widen(_WIDTHS)
    sheet.append(pen.heading([words.verdict(report, language)]))
    for sentence in said:
        sheet.append([pen.plain(sentence)])
    sheet.append(pen.heading(head.say(language) for head in _HEADS))
    last = heading
    lines = islice(_lines(report, titles, language), last_row - heading)
    for last, line in enumerate(lines, heading + 1):
        row = pen.line(line.cells, last, _WIDTHS)
        if line.target and last - heading <= _MOST_LINKS:
            pen.link(row[0], line.target)
        sheet.append(row)
    sheet.auto_filter.ref = f"A{heading}:{column_letters(len(_HEADS))}{last}"


def are_findings(rows: Iterable[Sequence[object]]) -> bool:
    """Tell whether one of the rows is the header of such a sheet, in either language."""
    headers = ([head.fr for head in _HEADS], [head.en for head in _HEADS])
    return any(list(row[: len(_HEADS)]) in headers for row in rows)


def _lines(report: Report, titles: Mapping[int, str], language: Language) -> Iterator[_Line]:
    for place, table in enumerate(report.tables):
        where = titles.get(place, table.path)
        for accepted in words.accepted(table, language):
            kind = Text("accepté", "accepted").say(language)
            yield _Line(["", kind, accepted, "", "", "", "", where, ""])
        for finding in (*echoes.told(table), *table.schema_findings):
            yield _line(finding, where, linked=place in titles, language=language)
    for skipped in report.skipped:
        kind = Text("non vérifié", "not checked").say(language)
        yield _Line(["", kind, skipped.reason.say(language), "", "", "", "", skipped.what, ""])


def _line(finding: Finding, where: str, *, linked: bool, language: Language) -> _Line:
    fix, cell = finding.fix, _cell(finding)
    quoted = where.replace("'", "''")
    return _Line(
        [
            cell,
            SEVERITIES[finding.severity].say(language),
            finding.message(language),
            fix.text.say(language) if fix else "",
            SAFETIES[fix.safety].say(language) if fix else "",
            finding.value or "",
            finding.field or "",
            where,
            finding.code,
        ],
        f"'{quoted}'!{cell}" if linked and cell else "",
    )


def _cell(finding: Finding) -> str:
    """Return the address of the cell, of the first one of a row; "" where there is none."""
    if not finding.row:
        return ""
    return f"{column_letters(min(finding.column or 1, LAST_COLUMN))}{finding.row}"
