"""Equal typed values have equal canonical texts, and the others have others."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import isodate
import pytest

from territo_opendata.validate.hashing import canonical


def moment(*parts: int, hours: int | None = None) -> dt.datetime:
    zone = None if hours is None else dt.timezone(dt.timedelta(hours=hours))
    return dt.datetime(*parts, tzinfo=zone)


def clock(hour: int, hours: int | None = None) -> dt.time:
    return dt.time(hour, tzinfo=None if hours is None else dt.timezone(dt.timedelta(hours=hours)))


VALUES: tuple[Any, ...] = (
    None, "", "1", "-", 1, 0, 10**39, 10**40 - 1, 10**40, 10**50, 10**50 + 1, Decimal(1), Decimal("1.0"),
    Decimal("-0"), Decimal("1e39"), Decimal(10**40 - 1), Decimal(10**40), Decimal("1e50"), Decimal("1e-30"),
    Decimal("0.1"), 0.1, 1.0, Decimal("Infinity"), Decimal("1e999999"), Decimal("1e999999999999999999"), Decimal("1e-999999999999999999"), Decimal("10e999999999999999998"),
    dt.date(2020, 1, 1), moment(2020, 1, 1), moment(2020, 1, 1, hours=0), moment(2020, 1, 1, 2, hours=2),
    moment(1, 1, 1, hours=5), moment(9999, 12, 31, 23, hours=-5), clock(10), clock(10, 0), clock(12, 2), clock(1, 5),
    (1, 2), (Decimal(1), Decimal(2)), ("1", "2"), isodate.parse_duration("P1D"), isodate.parse_duration("PT24H"),
)  # fmt: skip


MAY_SHARE = ({"0.1"},)
"""Values that differ and may share a hash: what shares one is compared by value."""


@pytest.mark.parametrize(("one", "two"), list(itertools.combinations(VALUES, 2)))
def test_equal_values_have_equal_texts(one: Any, two: Any) -> None:
    if one == two:
        assert canonical(one) == canonical(two)
    elif {str(one), str(two)} not in MAY_SHARE:
        assert canonical(one) != canonical(two)


def test_objects_have_no_order() -> None:
    assert canonical({"a": 1, "b": [2]}) == canonical({"b": [2], "a": 1})
