"""The dataset itself: its metadata written, and whether anybody sees it."""

from collections.abc import Mapping
from typing import Any

from territo_opendata.publish.ckan import metadata
from territo_opendata.publish.ckan.portal import CkanPortal, Dataset
from territo_opendata.publish.ckan.view import View
from territo_opendata.publish.model import Action, State
from territo_opendata.publish.plan_file import stale

OBJECT_ID = "dataset"


def write(portal: CkanPortal, action: Action, seen: View | None) -> Dataset:
    """Make the dataset or change its metadata, and return it as it is then.

    Tags and extras go first, for CKAN would merge old and new by their position.
    """
    if action.after is None:
        raise stale("un jeu de données n’est jamais retiré", "a dataset is never removed")
    values = metadata.values_of(action.after, seen.dataset if seen else None)
    if seen is None:
        return _create(portal, {**values, "owner_org": action.after["organization"]})
    update = {"filter": ["-tags", "-extras"], "update": values}
    return portal.revise(seen.dataset, OBJECT_ID, update)


def visibility_state(dataset: Mapping[str, Any]) -> State | None:
    """Return whether the dataset can be seen, None for one whose first publication is under way.

    That is a draft, or what `_create` leaves when it is cut short: private and empty.
    """
    begun = dataset.get("private") and not dataset.get("resources")
    if dataset.get("state") == "draft" or begun:
        return None
    return {"state": dataset.get("state"), "private": bool(dataset.get("private"))}


def _create(portal: CkanPortal, values: Mapping[str, Any]) -> Dataset:
    """Make the dataset, hidden: private until it is a draft.

    CKAN 2.12 ignores `state` in package_create, unless a sysadmin asks (`ignore_not_package_admin`).
    """
    made = portal.create(OBJECT_ID, {**values, "state": "draft", "private": True})
    if made.get("state") == "draft":
        return made
    return portal.revise(made, OBJECT_ID, {"update": {"state": "draft"}})
