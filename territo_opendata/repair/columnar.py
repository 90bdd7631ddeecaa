"""The mending of many records of a stretch at once, column by column, with Polars.

The same as record by record (`splicing`): each different text of a column is decided on once, by
the same `Mender`, and what is left to do is done for the whole column.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from territo_opendata.findings import Safety
from territo_opendata.fixes.number_columns import quick_fixes
from territo_opendata.repair.changes import EXAMPLES, Block, Counted, Line
from territo_opendata.repair.mending import Decided, Fault, Mender
from territo_opendata.tables.chunks import cut
from territo_opendata.tables.dialects import CsvFormat
from territo_opendata.tables.frames import column_name, read_frame

_LINE = {
    "made": pl.Int64,
    "code": pl.String,
    "before": pl.String,
    "after": pl.String,
    "row": pl.Int64,
    "column": pl.Int64,
    "field": pl.String,
    "safety": pl.String,
    "to_row": pl.Int64,
    "to_column": pl.Int64,
}
_ORDER = list(_LINE)


@dataclass(slots=True)
class Group:
    """The faults of one rule in one column, and the places of their records among those sorted."""

    records: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Faulty rows: the `plain` ones, whose faults are grouped by column and code, and the others.

    A row is plain when all of its faults are of cells, one in each, that the rule itself does not
    tell how to mend.
    """

    plain: list[int]
    others: list[int]
    groups: Mapping[tuple[int, str], Group]


def sort_rows(rows: Iterable[int], faults: Mapping[int, Sequence[Fault]], mender: Mender) -> Sorted:
    """Return the rows by how their faults can be mended."""
    plain: list[int] = []
    others: list[int] = []
    by_name: dict[tuple[str | None, str], Group] = {}
    # Reused as long as it fits: nearly all the rows of a spoilt column have the same fault.
    last, key = Group(), ("", "")
    for row in rows:
        met = faults.get(row, ())
        if not met or not _are_plain(met):
            others.append(row)
            continue
        record = len(plain)
        for fault in met:
            if fault.code is not key[1] or fault.column is not key[0]:
                key = (fault.column or "", fault.code)
                last = by_name.get(key) or by_name.setdefault(key, Group())
            last.records.append(record)
            last.faults.append(fault)
        plain.append(row)
    places = {name: mender.places.get(name) for name, _ in by_name}
    groups = {
        (place, code): group
        for (name, code), group in by_name.items()
        if (place := places[name]) is not None
    }
    return Sorted(plain, others, groups)


def _are_plain(met: Sequence[Fault]) -> bool:
    if len(met) == 1:
        fault = met[0]
        return fault.column is not None and fault.fix is None and fault.code != "missing-cell"
    if len({fault.column for fault in met}) < len(met):
        return False
    for fault in met:
        if fault.column is None or fault.fix is not None or fault.code == "missing-cell":
            return False
    return True


def read_columns(lines: Sequence[str], csv_format: CsvFormat, width: int) -> pl.DataFrame | None:
    """Return the records of these lines, one in each, None where only the csv reader can tell."""
    try:
        data = "".join(lines).encode()
    except UnicodeEncodeError:
        return None
    if lines and not lines[-1].endswith("\n"):
        data += b"\n" if not lines[-1].endswith("\r") else b""
    end, quotes = cut(data, csv_format, len(data), whole=True)
    if end != len(data):
        return None
    frame = read_frame(data, csv_format, width, quotes)
    if frame is None or frame.records != len(lines):
        return None
    return frame.table


@dataclass(frozen=True, slots=True)
class Spots:
    """Where plain records stand: the rows in the file and in its copy, the columns by place."""

    rows: NDArray[np.int64]
    targets: NDArray[np.int64]
    columns: Sequence[int | None]

    def column(self, place: int) -> int | None:
        """Return the original column of a place."""
        return self.columns[place]


