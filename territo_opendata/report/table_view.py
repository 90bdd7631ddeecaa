"""What the page of a report shows of one table: counts, samples, a grid, every finding."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from territo_opendata.findings import TableReport
from territo_opendata.language import Language, Text, visible
from territo_opendata.release.pages import french_prose
from territo_opendata.report import echoes, words
from territo_opendata.report.grid import Grid
from territo_opendata.report.listing import Entry, entries
from territo_opendata.report.made import check_made
from territo_opendata.report.shown import Shown, show
from territo_opendata.rules import Severity, rule
from territo_opendata.tables.source import WORKBOOK_SUFFIXES

_Key = TypeVar("_Key")

SAMPLES = 5
"""How many findings of a rule or column are shown with its count."""

_MARKS = {"\t": Text("tabulation", "tab"), " ": Text("espace", "space")}


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of a rule or of a column: how many, and the first of them.

    `rest` is the number of those that are worded otherwise, or not listed, "" for none; `rules`
    names and counts the rules of a column.
    """

    name: str
    code: str
    severity: Severity
    total: str
    samples: Sequence[Entry]
    rest: str
    rules: Sequence[tuple[str, str]] = ()


class TableView:
    """The parts of the page on one table; `number` tells its anchors from those of others."""

    def __init__(self, table: TableReport, number: int, language: Language) -> None:
        self.table = table
        self.language: Language = language
        self.anchor = f"t{number}"
        told = echoes.told(table)
        self.findings = [
            show(each, f"{self.anchor}-{place}", language) for place, each in enumerate(told, 1)
        ]
        self._found = list(zip(told, self.findings, strict=True))
        self._folded_by_field = echoes.folded(table)
        self._folded: Counter[str] = Counter()
        for (_, code), total in self._folded_by_field.items():
            self._folded[code] += total
        self.grid = Grid(table, self._found, language)
        self.name = visible(table.name)
        self.path = visible(table.path, 200)

    @property
    def kind(self) -> str:
        """How the table looks: invalid, warned or valid."""
        if self.table.errors or not self.table.complete:
            return "invalid"
        return "warned" if self.table.warnings else "valid"

    @property
    def summary(self) -> str:
        """The number of errors and warnings, in words."""
        said = [words.errors(self.table.errors, self.language)]
        if self.table.warnings:
            said.append(words.warnings(self.table.warnings, self.language))
        return ", ".join(said)

    def facts(self) -> Iterator[tuple[Text, str]]:
        """Yield what is to be known of the table: how a fact is called, and the fact."""
        table = self.table
        yield Text("Erreurs", "Errors"), self._number(table.errors)
        yield Text("Avertissements", "Warnings"), self._number(table.warnings)
        unit = Text("Champs", "Fields") if table.of_schema else Text("Lignes lues", "Rows read")
        yield unit, self._number(table.rows)
        yield Text("Schéma", "Schema"), self._schema()
        yield Text("Fichier", "File"), self.path
        # A sheet has neither: it is laid out as text before it is read.
        if not (table.of_schema or table.path.lower().endswith(WORKBOOK_SUFFIXES)):
            yield Text("Écriture", "Written in"), self._dialect()

    def _schema(self) -> str:
        version = visible(self.table.schema_version or "")
        return f"{visible(self.table.schema, 120)} {version}".strip()

    def _dialect(self) -> str:
        used = self.table.dialect
        known = _MARKS.get(used.delimiter)
        mark = known.say(self.language) if known else f"«\u00a0{visible(used.delimiter)}\u00a0»"
        if self.language == "en" and not known:
            mark = f"“{visible(used.delimiter)}”"
        separator = Text(f"séparateur {mark}", f"separator {mark}").say(self.language)
        return f"{visible(used.encoding).upper()}, {separator}"

    @property
    def notes(self) -> list[str]:
        """What was done or taken for granted, in sentences."""
        said = [visible(note.say(self.language), 1000) for note in self.table.notes]
        return [french_prose(each) for each in said] if self.language == "fr" else said

    @property
    def accepted(self) -> list[str]:
        """What was found and does not count, in sentences."""
        return words.accepted(self.table, self.language)

    @property
    def checked(self) -> list[str]:
        """The keys and checks over whole rows that were made."""
        return [visible(check_made(each, self.language), 200) for each in self.table.checked]

    @property
    def for_author(self) -> list[Shown]:
        """What concerns the schema and not the data."""
        return [show(each, "", self.language) for each in self.table.schema_findings]

    @property
    def folded(self) -> str:
        """The findings that only follow from a cause that is told, with their counts."""
        return ", ".join(
            f"{code} × {self._number(total)}" for code, total in self._folded.items() if total
        )

    @property
    def capped(self) -> str:
        """That not every finding is listed, in a sentence; "" when each is."""
        return words.capped(self.table, self.language)

    def entries(self) -> list[Entry]:
        """Return the listed findings, those of the same words together."""
        return entries(self.findings)

    def by_rule(self) -> list[Group]:
        """Return the findings by rule: errors first, then the most frequent."""
        counts = _left(self.table.by_code, self._folded)
        ranked = sorted(counts, key=lambda code: (rule(code).severity != "error", -counts[code]))
        return [self._of_rule(code, counts[code]) for code in ranked]

    def _of_rule(self, code: str, total: int) -> Group:
        samples = entries(each for each in self.findings if each.code == code)[:SAMPLES]
        kind = rule(code)
        return Group(
            kind.title.say(self.language),
            code,
            kind.severity,
            self._number(total),
            samples,
            self._rest(total, samples),
        )

    def by_column(self) -> list[Group]:
        """Return the findings by column, in the order of the schema; last, those of no column."""
        counts: dict[str | None, dict[str, int]] = {}
        for (name, code), total in _left(self.table.counts, self._folded_by_field).items():
            counts.setdefault(name, {})[code] = total
        order = {name: place for place, name in enumerate(self.table.fields)}
        ranked = sorted(counts, key=lambda name: (name is None, order.get(name or "", len(order))))
        return [self._of_column(name, counts[name]) for name in ranked]

    def _of_column(self, name: str | None, counts: Mapping[str, int]) -> Group:
        found = [shown for each, shown in self._found if each.field == name][:SAMPLES]
        samples = [Entry(each, places=[each]) for each in found]
        total = sum(counts.values())
        return Group(
            visible(name or ""),
            "",
            "error" if any(rule(code).severity == "error" for code in counts) else "warning",
            self._number(total),
            samples,
            self._rest(total, samples),
            [
                (rule(code).title.say(self.language), self._number(each))
                for code, each in sorted(counts.items(), key=lambda item: -item[1])
            ],
        )

    def _rest(self, total: int, samples: Sequence[Entry]) -> str:
        rest = total - sum(len(each.places) for each in samples)
        return self._number(rest) if rest > 0 else ""

    def _number(self, value: int) -> str:
        return words.number(value, self.language)


def _left(counts: Mapping[_Key, int], folded: Mapping[_Key, int]) -> dict[_Key, int]:
    """Return the counts without what is folded, and without those that become nothing."""
    left = {key: total - folded.get(key, 0) for key, total in counts.items()}
    return {key: total for key, total in left.items() if total > 0}
