"""The constraints of a field on typed values, with the meaning that frictionless gives them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.errors import DescriptorError
from territo_opendata.language import visible
from territo_opendata.patterns import compile_pattern
from territo_opendata.validate.checks.interface import Fault
from territo_opendata.validate.exact import UncheckableError
from territo_opendata.validate.verdicts import WRONG

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

    def holds(self, value: Any) -> bool:
        """Tell whether `value` keeps the rule; what cannot be compared (sNaN, zones) does not.

        Raises OutOfTimeError for a pattern that takes too long.
        """
        try:
            return self.keeps(value)
        except (ArithmeticError, TypeError):
            return False


class UnreadableConstraintError(DescriptorError):
    """A bound that the field's own reader cannot read."""

    def __init__(self, field: Field, name: str, value: Any) -> None:
        shown = visible(repr(value))
        super().__init__(
            f"Le champ « {field.name} » a une borne qui n’est pas de son type : {name} {shown}.",
            f"The field “{field.name}” has a bound that is not of its type: {name} {shown}.",
        )


def compile_constraints(field: Field, read: Callable[[Any], Any]) -> tuple[Rule, ...]:
    """Return the value constraints of `field`; `read` types what they are written with, or WRONG.

    `required`, `unique` and `jsonSchema` are judged elsewhere. Raises UnreadableConstraintError,
    and PatternError for a pattern that is no regular expression.
    """
    return tuple(
        Rule(name, argument, _keeper(field, name, argument, read))
        for name, argument in field.constraints.items()
        if argument is not None and name in CODES and name != "required"
    )


def _keeper(
    field: Field, name: str, argument: Any, read: Callable[[Any], Any]
) -> Callable[[Any], bool]:
    if name == "pattern":
        return compile_pattern(argument).accepts
    if name == "minLength":
        return lambda value: len(value) >= argument
    if name == "maxLength":
        return lambda value: len(value) <= argument
    if name == "enum":
        return _member([_allowed(each, read) for each in argument])
    bound = read(argument)
    if bound is WRONG:
        raise UnreadableConstraintError(field, name, argument)
    return _bound(_COMPARE[name], bound)


def _allowed(written: Any, read: Callable[[Any], Any]) -> Any:
    """Type one value of an enumeration, or leave it as text where no reader is installed."""
    try:
        return read(written)
    except UncheckableError:
        return written


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
    if name == "pattern":
        from territo_opendata.patterns.wording import describe  # only when something is found

        facts["form"] = describe(field.constraints["pattern"])
    return Fault(
        CODES[name], field.name, facts, constraint=name, argument=field.constraints.get(name)
    )


def example_of(field: Field) -> str:
    """Return the field's example as a person would type it, "" when it has none."""
    return "" if field.example is None else str(field.example)
