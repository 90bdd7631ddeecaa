"""The verdict on one cell: its typed value, and what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.validate.accept import UNDECIDED, WRONG, accept_rule
from territo_opendata.validate.checks.interface import CellCheck, Fault
from territo_opendata.validate.constraints import (
    CODES,
    Rule,
    compile_constraints,
    constraint_fault,
    example_of,
)
from territo_opendata.validate.exact import ExactReader, exact_reader

_STRING_FORMATS = ("email", "uri", "uuid", "binary", "wkt")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A cell read: `value` is None when it is missing or has not the type of its field."""

    value: Any
    faults: tuple[Fault, ...] = ()


_MISSING = Verdict(None)


class CellJudge:
    """Judges the cells of one field; a text once judged is remembered.

    The memory holds `MEMORY` texts at most, so that a column of a million different texts costs
    no more than one of fifty thousand.
    """

    MEMORY = 50_000

    def __init__(self, schema: Schema, field: Field, checks: tuple[CellCheck, ...] = ()) -> None:
        self.field = field
        self.missing = frozenset(schema.missing_values_of(field))
        self._checks = checks
        self._accept = accept_rule(field)
        self._exact: ExactReader | None = None
        self._constraints = compile_constraints(field, self._type)
        self._categories = _categories(field)
        required = (constraint_fault(field, "required", None),) if field.required else ()
        self._absent = Verdict(None, required) if required else _MISSING
        self._memory: dict[str, Verdict] = {}

    @property
    def trivial(self) -> bool:
        """Whether every cell is accepted, whatever it holds."""
        plain = self.field.type in ("string", "any") and self._accept is str
        return plain and not (
            self._constraints or self._checks or self._categories or self.field.required
        )

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
        value = self._accept(cell) if self._accept else UNDECIDED
        if value is UNDECIDED:
            value, faults = self._read_exactly(cell)
        elif value is WRONG:
            return Verdict(None, (self._type_fault(),))
        else:
            faults = tuple(
                constraint_fault(self.field, rule.name, value)
                for rule in self._constraints
                if not _kept(rule, value)
            )
        return Verdict(value, (*faults, *self._own(cell, value)))

    def _read_exactly(self, cell: str) -> tuple[Any, tuple[Fault, ...]]:
        if self._exact is None:
            self._exact = exact_reader(self.field)
        value, notes = self._exact(cell)
        if not notes:
            return value, ()
        return value, tuple(self._noted(name, value) for name in notes)

    def _noted(self, name: str, value: Any) -> Fault:
        if name == "type":
            return self._type_fault()
        if name in CODES:
            return constraint_fault(self.field, name, value)
        return Fault("json-schema", self.field.name, {"reason": name}, name)

    def _own(self, cell: str, value: Any) -> tuple[Fault, ...]:
        """Return what frictionless does not look at: categories and checks."""
        faults = [each for check in self._checks if (each := check.judge(cell))]
        if value is not None and self._categories and value not in self._categories:
            allowed = tuple(map(str, self._categories))
            faults.append(Fault("categories", self.field.name, {}, "categories", allowed))
        return tuple(faults)

    def _type(self, written: Any) -> Any:
        """Type the value of a constraint, which a schema may write as text or as JSON."""
        value = self._accept(written) if self._accept and isinstance(written, str) else UNDECIDED
        if value is UNDECIDED:
            value = _native(self.field.type, written)
        if value is not UNDECIDED:
            return None if value is WRONG else value
        bare = Field(
            self.field.name, self.field.type, self.field.format, options=self.field.options
        )
        return exact_reader(bare)(written)[0]

    def _type_fault(self) -> Fault:
        field = self.field
        if field.type == "string" and field.format in _STRING_FORMATS:
            code = f"format-{field.format}"
        else:
            code = f"type-{field.type}"
        facts: Mapping[str, Any] = {
            "title": field.title,
            "example": example_of(field),
            "format": field.format,
            "accepted": tuple(_words(field)),
        }
        return Fault(code, field.name, facts, "type", f"{field.type}/{field.format}")


def _kept(rule: Rule, value: Any) -> bool:
    """Tell whether `value` keeps `rule`; what cannot be compared (sNaN, zones) does not."""
    try:
        return rule.keeps(value)
    except (ArithmeticError, TypeError):
        return False


def _native(kind: str, written: Any) -> Any:
    """Type what JSON already types as the field's type; the exact tier decides the rest."""
    if kind == "any":
        return written
    if kind == "string":
        return written if isinstance(written, str) else WRONG
    if kind in ("integer", "year", "number") and type(written) is int:
        return written
    if kind == "number" and isinstance(written, float):
        return Decimal(str(written))
    return UNDECIDED


def _words(field: Field) -> list[str]:
    if field.type != "boolean":
        return []
    true = field.options.get("trueValues", ["true"])
    false = field.options.get("falseValues", ["false"])
    return [str(word) for words in (true, false) for word in words]


def _categories(field: Field) -> tuple[Any, ...]:
    written = field.options.get("categories")
    if not isinstance(written, list | tuple):
        return ()
    return tuple(each.get("value") if isinstance(each, Mapping) else each for each in written)


Judge = Callable[[str | None], Verdict]
