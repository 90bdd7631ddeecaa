"""Where the schemas and datasets that come along are, and which public addresses are theirs."""

import re
from functools import cache
from pathlib import Path

from territo_opendata.descriptors.loading import read_json_object
from territo_opendata.descriptors.schema import WHAT

_ADDRESS = re.compile(r"https://.+/schemas/(\w+)/schema\.json", re.ASCII)


@cache
def data_folder() -> Path:
    """Return the folder of the shipped schemas and datasets: in the wheel, else the checkout."""
    package = Path(__file__).parents[1]
    shipped = package / "_data"
    return shipped if shipped.is_dir() else package.parent


def shipped_copy(address: str) -> Path | None:
    """Return the file of the shipped schema whose `path` is this address, None for any other.

    That address holds the version: what is published there never changes, so that a package
    which names it is read without the network.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    path = data_folder() / "schemas" / match[1] / "schema.json"
    known = path.is_file() and read_json_object(path, WHAT).get("path") == address
    return path if known else None
