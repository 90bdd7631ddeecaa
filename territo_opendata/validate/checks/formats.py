"""The formats of Validata 0.12 that a list or a simple rule decides.

The lists are those of `reference.formats`; the parameter `cog` names the vintage of those that
have several. Validata refuses a schema without it; here the newest vintage stands in.
"""

from collections.abc import Mapping

from territo_opendata.errors import UsageError
from territo_opendata.reference.formats import accepted, acte_problem, is_code_fantoir
from territo_opendata.validate.checks.interface import CellCheck, Check, Fault
from territo_opendata.validate.checks.params import VINTAGE, Params

LISTS: Mapping[str, str] = {
    "canton": "name-canton",
    "code-departement": "code-departement",
    "code-pays-iso2": "code-pays-iso2",
    "code-pays-iso3": "code-pays-iso3",
    "code-postal": "code-postal",
    "code-region": "code-region",
    "commune": "name-commune",
    "departement": "name-departement",
    "numero-departement": "code-departement",
    "pays": "name-pays",
    "region": "name-region",
}
"""Code of the finding for each format that is a list of values."""

_UNDATED = frozenset({"canton", "code-pays-iso2", "code-pays-iso3", "code-postal", "pays"})
_LONGEST_MATTER = 200


def in_list(params: Params) -> list[Check]:
    """Ask that `column` holds values of the list that the check is named after."""
    name, column = params.name, params.column()
    version = None if name in _UNDATED else params.version(*VINTAGE)
    try:
        values = accepted(name, version)
    except UsageError as error:
        raise params.refuse(error.text) from error

    def judge(text: str) -> Fault | None:
        facts = {"millesime": version}
        return None if text in values else Fault(LISTS[name], column, facts)

    return [CellCheck(name, column, judge)]


def code_fantoir(params: Params) -> list[Check]:
    """Ask that `column` holds FANTOIR numbers of streets, with their key letter."""
    column = params.column()

    def judge(text: str) -> Fault | None:
        return None if is_code_fantoir(text) else Fault("code-fantoir", column)

    return [CellCheck("code-fantoir", column, judge)]


def nomenclature_acte(params: Params) -> list[Check]:
    """Ask that `column` holds `Matière/Sous-matière`, the matter being of the national list."""
    column = params.column()

    def judge(text: str) -> Fault | None:
        # No matter is that long; a hostile text would cost time to unaccent.
        if text.find("/", 0, _LONGEST_MATTER) < 0:
            text = text[:_LONGEST_MATTER].replace("/", "")
        problem = acte_problem(text)
        if problem is None:
            return None
        return Fault("nomenclature-acte", column, {"problem": problem.value})

    return [CellCheck("nomenclature-acte", column, judge)]
