"""Checks of communes, départements and intercommunalités against the Code officiel géographique.

The vintage is `millesime`, a year or `latest` (the default).
"""

from collections.abc import Iterator
from typing import Any

from territo_opendata.reference.communes import (
    CommuneState,
    CommuneStatus,
    commune_status,
    departement_of,
)
from territo_opendata.reference.names import fold
from territo_opendata.reference.territories import EpciState, departements, epci_status
from territo_opendata.validate.checks.companies import siren_judge
from territo_opendata.validate.checks.interface import (
    CellCheck,
    Cells,
    Check,
    Fault,
    RowCheck,
)
from territo_opendata.validate.checks.params import VINTAGE, Params


def code_commune_cog(params: Params) -> list[Check]:
    """Ask that `column` holds codes of communes of the vintage `millesime`.

    The arrondissements of Paris, Lyon and Marseille pass where `arrondissements` is true.
    """
    params.expect_only("column", "millesime", "arrondissements")
    return _code_commune(
        params.column(), params.millesime(), arrondissements=params.flag("arrondissements")
    )


def code_commune_insee(params: Params) -> list[Check]:
    """Ask the same of Validata's format: `cog` is the vintage, arrondissements pass."""
    return _code_commune(params.column(), params.millesime(*VINTAGE), arrondissements=True)


def _code_commune(column: str, millesime: int, *, arrondissements: bool) -> list[Check]:
    def judge(text: str) -> Fault | None:
        # Longer texts are kept out of the look-up's cache, which would hold on to them.
        code = text if len(text) <= 5 else ""
        status = commune_status(code, millesime, arrondissements=arrondissements)
        return None if status.state is CommuneState.EXISTS else _fault(status, column)

    return [CellCheck("code-commune-cog", column, judge)]


def _fault(status: CommuneStatus, column: str) -> Fault:
    facts: dict[str, Any] = {"millesime": status.millesime, "since": status.since}
    if status.successor is not None:
        facts |= {"successor": status.successor.code, "successor_name": status.successor.name}
    if status.state is CommuneState.ARRONDISSEMENT:
        commune = facts.get("successor")
        return Fault("code-commune-arrondissement", column, {**facts, "commune": commune})
    if status.state is CommuneState.MERGED:
        return Fault("code-commune-merged", column, facts)
    return Fault("code-commune", column, facts)


def commune_departement(params: Params) -> list[Check]:
    """Ask that the code in `commune` lies in the département that `departement` names.

    The département may stand as its code or as its name, however spelt. A commune code that
    begins with no département's code is for the checks of commune codes.
    """
    params.expect_only("commune", "departement")
    columns = (params.column("commune"), params.column("departement"))

    def judge(cells: Cells) -> Iterator[Fault]:
        commune, said = cells
        expected = None if commune is None else departement_of(commune)
        if said is not None and expected is not None and not _is_departement(said, expected):
            facts = {"departement": said, "expected": expected}
            yield Fault("commune-departement", columns[0], facts)

    return [RowCheck("commune-departement", columns, judge)]


def _is_departement(said: str, code: str) -> bool:
    if said == code:
        return True
    name = departements(collectivites=True)[code].name
    # A name takes a few letters more than it needs at most: longer texts are not folded.
    return len(said) <= 2 * len(name) + 10 and fold(said) == fold(name)


def epci(params: Params) -> list[Check]:
    """Ask that `column` holds the SIREN of an EPCI with its own taxes in `millesime`."""
    params.expect_only("column", "millesime")
    column, millesime = params.column(), params.millesime()
    judge_siren = siren_judge(column)

    def judge(text: str) -> Fault | None:
        fault = judge_siren(text)
        if fault is not None:
            return fault
        status = epci_status(text, millesime)
        if status.state is EpciState.EXISTS:
            return None
        facts = {"millesime": millesime, "state": status.state.value, "name": status.name}
        return Fault("epci-siren", column, facts)

    return [CellCheck("epci", column, judge)]
