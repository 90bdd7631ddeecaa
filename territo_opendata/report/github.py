"""Annotations of GitHub Actions, and the summary of a step in Markdown.

Annotations are workflow commands: https://docs.github.com/actions, "Workflow commands for GitHub
Actions". GitHub shows ten errors and ten warnings of a step, so findings are grouped by table,
field and rule, and the largest groups come first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from territo_opendata.findings import Finding, Report, TableReport
from territo_opendata.language import Language, Text, visible
from territo_opendata.report import echoes, words
from territo_opendata.report.places import file_of, line_of, sentence
from territo_opendata.rules import Severity, rule

_SHOWN = 10
_LINES = 12


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one table, field and code: those listed, and how many there are in all."""

    table: TableReport
    code: str
    findings: Sequence[Finding]
    total: int

    @property
    def severity(self) -> Severity:
        """Whether the group makes the data invalid."""
        return rule(self.code).severity

    @property
    def of_header(self) -> bool:
        """Whether it is about the header or the whole file."""
        return (self.findings[0].row or 1) == 1


def render_github(report: Report, language: Language) -> str:
    """Return an annotation for each of the largest groups, errors first, then the verdict."""
    lines = [
        _annotation(group, language)
        for severity in ("error", "warning")
        for group in [each for each in _groups(report) if each.severity == severity][:_SHOWN]
    ]
    for table, said in _accepted(report, language):
        title = Text("Accepté", "Accepted").say(language)
        lines.append(_command("notice", {"title": f"{title} · {visible(table)}"}, said))
    for skipped in report.skipped:
        title = Text("Non vérifié", "Not checked").say(language)
        command = "notice" if skipped.by_choice else "warning"
        text = _skipped(skipped.what, skipped.reason.say(language))
        lines.append(_command(command, {"title": title}, text))
    # The verdict is talk of ours, but it could hold a table's name: `visible` has no newline.
    lines.append(visible(words.verdict(report, language), 500))
    return "\n".join(lines) + "\n"


def render_summary(report: Report, language: Language) -> str:
    """Return the summary of the step in Markdown: the verdict, then a line for each group."""
    mark = {"valid": "✅", "invalid": "❌", "incomplete": "⚠️"}[report.verdict]
    lines = [f"### {mark} {_markdown(words.verdict(report, language))}", ""]
    groups = _groups(report)
    if groups:
        heads = Text("Table|Champ|Règle|Nombre|Lignes", "Table|Field|Rule|Count|Lines")
        lines += [f"|{heads.say(language)}|", "|---|---|---|--:|---|"]
        lines += [_row(group, language) for group in groups]
        lines.append("")
    for table, said in _accepted(report, language):
        lines.append(f"- {_markdown(table)} : {_markdown(said)}")
    for skipped in report.skipped:
        text = _skipped(skipped.what, skipped.reason.say(language))
        label = Text("Non vérifié : ", "Not checked: ").say(language)
        lines.append(f"- {label}{_markdown(text)}")
    return "\n".join(lines).rstrip("\n") + "\n"


def _accepted(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    for table in report.tables:
        for said in words.accepted(table, language):
            yield table.name, said


def _groups(report: Report) -> list[Group]:
    """Return the groups, errors first, then headers, since these explain much, then the largest."""
    groups = [group for table in report.tables for group in _table_groups(table)]
    return sorted(
        groups, key=lambda each: (each.severity != "error", not each.of_header, -each.total)
    )


def _table_groups(table: TableReport) -> Iterator[Group]:
    listed: dict[tuple[str | None, str], list[Finding]] = {}
    left_out = echoes.folded(table)
    for finding in echoes.told(table):
        listed.setdefault((finding.field, finding.code), []).append(finding)
    for key, findings in listed.items():
        total = table.counts.get(key, 0) - left_out[key]
        yield Group(table, key[1], findings, max(total, len(findings)))


def _annotation(group: Group, language: Language) -> str:
    first = group.findings[0]
    path = file_of(group.table)
    where = {"file": path, "line": str(line_of(first))} if path else {}
    title = rule(group.code).title.say(language)
    field = f" · {visible(first.field)}" if first.field else ""
    text = sentence(first, language)
    if group.total > 1:
        text += f"\n{_others(group, language)}"
    return _command(group.severity, {**where, "title": f"{title}{field} ({group.code})"}, text)


def _others(group: Group, language: Language) -> str:
    total = words.number(group.total, language)
    lines = _line_numbers(group)
    return Text(
        f"{total} fois en tout, lignes {lines}.", f"{total} times in all, lines {lines}."
    ).say(language)


def _line_numbers(group: Group) -> str:
    """Return the first lines of a group, with an ellipsis when there are more."""
    lines = sorted({line_of(finding) for finding in group.findings})
    more = len(lines) > _LINES or group.total > len(group.findings)
    return ", ".join(map(str, lines[:_LINES])) + (", …" if more else "")


def _command(name: str, properties: dict[str, str], message: str) -> str:
    """Return a workflow command in which no text can begin another one."""
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}"


def _data(text: str) -> str:
    lines = [visible(line, 4000) for line in text.split("\n")]
    return "\n".join(lines).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(group: Group, language: Language) -> str:
    first = group.findings[0]
    cells = (
        group.table.name,
        first.field or "",
        f"{rule(group.code).title.say(language)} ({group.code})",
        words.number(group.total, language),
        _line_numbers(group),
    )
    return "|" + "|".join(_markdown(cell) for cell in cells) + "|"


def _markdown(text: str) -> str:
    """Return `text` in which nothing is markup, a link or a mention."""
    shown = visible(text, 300)
    escaped = "".join(f"\\{each}" if each in "\\`*_{}[]#|~!" else each for each in shown)
    # A zero-width joiner would be hidden text: an entity breaks a mention or an address instead.
    return (
        escaped.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;")
        .replace("://", "&#58;//")
        .replace("www.", "www&#46;")
    )


def _skipped(what: str, reason: str) -> str:
    return f"{visible(what, 300)} — {visible(reason, 500)}"
