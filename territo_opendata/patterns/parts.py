"""The parts that a text is made of, as a person is told of them."""

from dataclasses import dataclass
from typing import Literal

from territo_opendata.patterns.characters import Kind


@dataclass(frozen=True, slots=True)
class Run:
    """From `fewest` to `limit` characters of a kind (None: no limit)."""

    kind: Kind
    fewest: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Words:
    """One of these texts, the empty one perhaps among them."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number from `low` to `high`, with zeros before it up to `width` digits."""

    low: int
    high: int
    width: int


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a territory; `examples` are accepted."""

    kind: Literal["commune", "departement"]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sometimes:
    """Parts that are there or not."""

    parts: "Way"


@dataclass(frozen=True, slots=True)
class Items:
    """From one to `limit` items (None: no limit) with a separator between two."""

    separator: str
    parts: "Way"
    limit: int | None


@dataclass(frozen=True, slots=True)
class Either:
    """One of several ways, within a chain."""

    ways: "tuple[Way, ...]"


@dataclass(frozen=True, slots=True)
class Anything:
    """Any text, the empty one too."""


Part = Run | Words | Numbers | Code | Sometimes | Items | Either | Anything
Way = tuple[Part, ...]
