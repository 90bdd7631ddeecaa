"""A comparison as a person reads it."""

from collections.abc import Iterator

from territo_opendata.compare.kinds import KINDS
from territo_opendata.compare.model import (
    Change,
    ChangedRow,
    Comparison,
    Level,
    RowsDiff,
    ShownRow,
    SideName,
    TableDiff,
)
from territo_opendata.compare.versions import comparison_level, is_enough, least_version
from territo_opendata.compare.wording import arrow, field_text, rows_count, sentence
from territo_opendata.language import Language, Text, visible

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "fixed": "~"}
_MOST_CELLS = 8


def describe_comparison(found: Comparison, language: Language) -> list[str]:
    """Return what differs as lines: the sides, each table, then the class and its reasons."""
    lines = [f"{_side(found.old, language)} → {_side(found.new, language)}"]
    lines += [f"  {_change(each, language)}" for each in found.changes]
    for table in found.tables:
        if table.changes:
            lines += ["", visible(_title(table), 200)]
            lines += [f"  {_change(each, language)}" for each in table.changes]
            if table.rows is not None:
                lines += _rows(table.rows, language)
    lines += ["", *(visible(note.say(language), 1000) for note in found.notes)]
    lines += _skipped(found, language)
    return [*lines, *_conclusion(found, language)]


def reasons(found: Comparison) -> list[tuple[Level, Text, tuple[str, ...]]]:
    """Return each reason once, the highest class first, with the tables that it holds for."""
    tables: dict[tuple[Level, Text], dict[str, None]] = {}
    for change in found.all_changes():
        kind = KINDS[change.kind]
        tables.setdefault((kind.level, kind.reason), {})[change.table] = None
    ranked = sorted(tables.items(), key=lambda item: -item[0][0])
    return [
        (level, reason, tuple(name for name in names if name)) for (level, reason), names in ranked
    ]


def reason_lines(found: Comparison, language: Language) -> list[str]:
    """Return the reasons as lines, each with its class and its tables."""
    return [
        f"  {level.name}  {reason.say(language)}"
        + (f" ({', '.join(visible(name, 40) for name in tables)})" if tables else "")
        for level, reason, tables in reasons(found)
    ]


def _side(side: SideName, language: Language) -> str:
    of_package = " ".join(visible(each) for each in (side.name, side.version or "") if each)
    label = visible(side.label, 200)
    if not of_package:
        return label
    return Text(f"{of_package} ({label})", f"{of_package} ({label})").say(language)


def _title(table: TableDiff) -> str:
    return table.name if table.name == table.old_name else f"{table.old_name} → {table.name}"


def _change(change: Change, language: Language) -> str:
    kind = KINDS[change.kind]
    return f"{_SIGNS[kind.section]} {sentence(change).say(language)}  [{kind.level.name}]"


def _rows(rows: RowsDiff, language: Language) -> Iterator[str]:
    if rows.repeated_key:
        yield "  " + Text(
            "la clé n’est pas unique\u00a0: les lignes de même clé sont appariées dans l’ordre des fichiers",
            "the key is not unique: rows of one key are paired in the order of the files",
        ).say(language)
    if not rows.key and not rows.equal:
        yield "  " + Text(
            "sans clé\u00a0: une ligne modifiée compte comme retirée et ajoutée\u00a0; --key apparie les lignes",
            "without a key, a changed row counts as removed and added; --key pairs rows",
        ).say(language)
    for row in rows.removed_rows:
        yield f"    - {_shown_row(row, language)}"
    yield from _more(rows.removed - len(rows.removed_rows), language)
    for row in rows.added_rows:
        yield f"    + {_shown_row(row, language)}"
    yield from _more(rows.added - len(rows.added_rows), language)
    for pair in rows.changed_rows:
        yield f"    ~ {_pair(rows, pair, language)}"
    yield from _more(rows.changed + rows.rewritten - len(rows.changed_rows), language)


def _more(count: int, language: Language) -> Iterator[str]:
    if count > 0:
        rows = rows_count(count)
        yield "    " + Text(f"… et {rows.fr} de plus", f"… and {rows.en} more").say(language)


def _shown_row(row: ShownRow, language: Language) -> str:
    cells = list(row.cells.items())
    shown = ", ".join(f"{visible(name)}={visible(cell, 40)}" for name, cell in cells[:_MOST_CELLS])
    more = ", …" if len(cells) > _MOST_CELLS else ""
    line = Text(f"ligne {row.row}", f"row {row.row}").say(language)
    return f"{line}  {shown}{more}"


def _pair(rows: RowsDiff, pair: ChangedRow, language: Language) -> str:
    key = ", ".join(
        f"{visible(name)}={visible(value, 40)}"
        for name, value in zip(rows.key, pair.key, strict=True)
    )
    line = Text(f"ligne {pair.new_row}", f"row {pair.new_row}").say(language)
    cells = []
    for cell in pair.cells:
        note = Text(" (même valeur)", " (same value)").say(language) if cell.rewritten else ""
        colon = "\u00a0: " if language == "fr" else ": "
        shift = arrow(cell.before, cell.after).say(language)
        cells.append(f"{field_text(cell.field).say(language)}{colon}{shift}{note}")
    head = f"{line}  {key}  " if key else f"{line}  "
    return head + " ; ".join(cells)


def _skipped(found: Comparison, language: Language) -> Iterator[str]:
    for each in found.skipped:
        reason = visible(each.reason.say(language), 1000)
        what = visible(each.what, 100)
        yield Text(
            f"Non comparé\u00a0: {what}\u00a0: {reason}", f"Not compared: {what}: {reason}"
        ).say(language)


def _conclusion(found: Comparison, language: Language) -> Iterator[str]:
    level = comparison_level(found)
    if level is Level.NONE:
        if not found.skipped:
            yield Text("Aucune différence.", "No difference.").say(language)
        return
    yield Text(f"Classe\u00a0: {level.name}", f"Class: {level.name}").say(language)
    yield from reason_lines(found, language)
    yield from _version(found, level, language)


def _version(found: Comparison, level: Level, language: Language) -> Iterator[str]:
    least = least_version(found.old.version, level)
    if least is None:
        return
    enough = is_enough(found.old.version, found.new.version, level)
    stated = visible(found.new.version or "—")
    verdict = {
        True: Text(f"{stated} convient", f"{stated} will do"),
        False: Text(f"{stated} ne suffit pas", f"{stated} is too low"),
        None: Text(f"version indiquée\u00a0: {stated}", f"version stated: {stated}"),
    }[enough]
    yield Text(
        f"Version au moins\u00a0: {least}\u00a0; {verdict.fr}.",
        f"Version at least: {least}; {verdict.en}.",
    ).say(language)
