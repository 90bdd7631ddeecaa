"""The verdict on one cell: its typed value, and what is wrong with it."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.language import Text
from territo_opendata.patterns import OutOfTimeError
from territo_opendata.tables.cell_edges import edge_code, is_free_text
from territo_opendata.validate.checks.interface import CellCheck, Fault
from territo_opendata.validate.constraints import (
    Rule,
    compile_constraints,
    constraint_fault,
    example_of,
)
from territo_opendata.validate.exact import UncheckableError
from territo_opendata.validate.items import Broken, ItemJudge
from territo_opendata.validate.json_schemas import compile_json_schema
from territo_opendata.validate.judged import type_code
from territo_opendata.validate.reading import ValueReader
from territo_opendata.validate.verdicts import UNDECIDED, WRONG


@dataclass(frozen=True, slots=True)
class Verdict:
    """A cell read: `value` is None when it is missing or has not the type of its field."""

    value: Any
    faults: tuple[Fault, ...] = ()


def _surely_kept(value: Any, keepers: Sequence[Callable[[Any], bool]]) -> bool:
    if value is WRONG or value is UNDECIDED:
        return False
    try:
        return all([keeps(value) for keeps in keepers])  # noqa: C419 (half the time of a generator)
    except (ArithmeticError, TypeError, OutOfTimeError):
        return False


_MISSING = Verdict(None)
_TOO_LONG = Text(
    "l’expression régulière demande trop de calculs", "the regular expression takes too long"
)


class CellJudge:
    """Judges the cells of one field; a text once judged is remembered.

    The memory holds `MEMORY` texts at most, so that a column of a million different texts costs
    no more than one of fifty thousand. `unchecked` names the rules that could not be judged for
    some cell, with the reason: not checked is not the same as kept.
    """

    MEMORY = 50_000

    def __init__(self, schema: Schema, field: Field, checks: tuple[CellCheck, ...] = ()) -> None:
        self.field = field
        self.missing = frozenset(schema.missing_values_of(field))
        self.unchecked: dict[str, Text] = {}
        self._checks = checks
        self._reader = ValueReader(field)
        self._constraints = compile_constraints(field, self._reader.written)
        self._items = ItemJudge(field) if field.options.get("arrayItem") else None
        self._json_schema: Mapping[str, Any] = field.constraints.get("jsonSchema") or {}
        self._fits: Callable[[Any], str | None] | None = None
        self._categories = _categories(field)
        required = (constraint_fault(field, "required", None),) if field.required else ()
        self._absent = Verdict(None, required) if required else _MISSING
        self._free = is_free_text(field)
        self._mistyped = Verdict(None, (_type_fault(field),))
        self._memory: dict[str, Verdict] = {}

    @property
    def trivial(self) -> bool:
        """Whether every cell is accepted, whatever it holds."""
        return self._reader.reads_all and not (
            self._constraints
            or self._checks
            or self._categories
            or self._free
            or self.field.required
        )

    def value(self, cell: str | None) -> Any:
        """Return the typed value of `cell`, None when it is missing or has another type."""
        if cell is None or cell in self.missing:
            return None
        narrow = self._reader.narrow
        value = UNDECIDED if narrow is None or self._items else narrow(cell)
        return self.judge(cell).value if value is UNDECIDED or value is WRONG else value

    def doubtful(self, cells: Sequence[str]) -> Sequence[str]:
        """Return those of some non-missing cells that may be wrong; the others surely are not.

        Judges types and constraints alone, without making verdicts: where a value has more to
        keep, all cells are doubtful.
        """
        narrow = self._reader.narrow
        if narrow is None or self._checks or self._items or self._categories or self._json_schema:
            return cells
        keepers = [rule.keeps for rule in self._constraints]
        left = [cell for cell in cells if not _surely_kept(narrow(cell), keepers)]
        return [*left, *filter(edge_code, cells)] if self._free else left

    def judge(self, cell: str | None) -> Verdict:
        """Return the verdict on `cell`; None is a cell that its record lacks."""
        if cell is None or cell in self.missing:
            return self._absent
        known = self._memory.get(cell)
        if known is None:
            known = self._decide(cell)
            if len(self._memory) >= self.MEMORY:
                self._memory.clear()
            self._memory[cell] = known
        return known

    def _decide(self, cell: str) -> Verdict:
        try:
            value = self._reader.text(cell)
        except UncheckableError as error:
            self.unchecked["format"] = error.reason
            return Verdict(cell)
        if value is WRONG:
            return self._mistyped
        faults = tuple(
            constraint_fault(self.field, rule.name, value)
            for rule in self._constraints
            if not self._keeps(rule, value)
        )
        if self._items and not faults:
            value, broken = self._items.judge(value)
            item = self._items.field
            faults = tuple(_item_fault(item, name, each, cell) for name, each in broken.items())
        faults = (*faults, *self._own(cell, value))
        code = edge_code(cell) if self._free and not faults else None
        return Verdict(value, faults if code is None else (Fault(code, self.field.name),))

    def _keeps(self, rule: Rule, value: Any) -> bool:
        """Tell whether `value` keeps `rule`; where that takes too long, it is noted as unchecked."""
        try:
            return rule.holds(value)
        except OutOfTimeError:
            self.unchecked[rule.name] = _TOO_LONG
            return True

    def _own(self, cell: str, value: Any) -> tuple[Fault, ...]:
        """Return what frictionless does not look at: checks, categories, JSON Schema."""
        faults = [each for check in self._checks if (each := check.judge(cell))]
        if self._categories and value not in self._categories:
            allowed = tuple(map(str, self._categories))
            faults.append(Fault("categories", self.field.name, {}, "categories", allowed))
        if self._json_schema and (reason := self._misfit(value)):
            facts = {"reason": reason, "example": example_of(self.field)}
            faults.append(Fault("json-schema", self.field.name, facts, "jsonSchema"))
        return tuple(faults)

    def _misfit(self, value: Any) -> str | None:
        """Return why `value` does not fit the field's JSON Schema, None also when it is unknown."""
        if "jsonSchema" in self.unchecked:
            return None
        try:
            if self._fits is None:
                self._fits = compile_json_schema(self._json_schema)
            return self._fits(value)
        except UncheckableError as error:
            self.unchecked["jsonSchema"] = error.reason
            return None


def _type_fault(field: Field) -> Fault:
    facts: Mapping[str, Any] = {
        "title": field.title,
        "example": example_of(field),
        "format": field.format,
        "accepted": tuple(_words(field)),
    }
    kind = f"{field.type}/{field.format}"
    return Fault(type_code(field), field.name, facts, "type", kind)


def _item_fault(item: Field, name: str, broken: Broken, cell: str) -> Fault:
    fault = _type_fault(item) if name == "type" else constraint_fault(item, name, broken.value)
    told = {"list": cell} if name == "required" else {"item": broken.item}
    return dataclasses.replace(fault, facts={**fault.facts, **told})


def _words(field: Field) -> list[str]:
    if field.type != "boolean":
        return []
    true = field.options.get("trueValues", ["true"])
    false = field.options.get("falseValues", ["false"])
    return [str(word) for words in (true, false) for word in words]


def _categories(field: Field) -> Mapping[Any, None]:
    """Return the values allowed, in order (Table Schema v2, "categories")."""
    written = field.options.get("categories", ())
    return dict.fromkeys(
        each.get("value") if isinstance(each, Mapping) else each for each in written
    )
