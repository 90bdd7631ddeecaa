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
