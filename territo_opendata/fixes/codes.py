"""Codes that a spreadsheet or a hand deformed: lost leading zero, spaces, case, wrong list.

A mended code is proposed only when the list it belongs to, or the field's own rules, know it.
"""

import re
from collections.abc import Callable, Iterator

from territo_opendata.descriptors.model import Field
from territo_opendata.findings import Fix, Safety
from territo_opendata.fixes.fitting import fits
from territo_opendata.fixes.proposals import Facts, Maker, mended, unspaced, unwrap, vintage
from territo_opendata.language import Text, visible
from territo_opendata.reference.communes import commune_status, is_commune
from territo_opendata.reference.formats import accepted
from territo_opendata.reference.millesimes import OLDEST_OF_REGIONS
from territo_opendata.reference.names import fold
from territo_opendata.reference.territories import departements, former_region, regions
from territo_opendata.rules.writing import text

ZERO = text("le zéro du début a été perdu", "the leading zero was lost")
_MAYBE_ZERO = text(
    "le zéro du début a peut-être été perdu ; à vérifier",
    "the leading zero may have been lost; to be checked",
)
_BARE = text(
    "c’est le même code, sans ce qui l’entoure", "it is the same code, without what is around it"
)
_CASE = text(
    "c’est le même code, en majuscules ou en minuscules", "it is the same code, in the right case"
)
_OF_NAME = text("c’est le code de ce nom", "it is the code of this name")
_CEDEX = text(
    "c’est le code postal, sans la mention CEDEX", "it is the postal code, without the word CEDEX"
)
NO_VALUE = frozenset(
    {
        "nc",
        "nd",
        "nr",
        "na",
        "ne",
        "n a",
        "n c",
        "n d",
        "neant",
        "inconnu",
        "null",
        "none",
        "nan",
        "vide",
    }
    | {"aucun", "aucune", "sans objet", "so", "non communique", "non renseigne", "a preciser"}
)
"""What people write, folded, to say that there is no value: no code, in whatever case."""

_DIGITS = re.compile(r"[0-9]+")
_POSTAL = re.compile(r"(?:F(?:R)?-)?(\d{5})(?:cedex(?:\d\d)?)?", re.ASCII | re.IGNORECASE)
_LONGEST = 60


