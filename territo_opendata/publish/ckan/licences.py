"""Licences by the identifiers of the portal, which knows a list of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

_OTHER_NAMES = {
    "cc-by-4.0": ("cc-by",),
    "cc-by-sa-4.0": ("cc-by-sa",),
    "cc0-1.0": ("cc-zero", "cc0"),
    "etalab-2.0": ("lov2", "licence-ouverte-2.0", "fr-lo"),
    "odbl-1.0": ("odc-odbl",),
    "odc-by-1.0": ("odc-by",),
    "pddl-1.0": ("odc-pddl",),
}
"""What CKAN's own list and French portals call the licences of SPDX (spdx.org/licenses)."""


def licence_id(licence: Mapping[str, Any], known: Sequence[Mapping[str, Any]]) -> tuple[str, bool]:
    """Return what the portal calls a licence, and whether it knows it at all.

    `licence` is an entry of a descriptor's `licenses`, `known` the portal's list. One that is
    unknown keeps its own name: CKAN takes any, and calls it not open.
    """
    name = str(licence.get("name") or licence.get("title") or licence.get("path") or "")
    ids = {str(each.get("id")).lower(): str(each.get("id")) for each in known}
    for candidate in (name.lower(), *_OTHER_NAMES.get(name.lower(), ())):
        if candidate in ids:
            return ids[candidate], True
    path = _bare(licence.get("path"))
    for each in known:
        if path and _bare(each.get("url")) == path:
            return str(each["id"]), True
    return name, False


def _bare(url: Any) -> str:
    return str(url or "").split("://", 1)[-1].removeprefix("www.").rstrip("/")
