"""Schemas by their name in a national catalogue: the `schemas.json` of schema.data.gouv.fr.

Its form: `schemas`, a list of objects with `name` ("etalab/schema-irve-statique"), `schema_type`
("tableschema"…), `schema_url` (of the latest version) and `versions`, each with `version_name`
and `schema_url` (https://schema.data.gouv.fr/schemas.json).
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.clients.addresses import origin
from territo_opendata.descriptors.loading import parse_json_object, read_json_object
from territo_opendata.descriptors.paths import is_address, resolve_inside
from territo_opendata.errors import DescriptorError, UsageError
from territo_opendata.language import Text, visible
from territo_opendata.workflow.kept import fetch_kept, same_origin

WHAT = Text("Le catalogue de schémas", "The catalogue of schemas")
_MAX_CATALOGUE = 50_000_000
_MAX_SCHEMA = 5_000_000


@dataclass(frozen=True, slots=True)
class Located:
    """The file of a schema of a catalogue; `notes` say what was taken from the cache."""

    path: Path
    notes: tuple[Text, ...] = ()


def locate_schema(name: str, catalogue: str) -> Located:
    """Return the file of the schema `name`, or `name@version`, of the catalogue at a path or URL.

    What is fetched is kept, and serves when the network does not answer. Raises UsageError for
    a name that the catalogue lacks, DescriptorError for a catalogue that is none, RemoteError
    and MissingFileError when it cannot be had.
    """
    found, notes = _catalogue(catalogue)
    asked, _, version = name.partition("@")
    entry = _entry(found, asked, catalogue)
    url, fixed = _address(entry, version, asked)
    if not is_address(url):
        return Located(_beside(catalogue, url), notes)
    consent = same_origin(url, catalogue) if is_address(catalogue) else frozenset()
    kept = fetch_kept(url, limit=_MAX_SCHEMA, consent=consent, fixed=fixed)
    return Located(kept.path, (*notes, *([_from_cache(url)] if kept.stale else [])))


def _catalogue(place: str) -> tuple[Mapping[str, Any], tuple[Text, ...]]:
    if not is_address(place):
        return read_json_object(Path(place), WHAT), ()
    kept = fetch_kept(place, limit=_MAX_CATALOGUE, consent=frozenset({origin(place)}))
    notes = (_from_cache(place),) if kept.stale else ()
    return parse_json_object(kept.content, place, WHAT), notes


def _entry(catalogue: Mapping[str, Any], name: str, place: str) -> Mapping[str, Any]:
    listed = catalogue.get("schemas")
    if not isinstance(listed, list):
        raise _broken(place, "« schemas » doit être une liste", "“schemas” must be a list")
    entries = {
        str(each["name"]): each for each in listed if isinstance(each, dict) and "name" in each
    }
    entry = entries.get(name)
    if entry is None:
        near = ", ".join(difflib.get_close_matches(name, entries, n=3, cutoff=0.4)) or "—"
        raise UsageError(
            f"Le catalogue n’a pas de schéma « {visible(name)} ». Noms les plus proches : {visible(near, 300)}.",
            f"The catalogue has no schema “{visible(name)}”. Nearest names: {visible(near, 300)}.",
        )
    kind = entry.get("schema_type", "tableschema")
    if kind != "tableschema":
        raise UsageError(
            f"« {visible(name)} » est un schéma de type {visible(str(kind))} : seuls les schémas de tables sont vérifiés.",
            f"“{visible(name)}” is a schema of type {visible(str(kind))}: only table schemas are checked.",
        )
    return entry


def _address(entry: Mapping[str, Any], version: str, name: str) -> tuple[str, bool]:
    """Return the address of a version of a schema, and whether it is fixed for good."""
    if not version:
        return _url(entry.get("schema_url"), name), False
    listed = entry.get("versions")
    versions = {
        str(each.get("version_name")): each
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict)
    }
    found = versions.get(version) or versions.get(f"v{version}")
    if found is None:
        known = visible(", ".join(versions), 300) or "—"
        raise UsageError(
            f"« {visible(name)} » n’a pas de version « {visible(version)} ». Versions : {known}.",
            f"“{visible(name)}” has no version “{visible(version)}”. Versions: {known}.",
        )
    return _url(found.get("schema_url"), name), True


def _url(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value:
        raise _broken(name, "il n’a pas d’adresse (schema_url)", "it has no address (schema_url)")
    return value


def _beside(catalogue: str, path: str) -> Path:
    """Return a schema that a catalogue names by a relative path. Raises UnsafePathError."""
    if is_address(catalogue):
        raise _broken(path, "son adresse est relative", "its address is relative")
    return resolve_inside(Path(catalogue).absolute().parent, path)


def _from_cache(url: str) -> Text:
    from territo_opendata.clients.addresses import shown

    where = shown(url)
    return Text(
        f"« {where} » ne répond pas : la copie gardée sur cette machine a servi.",
        f"“{where}” does not answer: the copy kept on this machine was used.",
    )


def _broken(place: str, fr: str, en: str) -> DescriptorError:
    shown = visible(place, 300)
    return DescriptorError(
        f"Dans le catalogue de schémas, « {shown} » est à corriger : {fr}.",
        f"In the catalogue of schemas, “{shown}” must be mended: {en}.",
    )
