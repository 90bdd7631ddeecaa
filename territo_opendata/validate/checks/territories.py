"""Checks of communes, départements and intercommunalités against the Code officiel géographique.

The vintage is `millesime`, a year or `latest` (the default).
"""

from typing import Any

from territo_opendata.reference.communes import CommuneState, CommuneStatus, commune_status
from territo_opendata.validate.checks.interface import CellCheck, Check, Fault
from territo_opendata.validate.checks.params import Params


def code_commune_cog(params: Params) -> list[Check]:
    """Ask that `column` holds codes of communes of the vintage `millesime`.

    The arrondissements of Paris, Lyon and Marseille pass where `arrondissements` is true.
    """
    params.expect_only("column", "millesime", "arrondissements")
    column, millesime = params.column(), params.millesime("millesime")
    arrondissements = params.flag("arrondissements")

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
