"""What the dates of a column show together: whether the day comes first in all of them.

`03/04/2020` alone may be 3 April or 4 March. In a column written in one form, where some dates
can only have the day first and none the month, it is 3 April.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from territo_opendata.fixes.proposals import SPACES, trim

_S = f"[{SPACES}]*"
DAY_FIRST = re.compile(rf"(\d\d?){_S}([/.\- ]){_S}(\d\d?){_S}\2{_S}(\d{{4}})", re.ASCII)
WITH_TIME = re.compile(r"(.{8,10}?)[T ]+(\d\d?)[:h](\d\d)(?::(\d\d)(?:\.0+)?)?Z?")
LONGEST = 40
"""Characters beyond which no date is looked for."""

_DOUBTS_PER_WITNESS = 3

First = Literal["day", "month", "either"]


@dataclass(frozen=True, slots=True)
class Order:
    """What comes first in a date of numbers, either where both are 12 or less, and its writing.

    `padded` tells whether numbers below ten have a zero, None where there is none below ten.
    """

    first: First
    separator: str
    padded: bool | None


@dataclass(slots=True)
class Orders:
    """How many dates of a column have the day first, the month first, or could have either."""

    day: int = 0
    month: int = 0
    either: int = 0
    separators: set[str] = field(default_factory=set)
    paddings: set[tuple[First, bool]] = field(default_factory=set)

    def add(self, order: Order, times: int = 1) -> None:
        """Count dates of this order."""
        setattr(self, order.first, getattr(self, order.first) + times)
        self.separators.add(order.separator)
        if order.padded is not None:
            self.paddings.add((order.first, order.padded))

    @property
    def verdict(self) -> str:
        """The order of the column: day where it is evident, mixed where dates contradict it.

        Evident means that no date has the month first, that those which could be read both ways
        are at most three for each that could not, and that all are written alike: dates brought
        together from two places differ by their separator or their zeros. `5/2/2018` is the
        American way: only a witness without zeros speaks for it. Otherwise the order is unknown.
        """
        if self.month:
            return "mixed"
        if not self.either:
            return "day"
        enough = self.day * _DOUBTS_PER_WITNESS >= self.either
        return "day" if enough and self._alike() else "unknown"

    def _alike(self) -> bool:
        bare = ("either", False) in self.paddings and ("day", False) not in self.paddings
        return len(self.separators) == 1 and not bare and len({one for _, one in self.paddings}) < 2


def order_of(value: str) -> Order | None:
    """Return the order of the text, None when it is no date of a day and another month's number."""
    bare = trim(value)
    if len(bare) > LONGEST:
        return None
    timed = WITH_TIME.fullmatch(bare)
    found = DAY_FIRST.fullmatch(timed[1] if timed else bare)
    if found is None:
        return None
    first, second = int(found[1]), int(found[3])
    if first == second:
        return None
    return Order(_first(first, second), found[2], _padded(found[1], found[3]))


def _first(first: int, second: int) -> First:
    if second > 12:
        return "month"
    return "day" if first > 12 else "either"


def _padded(*numbers: str) -> bool | None:
    if any(number.startswith("0") for number in numbers):
        return True
    return False if any(len(number) == 1 for number in numbers) else None
