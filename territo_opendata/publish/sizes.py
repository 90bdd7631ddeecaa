"""Sizes as a person reads them."""

from territo_opendata.language import Language
from territo_opendata.release.pages import french_size

_UNITS = ("B", "kB", "MB", "GB", "TB")


def shown_size(size: int, language: Language) -> str:
    """Return a number of bytes in the unit that leaves one to three digits."""
    if language == "fr":
        return french_size(size)
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.1f} {_UNITS[unit]}" if unit and value < 10 else f"{value:.0f} {_UNITS[unit]}"
