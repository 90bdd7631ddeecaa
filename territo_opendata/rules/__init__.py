"""The catalogue of everything a validation can find: one code per rule, never renamed or reused.

The texts are read when the first finding is worded: a valid file never needs them.
"""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from territo_opendata.rules.model import FixSafety, Rule, Severity

if TYPE_CHECKING:
    RULES: dict[str, Rule]
    """Every rule by its code, in the order in which the documentation shows them."""

_MODULES = (
    "files",
    "headers",
    "header_causes",
    "rows",
    "cells",
    "checks",
    "accepted",
    "schemas",
    "authors",
)


def rule(code: str) -> Rule:
    """Return the rule of `code`.

    Raises KeyError for a code that is not in the catalogue: a fault of ours, never of a file.
    """
    return _catalogue()[code]


@cache
def _catalogue() -> dict[str, Rule]:
    modules = [import_module(f"{__name__}.{name}") for name in _MODULES]
    return {each.code: each for module in modules for each in module.RULES}


def __getattr__(name: str) -> Any:
    if name == "RULES":
        return _catalogue()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["RULES", "FixSafety", "Rule", "Severity", "rule"]
