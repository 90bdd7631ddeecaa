"""Frozen forms of Table Schema, Data Resource and Data Package descriptors.

They are what the rest of the package works on; `schema` and `package` make them from JSON, after
the JSON has been accepted. Properties keep the names of the standard, in snake case.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FieldsMatch = Literal["exact", "equal", "subset", "superset", "partial"]
DEFAULT_MISSING_VALUES = ("",)


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table (Table Schema v2, "Field").

    `missing_values` is None where the field declares none of its own, and then the schema's
    hold. `options` holds the properties that only some types know (decimalChar, trueValues,
    itemType, categories…), under their names in the standard.
    """

    name: str
    type: str = "string"
    format: str = "default"
    title: str = ""
    description: str = ""
    example: Any = None
    constraints: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    missing_values: tuple[str, ...] | None = None
    options: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    descriptor: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def required(self) -> bool:
        """Whether a cell may not be empty."""
        return bool(self.constraints.get("required", False))

    @property
    def unique(self) -> bool:
        """Whether no two rows may hold the same value."""
        return bool(self.constraints.get("unique", False))


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A reference to the rows of another table (Table Schema v2, "foreignKeys").

    `resource` is "" for the table itself; `package` the address of another data package, or
    None for the package that the table belongs to.
    """

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    package: str | None = None


@dataclass(frozen=True, slots=True)
class CustomCheck:
    """A check beyond Table Schema, by the name and parameters that Validata gives it."""

    name: str
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Schema:
    """A Table Schema. `origin` is the name, path or address it came from."""

    fields: tuple[Field, ...]
    name: str = ""
    title: str = ""
    version: str | None = None
    missing_values: tuple[str, ...] = DEFAULT_MISSING_VALUES
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    fields_match: FieldsMatch = "exact"
    custom_checks: tuple[CustomCheck, ...] = ()
    origin: str = ""
    descriptor: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the field of that name. Raises KeyError when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def missing_values_of(self, field: Field) -> tuple[str, ...]:
        """Return the texts that stand for no value in this field."""
        return self.missing_values if field.missing_values is None else field.missing_values


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is declared to be written (Table Dialect v2); None: not declared."""

    delimiter: str | None = None
    line_terminator: str | None = None
    quote_char: str | None = None
    double_quote: bool | None = None
    escape_char: str | None = None
    null_sequence: str | None = None
    skip_initial_space: bool | None = None
    header: bool | None = None
    header_rows: tuple[int, ...] | None = None
    header_join: str = " "
    header_case: bool = True
    comment_char: str | None = None
    comment_rows: tuple[int, ...] = ()
    skip_blank_rows: bool = False
    sheet_name: str | None = None
    sheet_number: int | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of a Data Package; `paths` as written in the descriptor, `files` resolved.

    `schema` is None for a file that is not a table, or whose columns are not described.
    """

    name: str
    paths: tuple[str, ...]
    files: tuple[Path | str, ...]
    schema: Schema | None
    dialect: Dialect
    encoding: str | None = None
    format: str = ""
    bytes: int | None = None
    hash: str | None = None
    data: Any = None
    descriptor: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title, else the name."""
        return str(self.descriptor.get("title") or self.name)


@dataclass(frozen=True, slots=True)
class Package:
    """A Data Package; `path` is its `datapackage.json` (a path or an address)."""

    path: Path | str
    name: str
    version: str | None
    resources: tuple[Resource, ...]
    descriptor: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def resource(self, name: str) -> Resource | None:
        """Return the resource of that name, or None."""
        return next((each for each in self.resources if each.name == name), None)
