"""The resources of a dataset: whose they are, what describes them, what their files are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from territo_opendata.publish.contents import Content
from territo_opendata.publish.model import State
from territo_opendata.publish.udata import names, vocabulary
from territo_opendata.release.model import DESCRIPTOR

Resource = Mapping[str, Any]

_UNTOUCHED = {"description": "", "type": "main", "schema": None}
_TITLE = "Descripteur du paquet"
_ABOUT = (
    "Tout ce qui décrit ces fichiers, au format Data Package : tables, champs et leurs schémas, "
    "tailles, empreintes, sources."
)


@dataclass(frozen=True, slots=True)
class Claims:
    """The resources of a dataset by our keys; `others` are not ours and stay as they are."""

    own: Mapping[str, Resource]
    others: tuple[Resource, ...] = ()
    surplus: Mapping[str, Resource] = field(default_factory=dict)
    """Second resources that bear one of our keys, by an object id of their own."""

    doubles: Mapping[str, Resource] = field(default_factory=dict)
    """Second uploads of one of our files that were never described, by key and id."""


def claim(resources: Sequence[Resource], keys: Mapping[str, str | None]) -> Claims:
    """Tell whose the resources are.

    `keys` are those of our files, each with the one that it had before, if any. Ours bear our
    extra. One that does not, has the name of a file of ours and was never described is an upload
    of ours that was cut short of its description.
    """
    former = {old: key for key, old in keys.items() if old}
    uploads = {vocabulary.file_name(key): key for key in (*keys, DESCRIPTOR)}
    own: dict[str, Resource] = {}
    surplus: dict[str, Resource] = {}
    doubles: dict[str, Resource] = {}
    others: list[Resource] = []
    for each in sorted(resources, key=_age):
        key = (each.get("extras") or {}).get(names.KEY)
        if not isinstance(key, str):
            others += [] if _is_fresh(each, uploads) else [each]
        elif former.get(key, key) in own:
            surplus[f"{names.RESOURCE}{key}#{each['id']}"] = each
        else:
            own[former.get(key, key)] = each
    # udata puts a new resource before the others: the last of two uploads is the first in time.
    for each in reversed(resources):
        if (each.get("extras") or {}).get(names.KEY) is None and _is_fresh(each, uploads):
            key = uploads[str(each["title"])]
            if own.setdefault(key, each) is not each:
                doubles[f"{key}#{each['id']}"] = each
    return Claims(own, tuple(others), surplus, doubles)


def file_state(found: Resource, expected: State, sha1: str | None) -> State:
    """Return the state of a file at the portal: `expected` if it has this SHA-1, else what it is."""
    checksum = found.get("checksum") or {}
    value = str(checksum.get("value", "")).lower()
    if sha1 is not None and checksum.get("type") == "sha1" and value == sha1:
        return expected
    return {"bytes": found.get("filesize"), "sha1": value}


def entries(
    contents: Iterable[Content], source: str, schemas: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return what should be said of each resource, by key, in the order of the portal's page.

    `source` is the SHA-256 of the release's descriptor, `schemas` the portal's catalogue.
    """
    described = {
        each.key: {
            "title": str(each.resource.get("title") or each.key),
            "description": str(each.resource.get("description") or ""),
            "type": "main" if _is_data(each) else "documentation",
            "schema": _schema(each.resource.get("schema"), schemas) if each.is_table else None,
            "sha256": each.file.sha256,
        }
        for each in contents
    }
    own = {"title": f"{_TITLE} ({DESCRIPTOR})", "description": _ABOUT, "type": "documentation"}
    return {**described, DESCRIPTOR: {**own, "schema": None, "sha256": source}}


def read_entry(found: Resource, key: str, ours: str | None, *, intact: bool) -> dict[str, Any]:
    """Return what the portal says of a resource.

    `ours` is the digest of the file that should be there and `intact` whether it is: a digest
    recorded for a file that was replaced since by another hand counts for nothing.
    """
    extras = found.get("extras") or {}
    recorded = extras.get(names.SOURCE if key == DESCRIPTOR else names.SHA256)
    return {
        "title": found.get("title"),
        "description": found.get("description") or "",
        "type": found.get("type"),
        "schema": _read_schema(found.get("schema")),
        "sha256": recorded if intact or recorded != ours else None,
    }


def sent_entry(id_: str, key: str, entry: Mapping[str, Any], extras: Mapping[str, Any]) -> Any:
    """Return what is sent to have a resource described as `entry` says.

    All three parts of a schema are sent, since udata merges them into the old one.
    """
    digest = names.SOURCE if key == DESCRIPTOR else names.SHA256
    return {
        "id": id_,
        "title": entry["title"],
        "description": entry["description"] or None,
        "type": entry["type"],
        "schema": entry["schema"] or {"name": None, "version": None, "url": None},
        "extras": {**extras, names.KEY: key, digest: entry["sha256"]},
    }


def is_on_the_way(found: State, before: State | None, after: State | None) -> bool:
    """Tell whether descriptions are between the two states by uploads of ours alone.

    An upload gives a resource the title that its file name is, and a new one nothing else.
    """
    for key, entry in found.items():
        origins = ((before or {}).get(key), (after or {}).get(key), _UNTOUCHED)
        if not any(_differs_by_upload(key, entry, each) for each in origins if each):
            return False
    return True


def _differs_by_upload(key: str, entry: Mapping[str, Any], origin: Mapping[str, Any]) -> bool:
    same = all(entry[name] == origin[name] for name in _UNTOUCHED)
    name = vocabulary.file_name(key.partition("#")[0])
    return same and entry["title"] in (origin.get("title"), name)


def _is_data(content: Content) -> bool:
    """Tell data from papers, by the extension."""
    return PurePosixPath(content.key).suffix not in (
        ".md",
        ".txt",
        ".pdf",
        ".html",
        ".docx",
        ".odt",
    )


def _schema(declared: Any, schemas: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the schema of a table as udata stores it, None for one without public address.

    The address of a schema of the portal's catalogue becomes its name and version.
    """
    url = str(declared.get("path") or "") if isinstance(declared, Mapping) else ""
    if not url.lower().startswith(("http://", "https://")):
        return None
    for each in schemas:
        for version in each.get("versions") or ():
            if version.get("schema_url") == url:
                return _reference(each.get("name"), version.get("version_name"), None)
        if each.get("schema_url") == url:
            return _reference(each.get("name"), None, None)
    return _reference(declared.get("name"), declared.get("version"), url)


def _reference(name: Any, version: Any, url: str | None) -> dict[str, Any]:
    return {"name": name, "version": version, "url": url}


def _read_schema(found: Any) -> dict[str, Any] | None:
    schema = found if isinstance(found, Mapping) else {}
    known = _reference(schema.get("name"), schema.get("version"), schema.get("url"))
    return known if any(known.values()) else None


def _is_fresh(found: Resource, uploads: Mapping[str, str]) -> bool:
    entry = {**_UNTOUCHED, "schema": None}
    told = {
        "description": found.get("description") or "",
        "type": found.get("type"),
        "schema": _read_schema(found.get("schema")),
    }
    return found.get("title") in uploads and found.get("filetype") == "file" and told == entry


def _age(found: Resource) -> tuple[str, str]:
    return str(found.get("created_at") or ""), str(found.get("id") or "")
