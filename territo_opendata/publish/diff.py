"""The plan: a pure function of what is desired and what is there."""

from collections.abc import Mapping

from territo_opendata.language import Text
from territo_opendata.publish.model import Action, Consent, Current, Desired, Item, Plan
from territo_opendata.release.names import version_key


def diff(desired: Desired, current: Current, given: frozenset[Consent] = frozenset()) -> Plan:
    """Return the changes from `current` to `desired`: writes in order, then removals.

    `given` are the consents of the user, to be kept with the plan.
    """
    there = {item.object_id: item for item in current.items}
    wanted = {item.object_id: item for item in desired.items}
    writes = [
        _write(item, there.get(item.object_id), wanted)
        for item in desired.items
        if item.object_id not in there or there[item.object_id].state != item.state
    ]
    removals = [_removal(item) for item in current.items if item.object_id not in wanted]
    return Plan(
        target=desired.target,
        release=desired.release,
        digest=desired.digest,
        name=desired.name,
        version=desired.version,
        actions=(*writes, *removals),
        settings=desired.settings,
        needs=_needs(desired, current, removals),
        given=given,
        notes=(*desired.notes, *_same_version(desired, current, writes)),
    )


def _write(item: Item, there: Item | None, wanted: Mapping[str, Item]) -> Action:
    return Action(
        kind="update" if there else "create",
        object_id=item.object_id,
        before=there.state if there else None,
        after=item.state,
        precondition={each: wanted[each].state for each in item.requires},
        reversible=item.reversible,
    )


def _removal(item: Item) -> Action:
    return Action("remove", item.object_id, item.state, None, reversible=item.reversible)


def _needs(desired: Desired, current: Current, removals: list[Action]) -> frozenset[Consent]:
    needs: set[Consent] = set()
    if removals:
        needs.add("removal")
    if current.version and version_key(desired.version) < version_key(current.version):
        needs.add("version")
    return frozenset(needs)


def _same_version(desired: Desired, current: Current, writes: list[Action]) -> tuple[Text, ...]:
    """Tell that a version that was published already gets another content."""
    if current.version != desired.version or not any(each.kind == "update" for each in writes):
        return ()
    return (
        Text(
            f"La version {desired.version} est déjà publiée, avec un autre contenu ou abîmée. "
            "Si les données ont changé, donnez-leur un nouveau numéro de version.",
            f"Version {desired.version} is published already, with other content or damaged. "
            "If the data changed, give it a new version number.",
        ),
    )
