"""Narrow rules as expressions over columns of text: which cells are surely right.

Each says yes only to cells that the judge of the column accepts; the judge looks at the others.
The forms are those of `validate.accept`, or narrower.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from territo_opendata.descriptors.model import Field
from territo_opendata.patterns import narrow
from territo_opendata.tables.cell_edges import BLANKS, is_free_text
from territo_opendata.validate.plan import Column

DAY = (
    r"[1-9][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
"""An ISO date that surely exists (29 February is left to who can count)."""
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_EMAIL = (
    r"[A-Za-z0-9_]+(?:[.+-][A-Za-z0-9_]+)*@"
    r"(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,10}"
)
_URI = r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~/%+,;=&?@!-]*)?"
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_POINT = r"-?[0-9]{1,2}(?:\.[0-9]{1,15})?,-?[0-8]?[0-9](?:\.[0-9]{1,15})?"
_BLANK = "[" + "".join(rf"\x{{{ord(blank):X}}}" for blank in BLANKS) + "]"
_EDGED = rf'\A(?:{_BLANK}|=")|{_BLANK}\z'
"""A text that may have something around it."""
_MAX_EMAIL = 46
_MAX_URI = 1000
_DIGITS = 15
"""Decimal digits that a float holds exactly, so that comparing floats compares the numbers."""

_BOUNDS: Mapping[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "exclusiveMinimum": lambda value, bound: value > bound,
    "exclusiveMaximum": lambda value, bound: value < bound,
}


@dataclass(frozen=True, slots=True)
class Accepted:
    """Which cells of a column are surely right: those of `rule`, and those of `excuse` if any.

    The excuse (no value, where none is required) is apart, for it need not be looked at where
    the rule accepts every cell.
    """

    rule: pl.Expr
    excuse: pl.Expr | None

    @property
    def both(self) -> pl.Expr:
        """All the cells that are surely right."""
        return self.rule if self.excuse is None else self.excuse | self.rule


def accepted(column: Column, cell: pl.Expr) -> Accepted | None:
    """Return the cells that are surely right, None where nothing useful can be said.

    Faults that are not about a cell alone (keys, checks over several columns) are left aside.
    """
    field = column.field
    if column.checked or field.options.get("categories") or field.options.get("arrayItem"):
        return None
    rules = _rules(field, cell)
    if rules is None:
        return None
    # What cannot be read as a number is null.
    right = pl.all_horizontal(rules).fill_null(value=False) if rules else cell.is_not_null()
    if not field.required:
        return Accepted(right, missing(column, cell))
    if not _refuses_missing(column, right, cell):
        right &= ~missing(column, cell)
    return Accepted(right, None)


def _refuses_missing(column: Column, rule: pl.Expr, cell: pl.Expr) -> bool:
    """Tell whether the rule accepts none of the texts that stand for no value."""
    texts = pl.Series(cell.meta.output_name(), sorted(column.judge.missing), pl.String)
    return not texts.to_frame().select(rule).to_series().any()


def missing(column: Column, cell: pl.Expr) -> pl.Expr:
    """Return the cells that stand for no value."""
    texts = sorted(column.judge.missing)
    if not texts:
        return cell.is_null()
    return cell == texts[0] if len(texts) == 1 else cell.is_in(texts)


def _rules(field: Field, cell: pl.Expr) -> list[pl.Expr] | None:
    make = _TYPES.get(field.type)
    constraints = {
        name: argument
        for name, argument in field.constraints.items()
        if argument is not None and name not in ("required", "unique")
    }
    known = _ON_TEXT if field.type == "string" else _BOUNDS
    if make is None or not all(name in known for name in constraints):
        return None
    typed = make(field, cell, constraints)
    if typed is None or field.type != "string":
        return typed
    rules = [_on_text(name, argument, cell) for name, argument in constraints.items()]
    found = [rule for rule in rules if rule is not None]
    return [*typed, *found] if len(found) == len(rules) else None


_ON_TEXT = ("pattern", "enum", "minLength", "maxLength")


def _on_text(name: str, argument: Any, cell: pl.Expr) -> pl.Expr | None:
    match name, argument:
        case "pattern", str():
            pattern = narrow(argument)
            return None if pattern is None else cell.str.contains(pattern)
        case "enum", list() | tuple() if argument and all(isinstance(x, str) for x in argument):
            return cell.is_in(list(argument))
        case "minLength", int():
            return cell.str.len_chars() >= argument
        case "maxLength", int():
            return cell.str.len_chars() <= argument
        case _:
            return None


def whole(cell: pl.Expr, pattern: str) -> pl.Expr:
    """Return the cells that `pattern` matches from end to end."""
    return cell.str.contains(rf"\A(?:{pattern})\z")


Constraints = Mapping[str, Any]


def _string(field: Field, cell: pl.Expr, _constraints: Constraints) -> list[pl.Expr] | None:
    match field.format:
        case "email":
            return [cell.str.len_bytes() <= _MAX_EMAIL, whole(cell, _EMAIL)]
        case "uri":
            return [cell.str.len_bytes() <= _MAX_URI, whole(cell, _URI)]
        case "uuid":
            return [whole(cell, _UUID)]
        case "binary" | "wkt":
            return None
        case _:
            return [~cell.str.contains(_EDGED)] if is_free_text(field) else []


def _any(_field: Field, _cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    return None if constraints else []


def _integer(field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    if not all(_is_short(bound, int) for bound in constraints.values()):
        return None
    text = ungrouped(field, cell)
    value = text.cast(pl.Int64, strict=False)
    rules = _bounded(value, constraints)
    if field.options.get("bareNumber", True):
        return [value.is_not_null() & (text.str.len_bytes() <= _DIGITS), *rules]
    return [whole(text, "-?[0-9]{1,15}"), *rules]


def ungrouped(field: Field, cell: pl.Expr) -> pl.Expr:
    """Return the texts of integers without what groups their digits."""
    group = field.descriptor.get("groupChar")
    if field.type != "integer" or not isinstance(group, str) or not group:
        return cell
    return cell.str.replace_all(group, "", literal=True)


def _number(field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    options = field.options
    short = all(_is_short(bound, int, float) for bound in constraints.values())
    if options.get("floatNumber") or not short:
        return None
    point = str(options.get("decimalChar", "."))
    if options.get("groupChar") or len(point) != 1:
        return None
    text = cell
    rules = []
    if point != "." or not options.get("bareNumber", True):
        mark = r"\." if point == "." else rf"\x{{{ord(point):X}}}"
        rules.append(whole(cell, rf"-?[0-9]{{1,15}}(?:{mark}[0-9]{{1,9}})?"))
        text = cell.str.replace(point, ".", literal=True)
    value = text.cast(pl.Float64, strict=False)
    rules.append(cell.str.len_bytes() <= _DIGITS)
    # NaN is above every number for Polars: a largest value keeps it out.
    if "maximum" not in constraints and "exclusiveMaximum" not in constraints:
        rules.append(value.is_finite())
    return [*rules, *_bounded(value, constraints)]


def _is_short(bound: Any, *kinds: type) -> bool:
    return type(bound) in kinds and len(str(bound)) <= _DIGITS


def _bounded(value: pl.Expr, constraints: Constraints) -> list[pl.Expr]:
    return [make(value, constraints[name]) for name, make in _BOUNDS.items() if name in constraints]


def _boolean(field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    words: list[str] = []
    for option, default in (
        ("trueValues", ["true", "True", "TRUE", "1"]),
        ("falseValues", ["false", "False", "FALSE", "0"]),
    ):
        values = field.options.get(option, default)
        if not isinstance(values, list | tuple):
            return None
        words.extend(str(value) for value in values)
    return None if constraints else [cell.is_in(words)]


def _date(field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    return _fixed(field, cell, constraints, DAY)


def _time(field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    return None if constraints else _fixed(field, cell, constraints, _TIME)


def _fixed(
    field: Field, cell: pl.Expr, constraints: Constraints, form: str
) -> list[pl.Expr] | None:
    """Return the rules of a type whose usual form is ordered as texts are."""
    if field.format != "default":
        return None
    if not all(isinstance(each, str) and _is_day(each) for each in constraints.values()):
        return None
    return [whole(cell, form), *_bounded(cell, constraints)]


def _is_day(text: str) -> bool:
    return bool(pl.select(whole(pl.lit(text), DAY)).item())


def _year(_field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    if not all(_is_short(bound, int) for bound in constraints.values()):
        return None
    value = cell.cast(pl.Int64, strict=False)
    return [
        cell.str.len_bytes() == 4,
        *_bounded(value, {"minimum": 0}),
        *_bounded(value, constraints),
    ]


def _yearmonth(_field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    return None if constraints else [whole(cell, "[0-9]{4}-(?:0[1-9]|1[0-2])")]


def _geopoint(field: Field, cell: pl.Expr, constraints: Constraints) -> list[pl.Expr] | None:
    return None if constraints or field.format != "default" else [whole(cell, _POINT)]


_TYPES: Mapping[str, Callable[[Field, pl.Expr, Constraints], list[pl.Expr] | None]] = {
    "string": _string,
    "any": _any,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
    "year": _year,
    "yearmonth": _yearmonth,
    "geopoint": _geopoint,
}
