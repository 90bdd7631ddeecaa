"""Descriptors against JSON Schemas of our own, written from the text of Data Package 2.0.

They tell an author where a descriptor departs from the standard; whether it can be used at all
is for `acceptance` to say, which is far cheaper and knows the forms of version 1.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, get_args

from territo_opendata.descriptors import properties
from territo_opendata.language import Text, visible

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

ProfileKind = Literal["tableschema", "tabledialect", "dataresource", "datapackage"]


@dataclass(frozen=True, slots=True)
class ProfileIssue:
    """Where and how a descriptor departs from the standard.

    `pointer` is a JSON pointer (RFC 6901), "" for the whole. `unknown` marks a property that the
    standard does not name: it may have any, so that alone is no breach.
    """

    pointer: str
    text: Text
    unknown: bool = False


def check_profile(descriptor: Mapping[str, Any], kind: ProfileKind) -> list[ProfileIssue]:
    """Return where the descriptor departs from Data Package 2.0, and its unknown properties.

    Schemas and dialects written inside a resource or package are judged with it.
    """
    errors = _validator(kind).iter_errors(descriptor)
    breaches = [_issue(leaf) for error in errors for leaf in _leaves(error)]
    return [*sorted(breaches, key=lambda each: each.pointer), *_unknown(descriptor, kind, "")]


@cache
def _validator(kind: ProfileKind) -> "Validator":
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    folder = resources.files("territo_opendata.descriptors") / "profiles"
    loaded = {
        each: json.loads((folder / f"{each}.json").read_text("utf-8"))
        for each in get_args(ProfileKind)
    }
    registry = Registry[Any]().with_resources(
        (content["$id"], Resource.from_contents(content)) for content in loaded.values()
    )
    return Draft202012Validator(loaded[kind], registry=registry)


def _leaves(error: "ValidationError") -> Iterator["ValidationError"]:
    """Yield what is wrong in the alternative that the author most likely meant.

    That is the one that went deepest before it failed: of "a path or an object", the object
    when an object was written.
    """
    branches: dict[Any, list[ValidationError]] = {}
    for each in error.context or ():
        branches.setdefault(each.schema_path[0], []).append(each)
    fitting = [
        branch
        for branch in branches.values()
        if not any(each.validator == "type" and not each.path for each in branch)
    ]
    if error.validator not in {"anyOf", "oneOf"} or len(fitting) != 1:
        yield error
        return
    for each in fitting[0]:
        yield from _leaves(each)


def _issue(error: "ValidationError") -> ProfileIssue:
    pointer = "".join(f"/{_escape(str(step))}" for step in error.absolute_path)
    return ProfileIssue(pointer, _sentence(error))


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _sentence(error: "ValidationError") -> Text:
    wanted: Any = error.validator_value
    instance: Any = error.instance
    value = visible(repr(instance), 60)
    match error.validator:
        case "required":
            missing = ", ".join(name for name in wanted if name not in instance)
            return Text(f"il manque : {missing}", f"missing: {missing}")
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return Text(
                f"{value} n’est pas {' ou '.join(_KINDS[each].fr for each in kinds)}",
                f"{value} is not {' or '.join(_KINDS[each].en for each in kinds)}",
            )
        case "enum" | "const":
            listed = ", ".join(map(str, wanted if error.validator == "enum" else [wanted]))
            return Text(f"{value} au lieu de : {listed}", f"{value} instead of: {listed}")
        case "minItems" | "minProperties" | "minLength":
            return Text(f"au moins {wanted} attendu", f"at least {wanted} expected")
        case "maxItems" | "maxLength":
            return Text(f"au plus {wanted} attendu", f"at most {wanted} expected")
        case "uniqueItems":
            return Text("une valeur est répétée", "a value is repeated")
        case "oneOf" if "path" in json.dumps(wanted):
            return Text("path ou data, et un seul des deux", "path or data, and only one of them")
        case _:
            return Text(
                f"la forme de {value} n’est pas admise", f"the form of {value} is not allowed"
            )


_KINDS: Mapping[str, Text] = {
    "array": Text("une liste", "a list"),
    "boolean": Text("true ou false", "true or false"),
    "integer": Text("un nombre entier", "a whole number"),
    "number": Text("un nombre", "a number"),
    "object": Text("un objet", "an object"),
    "string": Text("un texte", "a text"),
}

_KNOWN: Mapping[str, frozenset[str]] = {
    "tableschema": properties.SCHEMA,
    "tabledialect": properties.DIALECT,
    "dataresource": properties.RESOURCE,
    "datapackage": properties.PACKAGE,
    "field": properties.FIELD,
    "constraints": properties.CONSTRAINT,
    "foreignKey": properties.FOREIGN_KEY,
    "reference": properties.REFERENCE,
}
_PARTS: Mapping[str, Mapping[str, str]] = {
    "datapackage": {"resources": "dataresource"},
    "dataresource": {"schema": "tableschema", "dialect": "tabledialect"},
    "tableschema": {"fields": "field", "foreignKeys": "foreignKey"},
    "field": {"constraints": "constraints"},
    "foreignKey": {"reference": "reference"},
}


def _unknown(descriptor: Any, kind: str, pointer: str) -> Iterator[ProfileIssue]:
    if isinstance(descriptor, list):
        for index, each in enumerate(descriptor):
            yield from _unknown(each, kind, f"{pointer}/{index}")
        return
    if not isinstance(descriptor, dict):
        return
    for name in properties.unknown(descriptor, _KNOWN[kind]):
        near = (
            properties.nearest_in_field(name)
            if kind == "field"
            else properties.nearest(name, _KNOWN[kind])
        )
        yield ProfileIssue(f"{pointer}/{_escape(name)}", _not_known(name, near), unknown=True)
    for name, part in _PARTS.get(kind, {}).items():
        yield from _unknown(descriptor.get(name), part, f"{pointer}/{name}")


def _not_known(name: str, near: str) -> Text:
    shown = visible(name, 60)
    fr = f" ; voulez-vous dire « {near} » ?" if near else ""
    en = f"; did you mean “{near}”?" if near else ""
    return Text(
        f"la propriété « {shown} » n’est pas connue{fr}", f"the property “{shown}” is not known{en}"
    )