def patterned(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the code that the field's pattern or fixed length lets one recognise."""
    bare = unwrap(value)
    joined = unspaced(bare)
    if bare != value:
        yield mended(bare, _BARE)
    if joined != bare and (_DIGITS.fullmatch(joined) or _is_place(joined)):
        yield mended(joined, _BARE)
    if field is not None and fold(bare) not in NO_VALUE:
        others = {bare.upper(), bare.lower()} - {bare}
        fitting = [each for each in others if fits(each, field)]
        yield from (mended(each, _CASE) for each in fitting if len(fitting) == 1)
    yield from padded(value, field, facts)


def padded(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the digits with one zero before them, as surely as their number lets one say.

    Two digits (départements, régions) leave no doubt; four are as well a year, and nothing is
    proposed; five are sure when they make a commune's or a postal code, else a digit may be
    missing anywhere.
    """
    bare = unspaced(unwrap(value))
    code = f"0{bare}"
    closed = field is not None and _is_closed(field)
    if not closed or _DIGITS.fullmatch(bare) is None or len(code) not in {2, 3, 5}:
        return
    sure = len(code) == 2 or (len(code) == 5 and _is_place(code))
    yield mended(code, ZERO, "safe") if sure else mended(code, _MAYBE_ZERO, "unsafe")


def _is_closed(field: Field) -> bool:
    """Tell whether the field's rules say how long a code is; free texts have no lost zero."""
    rules = field.constraints
    length = rules.get("minLength")
    return (
        "pattern" in rules
        or "enum" in rules
        or (length is not None and length == rules.get("maxLength"))
    )


def _is_place(code: str) -> bool:
    return bool(commune_status(code, arrondissements=True).type) or code in accepted("code-postal")


def communes(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the commune's code that the cell deforms."""
    millesime = vintage(facts)
    yield from _known(value, lambda code: is_commune(code, millesime))


def merged(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the commune that took over a former one: right for data of today only."""
    successor, name = facts.get("successor"), facts.get("successor_name")
    if isinstance(successor, str):
        shown = visible(str(name or successor))
        why = Text(
            f"la commune fait aujourd’hui partie de «\u00a0{shown}\u00a0»",
            f"the commune is now part of “{shown}”",
        )
        yield mended(successor, why, "unsafe")


def merged_reference(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:
    """Yield the commune that took over the one referred to, which today's territories lack."""
    if facts.get("table") != "territoires" or "commune" not in facts.get("values", ()):
        return
    successor = commune_status(value).successor
    if successor is not None:
        named = {"successor": successor.code, "successor_name": successor.name}
        yield from merged(value, field, named)


def near_reference(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the key of the referred table that the cell misspells, or whose name it gives."""
    near = facts.get("near")
    if isinstance(near, str):
        why = text(
            "c’est l’identifiant le plus proche dans l’autre table",
            "it is the closest identifier of the other table",
        )
        yield mended(near, why, "unsafe")


def arrondissement(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the commune of an arrondissement: the more precise place is lost."""
    commune = facts.get("commune")
    if isinstance(commune, str):
        why = text(
            "c’est la commune entière ; l’arrondissement est perdu",
            "it is the whole commune; the arrondissement is lost",
        )
        yield mended(commune, why, "unsafe")


def postal(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the postal code that the cell deforms."""
    known = accepted("code-postal")
    found = _POSTAL.fullmatch(unspaced(value[:_LONGEST]))
    if found is not None and found[1] in known:
        cedex = "cedex" in value.lower()
        yield mended(found[1], _CEDEX, "unsafe") if cedex else mended(found[1], _BARE)
    yield from _known(value, known.__contains__)


def departement(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the code of the département that the cell deforms or names."""
    found = departements(vintage(facts), collectivites=True)
    yield from _known(value, found.__contains__)
    yield from _named(value, {code: each.name for code, each in found.items()})


def region(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
    """Yield the code of the région that the cell deforms, names, or had before 2016."""
    found = regions(vintage(facts, oldest=OLDEST_OF_REGIONS))
    yield from _known(value, found.__contains__)
    yield from _named(value, {code: each.name for code, each in found.items()})
    former = former_region(unwrap(value))
    if former is not None and former.successor in found:
        why = Text(
            f"la région {former.name} en fait partie depuis 2016",
            f"the région {former.name} has been part of it since 2016",
        )
        yield mended(former.successor, why, "unsafe")


def _named(value: str, names: dict[str, str]) -> Iterator[Fix]:
    wanted = fold(value[:_LONGEST])
    found = [code for code, name in names.items() if fold(name) == wanted]
    if len(found) == 1:
        yield mended(found[0], _OF_NAME, "unsafe")


def country(form: str) -> Maker:
    """Return the maker of fixes for ISO country codes; `form` is alpha2 or alpha3."""
    other = "alpha3" if form == "alpha2" else "alpha2"

    def make(value: str, field: Field | None, facts: Facts) -> Iterator[Fix]:  # noqa: ARG001
        from iso3166 import countries

        code = unwrap(value).upper()
        if any(getattr(each, form) == code for each in countries):
            yield mended(code, _CASE)
        for each in countries:
            if getattr(each, other) == code:
                why = text("c’est le code du même pays", "it is the code of the same country")
                yield mended(getattr(each, form), why, "unsafe")

    return make


def _known(value: str, is_known: Callable[[str], bool]) -> Iterator[Fix]:
    """Yield the spellings of a code that its list knows: bare, in capitals, with its zero."""
    joined = unspaced(unwrap(value))[:_LONGEST]
    tries: tuple[tuple[str, Text, Safety], ...] = (
        (joined, _BARE, "safe"),
        (joined.upper(), _CASE, "safe"),
        (f"0{joined}", ZERO, "safe"),
    )
    for code, why, safety in tries:
        if code != value and is_known(code):
            yield mended(code, why, safety)
