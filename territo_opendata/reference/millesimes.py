"""Vintages of the Code officiel géographique: which are known, and how a schema names them."""

from territo_opendata.errors import UsageError

Millesime = int | str | None
"""A year, or None (or `latest`) for the newest vintage; see `resolve`."""

OLDEST = 2021
NEWEST = 2026
OLDEST_OF_REGIONS = 2015
"""Régions are known from further back: they changed in 2016, and files of before still go about."""


def resolve(value: Millesime = None, *, oldest: int = OLDEST) -> int:
    """Return the vintage meant: a year, or the newest for None, an empty string or `latest`.

    `latest` is the word that Validata's formats take. Raises UsageError for any other word and
    for a year that is not known.
    """
    if value is None or value in {"", "latest"}:
        return NEWEST
    text = str(value)
    if text.isascii() and text.isdigit() and oldest <= int(text[:5]) <= NEWEST:
        return int(text[:5])
    raise UsageError(
        f"Le millésime « {text[:20]} » du Code officiel géographique n'est pas disponible : "
        f"indiquez une année de {oldest} à {NEWEST}.",
        f"Vintage “{text[:20]}” of the Code officiel géographique is not available: give a year "
        f"from {oldest} to {NEWEST}.",
    )
