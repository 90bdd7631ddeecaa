"""Names of the checks beyond Table Schema that can be run."""

VALIDATA_CHECKS = frozenset(
    {
        "cohesive-columns-value",
        "compare-columns-value",
        "french-gps-coordinates",
        "one-of-required",
        "opening-hours-value",
        "phone-number-value",
        "sum-columns-value",
        "year-interval-value",
    }
)
"""Checks that Validata 0.12 writes itself."""

FORMAT_CHECKS = frozenset(
    {
        "canton",
        "code-commune-insee",
        "code-fantoir",
        "code-pays-iso2",
        "code-pays-iso3",
        "code-postal",
        "code-region",
        "commune",
        "coordonnees-gps-francaises",
        "departement",
        "nomenclature-acte",
        "numero-departement",
        "pays",
        "region",
        "siren",
        "siret",
    }
)
"""Checks that Validata 0.12 takes from the library frformat."""

OLDER_NAMES = {
    "french-siren-value": "siren",
    "french-siret-value": "siret",
    "nomenclature-actes-value": "nomenclature-acte",
}
"""Names of before Validata 0.12 that it still understands, and what they became."""

OWN_CHECKS = frozenset(
    {
        "both-or-neither",
        "code-commune-cog",
        "code-departement",
        "commune-departement",
        "conditional-required",
        "conditional-value",
        "contiguous-periods",
        "crte",
        "epci",
        "identifiant",
        "parts-add-up",
        "qpv",
    }
)
"""Checks of this project."""

KNOWN_CHECKS = VALIDATA_CHECKS | FORMAT_CHECKS | OLDER_NAMES.keys() | OWN_CHECKS

_DECORATIONS = ("french-", "-value")


def nearest_check(name: str) -> str:
    """Return the check that an unknown name probably stands for, or "".

    What names have in common ("french-", "-value") says nothing: without it, `french-insee-value`
    is no longer near `french-siret-value`, and its one word left is that of `code-commune-insee`.
    """
    import difflib

    plain = name[:80].casefold().replace("_", "-")
    if plain in KNOWN_CHECKS:
        return plain
    cores = {_core(each): each for each in sorted(KNOWN_CHECKS)}
    wanted = _core(plain)
    close = difflib.get_close_matches(wanted, cores, n=1, cutoff=0.7)
    if close:
        return cores[close[0]]
    holding = [known for core, known in cores.items() if wanted in core.split("-")]
    return holding[0] if len(holding) == 1 else ""


def _core(name: str) -> str:
    return name.removeprefix(_DECORATIONS[0]).removesuffix(_DECORATIONS[1])
