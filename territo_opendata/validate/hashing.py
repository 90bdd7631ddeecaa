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

_NAN = "NaN"
STRING, NUMBER, DATE = "", "\x00n", "\x00d"
"""How the canonical texts start that a columnar executor writes itself; strings are as they are."""

MULTIPLIER = 0x9E3779B97F4A7C15
MASK = 0xFFFFFFFFFFFFFFFF
SPLITMIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_SHORT = 18
_LEAST, _MOST = -(10 ** (_SHORT - 2)), 10 ** (_SHORT - 1)
"""Integers written with fewer characters than `_SHORT` lie between."""
FOLD = 32
_LONGEST = 40
_ZERO = dt.datetime(1, 1, 1)  # noqa: DTZ001 - distances are taken between moments without zone


def canonical(value: Any) -> str:
    """Return the text that equal typed values share; how it starts tells kinds apart."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return f"o{_duration(value)}"


def _duration(value: Any) -> str:
    """Return what tells durations apart: isodate writes a year and a half as a year."""
    delta = getattr(value, "tdelta", value)
    months = getattr(value, "years", 0) * 12 + getattr(value, "months", 0)
    return f"{_plain(Decimal(months))} {delta}" if months else str(delta)


def _plain(number: Decimal) -> str:
    if number.is_nan():
        return _NAN
    if not number.is_finite():
        return str(number)
    if number == number.to_integral_value() and abs(number.adjusted()) < _LONGEST:
        return str(int(number))
    # Exactly, where `normalize` would round, or fail on an exponent beyond its context.
    sign, digits, exponent = number.as_tuple()
    written = "".join(map(str, digits))
    bare = written.rstrip("0")
    return f"{'-' * sign}{bare}E{int(exponent) + len(written) - len(bare)}"


def _whole(number: int) -> str:
    return str(int(number)) if abs(number) < 10**_LONGEST else _plain(Decimal(number))


def _instant(value: dt.datetime) -> str:
    offset = value.utcoffset()
    if offset is None:
        return f"\x00t{value.isoformat()}"
    # In UTC, but as a distance: the first and last days of the calendar have no other zone.
    return f"\x00z{value.replace(tzinfo=None) - _ZERO - offset}"


def _clock(value: dt.time) -> str:
    offset = value.utcoffset()
    if offset is None:
        return f"{DATE}{value.isoformat()}"
    elapsed = dt.datetime.combine(_ZERO.date(), value.replace(tzinfo=None)) - _ZERO
    return f"\x00c{elapsed - offset}"


_WRITERS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (str, lambda value: STRING + value),
    (type(None), lambda _value: "\x00-"),
    (int, lambda value: NUMBER + _whole(value)),
    (Decimal, lambda value: NUMBER + _plain(value)),
    (float, lambda value: NUMBER + _plain(Decimal(str(value)))),
    (dt.datetime, _instant),
    (dt.date, lambda value: f"{DATE}{value.isoformat()}"),
    (dt.time, _clock),
    (tuple, lambda value: "(" + ",".join(map(canonical, value)) + ")"),
    (dict | list, lambda value: "j" + json.dumps(value, sort_keys=True, default=str)),
)


def hash_value(value: Any) -> int:
    """Return the hash of one typed value."""
    if type(value) is int and _LEAST < value < _MOST:
        return hash_integer(value)
    if type(value) is not str:
        text = canonical(value)
        number = text.removeprefix(NUMBER)
        if len(number) < min(len(text), _SHORT) and number.lstrip("-").isdecimal():
            return hash_integer(int(number))
        return xxh64_intdigest(text.encode("utf-8", "surrogatepass"))
    return xxh64_intdigest(value.encode("utf-8", "surrogatepass"))


def hash_integer(number: int) -> int:
    """Return the hash of an integer of less than 18 digits, which needs no text (SplitMix64)."""
    mixed = (number + MULTIPLIER) & MASK
    for shift, factor in SPLITMIX:
        mixed = ((mixed ^ (mixed >> shift)) * factor) & MASK
    return mixed ^ (mixed >> 31)


NOTHING = hash_value(None)
"""The hash of a missing value."""

NOT_A_NUMBER = hash_value(Decimal(_NAN))
"""The hash of NaN, and of every key with a NaN in it: such a key equals none, not even itself."""


def mix(hashes: Sequence[int]) -> int:
    """Return the hash of a key from those of its parts; a key of one part has its part's."""
    if NOT_A_NUMBER in hashes:
        return NOT_A_NUMBER
    mixed = hashes[0]
    for each in hashes[1:]:
        mixed = (mixed * MULTIPLIER) & MASK
        mixed = ((mixed ^ (mixed >> FOLD)) + each) & MASK
    return mixed


def hash_key(values: Sequence[Any]) -> int:
    """Return the hash of a tuple of typed values."""
    return mix([hash_value(value) for value in values])
