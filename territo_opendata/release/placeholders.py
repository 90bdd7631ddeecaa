"""What a package that was just started says until its author says it: found before a release."""

from collections.abc import Iterator, Mapping
from typing import Any

from territo_opendata.language import Text

TO_FILL = Text("À remplir", "To be filled in")
"""How a text begins that stands for one to be written."""

HOMEPAGE = "https://a-remplir.invalid/"
"""An address that stands for one to be given: no machine answers to it (RFC 2606)."""


def left_to_fill(descriptor: Mapping[str, Any]) -> list[str]:
    """Return where placeholders are left in a descriptor, such as `resources[0].title`."""
    return list(_places(descriptor, ""))


def _places(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _places(each, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _places(each, f"{place}[{number}]")
    elif isinstance(value, str) and value.startswith((TO_FILL.fr, TO_FILL.en, HOMEPAGE)):
        yield place
