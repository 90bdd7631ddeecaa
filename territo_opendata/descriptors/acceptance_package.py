"""Whether a Data Package can be used: the rules of frictionless 5.21, and one resource at least.

Schemas and dialects written in the resources are judged by their own modules. Custom `profile`
addresses are not fetched: they are their author's business, and following them is not safe.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.acceptance import NAME
from territo_opendata.descriptors.dialect import dialect_reasons
from territo_opendata.descriptors.examples import readable
from territo_opendata.descriptors.reasons import (
    INTEGER,
    OBJECT,
    TEXT,
    TEXTS,
    Kind,
    Reason,
    expect,
    expect_all,
    join,
)
from territo_opendata.language import Text, visible

_OBJECTS = Kind(
    lambda value: isinstance(value, list) and all(isinstance(each, dict) for each in value),
    Text("une liste d’objets { }", "a list of objects { }"),
)
_OBJECT_OR_TEXT = Kind(
    lambda value: isinstance(value, dict | str),
    Text("un objet ou un chemin", "an object or a path"),
)
_DATA = Kind(
    lambda value: isinstance(value, dict | list),
    Text("un objet ou une liste", "an object or a list"),
)
_PATH = Kind(
    lambda value: isinstance(value, str) or (TEXTS.test(value) and bool(value)),
    Text("un chemin ou une liste de chemins", "a path or a list of paths"),
)
_SHARED: Mapping[str, Kind] = {
    "title": TEXT,
    "description": TEXT,
    "homepage": TEXT,
    "profile": TEXT,
    "licenses": _OBJECTS,
    "sources": _OBJECTS,
}
_PACKAGE: Mapping[str, Kind] = {
    **_SHARED,
    "contributors": _OBJECTS,
    "keywords": TEXTS,
    "image": TEXT,
    "version": TEXT,
    "created": TEXT,
}
_RESOURCE: Mapping[str, Kind] = {
    **_SHARED,
    "name": TEXT,
    "path": _PATH,
    "data": _DATA,
    "scheme": TEXT,
    "format": TEXT,
    "mediatype": TEXT,
    "compression": TEXT,
    "extrapaths": TEXTS,
    "innerpath": TEXT,
    "encoding": TEXT,
    "hash": TEXT,
    "bytes": INTEGER,
    "dialect": _OBJECT_OR_TEXT,
    "schema": _OBJECT_OR_TEXT,
}
_PARTY: Mapping[str, Kind] = {"title": TEXT, "path": TEXT, "email": TEXT}
_ITEMS: Mapping[str, Mapping[str, Kind]] = {
    "licenses": {"name": TEXT, "path": TEXT, "title": TEXT},
    "sources": _PARTY,
    "contributors": {**_PARTY, "organisation": TEXT, "role": TEXT},
}
RESOURCE_TYPES = ("table", "file", "json", "text")


def package_reasons(descriptor: Mapping[str, Any], version: str) -> Iterator[Reason]:
    """Yield every reason to refuse the package, its schemas apart."""
    yield from expect_all(descriptor, _PACKAGE, "")
    if "type" in descriptor:
        yield Reason("type", Text("un paquet n’a pas de type", "a package has no type"))
    if "name" in descriptor:
        yield from _name_reasons(descriptor["name"], "name", version)
    yield from _items_reasons(descriptor, "")
    yield from _misplaced(descriptor, ("missingValues", "fields"), "", "resources[].schema")
    created = descriptor.get("created")
    if created and not readable({"type": "datetime", "format": "default"}, created):
        yield Reason(
            "created",
            Text("une date et heure est attendue", "a date and time is expected"),
        )
    yield from _resources_reasons(descriptor, version)


def _resources_reasons(descriptor: Mapping[str, Any], version: str) -> Iterator[Reason]:
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        yield Reason(
            "resources",
            Text(
                "une liste d’au moins une ressource est attendue",
                "at least one resource is expected",
            ),
        )
        return
    seen: set[str] = set()
    for index, resource in enumerate(resources):
        where = f"resources[{index}]"
        if not isinstance(resource, dict):
            yield from expect(resource, OBJECT, where)
            continue
        name = resource.get("name")
        if isinstance(name, str):
            where = f"{where} ({visible(name, 60)})"
            if name in seen:
                yield Reason(
                    join(where, "name"),
                    Text("deux ressources ont ce nom", "two resources have this name"),
                )
            seen.add(name)
        yield from _resource_reasons(resource, where, version)
        yield from _tabular_reasons(resource, where, descriptor.get("profile"))


def _resource_reasons(resource: Mapping[str, Any], where: str, version: str) -> Iterator[Reason]:
    yield from expect_all(resource, _RESOURCE, where)
    if "name" not in resource:
        yield Reason(where, Text("la ressource n’a pas de nom (name)", "the resource has no name"))
    elif isinstance(resource["name"], str):
        yield from _name_reasons(resource["name"], join(where, "name"), version)
    if resource.get("type", "table") not in RESOURCE_TYPES:
        known = ", ".join(RESOURCE_TYPES)
        yield Reason(join(where, "type"), Text(f"types connus : {known}", f"known types: {known}"))
    yield from _items_reasons(resource, where)
    yield from _misplaced(resource, ("missingValues",), where, "schema")
    places = [name for name in ("path", "data", "url") if resource.get(name) is not None]
    if not places:
        yield Reason(
            where, Text("ni path ni data : où sont ses données ?", "neither path nor data")
        )
    if {"path", "data"} <= set(places):
        yield Reason(where, Text("path et data s’excluent", "path and data exclude each other"))
    if isinstance(resource.get("dialect"), dict):
        yield from dialect_reasons(resource["dialect"], join(where, "dialect"))


def _name_reasons(name: Any, where: str, version: str) -> Iterator[Reason]:
    yield from expect(name, TEXT, where)
    if isinstance(name, str) and version == "v1" and not NAME.search(name):
        yield Reason(
            where,
            Text(
                "seuls sont admis a-z, 0-9 et . _ - / (pas de majuscule, d’accent ni d’espace)",
                "only a-z, 0-9 and . _ - / are allowed (no capital, accent or space)",
            ),
        )


def _items_reasons(owner: Mapping[str, Any], where: str) -> Iterator[Reason]:
    for name, kinds in _ITEMS.items():
        items = owner.get(name)
        if not _OBJECTS.test(items) or (where and name == "contributors"):
            continue
        for index, item in enumerate(items or ()):
            place = join(where, f"{name}[{index}]")
            yield from expect_all(item, kinds, place)
            if name == "licenses" and not (item.get("name") or item.get("path")):
                yield Reason(place, Text("name ou path manque", "name or path is missing"))
            email = item.get("email")
            if name != "licenses" and email and not _is_email(email):
                yield Reason(
                    join(place, "email"), Text("ce n’est pas une adresse", "not an address")
                )


def _is_email(value: Any) -> bool:
    return isinstance(value, str) and readable({"type": "string", "format": "email"}, value)


def _misplaced(
    owner: Mapping[str, Any], names: tuple[str, ...], where: str, place: str
) -> Iterator[Reason]:
    for name in names:
        if name in owner:
            yield Reason(
                join(where, name), Text(f"à placer dans {place}", f"to be put under {place}")
            )


def _tabular_reasons(resource: Mapping[str, Any], where: str, package: Any) -> Iterator[Reason]:
    if package == "tabular-data-package" and resource.get("profile") != "tabular-data-resource":
        yield Reason(
            join(where, "profile"),
            Text("« tabular-data-resource » est attendu", "“tabular-data-resource” is expected"),
        )
    if resource.get("profile") == "tabular-data-resource" and not resource.get("schema"):
        yield Reason(join(where, "schema"), Text("le schéma manque", "the schema is missing"))
