"""The changes of one kind, some at a time: a log may hold a million."""

from dataclasses import dataclass

from territo_opendata.repair.changes import ChangeLog, Entry
from territo_opendata.repair.choices import Kind

PAGE = 100


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries of a log; `following` is where those after them begin, None at the end."""

    entries: list[Entry]
    following: int | None


def page_of(log: ChangeLog, kind: Kind, start: int = 0, row: int = 0) -> Page:
    """Return the changes of a kind, made or not: a page of them, in the order of the file.

    `start` is what `following` of the page before was, else 0; those of rows before `row` are
    passed over. Only a page is held in memory.
    """
    total = log.tally.counts[kind] + log.proposals.counts[kind]
    last = total if start == 0 and row == 0 else None
    found: list[Entry] = []
    for entry in log.entries(start, row):
        if entry.change.kind != kind:
            continue
        if len(found) == PAGE:
            return Page(found, found[-1].end)
        found.append(entry)
        if len(found) == last:
            break
    return Page(found, None)
