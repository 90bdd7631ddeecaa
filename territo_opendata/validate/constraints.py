"""The constraints of a field on typed values, with the meaning that frictionless gives them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.patterns import Matcher, compile_pattern

BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
CODES: Mapping[str, str] = {
    "required": "required",
    "pattern": "pattern",
    "enum": "enum",
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive-minimum",
    "exclusiveMaximum": "exclusive-maximum",
    "minLength": "min-length",
    "maxLength": "max-length",
}

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "exclusiveMinimum": lambda value, bound: value > bound,
    "exclusiveMaximum": lambda value, bound: value < bound,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint made ready: whether a typed value keeps it."""

    name: str
    argument: Any
    keeps: Callable[[Any], bool]


class UnreadableConstraintError(ValueError):
    """A constraint whose own value the field's reader cannot read (`name`, `value`)."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__(f"{name}: {value!r}")
        self.name = name
        self.value = value


def compile_constraints(field: Field, read: Callable[[Any], Any]) -> tuple[Rule, ...]:
    """Return the value constraints of `field`; `read` types the texts they are written with.

    `required`, `unique` and `jsonSchema` are judged elsewhere. Raises UnreadableConstraintError,
    and PatternError for a pattern that is no regular expression.
    """
    rules = []
    for name, argument in field.constraints.items():
        if argument is None or name not in CODES or name == "required":
            continue
        rules.append(Rule(name, argument, _keeper(name, argument, read)))
    return tuple(rules)


def _keeper(name: str, argument: Any, read: Callable[[Any], Any]) -> Callable[[Any], bool]:
    if name == "pattern":
        matcher: Matcher = compile_pattern(str(argument))
        return matcher.accepts
    if name == "minLength":
        return lambda value: len(value) >= argument
    if name == "maxLength":
        return lambda value: len(value) <= argument
    if name == "enum":
        return _member([read(each) for each in argument])
    bound = read(argument)
    if bound is None:
        raise UnreadableConstraintError(name, argument)
    return _bound(_COMPARE[name], bound)


def _member(allowed: Sequence[Any]) -> Callable[[Any], bool]:
    try:
        known = frozenset(allowed)
    except TypeError:
        return lambda value: value in allowed
    return lambda value: value in known


def _bound(compare: Callable[[Any, Any], bool], bound: Any) -> Callable[[Any], bool]:
    # NaN is incomparable: frictionless counts it as outside every bound.
    return lambda value: bool(value == value and compare(value, bound))  # noqa: PLR0124


def constraint_fault(field: Field, name: str, value: Any) -> Fault:
    """Return the fault of a value that breaks the constraint `name` of `field`."""
    facts: dict[str, Any] = {"title": field.title, "example": example_of(field)}
    if name in ("minLength", "maxLength") and value is not None:
        facts["length"] = len(value)
    return Fault(
        CODES[name], field.name, facts, constraint=name, argument=field.constraints.get(name)
    )


def example_of(field: Field) -> str:
    """Return the field's example as a person would type it, "" when it has none."""
    return "" if field.example is None else str(field.example)
