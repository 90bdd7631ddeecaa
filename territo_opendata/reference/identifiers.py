"""Identifiers of the programmes of territorial cohesion: form, and the territory they name.

| kind       | example          | source of the form                                              |
|------------|------------------|-----------------------------------------------------------------|
| `qpv-2024` | `QN06204M`       | decree 2023-1314, list of the priority quarters from 2024 on    |
| `qpv-2015` | `QP044004`       | decree 2014-1750, list of the priority quarters of 2015         |
| `crte`     | `crte-94-2B-4`   | list of the contracts, ANCT: région, département, number        |
| `pvd`      | `pvd-53-22-1`    | list of Petites villes de demain, ANCT: same parts              |
| `acv`      | `acv001`         | list of Action Cœur de Ville, ANCT                              |
| `ti`       | `ti-0042`        | list of Territoires d'industrie, ANCT                           |
| `cv`       | `CV002`          | list of the contrats de ville, ANCT                             |

No list of all identifiers is shipped: an identifier that is well formed may still not exist.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from territo_opendata.reference.territories import departements, regions

_DEPARTEMENT = r"(?P<departement>0\d\d|02[AB]|97\d|98\d)"
_REGION_PARTS = r"(?P<region>\d\d)-(?P<departement>\d\d|2[AB]|97\d)-\d{1,3}"

FORMS: Mapping[str, re.Pattern[str]] = {
    "qpv-2024": re.compile(r"QN(?P<departement>0\d\d|02[AB]|97[1-6])\d\d[A-Z]", re.ASCII),
    "qpv-2015": re.compile(rf"QP{_DEPARTEMENT}\d\d\d", re.ASCII),
    "crte": re.compile(rf"crte-{_REGION_PARTS}", re.ASCII),
    "pvd": re.compile(rf"pvd-{_REGION_PARTS}", re.ASCII),
    "acv": re.compile(r"acv\d{3}", re.ASCII),
    "ti": re.compile(r"ti-\d{4}", re.ASCII),
    "cv": re.compile(r"CV\d{3}", re.ASCII),
}
"""Form of each kind of identifier, for a whole value."""

_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class IdentifierProblem(StrEnum):
    """What is wrong with an identifier."""

    FORM = "form"
    """Not of the kind's form."""
    DEPARTEMENT = "departement"
    """The département in it does not exist."""
    REGION = "region"
    """The région in it does not exist."""
    MISMATCH = "mismatch"
    """The département in it lies in another région."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier, judged."""

    kind: str
    value: str
    problem: IdentifierProblem | None
    departement: str | None = None
    """Code of the département (or overseas collectivity) it names, as in `departements()`."""
    region: str | None = None
    """Code of its région: the one it names or, failing that, its département's."""
    canonical: str | None = None
    """For a wrong form: the well-formed value that differs in case and spaces only."""


def parse_identifier(value: str, *kinds: str) -> Identifier:
    """Return the identifier as the first of these kinds that its form fits, with its problem.

    Raises KeyError for a kind that is not in `FORMS`.
    """
    for kind in kinds:
        match = FORMS[kind].fullmatch(value)
        if match is not None:
            return _judge(kind, value, match.groupdict())
    return Identifier(kinds[0], value, IdentifierProblem.FORM, canonical=_canonical(value, kinds))


def parse_qpv(value: str) -> Identifier:
    """Return a priority quarter's identifier, of 2024 or of 2015: both are about."""
    return parse_identifier(value, "qpv-2024", "qpv-2015")


def _canonical(value: str, kinds: tuple[str, ...]) -> str | None:
    """Return the one good spelling of the value without spaces, in another case."""
    bare = _SPACES.sub("", value)[:40]
    tries = (bare.lower(), bare.upper(), re.sub(r"(?<=-)2([ab])(?=-)", _upper, bare.lower()))
    good = (each for each in tries for kind in kinds if FORMS[kind].fullmatch(each))
    return next(good, None)


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


def _judge(kind: str, value: str, parts: Mapping[str, str]) -> Identifier:
    if "departement" not in parts:
        return Identifier(kind, value, None)
    code = parts["departement"]
    code = code.removeprefix("0") if len(code) == 3 else code
    known = departements(collectivites=True).get(code)
    named = parts.get("region")
    region = named or (known.region if known else None) or None
    problem = None
    if named is not None and named not in regions():
        problem = IdentifierProblem.REGION
    elif known is None:
        problem = IdentifierProblem.DEPARTEMENT
    elif named is not None and named != known.region:
        problem = IdentifierProblem.MISMATCH
    return Identifier(kind, value, problem, code, region)
