"""What the readers of cells answer beside a typed value."""

from collections.abc import Callable
from typing import Any, Final

UNDECIDED: Final = object()
"""What a narrow rule answers for a cell that the exact tier must read."""

WRONG: Final = object()
"""What a reader answers for a cell that certainly has not the type."""

Accept = Callable[[str], Any]
"""Reads one non-missing cell: its typed value, WRONG, or (a narrow rule only) UNDECIDED."""
