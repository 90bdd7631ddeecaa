"""Pages for people, from templates: self-contained, in French, without script or request."""

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment

GENERATOR = "territo-opendata"
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_UNITS = ("o", "ko", "Mo", "Go", "To")


def render(module: str, template: str, /, **values: Any) -> bytes:
    """Return a page: `template` of the `templates` folder of the package `module`."""
    page = _environment(module).get_template(template).render(generator=GENERATOR, **values)
    return page.encode()


@lru_cache
def _environment(module: str) -> "Environment":
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader(module), PackageLoader("territo_opendata.release")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        prose=french_prose,
        size=french_size,
        number=french_number,
        day=french_day,
        web=web_address,
        text=cell_text,
    )
    return environment


def french_number(value: float) -> str:
    """Return a number with narrow no-break spaces by thousands and a decimal comma."""
    return f"{value:,}".replace(",", "\u202f").replace(".", ",")


def french_prose(text: str) -> str:
    """Return the text with no-break spaces inside « » and before ; : ! ?, as French has them."""
    return re.sub("(?<=«) | (?=[»;:!?])", "\u00a0", text)


def french_size(size: int) -> str:
    """Return a size in bytes as people read it: « 1,9 Mo » (decimal units)."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    shown = round(value, 1) if unit and value < 10 else round(value)
    return f"{french_number(shown)}\u00a0{_UNITS[unit]}"


def french_day(when: datetime) -> str:
    """Return a date in words: « 1er août 2026 »."""
    day = "1er" if when.day == 1 else str(when.day)
    return f"{day}\u00a0{_MONTHS[when.month - 1]} {when.year}"


def web_address(value: Any) -> str | None:
    """Return the address if a browser may open it safely, else None."""
    text = str(value or "")
    return text if text.lower().startswith(("https://", "http://", "mailto:")) else None


def cell_text(value: Any) -> str:
    """Return the example of a field as it would stand in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
