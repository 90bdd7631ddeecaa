"""One 64-bit hash of a typed key, the same for every executor.

Equal keys have equal hashes: 1, 1.0 and "01" read as an integer are one value, "1" and "01" as
strings are two. A value's hash is XXH64 (seed 0) of the UTF-8 of its canonical text, so that a
columnar executor can compute it too; the hashes of a key in several parts are mixed in order.
Two different keys may share a hash; what it finds equal is compared by value before it is
reported.
"""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from xxhash import xxh64_intdigest

STRING, NUMBER, DATE = "s", "n", "d"
"""The first letters of canonical texts that a columnar executor writes itself."""

MULTIPLIER = 0x9E3779B97F4A7C15
MASK = 0xFFFFFFFFFFFFFFFF
_FOLD = 32


def canonical(value: Any) -> str:
    """Return the text that equal typed values share; the first letter tells kinds apart."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return f"o{value}"


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        return str(number)
    if number == number.to_integral_value() and abs(number.adjusted()) < 40:
        return str(int(number))
    return str(number.normalize())


def _instant(value: dt.datetime) -> str:
    return f"t{(value.astimezone(dt.UTC) if value.tzinfo else value).isoformat()}"


_WRITERS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (str, lambda value: STRING + value),
    (type(None), lambda _value: "-"),
    (int, lambda value: f"{NUMBER}{int(value)}"),
    (Decimal, lambda value: NUMBER + _plain(value)),
    (float, lambda value: NUMBER + _plain(Decimal(str(value)))),
    (dt.datetime, _instant),
    (dt.date | dt.time, lambda value: f"{DATE}{value.isoformat()}"),
    (tuple, lambda value: "(" + ",".join(map(canonical, value)) + ")"),
    (dict | list, lambda value: "j" + json.dumps(value, sort_keys=True, default=str)),
)


def hash_value(value: Any) -> int:
    """Return the hash of one typed value."""
    text = STRING + value if type(value) is str else canonical(value)
    return xxh64_intdigest(text.encode("utf-8", "surrogatepass"))


NOTHING = hash_value(None)
"""The hash of a missing value."""


def mix(hashes: Sequence[int]) -> int:
    """Return the hash of a key from those of its parts; a key of one part has its part's."""
    mixed = hashes[0]
    for each in hashes[1:]:
        mixed = (mixed * MULTIPLIER) & MASK
        mixed = ((mixed ^ (mixed >> _FOLD)) + each) & MASK
    return mixed


def hash_key(values: Sequence[Any]) -> int:
    """Return the hash of a tuple of typed values."""
    return mix([hash_value(value) for value in values])