def spots(
    records: Sequence[int],
    before: int,
    titles: int,
    dropped: Sequence[int],
    columns: Sequence[int | None],
) -> Spots:
    """Return where the records of these numbers stand.

    `before` are the rows before the stretch that they are counted in, `titles` those left out
    above the table, `dropped` the rows of the table that were left out, in order.
    """
    rows = np.asarray(records, np.int64) + before
    gone = np.searchsorted(np.asarray(dropped, np.int64), rows)
    return Spots(rows + titles, rows - gone, columns)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The new text of each plain record that changed, and the lines of the log."""

    texts: Mapping[int, str]
    noted: pl.DataFrame


def mend_columns(
    table: pl.DataFrame,
    groups: Mapping[tuple[int, str], Group],
    mender: Mender,
    spots: Spots,
    csv_format: CsvFormat,
) -> Outcome:
    """Return what the faults of these records let one change, and have changed."""
    changed = np.zeros(table.height, bool)
    noted = [pl.DataFrame(schema=_LINE)]
    for (place, code), group in sorted(groups.items()):
        name = column_name(place)
        decided = _decided(table[name], place, code, group, mender)
        decided = _located(decided, place, spots)
        decided = decided.with_columns(made=_wanted(decided, code, place, mender, spots))
        noted.append(decided.select(pl.col(name).cast(kind) for name, kind in _LINE.items()))
        made = decided.filter(pl.col("made") == 1)
        if made.height:
            where = made["record"].to_numpy()
            changed[where] = True
            table = _replaced(table, name, where, made["after"])
    return Outcome(_written(table, changed, csv_format), pl.concat(noted))


def _decided(cells: pl.Series, place: int, code: str, group: Group, mender: Mender) -> pl.DataFrame:
    """Return the cells of a group for which there is a mend, with what it is."""
    met = pl.DataFrame({"record": group.records, "before": cells.gather(group.records)})
    texts = (
        met.with_row_index("first")
        .filter(pl.col("before") != "")
        .group_by("before", maintain_order=True)
        .agg(pl.first("first"), pl.len().alias("times"))
    )
    found = _quickly(texts["before"], place, code, mender)
    if len(found) < texts.height:
        left = texts.filter(~pl.col("before").is_in([text for text, *_ in found]))
        faults = [group.faults[index] for index in left["first"]]
        found += mender.decide(
            place, code, left["before"].to_list(), faults, left["times"].to_list()
        )
    columns = zip(*found, strict=True) if found else ((), (), ())
    names = ("before", "after", "safety")
    decisions = pl.DataFrame(
        [pl.Series(name, each, pl.String) for name, each in zip(names, columns, strict=True)]
    )
    return met.join(decisions, on="before", how="inner", maintain_order="left").with_columns(
        code=pl.lit(code), field=pl.lit(mender.fields[place].name)
    )


def _quickly(texts: pl.Series, place: int, code: str, mender: Mender) -> list[Decided]:
    """Return the decisions on texts of a common form, which are the same as for any other."""
    quick = quick_fixes(code, mender.fields[place], texts)
    if quick is None:
        return []
    met = quick.is_not_null()
    pairs = zip(texts.filter(met).to_list(), quick.filter(met).to_list(), strict=True)
    return mender.possible(place, [*pairs])


def _located(decided: pl.DataFrame, place: int, spots: Spots) -> pl.DataFrame:
    records = decided["record"].to_numpy()
    return decided.with_columns(
        row=pl.Series(spots.rows[records]),
        column=pl.lit(spots.column(place), pl.Int64),
        to_row=pl.Series(spots.targets[records]),
        to_column=pl.lit(place + 1, pl.Int64),
    )


def _wanted(
    decided: pl.DataFrame, code: str, place: int, mender: Mender, spots: Spots
) -> pl.Expr | pl.Series:
    """Return which changes are to be made (1): by kind, or one by one where a choice is so."""
    name, choices = mender.fields[place].name, mender.choices
    safeties: tuple[Safety, ...] = ("safe", "unsafe")
    kinds = {safety: (code, name, safety) for safety in safeties}
    if any(choices.has_exceptions(kind) for kind in kinds.values()):
        column = spots.column(place)
        cells = decided.select("safety", "row").iter_rows()
        found = [int(choices.wants(kinds[safety], (row, column))) for safety, row in cells]
        return pl.Series(found, dtype=pl.Int64)
    wanted = [safety for safety, kind in kinds.items() if choices.wants(kind)]
    return pl.col("safety").is_in(wanted).cast(pl.Int64)


def _replaced(
    table: pl.DataFrame, name: str, where: NDArray[np.int64], after: pl.Series
) -> pl.DataFrame:
    places = np.zeros(table.height, np.uint32)
    places[where] = np.arange(1, len(where) + 1)
    texts = pl.concat([pl.Series("", [None], pl.String), after.alias("")]).gather(places)
    return table.with_columns(pl.coalesce(texts, pl.col(name)).alias(name))


def _written(
    table: pl.DataFrame, changed: NDArray[np.bool_], csv_format: CsvFormat
) -> Mapping[int, str]:
    """Return the text of each record that changed, without its line end."""
    if not changed.any():
        return {}
    # An empty text is written as a missing value, that is without quotes.
    text = (
        table.filter(changed)
        .select(pl.all().replace("", None))
        .write_csv(
            include_header=False,
            separator=csv_format.delimiter,
            quote_char=csv_format.quote_char,
            quote_style="necessary",
        )
    )
    return dict(zip(np.flatnonzero(changed).tolist(), text.split("\n"), strict=False))


def block(noted: pl.DataFrame, others: Sequence[Line]) -> Block:
    """Return lines of the log in the order of the file, together with those of other records."""
    rest = pl.DataFrame(list(others), schema=_LINE, orient="row")
    whole = pl.concat([rest, noted]).sort("row", maintain_order=True)
    kinds = whole.group_by("made", "code", "field", "safety", maintain_order=True)
    counts = kinds.len().rows()
    first = kinds.head(EXAMPLES).select(_ORDER).rows()
    counted = [
        Counted(
            made,
            (code, name, safety),
            count,
            [each for each in first if _kind(each) == (made, code, name, safety)],
        )
        for made, code, name, safety, count in counts
    ]
    return Block(whole.write_csv(include_header=False), counted)


def _kind(line: Line) -> tuple[int, str, str, str]:
    return line[0], line[1], line[6], line[7]
