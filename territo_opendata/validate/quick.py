"""Cells accepted many at a time, for columns of plain texts.

Only says of a cell that it is surely right; the judge of its column looks at the others.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import compress
from operator import not_

from territo_opendata.descriptors.model import Field
from territo_opendata.patterns import Matcher, OutOfTimeError, compile_pattern
from territo_opendata.tables.cell_edges import edge_code, is_free_text
from territo_opendata.validate.accept import accept_rule

Leave = Callable[[Sequence[str]], Iterable[str]]
"""Returns, of some non-missing cells, those that are not surely right."""


def quick_rule(field: Field) -> Leave | None:
    """Return the quick rule of a field without checks of its own, None when it has none."""
    if accept_rule(field) is not str or field.options.get("categories"):
        return None
    rules: list[Leave] = [_edged] if is_free_text(field) else []
    for name, argument in field.constraints.items():
        if argument is None or name in ("required", "unique"):
            continue
        rule = _rule(name, argument)
        if rule is None:
            return None
        rules.append(rule)
    return lambda cells: {cell for rule in rules for cell in rule(cells)}


def _edged(cells: Sequence[str]) -> Iterable[str]:
    return filter(edge_code, cells)


def _rule(name: str, argument: object) -> Leave | None:
    match name, argument:
        case "pattern", str():
            return partial(_refused, compile_pattern(argument))
        case "enum", list() | tuple() if all(isinstance(each, str) for each in argument):
            allowed = frozenset(argument)
            return lambda cells: [cell for cell in cells if cell not in allowed]
        case "minLength", int():
            return lambda cells: [cell for cell in cells if len(cell) < argument]
        case "maxLength", int():
            return lambda cells: [cell for cell in cells if len(cell) > argument]
        case _:
            return None


def _refused(pattern: Matcher, cells: Sequence[str]) -> Iterable[str]:
    try:
        return compress(cells, map(not_, pattern.accepts_all(cells)))
    except OutOfTimeError:
        return cells
