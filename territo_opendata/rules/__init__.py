"""The catalogue of everything a validation can find: one code per rule, never renamed or reused."""

from territo_opendata.rules import cells, checks, files, headers, rows, schemas
from territo_opendata.rules.model import FixSafety, Rule, Severity

RULES: dict[str, Rule] = {
    each.code: each
    for module in (files, headers, rows, cells, checks, schemas)
    for each in module.RULES
}
"""Every rule by its code, in the order in which the documentation shows them."""


def rule(code: str) -> Rule:
    """Return the rule of `code`.

    Raises KeyError for a code that is not in the catalogue: a fault of ours, never of a file.
    """
    return RULES[code]


__all__ = ["RULES", "FixSafety", "Rule", "Severity", "rule"]
