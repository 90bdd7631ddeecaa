"""Checks beyond Table Schema: those of Validata 0.12, by its names and parameters, and ours.

The registry loads when a schema asks for a check: most do not.
"""

from typing import TYPE_CHECKING, Any

from territo_opendata.validate.checks.errors import CheckParamsError, UnknownCheckError

if TYPE_CHECKING:
    from territo_opendata.validate.checks.registry import CHECKS, build_check

__all__ = ["CHECKS", "CheckParamsError", "UnknownCheckError", "build_check"]


def __getattr__(name: str) -> Any:
    if name not in ("CHECKS", "build_check"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from territo_opendata.validate.checks import registry

    return getattr(registry, name)
