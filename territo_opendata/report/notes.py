"""Which cells of a sheet are at fault, and what to note in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from territo_opendata.findings import Finding, TableReport
from territo_opendata.language import Language, Text
from territo_opendata.report import echoes, words
from territo_opendata.report.shown import fix_of
from territo_opendata.rules import Severity

MOST = 5_000
"""How many comments a sheet gets: with many more, spreadsheets take minutes to open it."""

_LONGEST = 2_000
_OF_ROW = Text("Ligne entière", "Whole row")


@dataclass(frozen=True, slots=True)
class Note:
    """What a cell is to bear: its colour, and a comment unless there are too many."""

    severity: Severity
    text: str


class CellNotes:
    """The notes of a table, row by row."""

    def __init__(self, table: TableReport, language: Language) -> None:
        self.language: Language = language
        self._rows: dict[int, list[Finding]] = {}
        self._written = 0
        self._left = 0
        for finding in echoes.told(table):
            if finding.row:
                self._rows.setdefault(finding.row, []).append(finding)

    def of(self, row: int) -> Mapping[int, Note]:
        """Return the notes of a row by column, 1-based; one on the whole row is in the first."""
        cells: dict[int, list[Finding]] = {}
        for finding in self._rows.pop(row, ()):
            cells.setdefault(finding.column or 1, []).append(finding)
        return {column: self._note(found) for column, found in cells.items()}

    def _note(self, found: list[Finding]) -> Note:
        severity: Severity = (
            "error" if any(each.severity == "error" for each in found) else "warning"
        )
        if self._written >= MOST:
            self._left += 1
            return Note(severity, "")
        self._written += 1
        return Note(severity, "\n\n".join(self._sentences(found))[:_LONGEST])

    def _sentences(self, found: list[Finding]) -> Iterator[str]:
        for finding in found:
            said = finding.message(self.language)
            if finding.column is None:
                said = f"{_OF_ROW.say(self.language)} — {said}"
            fix = fix_of(finding, self.language)
            yield f"{said}\n→ {fix}" if fix else said

    @property
    def unwritten(self) -> Text:
        """That some cells are only coloured, "" when each has its comment."""
        if not self._left:
            return Text("", "")
        most, most_en = words.number(MOST, "fr"), words.number(MOST, "en")
        return Text(
            f"Au-delà de {most} commentaires, les cellules sont seulement colorées\u00a0: "
            "cette liste dit ce qui ne va pas.",
            f"Beyond {most_en} comments, cells are only coloured: this list says what is wrong.",
        )
