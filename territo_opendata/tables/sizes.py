"""How much of a large table is read at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of the first stretch, of the largest, and of the smallest that is looked for.

    The first is small so that a table full of errors tells them soon.
    """

    first: int = 1 << 20
    largest: int = 8 << 20
    smallest: int = 1 << 14
