"""Fixes of single cells: what a finding hints at, and what `repair` writes, from one place.

Safe fixes say the same thing as the cell, rightly spelt; unsafe ones are likely, and change what
it says; those for display are never applied. All of them load with the first finding that asks
for one: most files have none.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from territo_opendata.fixes.makers import MAKERS, propose

__all__ = ["MAKERS", "propose"]


def __getattr__(name: str) -> Any:
    """Load what this package gives from its module when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from territo_opendata.fixes import makers

    return getattr(makers, name)
