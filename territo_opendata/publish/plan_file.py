"""Saved plans: approved today, run tomorrow, refused when they no longer fit."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from territo_opendata.errors import MissingFileError, StalePlanError, TerritoError, UsageError
from territo_opendata.language import Text
from territo_opendata.publish.model import RECORD_VERSION, Action, Consent, Kind, Plan
from territo_opendata.refusals import reason
from territo_opendata.release import Release, open_release
from territo_opendata.release.disk import Disk

_MAX_BYTES = 50_000_000


def save_plan(plan: Plan, path: Path, *, disk: Disk | None = None) -> None:
    """Write the plan as JSON, whole or not at all. Raises UsageError when it cannot be written."""
    content = json.dumps(plan.to_dict(), ensure_ascii=False, indent=2) + "\n"
    (disk or Disk()).put(path, [content.encode()])


def load_plan(path: Path) -> Plan:
    """Return the plan in the file.

    Raises MissingFileError when there is none, UsageError when it is no plan of ours.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_MAX_BYTES)
    except OSError as error:
        raise MissingFileError(
            f"Le plan « {path} » ne peut pas être ouvert : {reason(error).fr}.",
            f"The plan “{path}” cannot be opened: {reason(error).en}.",
        ) from error
    try:
        return _plan(json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"« {path} » n’est pas un plan que cette version sait lire. "
            "Refaites-le avec `territo plan --out`.",
            f"“{path}” is not a plan that this version can read. "
            "Make it again with `territo plan --out`.",
        ) from error


def check_release(plan: Plan) -> Release:
    """Return the release that the plan publishes. Raises StalePlanError when it changed."""
    try:
        release = open_release(Path(plan.release))
    except TerritoError as error:
        raise stale(error.text.fr, error.text.en) from error
    if release.digest != plan.digest:
        raise stale(
            f"la livraison « {plan.release} » a été refaite depuis",
            f"the release “{plan.release}” was built again since",
        )
    return release


def stale(fr: str, en: str) -> StalePlanError:
    """Return the error that refuses a plan for this reason."""
    return StalePlanError(
        f"Le plan n’est plus valable : {fr.rstrip('.')}. Refaites un plan et relisez-le.",
        f"The plan no longer holds: {en.rstrip('.')}. Make a new plan and read it again.",
    )


def _plan(record: Mapping[str, Any]) -> Plan:
    if record["record_version"] != RECORD_VERSION:
        raise ValueError(record["record_version"])
    release = record["release"]
    return Plan(
        target=_text(record["target"]),
        release=_text(release["path"]),
        digest=_text(release["digest"]),
        name=_text(release["name"]),
        version=_text(release["version"]),
        actions=tuple(_action(each) for each in record["actions"]),
        settings={_text(key): _setting(value) for key, value in record["settings"].items()},
        needs=frozenset(_consent(each) for each in record["needs"]),
        given=frozenset(_consent(each) for each in record["given"]),
        notes=tuple(Text(each["fr"], each["en"]) for each in record["notes"]),
    )


def _action(record: Mapping[str, Any]) -> Action:
    kind: Kind = record["kind"]
    if kind not in get_args(Kind):
        raise ValueError(kind)
    return Action(
        kind=kind,
        object_id=_text(record["object_id"]),
        before=_state(record["before"]),
        after=_state(record["after"]),
        precondition={
            _text(each): _state(state) or {} for each, state in record["precondition"].items()
        },
        reversible=bool(record["reversible"]),
    )


def _state(value: Any) -> dict[str, Any] | None:
    """Return a state, the parts that every target relies on being of their kind."""
    if value is None:
        return None
    state = dict(value)
    for each in state.get("files", {}).values():
        _check_measured(each)
    if "sha256" in state:
        _check_measured(state)
    return state


def _check_measured(state: Mapping[str, Any]) -> None:
    if not isinstance(state["bytes"], int):
        raise TypeError(state)
    _text(state["sha256"])


def _setting(value: Any) -> str | bool:
    return value if isinstance(value, bool) else _text(value)


def _consent(value: Any) -> Consent:
    consent: Consent = value
    if consent not in get_args(Consent):
        raise ValueError(value)
    return consent


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
