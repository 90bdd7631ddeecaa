"""What a Table Schema says that frictionless passes over: keys, categories and further checks.

These properties never make a schema refused: what is malformed in them is left out, and `lint`
tells the author. A malformed check is kept under whatever name it has, because a check that
cannot be run must be told as unchecked.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.descriptors.model import CustomCheck
from territo_opendata.language import visible


def unique_keys(descriptor: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Return the `uniqueKeys` that name existing fields (Table Schema v2, "uniqueKeys")."""
    names = {field["name"] for field in descriptor["fields"]}
    declared = descriptor.get("uniqueKeys")
    return tuple(
        tuple(key)
        for key in (declared if isinstance(declared, list) else ())
        if is_unique_key(key, names)
    )


def is_unique_key(key: Any, names: set[str]) -> bool:
    """Tell whether the key is a list of names of fields, not empty."""
    return (
        isinstance(key, list)
        and bool(key)
        and all(isinstance(name, str) and name in names for name in key)
    )


def is_categories(declared: Any, type_: str) -> bool:
    """Tell whether these are `categories` of a string or integer field.

    Table Schema v2, "categories": a list of values of the field's type, or of {value, label}.
    """
    if type_ not in {"string", "integer"} or not isinstance(declared, list) or not declared:
        return False
    kind = int if type_ == "integer" else str
    if all(isinstance(each, dict) for each in declared):
        values = [each.get("value") for each in declared]
    else:
        values = declared
    return all(isinstance(each, kind) and not isinstance(each, bool) for each in values)


def custom_checks(descriptor: Mapping[str, Any]) -> tuple[CustomCheck, ...]:
    """Return the checks of the schema, then those of its fields, in order.

    The schema lists them in `custom_checks`, as {name, params}; a field has a `customCheck`,
    which is a name or an object of a name and its parameters (Validata 0.12), or a list of
    `custom_checks`. The checks of a field get it as their parameter `column`.
    """
    listed = descriptor.get("custom_checks")
    checks = [_check(each, {}) for each in _entries(listed)]
    for field in descriptor["fields"]:
        declared = [field["customCheck"]] if field.get("customCheck") else []
        column = {"column": field["name"]}
        checks += [
            _check(each, column) for each in (*declared, *_entries(field.get("custom_checks")))
        ]
    return tuple(checks)


def _entries(declared: Any) -> Iterator[Any]:
    if declared is None or declared == []:
        return
    yield from declared if isinstance(declared, list) else (declared,)


def _check(entry: Any, column: Mapping[str, str]) -> CustomCheck:
    if isinstance(entry, str):
        return CustomCheck(entry, column)
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return CustomCheck(visible(json.dumps(entry, ensure_ascii=False)), column)
    params = entry.get("params", {})
    nested = params if isinstance(params, dict) else {}
    flat = {name: value for name, value in entry.items() if name not in {"name", "params"}}
    return CustomCheck(entry["name"], {**flat, **column, **nested})
