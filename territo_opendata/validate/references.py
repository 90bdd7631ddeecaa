"""The tables that foreign keys refer to: which one, and the hashes of the keys it holds."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from territo_opendata.descriptors.model import ForeignKey, Schema
from territo_opendata.findings import Skipped
from territo_opendata.language import Text, visible
from territo_opendata.tables.source import Source
from territo_opendata.tables.table import open_table
from territo_opendata.validate.executors import make_scan
from territo_opendata.validate.headers import match_header
from territo_opendata.validate.inputs import Engine, TableInput
from territo_opendata.validate.members import Members
from territo_opendata.validate.near_keys import NearKeys
from territo_opendata.validate.plan import Key, make_plan

KnownKeys = Callable[[Sequence[str]], Members | None]
"""Returns the keys made of these fields where they are known beforehand, else None."""


def _unknown(_fields: Sequence[str]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where tables come from that were not among the files: said of one of them, and of several.

    Both sentences hold `{names}`.
    """

    one: Text
    several: Text

    def note(self, names: Sequence[str]) -> Text:
        """Return the sentence about the tables of these names."""
        said = self.one if len(names) == 1 else self.several
        quoted = [visible(name, 60) for name in names]
        return Text(
            said.fr.replace("{names}", _listed([f"« {name} »" for name in quoted], " et ")),
            said.en.replace("{names}", _listed([f"“{name}”" for name in quoted], " and ")),
        )


def _listed(names: Sequence[str], last: str) -> str:
    return last.join(part for part in (", ".join(names[:-1]), names[-1]) if part)


@dataclass(frozen=True, slots=True)
class Found:
    """A table found for a reference; `origin` tells the reader when it was not among the files.

    `known` saves reading the table where its keys were worked out before; `shipped` tells that it
    is the copy that comes with this tool.
    """

    table: TableInput
    origin: Origin | None = None
    known: KnownKeys = _unknown
    shipped: bool = False


Finder = Callable[[ForeignKey, TableInput], Found | Skipped]
"""Finds the table that a foreign key of a table refers to, or says why there is none."""


@dataclass(slots=True)
class References:
    """The keys of referenced tables, read once for a whole run."""

    find: Finder
    engine: Engine = "auto"
    skipped: list[Skipped] = field(default_factory=list)
    _origins: dict[str, dict[Origin, list[str]]] = field(default_factory=dict)
    _members: dict[tuple[Source, tuple[str, ...]], Members] = field(default_factory=dict)

    def of(self, table: TableInput) -> Callable[[ForeignKey], tuple[str, Members | None] | None]:
        """Return the look-up for the foreign keys of `table`, for its plan."""

        def members(key: ForeignKey) -> tuple[str, Members | None] | None:
            own = not key.package and key.resource in ("", table.name)
            if own:
                return table.name, None
            found = self.find(key, table)
            if isinstance(found, Skipped):
                self.skipped.append(found)
                return None
            if found.origin:
                names = self._origins.setdefault(table.name, {}).setdefault(found.origin, [])
                names += [found.table.name] if found.table.name not in names else []
            return found.table.name, self._read(found, key.reference_fields, table.source)

        return members

    def notes(self, table: str) -> list[Text]:
        """Return what is to be said of the tables that `table` refers to."""
        return [origin.note(names) for origin, names in self._origins.get(table, {}).items()]

    def _read(self, found: Found, fields: tuple[str, ...], beside: Source) -> Members:
        place = (found.table.source, fields)
        if place not in self._members:
            known = found.known(fields)
            members = known or read_members(found.table, fields, self.engine, beside)
            if len(fields) == 1:
                members.near = NearKeys(found.table, fields[0]).of
            members.shipped = found.shipped
            self._members[place] = members
        return self._members[place]


def read_members(
    table: TableInput,
    fields: Sequence[str],
    engine: Engine = "auto",
    beside: Source | None = None,
) -> Members:
    """Return the hashes of the keys made of `fields` that `table` holds, typed by its schema.

    `beside` is the table that refers to it: its size counts in the choice of the executor.
    """
    opened = open_table(table.source, table.dialect, table.encoding)
    matched = match_header(
        table.schema, opened.header.labels, ignore_case=not table.dialect.header_case
    )
    schema = Schema(table.schema.fields, missing_values=table.schema.missing_values)
    # Only the values count here, and constraints take time to make ready.
    read = [dataclasses.replace(each, constraints={}) for each in matched.fields]
    plan = make_plan(table.name, schema, read, (), lambda _key: None)
    places = [plan.index_of(name) for name in fields]
    if None in places:
        return Members.of(())
    key = Key("lookup", tuple(fields), tuple(place for place in places if place is not None))
    scan = make_scan(opened, engine, beside=beside)
    log = scan.new_log()
    rows = 0
    for screened in scan.screen(dataclasses.replace(plan, keys=(key,), judged=False)):
        log.add(screened.result.keys[0], rows)
        rows += screened.result.records
    return log.members()


def declared_name(key: ForeignKey) -> str:
    """Return how a schema names the table that `key` refers to."""
    return f"{key.package}#{key.resource}" if key.package else key.resource
