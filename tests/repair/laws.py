"""What holds of every repair, checked on one file: see `check`."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from territo_opendata.descriptors.model import Dialect
from territo_opendata.repair.changes import Change
from territo_opendata.tables.source import file_source
from territo_opendata.tables.table import open_table
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.repaired import ToMend
from territo_opendata.workflow.repairing import repaired_file
from territo_opendata.workflow.validation import validate_files

OPTIONS = Options(references=False)


@dataclass(frozen=True)
class Outcome:
    """A file after its repair: its bytes, what was changed, what is left."""

    content: bytes
    changes: list[Change]
    errors: int
    findings: int
    withheld: bool


def repair(
    path: Path, schema: str, accept: frozenset[str] = frozenset(), options: Options = OPTIONS
) -> Outcome:
    with repaired_file(ToMend(str(path), schema, accept=accept), options) as repaired:
        table = repaired.report.tables[0]
        with repaired.table.source.open() as stream:
            content = stream.read()
        return Outcome(
            content,
            list(repaired.log.read()),
            repaired.report.errors,
            table.errors + table.warnings,
            repaired.withheld,
        )


def records(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def cells_of(path: Path, encoding: str | None = None) -> list[list[str]]:
    """Return the records of a file as whoever is told no more than its encoding reads them."""
    table = open_table(file_source(str(path), path), Dialect(header=False), encoding)
    return [list(cells) for chunk in table.chunks() for cells in chunk.cells]


def settled(changes: Sequence[Change]) -> str | None:
    return next((each.before for each in changes if each.code.startswith("encoding-")), None)


def replay(before: list[list[str]], changes: Sequence[Change]) -> list[list[str]]:
    """Return the records with the changes of the log made by hand, and nothing else."""
    rows: dict[int, list[str | None] | None] = dict(enumerate(before, start=1))
    for change in changes:
        if change.row is None or change.code in SHAPES:
            continue
        if change.column is None:
            rows[change.row] = None
        else:
            gone = change.code == "extra-cell"
            rows[change.row][change.column - 1] = None if gone else change.after
    gone = {each.column - 1 for each in changes if each.code == "column-unnamed"}
    left = [without(row, gone) for row in rows.values() if row is not None]
    return laid_out(left, changes)


SHAPES = ("columns-reordered", "column-missing", "column-unnamed")


def without(row: list[str | None], gone: set[int]) -> list[str]:
    return [cell for place, cell in enumerate(row) if cell is not None and place not in gone]


def laid_out(rows: list[list[str]], changes: Sequence[Change]) -> list[list[str]]:
    labels = [label.strip() for label in rows[0]]
    for change in changes:
        if change.code == "columns-reordered":
            places = in_order(labels, change.after.split(", "))
            rows = [moved(row, places, len(labels)) for row in rows]
    for change in changes:
        if change.code == "column-missing":
            for number, row in enumerate(rows):
                row.insert(change.target[1] - 1, "" if number else change.after)
    return rows


def in_order(labels: Sequence[str], names: Sequence[str]) -> list[int]:
    """Return the place of each name; one that is there twice has two places."""
    left = list(enumerate(labels))
    places = []
    for name in names:
        found = next((each for each in left if each[1] == name), None)
        if found is not None:
            left.remove(found)
            places.append(found[0])
    return places


def moved(row: list[str], places: Sequence[int], width: int) -> list[str]:
    """Lay a record out: one that stops early still does, what is beyond the header stays there."""
    known = [row[place] if place < len(row) else None for place in places] if row else []
    while known and known[-1] is None:
        known.pop()
    return [cell or "" for cell in known] + row[width:]


def check(
    path: Path, schema: str, accept: frozenset[str] = frozenset(), options: Options = OPTIONS
) -> Outcome:
    """Repair the file, and check what every repair promises. Return what came of it."""
    before = validate_files([str(path)], schema=schema, options=options)
    table = before.tables[0]
    done = repair(path, schema, accept, options)
    assert done.errors <= before.errors, "errors have grown"
    if not table.errors + table.warnings:
        assert done.content == path.read_bytes()
        assert not done.changes
    if not done.changes:
        assert done.content == path.read_bytes()
        return done
    expected = replay(cells_of(path, settled(done.changes)), done.changes)
    again = path.with_name(f"again-{path.name}")
    again.write_bytes(done.content)
    same_form = not any(each.row is None for each in done.changes)
    found = cells_of(again, table.dialect.encoding if same_form else None)
    assert [cell.strip() for cell in found[0]] == [cell.strip() for cell in expected[0]]
    assert found[1:] == expected[1:], "something else than the log has changed"
    twice = repair(again, schema, accept, options)
    assert (twice.content, twice.changes) == (done.content, []), "repairing twice changes more"
    assert twice.errors == done.errors
    return done
