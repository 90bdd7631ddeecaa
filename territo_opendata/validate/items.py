"""The items of an array against `arrayItem`, a field of its own without a name.

frictionless 5.21 (`ArrayField`) knows it, the standard does not. Each constraint of the items is
told once of a cell, with the first item that breaks it.
"""

import json
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.acceptance_fields import OPTIONS, plain_format
from territo_opendata.descriptors.model import DEFAULT_MISSING_VALUES, Field
from territo_opendata.validate.constraints import compile_constraints
from territo_opendata.validate.reading import ValueReader
from territo_opendata.validate.verdicts import WRONG


@dataclass(frozen=True, slots=True)
class Broken:
    """The first item of a cell that breaks a constraint: its text, and its value if it has one."""

    item: str
    value: Any


class ItemJudge:
    """Judges the items of the arrays of one field."""

    def __init__(self, field: Field) -> None:
        item = item_field(field)
        self.field = item
        declared = item.missing_values
        self._missing = DEFAULT_MISSING_VALUES if declared is None else declared
        self._reader = ValueReader(item)
        self._rules = compile_constraints(item, self._reader.written)

    def judge(self, items: list[Any]) -> tuple[list[Any], dict[str, Broken]]:
        """Return the typed items, and what breaks each constraint that is broken ("type" too)."""
        found: dict[str, Broken] = {}
        typed = []
        for each in items:
            value, names = self._judge(each)
            typed.append(value)
            for name in names:
                found.setdefault(name, Broken(_shown(each), value))
        return typed, found

    def _judge(self, item: Any) -> tuple[Any, list[str]]:
        if item is None or str(item) in self._missing:
            return None, ["required"] if self.field.required else []
        value = self._reader.written(item)
        if value is WRONG:
            return None, ["type"]
        return value, [rule.name for rule in self._rules if not rule.holds(value)]


def _shown(item: Any) -> str:
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, default=str)


def item_field(field: Field) -> Field:
    """Return the field as which the items of an array are read."""
    declared = {"type": "any", **field.options["arrayItem"]}
    type_ = declared["type"]
    options = {name: declared[name] for name in OPTIONS.get(type_, ()) if name in declared}
    options.pop("arrayItem", None)
    missing = declared.get("missingValues")
    return Field(
        name=field.name,
        type=type_,
        format=plain_format(declared),
        constraints=declared.get("constraints", {}),
        missing_values=None if missing is None else tuple(map(_text, missing)),
        options=options,
    )


def _text(entry: Any) -> str:
    return str(entry["value"] if isinstance(entry, dict) else entry)
