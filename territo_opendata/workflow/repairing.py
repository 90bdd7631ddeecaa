"""The repair of one file: its shape, its cells, and what is left for a person."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from territo_opendata import project
from territo_opendata.descriptors.model import Dialect, Package, Schema
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report
from territo_opendata.language import visible
from territo_opendata.repair.changes import Change, ChangeLog
from territo_opendata.repair.choices import Choices, Kind
from territo_opendata.repair.prepare import Prepared, ToRepair, prepare
from territo_opendata.repair.shaping import shaped
from territo_opendata.repair.twins import identical_rows
from territo_opendata.tables.source import Source
from territo_opendata.tables.spool import Spool
from territo_opendata.tables.table import open_table
from territo_opendata.validate.headers import match_header
from territo_opendata.validate.inputs import Options, Progress, TableInput
from territo_opendata.workflow.given import Given, steady
from territo_opendata.workflow.mending import MendingPass
from territo_opendata.workflow.repaired import Repaired, ToMend
from territo_opendata.workflow.tables import Received, files_given, package_for, received_tables
from territo_opendata.workflow.validation import silent, validate_given

TWINS = frozenset({"primary-key", "unique", "unique-key"})
"""Codes whose acceptance leaves out the rows that repeat an earlier one to the letter."""

_TWINS: tuple[Kind, ...] = tuple((code, "", "unsafe") for code in sorted(TWINS))


@contextmanager
def repaired_file(
    asked: ToMend, options: Options | None = None, progress: Progress = silent
) -> Iterator[Repaired]:
    """Repair the one table in a file, and give it until the end of the `with` statement.

    Raises as `validate_files`, and UsageError where the file holds several tables and no sheet
    is named.
    """
    known = None if asked.schema is None else project.resolve_schema(asked.schema)
    with Spool(asked.max_size) as spool:
        given = _only(asked.file, _tables(asked, known, spool))
        around = asked.path is None and given.table.schema.foreign_keys
        package = package_for(asked.file) if around else None
        run = _Run(given, package, spool, asked, options or Options(), progress)
        with steady([given.table.source]):
            yield run.repair()


def _tables(asked: ToMend, known: Schema | None, spool: Spool) -> Sequence[object]:
    if asked.path is None or known is None:
        return files_given(asked.file, known, spool, sheet=asked.sheet)
    received = Received(asked.file, asked.path, asked.sheet, asked.max_size)
    return received_tables(received, known, spool)


def _only(file: str, found: Sequence[object]) -> Given:
    tables = [each for each in found if isinstance(each, Given)]
    if len(tables) == 1:
        return tables[0]
    shown = visible(file, 200)
    names = ", ".join(f"« {visible(each.table.name, 60)} »" for each in tables)
    raise UsageError(
        f"« {shown} » contient plusieurs tables ({names}) : choisissez-en une avec --sheet.",
        f"“{shown}” holds several tables ({names}): choose one with --sheet.",
    )


class _Run:
    """One repair: what it works on, and the passes over it."""

    def __init__(
        self,
        given: Given,
        package: Package | None,
        spool: Spool,
        asked: ToMend,
        options: Options,
        progress: Progress,
    ) -> None:
        self.given = given
        self.table = given.table
        self.package = package
        self.spool = spool
        self.choices = Choices(asked.accept, asked.choices)
        self.label = asked.label or given.table.source.label
        self.options = options
        self.progress = progress

    def repair(self) -> Repaired:
        """Return the table repaired, or as it was where nothing can be done or gained."""
        if not self.given.readable:
            return self._as_given(self._check(self.given))
        prepared = self._prepare()
        if not prepared.readable:
            return self._as_given(self._check(self.given), proposals=prepared.proposals)
        base = self._shape(prepared) if prepared.reshaped else self.table
        mended, seen = self._mend(prepared, base)
        before = None if prepared.reshaped or not prepared.shape.aligned else seen
        if not mended.log.tally.total and not TWINS.intersection(seen.tables[0].by_code):
            report = before or self._check(self.given)
            mended.log.append(prepared.proposals)
            return self._as_given(report, mended.log)
        candidate = self._result(prepared, mended)
        if not candidate.changed:
            return self._as_given(before or self._check(self.given), candidate.log)
        if self._gains(candidate.report, before):
            return candidate
        return self._withheld(prepared, base)

    def _withheld(self, prepared: Prepared, base: TableInput) -> Repaired:
        """Return the table with its cells as they were: mended, they would have more errors."""
        if prepared.reshaped:
            bare = self._pass(prepared, base, Choices())
            bare.close()
            candidate = self._finished(prepared, bare)
            if self._gains(candidate.report, None):
                return dataclasses.replace(candidate, withheld=True)
        return self._as_given(self._check(self.given), withheld=True)

    def _prepare(self) -> Prepared:
        table, dialect = self.table, self.table.dialect
        found = dialect.header is None and (dialect.header_rows is None or self.given.by_row)
        if self.given.by_row:
            # The sheet's header was found too; its titles are still above it.
            row = (dialect.header_rows or (1,))[0]
            dialect = dataclasses.replace(dialect, header_rows=(row,))
        asked = ToRepair(table.source, table.schema, dialect, table.encoding, found)

        def is_faulty(labels: Sequence[str]) -> bool:
            ignore_case = not dialect.header_case
            return bool(match_header(table.schema, labels, ignore_case=ignore_case).faults)

        return prepare(asked, is_faulty, self.choices)

    def _shape(self, prepared: Prepared) -> TableInput:
        """Write the table in its new shape, and return it."""
        for all_quoted in (False, True):
            blocks = shaped(prepared.table, prepared.shape, prepared.into, all_quoted=all_quoted)
            path = self.spool.keep(self.table.source.label, blocks)
            if self._reads_back(path, prepared):
                break
        source = Source(self.table.source.label, path, self.table.source.format)
        written = prepared.into
        dialect = dataclasses.replace(
            self.table.dialect,
            delimiter=written.delimiter,
            quote_char=written.quote_char,
            double_quote=written.double_quote,
            escape_char=written.escape_char,
            skip_initial_space=written.skip_initial_space,
            line_terminator=None,
            header=None if prepared.table.header.labels else False,
            header_rows=(1,) if prepared.table.header.labels else None,
        )
        return TableInput(self.table.name, source, self.table.schema, dialect, "utf-8")

    def _reads_back(self, path: Path, prepared: Prepared) -> bool:
        """Tell whether who is told nothing reads the file as it was meant."""
        source = Source(self.table.source.label, path, self.table.source.format)
        seen = open_table(source, self._outside_dialect(), self._outside_encoding())
        into = prepared.into
        marks = (seen.format.delimiter, seen.format.quote_char, seen.format.skip_initial_space)
        return (
            seen.header.labels == prepared.shape.names
            and seen.header.row <= 1
            and marks == (into.delimiter, into.quote_char, into.skip_initial_space)
        )

    def _outside_dialect(self) -> Dialect:
        return Dialect() if self.given.by_row else self.table.dialect

    def _outside_encoding(self) -> str | None:
        return None if self.given.by_row else self.table.encoding

    def _mend(
        self,
        prepared: Prepared,
        base: TableInput,
        orders: Mapping[int, str] | None = None,
        left_out: Mapping[int, Change] | None = None,
    ) -> tuple[MendingPass, Report]:
        """Validate and mend the table; once more where its dates show another order."""
        schema = base.schema
        if not prepared.shape.aligned:
            schema = dataclasses.replace(schema, fields_match="partial")
        mending = self._pass(prepared, base, self.choices)
        mending.orders, mending.left_out = orders or {}, left_out or {}
        given = Given(dataclasses.replace(base, schema=schema), by_row=self.given.by_row)
        given = given if prepared.reshaped else dataclasses.replace(self.given, table=given.table)
        report = self._check(given, mending)
        mending.close()
        if orders is None and mending.doubtful:
            return self._mend(prepared, base, mending.doubtful, left_out)
        return mending, report

    def _pass(self, prepared: Prepared, base: TableInput, choices: Choices) -> MendingPass:
        return MendingPass(
            self.spool,
            base,
            prepared.shape,
            prepared.titles,
            len(prepared.table.header.labels),
            prepared.is_certain,
            prepared.changes,
            choices,
        )

    def _result(self, prepared: Prepared, mended: MendingPass) -> Repaired:
        """Return the mended table, rows that repeat another left out where that is accepted."""
        found = self._finished(prepared, mended)
        twins = self._twins(prepared, mended, found)
        wanted = {
            row: twin for row, twin in twins.items() if self.choices.wants(twin.kind, twin.place)
        }
        if wanted:
            orders = mended.orders or mended.doubtful
            again, _ = self._mend(prepared, mended.base, orders, wanted)
            found = self._finished(prepared, again)
        found.log.append(twin for row, twin in twins.items() if row not in wanted)
        return found

    def _twins(
        self, prepared: Prepared, mended: MendingPass, found: Repaired
    ) -> Mapping[int, Change]:
        """Return the rows of the table before its mending that repeat an earlier one."""
        report = found.report.tables[0]
        if not TWINS.intersection(report.by_code):
            return {}
        if report.truncated and self.choices.may_want(_TWINS):
            everything = dataclasses.replace(self.options, limit=None)
            report = self._check(Given(found.table), options=everything).tables[0]
        pairs = {
            (each.row, each.facts["first"]): each.code
            for each in report.findings
            if each.code in TWINS and each.row is not None
        }
        codes = {row: code for (row, _), code in pairs.items()}
        table = found.table
        opened = open_table(table.source, table.dialect, table.encoding)
        before = _before(identical_rows(opened, pairs.keys()), mended.dropped)
        return {
            earlier: Change(codes[row], "", "", earlier + prepared.titles, safety="unsafe")
            for row, earlier in before
        }

    def _finished(self, prepared: Prepared, mended: MendingPass) -> Repaired:
        table = dataclasses.replace(
            mended.table,
            source=dataclasses.replace(mended.table.source, label=self.label),
            dialect=self._outside_dialect(),
            encoding=self._outside_encoding(),
        )
        given = Given(table, by_row=self.given.by_row)
        mended.log.append(prepared.proposals)
        return Repaired(self.given, table, mended.log, self._check(given), self.spool)

    def _gains(self, after: Report, before: Report | None) -> bool:
        """Tell whether the result has no more errors than the file as it was given."""
        if not after.errors:
            return True
        if before is None:
            enough = dataclasses.replace(self.options, limit=0, stop_after=after.errors)
            before = self._check(self.given, options=enough)
        return before.errors >= after.errors

    def _check(
        self,
        given: Given,
        watcher: MendingPass | None = None,
        options: Options | None = None,
    ) -> Report:
        return validate_given(
            [given], self.package, self.spool, options or self.options, self.progress, watcher
        )

    def _as_given(
        self,
        report: Report,
        log: ChangeLog | None = None,
        *,
        proposals: Sequence[Change] = (),
        withheld: bool = False,
    ) -> Repaired:
        """Return the table as it was."""
        if log is None:
            log = ChangeLog(self.spool.new_path())
            log.close()
        log.append(proposals)
        return Repaired(self.given, self.table, log, report, self.spool, withheld)


def _before(rows: Sequence[int], dropped: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each row with its number before the rows `dropped`, both in order, were left out."""
    left, skipped = list(dropped), 0
    for row in rows:
        while skipped < len(left) and left[skipped] <= row + skipped:
            skipped += 1
        yield row, row + skipped
