"""The report as a person reads it in a terminal: by table, by rule, with the cells at fault."""

import io
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from territo_opendata.findings import Finding, Report, TableReport, count_codes
from territo_opendata.language import Language, Text, visible
from territo_opendata.report import echoes, words
from territo_opendata.report.made import check_made
from territo_opendata.rules import rule
from territo_opendata.rules.model import column_letters

_SHOWN = 5
# Rich breaks lines at no-break spaces too: they are held by private characters while it wraps.
_HOLD = str.maketrans({"\u00a0": "\ue000", "\u202f": "\ue001"})
_RESTORE = str.maketrans({"\ue000": "\u00a0", "\ue001": "\u202f"})
_CELL = 28
_MARKS = {"error": ("✗", "bold red"), "warning": ("!", "bold yellow"), "ok": ("✓", "bold green")}


def render_terminal(
    report: Report, language: Language, *, color: bool = False, width: int = 100
) -> str:
    """Return the report as lines of at most `width` columns, with ANSI colours if asked."""
    out = Console(
        file=io.StringIO(),
        force_terminal=color,
        color_system="standard" if color else None,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for table in report.tables:
        for line in _Table(table, language, width).lines():
            out.print(line)
    for line in _closing(report, language):
        out.print(line)
    stream = out.file
    assert isinstance(stream, io.StringIO)  # noqa: S101 (made above)
    text = stream.getvalue().translate(_RESTORE)
    return "\n".join(line.rstrip() for line in text.split("\n"))


class _Table:
    """The lines of one table."""

    def __init__(self, table: TableReport, language: Language, width: int) -> None:
        self.table = table
        self.language = language
        self.width = width
        self._following = echoes.consequences(table)
        self._folded = count_codes(each for found in self._following.values() for each in found)

    def say(self, fr: str, en: str) -> str:
        return Text(fr, en).say(self.language)

    def lines(self) -> Iterator[RenderableType]:
        yield self._title()
        if self.table.checked and not self.table.errors:
            made = " · ".join(check_made(each, self.language) for each in self.table.checked)
            label = self.say("Vérifié\u00a0:", "Checked:")
            yield _indent(Line(f"{label} {made}", style="dim"), 2)
        for note in self.table.notes:
            yield _indent(Line(note.say(self.language), style="cyan"), 2)
        for said in words.accepted(self.table, self.language):
            yield _indent(Line(said, style="yellow"), 2)
        yield from self._of_schema()
        groups = _groups(self.table)
        for code, findings in groups.items():
            yield Line()
            yield from self._group(code, findings)
        if groups:
            yield from self._by_field()
            yield Line()

    def _of_schema(self) -> Iterator[RenderableType]:
        """Yield what concerns the schema's author: of one kind, the first and where the rest are."""
        about = self.say("Schéma", "Schema")
        kinds: dict[str, list[Finding]] = {}
        for finding in self.table.schema_findings:
            kinds.setdefault(finding.code, []).append(finding)
        for first, *others in kinds.values():
            text = f"{about} · {first.message(self.language)}"
            yield _indent(Line(text, style="magenta"), 2)
            if others:
                names = ", ".join(visible(each.field, 60) for each in others[:8] if each.field)
                names = f"{names}, …" if len(others) > 8 and names else names
                more = self.say(f"… de même {len(others)} fois", f"… so too {len(others)} times")
                colon = self.say("\u00a0: ", ": ") if names else ""
                yield _indent(Line(f"{more}{colon}{names}", style="magenta"), 4)

    def _title(self) -> Line:
        table = self.table
        kind = "error" if table.errors or not table.complete else "ok"
        kind = "warning" if kind == "ok" and table.warnings else kind
        mark, style = _MARKS[kind]
        line = Line()
        line.append(f"{mark} ", style=style)
        line.append(visible(table.name), style="bold")
        facts = [words.length([table], self.language)]
        if table.errors:
            facts.insert(0, words.errors(table.errors, self.language))
        if table.warnings:
            facts.append(words.warnings(table.warnings, self.language))
        if not table.complete:
            facts.append(self.say("lecture interrompue", "reading ended early"))
        line.append("  " + " · ".join(facts))
        line.append(f"  {visible(table.path, 60)}", style="dim")
        return line

    def _group(self, code: str, findings: Sequence[Finding]) -> Iterator[RenderableType]:
        total = max(self.table.by_code.get(code, 0) - self._folded[code], len(findings))
        mark, style = _MARKS[rule(code).severity]
        line = Line()
        line.append(f"  {mark} ", style=style)
        line.append(rule(code).title.say(self.language), style="bold")
        line.append(f"  {code}", style="dim")
        if total > 1:
            line.append(f"  × {words.number(total, self.language)}")
        yield line
        for finding in findings[:_SHOWN]:
            yield from self._finding(finding)
        more = total - min(len(findings), _SHOWN)
        if more > 0:
            shown = words.number(more, self.language)
            text = self.say(f"… et {shown} autre{'s' if more > 1 else ''}", f"… and {shown} more")
            yield _indent(Line(text, style="dim"), 6)

    def _finding(self, finding: Finding) -> Iterator[RenderableType]:
        place = self._place(finding)
        text = Line()
        if place:
            text.append(f"{place} : " if self.language == "fr" else f"{place}: ", style="cyan")
        text.append(finding.message(self.language))
        yield _indent(text, 6)
        cells = self.table.samples.get(finding.row or 0)
        if cells and finding.column and finding.column <= len(cells):
            yield from _excerpt(cells, finding.column - 1, self.width - 8)
        following = self._following.get((finding.row or 0, finding.column or 0), ())
        if following:
            names = ", ".join(
                f"{rule(each.code).title.say(self.language)} ({each.code})" for each in following
            )
            label = self.say("et donc, compté aussi :", "and so, counted too:")
            yield _indent(Line(f"{label} {names}", style="dim"), 8)
        if finding.code == "pattern" and not finding.facts.get("form"):
            label = self.say("règle du schéma :", "rule of the schema:")
            yield _indent(Line(f"{label} {visible(str(finding.argument), 60)}", style="dim"), 8)
        if finding.fix:
            yield _indent(Line(f"→ {finding.fix.text.say(self.language)}", style="green"), 8)

    def _place(self, finding: Finding) -> str:
        parts = []
        if finding.line is not None:
            parts.append(self.say(f"ligne {finding.line}", f"line {finding.line}"))
        if finding.column is not None:
            letters = column_letters(finding.column)
            parts.append(self.say(f"colonne {letters}", f"column {letters}"))
        return ", ".join(parts)

    def _by_field(self) -> Iterator[RenderableType]:
        if len(self.table.by_field) < 2:
            return
        ranked = sorted(self.table.by_field.items(), key=lambda item: (-item[1], item[0]))
        counts = " · ".join(
            f"{visible(name)} {words.number(total, self.language)}" for name, total in ranked[:12]
        )
        yield Line()
        label = self.say("Erreurs par colonne :", "Errors by column:")
        yield _indent(Line(f"{label} {counts}", style="dim"), 2)


def _groups(table: TableReport) -> dict[str, list[Finding]]:
    """Return the listed findings by code, errors first, header echoes folded into causes."""
    groups: dict[str, list[Finding]] = {}
    for finding in echoes.told(table):
        groups.setdefault(finding.code, []).append(finding)
    ranked = sorted(groups, key=lambda code: rule(code).severity != "error")
    return {code: groups[code] for code in ranked}


def _excerpt(cells: Sequence[str], place: int, width: int) -> Iterator[RenderableType]:
    """Show the cell at fault between its neighbours, underlined with carets."""
    first = max(place - 2, 0)
    chosen = list(range(first, min(place + 3, len(cells))))
    line = Line("… │ " if first else "│ ", style="dim")
    start = end = 0
    for index in chosen:
        text = visible(cells[index], _CELL) or "∅"
        if index == place:
            start = line.cell_len
            line.append(text, style="bold red")
            end = line.cell_len
        else:
            line.append(text, style="dim")
        line.append(" │ ", style="dim")
    if chosen[-1] < len(cells) - 1:
        line.append("…", style="dim")
    if end > width:
        return
    line.truncate(width, overflow="ellipsis")
    yield _indent(line, 8)
    yield _indent(Line(" " * start + "^" * max(end - start, 1), style="red"), 8)


def _closing(report: Report, language: Language) -> Iterator[RenderableType]:
    if report.skipped:
        title = Text("Non vérifié :", "Not checked:").say(language)
        yield Line(title, style="bold yellow")
        for each in report.skipped:
            colon = " : " if language == "fr" else ": "
            yield _indent(Line(f"{visible(each.what)}{colon}{each.reason.say(language)}"), 2)
    kind = {"valid": "ok", "invalid": "error", "incomplete": "warning"}[report.verdict]
    mark, style = _MARKS[kind]
    yield Line(f"{mark} {words.verdict(report, language)}", style=style)


def _indent(line: Line, by: int) -> Padding:
    line.plain = line.plain.translate(_HOLD)
    return Padding(line, (0, 0, 0, by), expand=False)
