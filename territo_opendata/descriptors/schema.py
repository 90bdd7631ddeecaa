"""Table Schema descriptors, accepted then read into `Schema`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from territo_opendata.descriptors.acceptance import Version, schema_reasons
from territo_opendata.descriptors.acceptance_fields import OPTIONS, plain_format
from territo_opendata.descriptors.beyond import custom_checks, is_categories, unique_keys
from territo_opendata.descriptors.loading import read_json_object
from territo_opendata.descriptors.model import (
    DEFAULT_MISSING_VALUES,
    Field,
    FieldsMatch,
    ForeignKey,
    Schema,
)
from territo_opendata.descriptors.reasons import refusal
from territo_opendata.language import Text

WHAT = Text("Le schéma", "The schema")


def load_schema(path: Path) -> Schema:
    """Return the schema that the file describes.

    Raises MissingFileError or DescriptorError, as `read_json_object` and `parse_schema`.
    """
    return parse_schema(read_json_object(path, WHAT), str(path))


def parse_schema(
    descriptor: Mapping[str, Any], origin: str, version: Version | None = None
) -> Schema:
    """Return the schema that `descriptor` describes; `origin` is its name, path or address.

    `version` is the version of the standard that a package imposes on it; by default its own
    `$schema` tells. Raises DescriptorError listing every reason why it is refused.
    """
    reasons = schema_reasons(descriptor, version)
    if reasons:
        raise refusal(WHAT, origin, reasons)
    missing_values = _missing_values(descriptor.get("missingValues"))
    return Schema(
        fields=tuple(_field(each) for each in descriptor["fields"]),
        name=_text(descriptor.get("name")),
        title=_text(descriptor.get("title")),
        version=_text(descriptor.get("version")) or None,
        missing_values=DEFAULT_MISSING_VALUES if missing_values is None else missing_values,
        primary_key=_names(descriptor.get("primaryKey")),
        unique_keys=unique_keys(descriptor),
        foreign_keys=_foreign_keys(descriptor),
        fields_match=_fields_match(descriptor.get("fieldsMatch", "exact")),
        custom_checks=custom_checks(descriptor),
        origin=origin,
        descriptor=descriptor,
    )


_CATEGORICAL = ("categories", "categoriesOrdered")


def _field(descriptor: Mapping[str, Any]) -> Field:
    type_ = descriptor.get("type", "string")
    return Field(
        name=descriptor["name"],
        type=type_,
        format=plain_format(descriptor),
        title=_text(descriptor.get("title")),
        description=_text(descriptor.get("description")),
        example=descriptor.get("example"),
        constraints=descriptor.get("constraints", {}),
        missing_values=_missing_values(descriptor.get("missingValues")),
        options=_options(descriptor, type_),
        descriptor=descriptor,
    )


def _options(descriptor: Mapping[str, Any], type_: str) -> dict[str, Any]:
    categorical = is_categories(descriptor.get("categories"), type_)
    names = (*OPTIONS.get(type_, ()), *(_CATEGORICAL if categorical else ()))
    return {name: descriptor[name] for name in names if name in descriptor}


def _missing_values(entries: Any) -> tuple[str, ...] | None:
    if entries is None:
        return None
    return tuple(each["value"] if isinstance(each, dict) else each for each in entries)


def _foreign_keys(descriptor: Mapping[str, Any]) -> tuple[ForeignKey, ...]:
    """Return the keys that constrain something: one without fields is allowed and does nothing."""
    keys = (_foreign_key(each) for each in descriptor.get("foreignKeys", ()))
    return tuple(key for key in keys if key.fields)


def _foreign_key(descriptor: Mapping[str, Any]) -> ForeignKey:
    reference = descriptor.get("reference", {})
    package = reference.get("package")
    return ForeignKey(
        fields=_names(descriptor.get("fields")),
        resource=reference.get("resource", ""),
        reference_fields=_names(reference.get("fields")),
        package=package if isinstance(package, str) else None,
    )


def _fields_match(declared: Any) -> FieldsMatch:
    return cast("FieldsMatch", declared[0] if isinstance(declared, list) else declared)


def _names(declared: Any) -> tuple[str, ...]:
    if declared is None:
        return ()
    return (declared,) if isinstance(declared, str) else tuple(declared)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
