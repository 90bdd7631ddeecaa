"""One 64-bit hash of a typed key, the same for every executor.

Equal keys have equal hashes: 1, 1.0 and "01" read as an integer are one value, "1" and "01" as
strings are two. The hash is XXH64 (seed 0) of the UTF-8 canonical text, so that a columnar
executor can compute it too. Two different keys may share a hash; what it finds equal is compared
by value before it is reported.
"""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

Hash = Callable[[tuple[Any, ...]], int]


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
    (str, lambda value: "s" + value),
    (type(None), lambda _value: "-"),
    (int, lambda value: f"n{int(value)}"),
    (Decimal, lambda value: "n" + _plain(value)),
    (float, lambda value: "n" + _plain(Decimal(str(value)))),
    (dt.datetime, _instant),
    (dt.date | dt.time, lambda value: f"d{value.isoformat()}"),
    (tuple, lambda value: "(" + ",".join(map(canonical, value)) + ")"),
    (dict | list, lambda value: "j" + json.dumps(value, sort_keys=True, default=str)),
)


def make_hash() -> Hash:
    """Return the hash of a tuple of typed values; parts are told apart by their lengths."""
    from xxhash import xxh64_intdigest

    def hashed(values: tuple[Any, ...]) -> int:
        texts = [canonical(value) for value in values]
        whole = texts[0] if len(texts) == 1 else "".join(f"{len(text)}:{text}" for text in texts)
        return xxh64_intdigest(whole.encode("utf-8", "surrogatepass"))

    return hashed
