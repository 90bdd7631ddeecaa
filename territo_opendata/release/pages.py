"""Pages for people, from templates: self-contained, in French, asking nothing of any server.

Each page forbids itself whatever it does not hold: its policy (CSP level 3, W3C) names the digests
of its one style sheet and, where it has a filter, of its one script.
"""

import base64
import hashlib
import re
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from territo_opendata.language import visible

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
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
_UNITS = ("o", "ko", "Mo", "Go", "To")


def render(module: str, template: str, /, **values: Any) -> bytes:
    """Return a page: `template` of the `templates` folder of the package `module`."""
    page = _environment(module).get_template(template).render(generator=GENERATOR, **values)
    return page.encode()


def _digest(text: str) -> str:
    """Return what a Content-Security-Policy names an inline text by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


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
    inline = {"style": "style.css", "site_style": "site.css", "script": "filter.js"}
    environment.globals.update({name: _inline(environment, file) for name, file in inline.items()})
    environment.filters.update(
        prose=french_prose,
        date=french_date,
        figure=french_figure,
        raw=raw_text,
        digest=_digest,
        size=french_size,
        number=french_number,
        day=french_day,
        web=web_address,
        text=cell_text,
    )
    return environment


def _inline(environment: "Environment", name: str) -> str:
    from markupsafe import Markup

    return Markup(environment.get_template(name).render())  # noqa: S704 - our own files


def raw_text(value: object, limit: int = 300) -> str:
    """Return the text of a cell in one line, what would hide or turn characters made visible."""
    return visible(str(value), limit)


def french_number(value: float | Decimal) -> str:
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


def french_date(text: str) -> str:
    """Return a date, month or year (ISO 8601) in words, any other text as it is."""
    match = _DATE.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return text
    month = f"{_MONTHS[int(match[2]) - 1]} {match[1]}"
    day = {None: "", "01": "1er\u00a0"}.get(match[3], f"{int(match[3] or 0)}\u00a0")
    return day + month


def french_figure(text: str) -> str:
    """Return a number written in a cell with its digits grouped; any other text as it is."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return text
    usual = value.is_finite() and -20 < value.adjusted() < 20
    return french_number(value) if usual else text


def web_address(value: Any) -> str | None:
    """Return the address if a browser may open it safely, else None."""
    text = str(value or "")
    return text if text.lower().startswith(("https://", "http://", "mailto:")) else None


def cell_text(value: Any) -> str:
    """Return the example of a field as it would stand in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
