"""What holds of every repair, checked on one file: see `check`."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from territo_opendata.descriptors.model import Dialect
from territo_opendata.repair.changes import Change
from territo_opendata.tables.source import file_source
from territo_opendata.tables.table import Table, open_table
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


def repair(path: Path, schema: str, accept: frozenset[str] = frozenset()) -> Outcome:
    with repaired_file(ToMend(str(path), schema, accept=accept), OPTIONS) as repaired:
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


def records(content: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    text = io.StringIO(content.decode(encoding, "surrogateescape"), newline="")
    return list(csv.reader(text, delimiter=delimiter))


def settled(changes: Sequence[Change]) -> str | None:
    return next((each.before for each in changes if each.code.startswith("encoding-")), None)


def opened(path: Path, changes: Sequence[Change]) -> Table:
    """Return a file as it is, in the encoding that was settled."""
    return open_table(file_source(str(path), path), Dialect(header=False), settled(changes))


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
            places = [labels.index(name) for name in change.after.split(", ") if name in labels]
            rows = [[row[place] for place in places] if row else row for row in rows]
    for change in changes:
        if change.code == "column-missing":
            for number, row in enumerate(rows):
                row.insert(change.target[1] - 1, "" if number else change.after)
    return rows


def check(path: Path, schema: str, accept: frozenset[str] = frozenset()) -> Outcome:
    """Repair the file, and check what every repair promises. Return what came of it."""
    before = validate_files([str(path)], schema=schema, options=OPTIONS)
    table = before.tables[0]
    done = repair(path, schema, accept)
    assert done.errors <= before.errors, "errors have grown"
    if not table.errors + table.warnings:
        assert done.content == path.read_bytes()
        assert not done.changes
    if not done.changes:
        assert done.content == path.read_bytes()
        return done
    raw = opened(path, done.changes)
    cells = [list(cells) for chunk in raw.chunks() for cells in chunk.cells]
    expected = replay(cells, done.changes)
    same_form = not any(each.row is None for each in done.changes)
    found = (
        records(done.content, raw.encoding.name, raw.format.delimiter)
        if same_form
        else records(done.content)
    )
    assert [cell.strip() for cell in found[0]] == [cell.strip() for cell in expected[0]]
    assert found[1:] == expected[1:], "something else than the log has changed"
    again = path.with_name(f"again-{path.name}")
    again.write_bytes(done.content)
    twice = repair(again, schema, accept)
    assert (twice.content, twice.changes) == (done.content, []), "repairing twice changes more"
    assert twice.errors == done.errors
    return done
