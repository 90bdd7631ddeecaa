"""A plan carried out, action by action."""

import contextlib
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from territo_opendata.errors import RefusedError, TerritoError
from territo_opendata.publish.interface import Target, UploadWatcher, unwatched
from territo_opendata.publish.model import Action, Outcome, Plan, State
from territo_opendata.publish.plan_file import check_release, stale

Watcher = Callable[[Outcome], None]


def apply_plan(
    plan: Plan,
    target: Target,
    on_outcome: Watcher | None = None,
    on_upload: UploadWatcher = unwatched,
) -> tuple[Outcome, ...]:
    """Carry out the plan and return what became of each action, in order.

    `on_outcome` is told of each as it happens, also of the one that fails and of those that are
    then not tried; `on_upload` of the bytes of an upload under way. A run that was cut short is finished by running the plan, or a new one, again.
    Raises RefusedError when a consent is missing, StalePlanError when the release or an object is
    no longer as the plan says, and what the target raises.
    """
    check_consents(plan)
    check_release(plan)
    tell = _teller(plan, on_outcome)
    outcomes: list[Outcome] = []
    for index, action in enumerate(plan.actions):
        try:
            outcomes.append(target.apply(action, on_upload))
        except TerritoError as error:
            tell(Outcome(action, "failed", error.text))
            for rest in plan.actions[index + 1 :]:
                tell(Outcome(rest, "not-tried"))
            raise
        tell(outcomes[-1])
    return tuple(outcomes)


def check_consents(plan: Plan) -> None:
    """Raise RefusedError naming the options that the plan needs and that were not given."""
    missing = plan.needs - plan.given
    if "version" in missing:
        raise RefusedError(
            f"La version {plan.version} est plus ancienne que celle qui est publiée. "
            "Pour la publier tout de même, ajoutez --allow-version.",
            f"Version {plan.version} is older than the published one. "
            "To publish it all the same, add --allow-version.",
        )
    if "removal" in missing:
        removed = ", ".join(each.object_id for each in plan.actions if each.kind == "remove")
        raise RefusedError(
            f"Cette publication retirerait : {removed}. Si c’est voulu, ajoutez --allow-removal.",
            f"This publication would remove: {removed}. If that is meant, add --allow-removal.",
        )


def is_done(action: Action, found: State | None, *, unfinished: bool = False) -> bool:
    """Tell whether the object is as the action wants it; False means that it may be written.

    `unfinished` tells that what was found is our own write, cut short. Raises StalePlanError when
    the object is in a state that the plan does not know.
    """
    if found == action.after:
        return True
    if found != action.before and not unfinished:
        raise stale(
            f"« {action.object_id} » a changé entre-temps sur la cible",
            f"“{action.object_id}” has changed on the target meanwhile",
        )
    return False


def journal_path(plan: Plan) -> Path:
    """Return where the runs of plans for this target are noted, outside the release folder."""
    key = hashlib.sha256(f"{plan.target}\n{plan.name}".encode()).hexdigest()[:16]
    return Path(plan.release).parent / ".territo" / f"{key}.jsonl"


def _teller(plan: Plan, on_outcome: Watcher | None) -> Watcher:
    """Return what notes an outcome in the journal, then tells the caller."""

    def tell(outcome: Outcome) -> None:
        _note(plan, outcome)
        if on_outcome:
            on_outcome(outcome)

    return tell


def _note(plan: Plan, outcome: Outcome) -> None:
    record = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "target": plan.target,
        "release": f"{plan.name} {plan.version}",
        "digest": plan.digest,
        "kind": outcome.action.kind,
        "object": outcome.action.object_id,
        "status": outcome.status,
        "text": outcome.text.en if outcome.text else None,
    }
    path = journal_path(plan)
    # The journal is an aid only: where it cannot be written, the run goes on without it.
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
