"""Validate, build and publish open data on French programmes of territorial cohesion.

    import territo_opendata

    report = territo_opendata.validate("mes-financements.csv", schema="financements")
    table = territo_opendata.load("financements")

Heavy libraries load when they are first needed, not with the package.
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from territo_opendata.errors import TerritoError
    from territo_opendata.findings import Finding, Report
    from territo_opendata.frames import load, open_package
    from territo_opendata.joins import funding_by_year, territories_of
    from territo_opendata.workflow.api import validate

__all__ = [
    "Finding",
    "Report",
    "TerritoError",
    "__version__",
    "funding_by_year",
    "load",
    "open_package",
    "territories_of",
    "validate",
]

_HOMES = {
    "Finding": "territo_opendata.findings",
    "Report": "territo_opendata.findings",
    "TerritoError": "territo_opendata.errors",
    "funding_by_year": "territo_opendata.joins",
    "load": "territo_opendata.frames",
    "open_package": "territo_opendata.frames",
    "territories_of": "territo_opendata.joins",
    "validate": "territo_opendata.workflow.api",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
