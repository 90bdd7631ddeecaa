"""Bounds that grow with the length of a text: polynomials with no negative coefficient."""

import math
from dataclasses import dataclass
from itertools import zip_longest

# A bound of a higher degree would allow only texts of a few characters.
_HIGHEST_DEGREE = 6
_TYPICAL_LENGTH = 64.0


@dataclass(frozen=True, slots=True)
class Growth:
    """`coefficients[i]` counts times length**i."""

    coefficients: tuple[float, ...]

    @property
    def start(self) -> float:
        """The value for an empty text."""
        return self.coefficients[0]

    @property
    def constant(self) -> bool:
        """Whether it does not depend on the length."""
        return len(self.coefficients) == 1

    def at(self, length: float) -> float:
        """Return the value for a text of that length."""
        value = 0.0
        for coefficient in reversed(self.coefficients):
            value = value * length + coefficient
        return value

    def __add__(self, other: "Growth") -> "Growth":
        if INFINITE in (self, other):
            return INFINITE
        pairs = zip_longest(self.coefficients, other.coefficients, fillvalue=0.0)
        return Growth(tuple(left + right for left, right in pairs))

    def __mul__(self, other: "Growth") -> "Growth":
        if INFINITE in (self, other):
            return INFINITE
        degree = len(self.coefficients) + len(other.coefficients) - 2
        if degree > _HIGHEST_DEGREE:
            return INFINITE
        product = [0.0] * (degree + 1)
        for i, left in enumerate(self.coefficients):
            for j, right in enumerate(other.coefficients):
                product[i + j] += left * right
        return Growth(tuple(product)) if math.isfinite(sum(product)) else INFINITE


INFINITE = Growth((math.inf,))
NONE = Growth((0.0,))
ONE = Growth((1.0,))
PER_PLACE = Growth((1.0, 1.0))


def constant(value: float) -> Growth:
    """Return the bound that is `value` for every length."""
    return Growth((value,))


def at_most_one(bound: Growth) -> bool:
    """Return whether the bound is 0 or 1 for every length."""
    return bound.constant and bound.start <= 1


def smaller(left: Growth, right: Growth) -> Growth:
    """Return the bound that says more of texts of usual length; both must hold."""
    return right if right.at(_TYPICAL_LENGTH) < left.at(_TYPICAL_LENGTH) else left


def larger(left: Growth, right: Growth) -> Growth:
    """Return a bound on both."""
    if INFINITE in (left, right):
        return INFINITE
    pairs = zip_longest(left.coefficients, right.coefficients, fillvalue=0.0)
    return Growth(tuple(max(pair) for pair in pairs))


def geometric(base: Growth, highest: int) -> Growth:
    """Return 1 + base + … + base**highest, for a base of at least 1."""
    total = ONE
    for _ in range(highest):
        total = total * base + ONE
        if total == INFINITE:
            return INFINITE
    return total
