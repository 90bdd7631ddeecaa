"""What is doubtful in one field: its example, and patterns that forget Corsica or the overseas."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from territo_opendata.descriptors import properties
from territo_opendata.descriptors.acceptance_fields import OPTIONS
from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Finding
from territo_opendata.language import Text

Match = Callable[[str, str], bool | None]
"""Tells whether a text satisfies a pattern (`re.match("^p$")`), None when it cannot tell."""

_MOST_STEPS = 50_000
_QUANTIFIER = re.compile(r"[*+?]|\{\d*,\d*\}")
_QUANTIFIED_GROUP = re.compile(r"\)(?:[*+]|\{)")
_LARGE_REPEAT = re.compile(r"\)\{\d*,?\d{2,}\}")
_SPECIAL_GROUP = re.compile(r"\(\?(?!:)|\\[1-9]")

_COMMUNES = ("01004", ("2A004", "2B033"), ("97105", "98735"))
_DEPARTEMENTS = ("01", ("2A", "2B"), ("971", "976"))


def field_findings(field: Field, match: Match) -> Iterator[Finding]:
    """Yield what is doubtful in an accepted field."""
    yield from _ignored(field)
    yield from _example(field, match)
    yield from _territories(field, match)


def quick_match(pattern: str, text: str) -> bool | None:
    """Tell whether the text satisfies the pattern, None when that might take long.

    The bound counts the ways to share the text among the quantifiers, and doubles for each
    character when a group is repeated; look-around and back references are left alone.
    """
    if len(pattern) > 2000 or _SPECIAL_GROUP.search(pattern) or _LARGE_REPEAT.search(pattern):
        return None
    quantifiers = len(_QUANTIFIER.findall(pattern))
    steps = math.comb(len(text) + quantifiers, quantifiers)
    if _QUANTIFIED_GROUP.search(pattern):
        steps *= 2 ** len(text)
    if steps > _MOST_STEPS:
        return None
    return re.match(f"^{pattern}$", text) is not None


def _ignored(field: Field) -> Iterator[Finding]:
    """Yield properties that only other types know, and that change nothing here."""
    own = {*OPTIONS.get(field.type, ())}
    own |= {"categories", "categoriesOrdered"} if field.type in {"string", "integer"} else set()
    for name in sorted((properties.FIELD_OPTIONS - own) & field.descriptor.keys()):
        yield Finding(
            "schema-constraint-ignored",
            field=field.name,
            facts={"constraint": name, "type": field.type},
        )


def _example(field: Field, match: Match) -> Iterator[Finding]:
    """Yield the constraints that the example breaks; its type was judged at acceptance."""
    example = field.example
    if not example:
        return
    for reason in _broken_constraints(field, example, match):
        yield Finding(
            "schema-example-invalid",
            field=field.name,
            facts={"example": example, "reason": reason},
        )


def _broken_constraints(field: Field, example: Any, match: Match) -> Iterator[Text]:
    constraints = field.constraints
    pattern, allowed = constraints.get("pattern"), constraints.get("enum")
    if field.type == "string" and pattern and match(pattern, example) is False:
        yield Text("il ne suit pas le modèle (pattern)", "it does not match the pattern")
    if allowed and field.type == "string" and example not in allowed:
        yield Text("il n’est pas dans la liste des valeurs (enum)", "it is not in the list (enum)")
    if field.type == "string" and not (
        constraints.get("minLength", 0) <= len(example) <= constraints.get("maxLength", math.inf)
    ):
        yield Text("sa longueur n’est pas admise", "its length is not allowed")
    if field.type in {"integer", "number", "year"}:
        yield from _out_of_bounds(field, example)


def _out_of_bounds(field: Field, example: Any) -> Iterator[Text]:
    value = _number(example)
    low, high = (_number(field.constraints.get(name)) for name in ("minimum", "maximum"))
    if value is None:
        return
    if low is not None and value < low:
        yield Text("il est sous le minimum", "it is below the minimum")
    if high is not None and value > high:
        yield Text("il dépasse le maximum", "it exceeds the maximum")


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _territories(field: Field, match: Match) -> Iterator[Finding]:
    """Yield patterns of commune and département codes that refuse codes they must accept."""
    pattern = field.constraints.get("pattern")
    codes = _codes_of(field) if field.type == "string" and pattern else None
    if not codes or not match(str(pattern), codes[0]):
        return
    for code, samples in (("corsica", codes[1]), ("overseas", codes[2])):
        if any(match(str(pattern), sample) is False for sample in samples):
            yield Finding(f"schema-pattern-{code}", field=field.name, facts={"pattern": pattern})


def _codes_of(field: Field) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    """Return ordinary, Corsican and overseas codes of what the field speaks of, None if neither."""
    label = _plain(f"{field.name} {field.title}")
    words = f"{label} {_plain(field.description)}"
    if "postal" in label or "region" in label:
        return None
    if "insee" in words or ("code" in words and "commune" in words):
        return _COMMUNES
    if "departement" in label and ("code" in words or "numero" in words):
        return _DEPARTEMENTS
    return None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text[:2000].casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))
