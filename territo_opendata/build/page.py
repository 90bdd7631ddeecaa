"""The page of a release: what it is, how to cite it, what each table holds, where to get it."""

from collections.abc import Mapping
from typing import Any

from territo_opendata.build.descriptor import PARQUET_SUFFIX
from territo_opendata.release.about import publisher_name
from territo_opendata.release.dates import release_date
from territo_opendata.release.pages import french_day, render
from territo_opendata.release.schema_org import dataset_node, script_text

_TYPES = {
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


def render_page(descriptor: Mapping[str, Any]) -> bytes:
    """Return `index.html` for a release, from its descriptor alone."""
    resources = descriptor["resources"]
    by_name = {each["name"]: each for each in resources}
    tables = [_table(each, by_name) for each in resources if "schema" in each]
    shown = {file["path"] for table in tables for file in table["files"]}
    return render(
        "territo_opendata.build",
        "release.html.j2",
        package=descriptor,
        when=release_date(descriptor),
        publisher=publisher_name(descriptor),
        licence=next(iter(descriptor.get("licenses", ())), {}),
        attribution=attribution(descriptor),
        tables=tables,
        others=[each for each in resources if each["path"] not in shown],
        archive=f"{descriptor['name']}.zip",
        types=_TYPES,
        structured_data=script_text(dataset_node(descriptor)),
    )


def attribution(descriptor: Mapping[str, Any]) -> str:
    """Return the line that a reuser copies, as the Licence Ouverte 2.0 asks: source and date."""
    licence: Mapping[str, Any] = next(iter(descriptor.get("licenses", ())), {})
    when = release_date(descriptor)
    parts = (
        publisher_name(descriptor),
        f"« {descriptor['title']} »",
        f"version {descriptor['version']}" + (f" du {french_day(when)}" if when else ""),
        str(licence.get("title") or licence.get("name") or ""),
        str(descriptor["homepage"]),
    )
    return ", ".join(part for part in parts if part)


def _table(resource: Mapping[str, Any], by_name: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    schema = resource["schema"]
    parquet = by_name.get(resource["name"] + PARQUET_SUFFIX)
    description = resource.get("description") or schema.get("description") or ""
    return {
        "name": resource["name"],
        "title": resource.get("title") or schema.get("title") or resource["name"],
        "description": description,
        "rows": resource["rows"],
        "files": [each for each in (resource, parquet) if each],
        "fields": [_field(each) for each in schema.get("fields", ())],
        "key": _names(schema.get("primaryKey")),
        "references": [
            _reference(each, resource["name"]) for each in schema.get("foreignKeys", ())
        ],
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
