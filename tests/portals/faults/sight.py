"""What a portal shows, in a form that can be compared from one publication to the next.

Identifiers differ each time that a dataset is made anew; here they are replaced by names, and the
digests of the descriptor, which holds them, too. Dates of the portal's own doing are left out.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import requests

from tests.portals.portals import PUBLISHER, Ckan, Portal, Udata

_VOLATILE = {
    "created",
    "created_at",
    "created_at_internal",
    "internal",
    "last_modified",
    "last_modified_internal",
    "last_update",
    "metadata_created",
    "metadata_modified",
    "metrics",
    "page",
    "permissions",
    "published",
    "revision_id",
    "creator_user_id",
    "self_web_url",
    "self_api_url",
    "uri",
    "url",
    "slug",
    "preview_url",
}


@dataclass(frozen=True)
class Sight:
    """A dataset: its id, the ids of its resources by name, and all the rest."""

    dataset: str
    resources: dict[str, str]
    content: Any


def see(portal: Portal, who: str | None = None) -> Sight | None:
    """Return the one dataset that `who` (None: anybody) sees, None when there is none.

    Fails when there are several, or when the portal does not give what it announces.
    """
    found = _seen_in_ckan(portal, who) if isinstance(portal, Ckan) else _seen_in_udata(portal, who)
    assert len(found) <= 1, f"{len(found)} datasets"
    return _sight(portal, found[0], who) if found else None


def see_whole(portal: Portal) -> Sight:
    """Return what anybody sees of the one dataset that must be there."""
    seen = see(portal)
    assert seen is not None, "no dataset can be seen"
    return seen


def _seen_in_ckan(portal: Ckan, who: str | None) -> list[dict[str, Any]]:
    asked = {"include_private": True, "include_drafts": True} if who else {}
    return list(portal.act("package_search", who, rows=10, **asked)["results"])


def _seen_in_udata(portal: Portal, who: str | None) -> list[dict[str, Any]]:
    assert isinstance(portal, Udata)
    asked = {"organization": portal.organizations[PUBLISHER], "page_size": "10"}
    if who:
        asked["deleted"] = "false"
    listed = portal.ask("GET", "/api/1/datasets/", who, params=asked)["data"]
    return [portal.ask("GET", f"/api/1/datasets/{each['id']}/", who) for each in listed]


def _sight(portal: Portal, dataset: dict[str, Any], who: str | None) -> Sight:
    ids = {each["id"]: f"<{_key(each)}>" for each in dataset["resources"]}
    names = {dataset["id"]: "<dataset>", **ids}
    for each in dataset["resources"]:
        content = _download(portal, each, who)
        if _key(each) == "datapackage.json":
            names |= {
                _digest(kind, content): f"<descriptor's {kind}>" for kind in ("sha256", "sha1")
            }
            each["content"] = json.loads(content)
        else:
            each["content"] = _digest("sha256", content)
        each["datastore"] = _datastore(portal, each, who)
    text = json.dumps(_lasting(dataset), ensure_ascii=False, sort_keys=True)
    for found, name in names.items():
        text = text.replace(found, name)
    resources = {_key(each): each["id"] for each in dataset["resources"]}
    return Sight(dataset["id"], resources, json.loads(text))


def _key(resource: dict[str, Any]) -> str:
    """Return what tells the resources of a dataset apart, whatever their titles say."""
    return str(resource["url"]).rsplit("/", 1)[-1]


def _download(portal: Portal, resource: dict[str, Any], who: str | None) -> bytes:
    header = {"ckan": "Authorization", "udata": "X-API-KEY"}[portal.kind]
    with requests.Session() as session:
        session.trust_env = False
        headers = {header: portal.tokens[who]} if who else {}
        answer = session.get(resource["url"], headers=headers, timeout=60)
    assert answer.status_code == 200, (resource["url"], answer.status_code)
    return answer.content


def _datastore(portal: Portal, resource: dict[str, Any], who: str | None) -> Any:
    """Return the columns and rows of a DataStore table."""
    if not isinstance(portal, Ckan) or not resource.get("datastore_active"):
        return None
    found = portal.act("datastore_search", who, resource_id=resource["id"], limit=100, sort="_id")
    rows = sorted(json.dumps({**row, "_id": 0}, sort_keys=True) for row in found["records"])
    return {"fields": found["fields"], "rows": rows}


def _lasting(value: Any) -> Any:
    """Return what the publisher said; extras come in any order."""
    if isinstance(value, dict):
        kept = {key: _lasting(each) for key, each in value.items() if key not in _VOLATILE}
        if isinstance(kept.get("extras"), list):
            kept["extras"].sort(key=lambda each: each["key"])
        return kept
    return [_lasting(each) for each in value] if isinstance(value, list) else value


def _digest(kind: str, content: bytes) -> str:
    return hashlib.new(kind, content, usedforsecurity=False).hexdigest()
