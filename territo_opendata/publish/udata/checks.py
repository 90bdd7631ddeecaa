"""What is looked at before a write to udata and after it: whose it is, whether it was kept."""

from territo_opendata.errors import MismatchError, RemoteError
from territo_opendata.language import Text, visible
from territo_opendata.publish.changes import changes
from territo_opendata.publish.model import Action, State
from territo_opendata.publish.plan_file import stale
from territo_opendata.publish.udata import names
from territo_opendata.publish.udata.entries import is_on_the_way
from territo_opendata.publish.udata.quality import compare_quality, expected_quality
from territo_opendata.publish.udata.view import DESCRIPTOR_ID, View

_SHOWN_CHANGES = 5
_DATASET_PARTS = {
    "title",
    "description",
    "license",
    "frequency",
    "temporal_coverage",
    "spatial",
    "tags",
    "contact_points",
    "extras",
}
_PLACE = {"zones", "geom"}
_ENTRY_PARTS = {"title", "description", "type", "schema", "sha256"}


def check_own(action: Action, view: View) -> None:
    """Refuse a plan, edited by hand, that would write what is not this package's."""
    fixed = (names.DATASET, names.RESOURCES, names.VISIBILITY, DESCRIPTOR_ID)
    known = action.object_id in fixed or view.content(action.object_id) is not None
    removable = action.after is None and action.object_id.startswith(names.RESOURCE)
    if not (removable or (known and _is_shaped(action))):
        raise stale(
            f"« {visible(action.object_id)} » n’est pas à ce paquet",
            f"“{visible(action.object_id)}” does not belong to this package",
        )


def _is_shaped(action: Action) -> bool:
    """Tell whether the state to reach has the parts that are written."""
    after = action.after
    if after is None:
        return False
    if action.object_id == names.DATASET:
        place = after.get("spatial")
        return set(after) == _DATASET_PARTS and isinstance(place, dict) and set(place) >= _PLACE
    if action.object_id == names.RESOURCES:
        return all(isinstance(each, dict) and set(each) == _ENTRY_PARTS for each in after.values())
    return action.object_id != names.VISIBILITY or isinstance(after.get("private"), bool)


def is_unfinished(action: Action, found: State | None) -> bool:
    """Tell whether what was found is on the way to what is wanted, by our own writes."""
    if found is None:
        return False
    if action.object_id == names.VISIBILITY:
        return action.before is None and found == {"private": True}
    if action.object_id == names.RESOURCES:
        return is_on_the_way(found, action.before, action.after)
    return False


def check_in_place(action: Action, view: View) -> None:
    """Raise RemoteError unless the objects that the action relies on are as planned."""
    for object_id, state in action.precondition.items():
        if view.state(object_id) != state:
            raise changed_meanwhile(object_id)


def check_kept(action: Action, kept: State | None) -> None:
    """Raise MismatchError when the portal answered that it keeps something else.

    Files that are no longer ours when they are described were replaced by another publisher.
    """
    if kept == action.after:
        return
    differing = list(changes(action.after or {}, kept or {}))
    if action.object_id == names.RESOURCES and any(
        each.path.endswith(".sha256") for each in differing
    ):
        raise changed_meanwhile(action.object_id)
    shown_changes = differing[:_SHOWN_CHANGES]
    listed = " ; ".join(f"{each.path} : {each.before!r} → {each.after!r}" for each in shown_changes)
    shown = visible(listed, 1000)
    raise MismatchError(
        f"Le portail n’a pas gardé « {action.object_id} » tel qu’il a été envoyé ({shown}). "
        "Corrigez datapackage.json pour qu’il le prenne, ou prévenez l’équipe du portail.",
        f"The portal did not keep “{action.object_id}” as it was sent ({shown}). "
        "Mend datapackage.json so that it takes it, or tell the portal’s team.",
    )


def told_quality(action: Action, view: View) -> Text | None:
    """Return where the portal's score is not the one that was worked out."""
    dataset, state, entries = view.dataset, view.state(names.DATASET), view.state(names.RESOURCES)
    last = action.object_id in (names.DATASET, names.VISIBILITY)
    if not last or dataset is None or state is None or not entries:
        return None
    expected = expected_quality(state, entries, view.claims.others)
    return compare_quality(expected, dataset.get("quality") or {})


def changed_meanwhile(object_id: str) -> RemoteError:
    """Return the error for an object that somebody else wrote during the publication."""
    name = visible(object_id)
    return RemoteError(
        f"Une autre personne ou un autre programme a modifié « {name} » sur le portail pendant la "
        "publication. Voyez qui publie aussi, puis recommencez : le plan montrera ce qui reste.",
        f"Another person or program changed “{name}” on the portal during the publication. "
        "See who else publishes, then start over: the plan will show what is left.",
    )
