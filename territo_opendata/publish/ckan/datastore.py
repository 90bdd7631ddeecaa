"""Tables of a release as tables of CKAN's DataStore, and back.

Types follow those of the Parquet form, which were chosen with every value seen: what holds each
value exactly there holds it here. CKAN is never left to guess a type. Which release a table was
loaded from stands in the data dictionary of its first column, under `territo`: it is written
last, so that a table without it was not loaded to its end.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.model import Schema
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.language import Text, visible
from territo_opendata.publish.contents import Content
from territo_opendata.release import Release

MARK = "territo"
_MAX_NAME_BYTES = 63
_TYPES = {
    "INT64": "int8",
    "INT16": "int4",
    "DOUBLE": "float8",
    "BOOLEAN": "bool",
    "DATE": "date",
    "TIME": "time",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "STRING": "text",
}
_CONSTRAINTS = ("constraints", "example", "format", "rdfType", "unit")


@dataclass(frozen=True, slots=True)
class Table:
    """A table to load: its content, its schema, and the DataStore type of each column."""

    content: Content
    schema: Schema
    types: Mapping[str, str]
    rows: int

    @property
    def object_id(self) -> str:
        """How plans call it."""
        return object_id(self.content.key)


def object_id(key: str) -> str:
    """Return how plans call the DataStore table of a resource."""
    return f"datastore:{key.removesuffix('.csv')}"


def tables(release: Release, contents: Sequence[Content]) -> list[Table]:
    """Return the tables of a release."""
    parquet = {
        each.key.removesuffix(".parquet"): each.resource.get("columnTypes", {})
        for each in contents
        if each.key.endswith(".parquet")
    }
    found = []
    for each in contents:
        if each.is_table:
            types = parquet.get(each.key.removesuffix(".csv"), {})
            found.append(_table(release, each, types))
    return found


def _table(release: Release, content: Content, types: Mapping[str, str]) -> Table:
    schema = parse_schema(dict(content.resource["schema"]), content.key)
    return Table(
        content=content,
        schema=schema,
        types={name: _type(types.get(name, "STRING")) for name in columns_of(release, content)},
        rows=int(content.resource.get("rows", 0)),
    )


def columns_of(release: Release, content: Content) -> list[str]:
    """Return the header of a released table."""
    from territo_opendata.release.cells import read_rows

    return next(iter(read_rows(release.path / content.file.path)), [])


def unfit(table: Table) -> Text | None:
    """Return why PostgreSQL cannot hold the table, None when it can.

    It cuts names at 63 bytes, without a word, after which CKAN fails at every call.
    """
    for name in table.types:
        if not name or name.startswith("_") or '"' in name or len(name.encode()) > _MAX_NAME_BYTES:
            return Text(
                f"DataStore : « {table.content.key} » n’y sera pas, le nom de colonne "
                f'« {visible(name)} » y est impossible (63 octets au plus, ni « " » ni « _ » au début).',
                f"DataStore: “{table.content.key}” will not be there, the column name "
                f'“{visible(name)}” is impossible (63 bytes at most, no “"”, no leading “_”).',
            )
    return None


def desired_state(table: Table) -> dict[str, Any]:
    """Return what the DataStore table is to be."""
    return {
        "columns": [
            {"id": name, "type": type_, "info": _info(table.schema, name)}
            for name, type_ in table.types.items()
        ],
        "primary_key": list(table.schema.primary_key),
        "rows": table.rows,
        "loaded_sha256": table.content.file.sha256,
    }


def found_state(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a table is, from the answer of `datastore_search`.

    `loaded_sha256` is None for a table that was not loaded to its end, or not by us.
    """
    columns = [each for each in found["fields"] if each["id"] != "_id"]
    infos = [dict(each.get("info") or {}) for each in columns]
    mark = infos[0].pop(MARK, None) if infos else None
    mark = mark if isinstance(mark, Mapping) else {}
    return {
        "columns": [
            {"id": each["id"], "type": each["type"], "info": info}
            for each, info in zip(columns, infos, strict=True)
        ],
        "primary_key": mark.get("primary_key"),
        "rows": found.get("total"),
        "loaded_sha256": mark.get("sha256"),
    }


def is_unfinished(state: Mapping[str, Any] | None) -> bool:
    """Tell whether a table is gone or was not loaded to its end: what a killed run leaves."""
    return state is None or state["loaded_sha256"] is None


def must_be_made_anew(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Tell whether a table cannot be changed in place: CKAN ignores a new type without a word."""
    return _shape(before) != _shape(after)


def fields_of(state: Mapping[str, Any], *, loaded: bool) -> list[dict[str, Any]]:
    """Return the columns to send, the first with our mark: what was loaded, once it is."""
    fields = [dict(each) for each in state["columns"]]
    mark = {"primary_key": state["primary_key"]}
    if loaded:
        mark["sha256"] = state["loaded_sha256"]
    if fields:
        fields[0]["info"] = {**fields[0]["info"], MARK: mark}
    return fields


def _shape(state: Mapping[str, Any]) -> tuple[Any, ...]:
    columns = [(each["id"], each["type"]) for each in state["columns"]]
    return columns, state["primary_key"]


def _type(parquet: str) -> str:
    return "numeric" if parquet.startswith("DECIMAL") else _TYPES.get(parquet, "text")


def _info(schema: Schema, name: str) -> dict[str, Any]:
    """Return the entry of the data dictionary; CKAN shows `label` and `notes`, and keeps the rest."""
    fields: Sequence[Mapping[str, Any]] = schema.descriptor.get("fields", ())
    field = next((each for each in fields if each["name"] == name), {})
    info = {
        "label": field.get("title"),
        "notes": field.get("description"),
        **{key: field.get(key) for key in _CONSTRAINTS},
    }
    return {key: value for key, value in info.items() if value not in (None, "", {}, "default")}
