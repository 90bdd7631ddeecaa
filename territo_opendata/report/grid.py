"""The rows in which something was found, as a grid of cells with the faulty ones marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from territo_opendata.findings import Finding, TableReport
from territo_opendata.language import Language, visible
from territo_opendata.report import words
from territo_opendata.report.shown import Shown
from territo_opendata.rules import Severity, header_causes, headers
from territo_opendata.rules.model import column_letters
from territo_opendata.rules.writing import text

ROWS = 20
COLUMNS = 60
_CELL = 40
_HEADER = frozenset(rule.code for rule in (*headers.RULES, *header_causes.RULES))

Found = tuple[Finding, Shown]


@dataclass(slots=True)
class Cell:
    """A cell of the grid, and what was found in it."""

    text: str
    findings: list[Shown] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        """Whether one of the findings makes the data invalid."""
        return "error" if any(each.severity == "error" for each in self.findings) else "warning"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid; `whole` is its line, with what was found in none of its cells."""

    whole: Cell
    cells: Sequence[Cell]


class Grid:
    """The first rows with findings of a table; `found` are all of its listed findings."""

    def __init__(self, table: TableReport, found: Sequence[Found], language: Language) -> None:
        self.table = table
        self.language: Language = language
        self._by_row: dict[int, list[Found]] = {}
        self._of_header = [pair for pair in found if pair[0].code in _HEADER and pair[0].column]
        for pair in found:
            row = pair[0].row or 0
            if row in table.samples and pair[0].code not in _HEADER:
                self._by_row.setdefault(row, []).append(pair)

    def header(self) -> list[Cell]:
        """Return the cells of the header, those in which something was found marked."""
        cells = _cells(self.table.labels)
        _mark(cells, self._of_header)
        return cells

    @property
    def header_faults(self) -> bool:
        """Whether something was found in a cell of the header."""
        return any(cell.findings for cell in self.header())

    @property
    def header_line(self) -> str:
        """The line of the header, where a finding tells it."""
        return str(self._of_header[0][0].line or 1) if self._of_header else ""

    def rows(self) -> list[GridRow]:
        """Return the first rows in which something was found."""
        return [self._row(row) for row in list(self._by_row)[:ROWS]]

    def _row(self, row: int) -> GridRow:
        found = self._by_row[row]
        cells = _cells(self.table.samples[row])
        whole = Cell(str(found[0][0].line or row), _mark(cells, found))
        return GridRow(whole, cells)

    @property
    def letters(self) -> list[str]:
        """The letters of the columns, as a spreadsheet names them."""
        shown = (len(row) for row in self._shown_rows())
        return [column_letters(number) for number in range(1, min(max(shown), COLUMNS) + 1)]

    def _shown_rows(self) -> Iterator[Sequence[str]]:
        yield self.table.labels
        yield from (self.table.samples[row] for row in list(self._by_row)[:ROWS])

    @property
    def caption(self) -> str:
        """What the grid shows, what it leaves out, and how to read it."""
        said = [self._extent()]
        if any(len(row) > COLUMNS for row in self._shown_rows()):
            said.append(
                text(
                    f"Les {COLUMNS} premières colonnes sont montrées.",
                    f"The first {COLUMNS} columns are shown.",
                ).say(self.language)
            )
        said.append(
            text(
                "Passez sur une cellule soulignée, ou atteignez-la avec la touche Tab, pour lire ce qui ne va pas.",
                "Point at an underlined cell, or reach it with the Tab key, to read what is wrong.",
            ).say(self.language)
        )
        return " ".join(said)

    def _extent(self) -> str:
        total = len(self._by_row)
        if total <= ROWS:
            return text(
                "Les lignes où sont les constats listés.",
                "The lines where the listed findings are.",
            ).say(self.language)
        among = words.number(total, self.language)
        return text(
            f"Les {ROWS} premières des {among} lignes où sont les constats listés.",
            f"The first {ROWS} of the {among} lines where the listed findings are.",
        ).say(self.language)


def _cells(row: Sequence[str]) -> list[Cell]:
    return [Cell(visible(each, _CELL)) for each in row[:COLUMNS]]


def _mark(cells: Sequence[Cell], found: Sequence[Found]) -> list[Shown]:
    """Give the cells what was found in them, and return what none of them takes."""
    left = []
    for finding, shown in found:
        if finding.column and finding.column <= len(cells):
            cells[finding.column - 1].findings.append(shown)
        else:
            left.append(shown)
    return left
