"""Checks of the identifiers of cohesion programmes: priority quarters, CRTE, ACV, PVD, TI, CV."""

from collections.abc import Mapping

from territo_opendata.reference.identifiers import Identifier, parse_identifier
from territo_opendata.validate.checks.interface import CellCheck, Check, Fault
from territo_opendata.validate.checks.params import Params

_LONGEST = 60
_GENERATIONS: Mapping[str, tuple[str, ...]] = {
    "2015": ("qpv-2015",),
    "2024": ("qpv-2024",),
    "any": ("qpv-2024", "qpv-2015"),
}
EXAMPLES: Mapping[str, str] = {
    "acv": "acv001",
    "pvd": "pvd-53-22-1",
    "ti": "ti-0042",
    "cv": "CV002",
    "crte": "crte-94-2B-4",
}
"""The kinds that the check `identifiant` knows, each with an identifier as it should look."""


def qpv(params: Params) -> list[Check]:
    """Ask that `column` holds codes of priority quarters of a `generation`: 2015, 2024 or any."""
    params.expect_only("column", "generation")
    column, generation = params.column(), params.choice("generation", _GENERATIONS, "any")
    known = None if generation == "any" else generation

    def judge(text: str) -> Fault | None:
        found = _parse(text, _GENERATIONS[generation])
        if found is not None and found.problem is None:
            return None
        return Fault("qpv-code", column, {"generation": known, **_facts(found)})

    return [CellCheck("qpv", column, judge)]


def crte(params: Params) -> list[Check]:
    """Ask that `column` holds identifiers of CRTE whose département lies in their région."""
    params.expect_only("column")
    column = params.column()

    def judge(text: str) -> Fault | None:
        found = _parse(text, ("crte",))
        if found is not None and found.problem is None:
            return None
        return Fault("crte-code", column, _facts(found))

    return [CellCheck("crte", column, judge)]


def identifiant(params: Params) -> list[Check]:
    """Ask that `column` holds identifiers of one of the `kinds` of programmes."""
    params.expect_only("column", "kinds")
    column, kinds = params.column(), params.choices("kinds", EXAMPLES)
    facts = {
        "kind": ", ".join(kind.upper() for kind in kinds),
        "expected": [EXAMPLES[kind] for kind in kinds],
    }

    def judge(text: str) -> Fault | None:
        found = _parse(text, kinds)
        if found is not None and found.problem is None:
            return None
        return Fault("identifier-form", column, {**facts, **_facts(found)})

    return [CellCheck("identifiant", column, judge)]


def _parse(text: str, kinds: tuple[str, ...]) -> Identifier | None:
    return parse_identifier(text, *kinds) if len(text) <= _LONGEST else None


def _facts(found: Identifier | None) -> dict[str, str | None]:
    if found is None or found.problem is None:
        return {}
    return {"problem": found.problem.value, "canonical": found.canonical}
