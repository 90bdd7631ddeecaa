"""Whether a Table Schema can be used: the rules by which frictionless 5.21 accepts one.

A schema that frictionless refuses is refused here, for the same rules, without importing it;
what it accepts is accepted. The few differences are listed, with their reasons, in
`tests/agreement/test_descriptor_acceptance.py`. Shapes come first: the rules that follow them
may rely on them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import urlparse

from territo_opendata.descriptors.acceptance_fields import (
    field_reasons,
    labelled_reasons,
    missing_values_reasons,
)
from territo_opendata.descriptors.examples import ValueReader, readable
from territo_opendata.descriptors.reasons import (
    LIST,
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

Version = Literal["v1", "v2", "unknown"]

FIELDS_MATCH = ("exact", "equal", "subset", "superset", "partial")
NAME = re.compile(r"^([-a-z0-9._/])+$")
_PROFILE_VERSION = re.compile(r"/profiles/(\d+)\.\d+/")
_TOP: Mapping[str, Kind] = {"title": TEXT, "description": TEXT, "fields": LIST}


def schema_reasons(
    descriptor: Mapping[str, Any],
    version: Version | None = None,
    read: ValueReader = readable,
) -> tuple[Reason, ...]:
    """Return every reason to refuse the schema; empty when it can be used.

    `version` is imposed by the package around it, else its own `$schema` tells. `read` judges
    examples and bounds; the default imports frictionless for the few that it cannot judge.
    """
    declared = version or standard_version(descriptor.get("$schema"))
    if declared is None:
        return (Reason("$schema", Text("ce n’est pas une adresse", "it is not an address")),)
    shapes = (
        *_shape_reasons(descriptor),
        *_field_list_reasons(descriptor.get("fields"), declared, read),
    )
    return shapes or tuple(_rule_reasons(descriptor, declared))


def standard_version(address: Any) -> Version | None:
    """Return the version of the standard that a `$schema` declares, None when it is no address.

    An absent one means v1 (Data Package v2, "profile"); that of someone else is "unknown", and
    then what v1 or v2 allow is allowed.
    """
    if not address:
        return "v1"
    try:
        url = urlparse(address)
        found = _PROFILE_VERSION.search(url.path) if url.netloc == "datapackage.org" else None
    except (ValueError, TypeError, AttributeError):
        return None
    versions: Mapping[str, Version] = {"1": "v1", "2": "v2"}
    return versions.get(found[1], "unknown") if found else "unknown"


def _shape_reasons(descriptor: Mapping[str, Any]) -> Iterator[Reason]:
    if "fields" not in descriptor:
        yield Reason("fields", Text("la liste des champs manque", "the list of fields is missing"))
    yield from expect_all(descriptor, _TOP, "")
    if "type" in descriptor:
        yield Reason("type", Text("un schéma n’a pas de type", "a schema has no type"))
    name = descriptor.get("name", "-")
    if not isinstance(name, str) or not NAME.search(name):
        yield Reason(
            "name",
            Text(
                "seuls sont admis a-z, 0-9 et . _ - / (pas de majuscule, d’accent ni d’espace)",
                "only a-z, 0-9 and . _ - / are allowed (no capital, accent or space)",
            ),
        )
    if not _is_fields_match(descriptor.get("fieldsMatch", "exact")):
        yield Reason(
            "fieldsMatch",
            Text(f"attendu : {', '.join(FIELDS_MATCH)}", f"expected: {', '.join(FIELDS_MATCH)}"),
        )
    yield from missing_values_reasons(descriptor, "")
    yield from _primary_key_shape(descriptor)
    yield from _foreign_keys_shape(descriptor.get("foreignKeys", []))


def _is_fields_match(declared: Any) -> bool:
    """Accept the string of the specification and the one-element list of its JSON profile."""
    value = declared[0] if isinstance(declared, list) and len(declared) == 1 else declared
    return isinstance(value, str) and value in FIELDS_MATCH


def _primary_key_shape(descriptor: Mapping[str, Any]) -> Iterator[Reason]:
    key = descriptor.get("primaryKey", [])
    if isinstance(key, str) and key:
        return
    yield from expect(key, TEXTS, "primaryKey")


def _foreign_keys_shape(keys: Any) -> Iterator[Reason]:
    yield from expect(keys, LIST, "foreignKeys")
    for index, key in enumerate(keys if isinstance(keys, list) else ()):
        where = f"foreignKeys[{index}]"
        if not isinstance(key, dict):
            yield from expect(key, OBJECT, where)
            continue
        yield from _fields_shape(key, where)
        reference = key.get("reference", {})
        yield from expect(reference, OBJECT, f"{where}.reference")
        if isinstance(reference, dict):
            yield from _fields_shape(reference, f"{where}.reference")
            yield from expect_all(reference, {"resource": TEXT}, f"{where}.reference")


def _fields_shape(owner: Mapping[str, Any], where: str) -> Iterator[Reason]:
    if not isinstance(owner.get("fields", []), str):
        yield from expect_all(owner, {"fields": TEXTS}, where)


def _field_list_reasons(fields: Any, version: Version, read: ValueReader) -> Iterator[Reason]:
    for index, field in enumerate(fields if isinstance(fields, list) else ()):
        where = f"fields[{index}]"
        if not isinstance(field, dict):
            yield from expect(field, OBJECT, where)
            continue
        named = field.get("name")
        shown = f"{where} ({visible(named, 60)})" if isinstance(named, str) else where
        yield from field_reasons(field, shown, version, read)


def _rule_reasons(descriptor: Mapping[str, Any], version: Version) -> Iterator[Reason]:
    names = [field["name"] for field in descriptor["fields"]]
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Reason(
                f"fields[{index}].name",
                Text(
                    f"deux champs portent le nom « {visible(name)} »",
                    f"two fields have the name “{visible(name)}”",
                ),
            )
        seen.add(name)
    yield from labelled_reasons(descriptor, "", version)
    yield from _unknown(descriptor.get("primaryKey", []), seen, "primaryKey")
    for index, key in enumerate(descriptor.get("foreignKeys", [])):
        yield from _foreign_key_rules(key, seen, f"foreignKeys[{index}]")


def _foreign_key_rules(key: Mapping[str, Any], names: set[str], where: str) -> Iterator[Reason]:
    own = _listed(key.get("fields", []))
    referred = _listed(key.get("reference", {}).get("fields", []))
    yield from _unknown(own, names, join(where, "fields"))
    if len(own) != len(referred):
        yield Reason(
            where,
            Text(
                f"{len(own)} champ(s) pour {len(referred)} champ(s) visé(s) : il en faut autant",
                f"{len(own)} field(s) for {len(referred)} referred to: as many are needed",
            ),
        )


def _unknown(declared: Any, names: set[str], where: str) -> Iterator[Reason]:
    for name in _listed(declared):
        if name not in names:
            yield Reason(
                where,
                Text(
                    f"aucun champ ne s’appelle « {visible(name)} »",
                    f"no field is called “{visible(name)}”",
                ),
            )


def _listed(declared: Any) -> list[str]:
    return [declared] if isinstance(declared, str) else declared
