"""What stands around a file: its data package, the schemas and datasets shipped, the settings."""

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from territo_opendata.descriptors.loading import parse_json_object, read_json_object
from territo_opendata.descriptors.model import Package, Schema
from territo_opendata.descriptors.paths import is_address
from territo_opendata.descriptors.schema import WHAT as SCHEMA_WHAT
from territo_opendata.descriptors.schema import load_schema, parse_schema
from territo_opendata.descriptors.shipped import data_folder, shipped_copy
from territo_opendata.errors import UsageError
from territo_opendata.language import visible

PACKAGE_FILE = "datapackage.json"
MAX_SCHEMA_BYTES = 5_000_000


def find_package(start: Path) -> Path | None:
    """Return the nearest `datapackage.json` in the folder of `start` or above it, or None.

    `start` is a file, which need not exist, or a folder.
    """
    here = start.absolute()
    for folder in (here, *here.parents):
        found = folder / PACKAGE_FILE
        if os.path.isfile(found):  # noqa: PTH113 - Path.is_file raises where it may not look
            return found
    return None


def builtin_schema_names() -> tuple[str, ...]:
    """Return the names of the shipped schemas, sorted."""
    return tuple(sorted(path.parent.name for path in data_folder().glob("schemas/*/schema.json")))


@cache
def builtin_schema(name: str) -> Schema:
    """Return the shipped schema of that name. Raises UsageError naming the nearest ones."""
    if name not in builtin_schema_names():
        raise _unknown_schema(name)
    found = read_json_object(data_folder() / "schemas" / name / "schema.json", SCHEMA_WHAT)
    return parse_schema(found, name)


@cache
def builtin_package() -> Package:
    """Return the data package of the shipped datasets."""
    from territo_opendata.descriptors.package import load_package

    return load_package(data_folder() / PACKAGE_FILE)


def resolve_schema(spec: str) -> Schema:
    """Return the schema that the user named: a shipped NAME, a PATH or a URL.

    A folder stands for the `schema.json` in it; a URL typed by the user is consent to read that
    origin, unless it is that of a shipped schema. Raises UsageError for an unknown name, MissingFileError, DescriptorError, RemoteError.
    """
    if is_address(spec):
        shipped = shipped_copy(spec)
        return load_schema(shipped) if shipped else _fetch_schema(spec)
    if spec in builtin_schema_names():
        return builtin_schema(spec)
    path = Path(spec)
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises on names too long
        path = path / "schema.json"
    looks_like_a_name = re.fullmatch(r"[\w.-]{0,60}\w", spec) and not spec.endswith(".json")
    if looks_like_a_name and not path.exists():
        raise _unknown_schema(spec)
    return load_schema(path)


def _fetch_schema(url: str) -> Schema:
    from territo_opendata.clients.addresses import origin
    from territo_opendata.clients.transport import fetch_bytes

    content = fetch_bytes(url, limit=MAX_SCHEMA_BYTES, consent=frozenset({origin(url)}))
    return parse_schema(parse_json_object(content, url, SCHEMA_WHAT), url)


def _unknown_schema(name: str) -> UsageError:
    import difflib

    names = builtin_schema_names()
    near = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.5) or names
    shown, listed = visible(name), ", ".join(near)
    return UsageError(
        f"Aucun schéma ne s’appelle « {shown} ». Voulez-vous dire : {listed} ? "
        "Sinon, donnez le chemin ou l’adresse d’un schéma.",
        f"No schema is called “{shown}”. Did you mean: {listed}? "
        "Otherwise give the path or address of a schema.",
    )


def best_fitting_schema(labels: Iterable[str]) -> list[tuple[str, float]]:
    """Return the shipped schemas that share columns with the header, the best first.

    The score goes from 0 to 1: the columns in common, twice, over those of both (Dice). Names
    are compared without case, accents, spaces and punctuation; a field's title counts too.
    """
    found = {_plain(label) for label in labels} - {""}
    scores = [(name, _likeness(found, builtin_schema(name))) for name in builtin_schema_names()]
    return sorted((each for each in scores if each[1]), key=lambda each: (-each[1], each[0]))


def _likeness(labels: set[str], schema: Schema) -> float:
    shared = sum(
        _plain(field.name) in labels or _plain(field.title) in labels for field in schema.fields
    )
    return round(2 * shared / (len(labels) + len(schema.fields)), 3) if shared else 0.0


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in decomposed if each.isalnum())
