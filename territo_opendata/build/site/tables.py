"""What the pages show of each table: its fields, keys, files and first rows."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from territo_opendata.build.descriptor import PARQUET_SUFFIX
from territo_opendata.release.cells import read_rows

TYPES = {
    "any": "tout type",
    "array": "liste JSON",
    "boolean": "booléen",
    "date": "date",
    "datetime": "date et heure",
    "duration": "durée",
    "geojson": "GeoJSON",
    "geopoint": "point géographique",
    "integer": "nombre entier",
    "list": "liste",
    "number": "nombre",
    "object": "objet JSON",
    "string": "texte",
    "time": "heure",
    "year": "année",
    "yearmonth": "année et mois",
}
"""What a type of Table Schema is called in French."""

_PREVIEW_ROWS = 15
_PREVIEW_COLUMNS = 40


def table_views(descriptor: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the templates need to know of each table of a release, in order."""
    by_name = {each["name"]: each for each in descriptor["resources"]}
    tables = [each for each in descriptor["resources"] if "schema" in each]
    users = _users(tables)
    return [_table(each, by_name, users.get(each["name"], [])) for each in tables]


def preview(folder: Path, table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the header and the first rows of a released table, and whether columns are left out."""
    records = [list(each) for each in islice(read_rows(folder / table["path"]), _PREVIEW_ROWS + 1)]
    wide = any(len(cells) > _PREVIEW_COLUMNS for cells in records)
    header, *rows = [cells[:_PREVIEW_COLUMNS] for cells in records]
    return {"header": header, "rows": rows, "wide": wide}


def _users(tables: list[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the tables that refer to each table, by its name."""
    found: dict[str, list[str]] = {}
    for each in tables:
        for key in each["schema"].get("foreignKeys", ()):
            name = _reference(key, each["name"])["table"]
            if each["name"] not in found.setdefault(name, []) and each["name"] != name:
                found[name].append(each["name"])
    return found


def _table(
    resource: Mapping[str, Any], by_name: Mapping[str, Mapping[str, Any]], users: list[str]
) -> dict[str, Any]:
    schema = resource["schema"]
    parquet = by_name.get(resource["name"] + PARQUET_SUFFIX)
    fields = [_field(each) for each in schema.get("fields", ())]
    return {
        "name": resource["name"],
        "path": resource["path"],
        "page": f"tables/{resource['name']}.html",
        "title": resource.get("title") or schema.get("title") or resource["name"],
        "description": resource.get("description") or schema.get("description") or "",
        "version": resource.get("version") or "",
        "rows": resource["rows"],
        "files": [each for each in (resource, parquet) if each],
        "fields": fields,
        "words": " ".join(f"{each['name']} {each['title']}" for each in fields),
        "key": _names(schema.get("primaryKey")),
        "references": [
            _reference(each, resource["name"]) for each in schema.get("foreignKeys", ())
        ],
        "users": users,
        "schema": schema,
        "sources": resource.get("sources", ()),
    }


def _field(field: Mapping[str, Any]) -> dict[str, Any]:
    constraints = field.get("constraints", {})
    return {
        "name": field["name"],
        "title": field.get("title", ""),
        "type": field.get("type", "string"),
        "required": bool(constraints.get("required")),
        "description": field.get("description", ""),
        "example": field.get("example"),
        "enum": constraints.get("enum", ()),
    }


def _reference(key: Mapping[str, Any], table: str) -> dict[str, Any]:
    reference = key.get("reference", {})
    package = reference.get("package")
    return {
        "fields": _names(key.get("fields")),
        "table": reference.get("resource") or table,
        "package": package,
        "targets": _names(reference.get("fields")),
    }


def _names(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
