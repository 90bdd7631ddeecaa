"""Whether a field of a Table Schema can be used: the rules of frictionless 5.21."""

from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.acceptance_constraints import (
    CONSTRAINTS,
    constraint_reasons,
    constraint_shapes,
    needs_v2,
)
from territo_opendata.descriptors.examples import ValueReader
from territo_opendata.descriptors.reasons import (
    BOOLEAN,
    OBJECT,
    TEXT,
    TEXTS,
    Kind,
    Reason,
    expect_all,
    join,
)
from territo_opendata.language import Text, visible

FORMATS: Mapping[str, tuple[str, ...]] = {
    "geojson": ("default", "topojson"),
    "string": ("default", "email", "uri", "binary", "uuid", "wkt"),
}
"""Formats of the types that have a closed list of them."""

ITEM_TYPES = ("string", "integer", "boolean", "number", "datetime", "date", "time")

_COMMON: Mapping[str, Kind] = {
    "name": TEXT,
    "title": TEXT,
    "description": TEXT,
    "format": TEXT,
    "constraints": OBJECT,
    "rdfType": TEXT,
}
OPTIONS: Mapping[str, Mapping[str, Kind]] = {
    "array": {"arrayItem": OBJECT},
    "boolean": {"trueValues": TEXTS, "falseValues": TEXTS},
    "integer": {"bareNumber": BOOLEAN},
    "list": {"delimiter": TEXT, "itemType": TEXT},
    "number": {
        "bareNumber": BOOLEAN,
        "floatNumber": BOOLEAN,
        "decimalChar": TEXT,
        "groupChar": TEXT,
    },
}
"""Properties that only some types know, by type, beside `categories`."""


def field_reasons(
    field: Mapping[str, Any], where: str, version: str, read: ValueReader
) -> Iterator[Reason]:
    """Yield every reason to refuse the field, found at `where` in its schema."""
    type_ = field.get("type", "string")
    if not isinstance(type_, str) or type_ not in CONSTRAINTS:
        yield Reason(
            join(where, "type"),
            Text(
                f"le type {visible(repr(type_))} n’existe pas ; types connus : {', '.join(CONSTRAINTS)}",
                f"there is no type {visible(repr(type_))}; known types: {', '.join(CONSTRAINTS)}",
            ),
        )
        return
    shapes = tuple(_shape_reasons(field, type_, where))
    yield from shapes or _rule_reasons(field, type_, where, version, read)


def _shape_reasons(field: Mapping[str, Any], type_: str, where: str) -> Iterator[Reason]:
    if "name" not in field:
        yield Reason(where, Text("le champ n’a pas de nom (name)", "the field has no name"))
    yield from expect_all(field, _COMMON, where)
    yield from expect_all(field, OPTIONS.get(type_, {}), where)
    if isinstance(field.get("constraints"), dict):
        yield from constraint_shapes(field["constraints"], join(where, "constraints"))
    yield from missing_values_reasons(field, where)
    yield from _one_of(plain_format(field), FORMATS.get(type_), join(where, "format"))
    if type_ == "list":
        yield from _one_of(field.get("itemType", "string"), ITEM_TYPES, join(where, "itemType"))


def plain_format(field: Mapping[str, Any]) -> Any:
    """Return the format of the field, without the "fmt:" of the first drafts of the standard."""
    declared = field.get("format", "default")
    if isinstance(declared, str) and declared.startswith("fmt:"):
        return declared.replace("fmt:", "")
    return declared


def _one_of(value: Any, allowed: tuple[str, ...] | None, where: str) -> Iterator[Reason]:
    if allowed is not None and isinstance(value, str) and value not in allowed:
        yield Reason(
            where,
            Text(
                f"« {visible(value)} » n’est pas connu ; attendu : {', '.join(allowed)}",
                f"“{visible(value)}” is not known; expected: {', '.join(allowed)}",
            ),
        )


def missing_values_reasons(owner: Mapping[str, Any], where: str) -> Iterator[Reason]:
    """Yield a reason when `missingValues` is neither a list of texts nor one of {value, label}."""
    entries = owner.get("missingValues", [])
    if TEXTS.test(entries) or (
        isinstance(entries, list) and all(_is_labelled(each) for each in entries)
    ):
        return
    yield Reason(
        join(where, "missingValues"),
        Text("une liste de textes est attendue", "a list of texts is expected"),
    )


def _is_labelled(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("value"), str)
        and isinstance(entry.get("label", ""), str)
    )


def labelled_reasons(owner: Mapping[str, Any], where: str, version: str) -> Iterator[Reason]:
    """Yield the reasons against labelled `missingValues`: a v1 schema, or a repeated entry."""
    entries = [each for each in owner.get("missingValues", []) if isinstance(each, dict)]
    where = join(where, "missingValues")
    if entries and version == "v1":
        yield Reason(where, needs_v2("la forme {value, label}", "the form {value, label}"))
    for name in ("value", "label"):
        given = [each[name] for each in entries if name in each]
        if len(given) != len(set(given)):
            yield Reason(where, Text(f"un « {name} » est répété", f"a “{name}” is repeated"))


def _rule_reasons(
    field: Mapping[str, Any], type_: str, where: str, version: str, read: ValueReader
) -> Iterator[Reason]:
    reading = _reading(field, tuple(OPTIONS.get(type_, ())))
    yield from constraint_reasons(
        field.get("constraints", {}), reading, join(where, "constraints"), version, read
    )
    yield from labelled_reasons(field, where, version)
    if "required" in field:
        yield Reason(
            join(where, "required"),
            Text(
                "à placer dans « constraints » : constraints.required",
                "to be put under “constraints”: constraints.required",
            ),
        )
    if field.get("example") and not _example_reads(field, read):
        yield Reason(join(where, "example"), _unread_example(field, type_))
    if field.get("delimiter") == "" and type_ == "list":
        yield Reason(join(where, "delimiter"), Text("il est vide", "it is empty"))
    if field.get("arrayItem") and type_ == "array":
        yield from _item_reasons(field["arrayItem"], join(where, "arrayItem"), read)


def _unread_example(field: Mapping[str, Any], type_: str) -> Text:
    shown, form = visible(repr(field["example"])), plain_format(field)
    fr, en = f"type {type_}", f"type {type_}"
    if form != "default":
        fr, en = f"{fr}, format {visible(str(form))}", f"{en}, format {visible(str(form))}"
    return Text(f"l’exemple {shown} n’est pas du {fr}", f"the example {shown} is not of {en}")


def _example_reads(field: Mapping[str, Any], read: ValueReader) -> bool:
    """Judge the example by type and format alone, and by the words of a boolean."""
    honoured = ("trueValues", "falseValues") if field.get("type") == "boolean" else ()
    return read(_reading(field, honoured), field["example"])


def _reading(field: Mapping[str, Any], options: tuple[str, ...]) -> dict[str, Any]:
    kept = {name: field[name] for name in options if name in field}
    return {"type": field.get("type", "string"), "format": plain_format(field), **kept}


def _item_reasons(item: Mapping[str, Any], where: str, read: ValueReader) -> Iterator[Reason]:
    made = {"name": "item", "type": "any", **item}
    made.pop("arrayItem", None)
    yield from field_reasons(made, where, "unknown", read)
