"""What the author of a schema should know: it can be used, and yet holds something doubtful.

Everything here is cheap, because it is said at each validation: `match` judges a pattern, and
by default only does so where few steps are certain to be enough.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.descriptors import properties
from territo_opendata.descriptors.acceptance import standard_version
from territo_opendata.descriptors.beyond import is_categories, is_unique_key
from territo_opendata.descriptors.known_checks import KNOWN_CHECKS, nearest_check
from territo_opendata.descriptors.lint_fields import Match, field_findings, quick_match
from territo_opendata.descriptors.model import Schema
from territo_opendata.findings import Finding
from territo_opendata.language import Text

_V2_ONLY = ("fieldsMatch", "uniqueKeys")
_V2_ONLY_IN_FIELDS = ("categories", "categoriesOrdered")


def schema_findings(schema: Schema, match: Match = quick_match) -> tuple[Finding, ...]:
    """Return the findings for the author of an accepted schema, all of them warnings.

    `match` tells whether a text satisfies a pattern as `constraints.pattern` means it, or None
    when it cannot tell; a caller that has a bounded matcher gives it to have every pattern tried.
    """
    return (
        *_unknown_properties(schema.descriptor),
        *_forms(schema.descriptor),
        *_key_findings(schema),
        *_check_findings(schema),
        *(finding for field in schema.fields for finding in field_findings(field, match)),
    )


def _unknown_properties(descriptor: Mapping[str, Any]) -> Iterator[Finding]:
    for name in properties.unknown(descriptor, properties.SCHEMA):
        yield _unknown(name, properties.nearest(name, properties.SCHEMA))
    holders: dict[str, list[str]] = {}
    for field in descriptor["fields"]:
        for name in properties.unknown(field, properties.FIELD):
            holders.setdefault(name, []).append(field["name"])
    for name, fields in holders.items():
        yield _unknown(name, properties.nearest_in_field(name), tuple(fields))
    for key in descriptor.get("foreignKeys", ()):
        for name in properties.unknown(key, properties.FOREIGN_KEY):
            near = properties.nearest(name, properties.FOREIGN_KEY)
            yield _unknown(name, near, ("foreignKeys",))
        for name in properties.unknown(key.get("reference", {}), properties.REFERENCE):
            near = properties.nearest(name, properties.REFERENCE)
            yield _unknown(name, near, ("foreignKeys.reference",))


def _unknown(name: str, near: str, where: tuple[str, ...] = ()) -> Finding:
    """Return one finding for the property, wherever it is: authors add theirs to every field."""
    facts = {"property": name, "nearest": near, "where": where}
    return Finding("schema-unknown-property", facts=facts)


def _forms(descriptor: Mapping[str, Any]) -> Iterator[Finding]:
    if isinstance(descriptor.get("fieldsMatch"), list):
        yield Finding("schema-fields-match-form")
    version = standard_version(descriptor.get("$schema"))
    if version == "v1":
        yield from _v2_in_v1(descriptor)
    for field in descriptor["fields"]:
        if version == "v2" and "type" not in field:
            yield _trap(
                f"« {field['name']} » sans type : texte en version 1, tout (any) en version 2",
                f"“{field['name']}” without type: a text in version 1, anything in version 2",
            )


def _v2_in_v1(descriptor: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield traps for v2 properties: without `$schema` it is v1 (Data Package v2, "$schema")."""
    found = [name for name in _V2_ONLY if name in descriptor]
    found += [
        f"{field['name']}.{name}"
        for field in descriptor["fields"]
        for name in _V2_ONLY_IN_FIELDS
        if name in field
    ]
    for name in found:
        yield _trap(
            f"« {name} » est de la version 2, que « $schema » n’annonce pas",
            f"“{name}” is of version 2, which “$schema” does not declare",
        )


def _trap(fr: str, en: str) -> Finding:
    return Finding("schema-version-trap", facts={"reason": Text(fr, en)})


def _key_findings(schema: Schema) -> Iterator[Finding]:
    names = set(schema.field_names)
    for key in schema.foreign_keys:
        for name in key.reference_fields if not (key.resource or key.package) else ():
            if name not in names:
                yield Finding("schema-foreign-key-field", field=name, facts={"table": schema.name})
    declared = schema.descriptor.get("uniqueKeys", [])
    for key in declared if isinstance(declared, list) else [declared]:
        if not is_unique_key(key, names):
            yield _departs(
                "uniqueKeys",
                "une clé doit être une liste de noms de champs ; celle-ci n’est pas contrôlée",
                "a key must be a list of names of fields; this one is not checked",
            )
    for field in schema.fields:
        categories = field.descriptor.get("categories")
        if categories is not None and field.type in {"string", "integer"}:
            yield from _category_findings(field.name, field.type, categories)


def _category_findings(name: str, type_: str, categories: Any) -> Iterator[Finding]:
    if not is_categories(categories, type_):
        yield _departs(
            f"{name}.categories",
            f"une liste de valeurs du type {type_} est attendue ; elle n’est pas contrôlée",
            f"a list of values of type {type_} is expected; it is not checked",
        )


def _departs(where: str, fr: str, en: str) -> Finding:
    return Finding("schema-profile", facts={"where": where, "reason": Text(fr, en)})


def _check_findings(schema: Schema) -> Iterator[Finding]:
    names = set(schema.field_names)
    for check in schema.custom_checks:
        if check.name not in KNOWN_CHECKS:
            facts = {"name": check.name, "nearest": nearest_check(check.name)}
            yield Finding("schema-unknown-check", facts=facts)
            continue
        column = check.params.get("column")
        if column is not None and column not in names:
            yield Finding(
                "schema-check-params",
                facts={
                    "name": check.name,
                    "reason": Text(
                        f"aucun champ ne s’appelle « {column} »", f"no field is called “{column}”"
                    ),
                },
            )
