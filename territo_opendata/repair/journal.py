"""The log of a repair, as a table for a spreadsheet and as sentences for a person."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator

from territo_opendata.language import Language, Text, visible
from territo_opendata.repair.changes import Change, ChangeLog, Tally
from territo_opendata.rules import rule
from territo_opendata.rules.model import column_letters

COLUMNS = ("row", "column", "field", "before", "after", "code", "safety")
_BATCH = 4096
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 60
_WHOLE = Text("fichier", "file")
_ACCEPTED = Text("accepté", "accepted")
_ROW_GONE = Text("ligne retirée", "row left out")
_WHOLES = {
    "column-unnamed": Text("colonne vide retirée", "empty column left out"),
    "extra-cell": Text("cellule vide retirée", "empty cell left out"),
    "column-missing": Text("colonne vide ajoutée", "empty column added"),
}


def neutral(text: str) -> str:
    """Return the text such that no spreadsheet takes it for a formula (OWASP, "CSV injection")."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_log(log: ChangeLog, *, excel: bool = False) -> Iterator[bytes]:
    """Yield the log as CSV; with `excel`, as French Excel opens it (`;`, mark, CR LF)."""
    delimiter, end = (";", "\r\n") if excel else (",", "\n")
    if excel:
        yield "\ufeff".encode()
    entries = itertools.chain((COLUMNS,), map(_entry, log.read()))
    while batch := list(itertools.islice(entries, _BATCH)):
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(batch)
        yield text.getvalue().encode("utf-8", "replace")


def _entry(change: Change) -> tuple[object, ...]:
    return (
        "" if change.row is None else change.row,
        "" if change.column is None else change.column,
        neutral(change.field),
        neutral(change.before),
        neutral(change.after),
        change.code,
        change.safety,
    )


def text_log(log: ChangeLog, language: Language) -> Iterator[bytes]:
    """Yield the log as one sentence for each change."""
    for change in log.read():
        accepted = f" ({_ACCEPTED.say(language)})" if change.safety == "unsafe" else ""
        yield f"{spot(change, language)} — {said(change, language)} [{change.code}]{accepted}\n".encode(
            "utf-8", "replace"
        )


def diff(log: ChangeLog, before: str, after: str, language: Language) -> Iterator[str]:
    """Yield the changes as lines of a difference between two files, cell by cell."""
    yield f"--- {visible(before, 300)}"
    yield f"+++ {visible(after, 300)}"
    for change in log.read():
        yield f"@@ {spot(change, language)} · {change.code} @@"
        if change.before or not change.after:
            yield f"-{visible(change.before, 300)}"
        if change.after:
            yield f"+{visible(change.after, 300)}"


def summary(tally: Tally, language: Language) -> Iterator[str]:
    """Yield, for each kind of change, its title, how many there are, and the first of them."""
    for kind, count in tally.counts.items():
        code, name, _ = kind
        title = rule(code).title.say(language)
        field = f" · {visible(name, 40)}" if name else ""
        yield f"  {title}{field} ({count:,}) [{code}]".replace(",", "\u202f")
        for change in tally.examples[kind]:
            yield f"    {spot(change, language)} : {said(change, language)}"
        if count > len(tally.examples[kind]):
            yield "    …"


def said(change: Change, language: Language) -> str:
    """Return what was changed, in words or as before → after."""
    before, after = sides(change, language)
    if _gone(change) is None:
        return f"{before} → {after}"
    return f"{after} {before}".rstrip()


def sides(change: Change, language: Language) -> tuple[str, str]:
    """Return what stood there, quoted, and what does now: quoted, or what was done, in words."""
    gone, before = _gone(change), _quoted(change.before, language)
    if gone is None:
        return before, _quoted(change.after, language)
    return before if change.before else "", gone.say(language)


def _gone(change: Change) -> Text | None:
    """Return what happened to a row, column or cell that came or went as a whole."""
    if change.row is not None and change.column is None and not change.after:
        return _ROW_GONE
    return _WHOLES.get(change.code)


def _quoted(text: str, language: Language) -> str:
    shown = visible(text, _LONGEST)
    return f"“{shown}”" if language == "en" else f"«\u00a0{shown}\u00a0»"


def spot(change: Change, language: Language) -> str:
    """Return where the change is, in words."""
    if change.row is None:
        return _WHOLE.say(language)
    parts = [Text(f"ligne {change.row}", f"row {change.row}").say(language)]
    if change.column is not None:
        letters = column_letters(change.column)
        parts.append(Text(f"colonne {letters}", f"column {letters}").say(language))
    if change.field:
        parts.append(visible(change.field, 40))
    return ", ".join(parts)


def codes(tally: Tally) -> Iterable[str]:
    """Return the codes of a tally, each once."""
    return dict.fromkeys(code for code, _, _ in tally.counts)
