"""The keys of shipped tables so large that reading them would take longer than a small check.

`KEYED` names these tables and keys. The hashes (those of `validate.hashing`) of each are in a
file beside this one, made by `scripts/reference_keys.py`: a line of JSON that tells what they are
of, then the hashes in order, eight bytes each, the lowest first.
"""

import json
import sys
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

KEYED: Mapping[str, tuple[str, ...]] = {"territoires": ("type_territoire", "code_territoire")}
"""The fields of the key that is kept of each table."""

_FOLDER = Path(__file__).parent


def keys_path(table: str) -> Path:
    """Return where the hashes of a table of `KEYED` are kept."""
    return _FOLDER / f"{table}.keys"


def read_hashes(table: str, fields: Sequence[str], path: Path) -> "array[int] | None":
    """Return the sorted hashes of the key `fields` of the shipped `table`, whose file is `path`.

    None when they are not kept, or were made of other content than that file has now.
    """
    if KEYED.get(table) != tuple(fields):
        return None
    try:
        head, _, body = keys_path(table).read_bytes().partition(b"\n")
        hashes = array("Q", body)
        fresh = json.loads(head) == _head(table, len(hashes), path)
    except (OSError, ValueError):
        return None
    if sys.byteorder == "big":
        hashes.byteswap()
    return hashes if fresh else None


def render_hashes(table: str, hashes: Sequence[int], path: Path) -> bytes:
    """Return the file to keep for the key of a table of `KEYED`, whose own file is `path`."""
    body = array("Q", hashes)
    if sys.byteorder == "big":
        body.byteswap()
    return json.dumps(_head(table, len(hashes), path)).encode() + b"\n" + body.tobytes()


def _head(table: str, count: int, path: Path) -> dict[str, Any]:
    """Return what the hashes are of; the digest, of 128 bits, is one made for speed (XXH3)."""
    from xxhash import xxh3_128_hexdigest

    digest = xxh3_128_hexdigest(path.read_bytes())
    return {"table": table, "fields": [*KEYED[table]], "count": count, "digest": digest}
