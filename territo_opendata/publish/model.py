"""What publication works on: what is wanted, what is there, what to do, what was done.

An object is one thing of a target that can be written on its own: a file, a folder of files, a
dataset's metadata, a data store. Its state is a JSON value that says all that matters of it, so
that two equal states need no action. States that describe bytes hold `bytes` and `sha256`;
states that describe a folder hold such a state for each path in `files`.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from territo_opendata.language import Text

State = Mapping[str, Any]
Kind = Literal["create", "update", "remove"]
Consent = Literal["removal", "version"]
Status = Literal["done", "skipped", "failed", "not-tried"]


@dataclass(frozen=True, slots=True)
class Item:
    """An object and its state. `requires` names the objects that must be in place before it.

    `reversible` is whether an earlier release can bring back what a change of it takes away.
    `download` is what a reader must get, where the state does not say it (a file that names
    addresses which the target chooses, so that its bytes are not known when it is planned).
    """

    object_id: str
    state: State
    requires: tuple[str, ...] = ()
    reversible: bool = True
    download: State | None = None

    def downloads(self) -> Iterator[tuple[str, State]]:
        """Yield the address within the target and the bytes and sha256 of each of its files."""
        if self.download is not None:
            yield self.object_id, self.download
        elif "sha256" in self.state:
            yield self.object_id, {key: self.state[key] for key in ("bytes", "sha256")}
        for path, state in self.state.get("files", {}).items():
            yield f"{self.object_id}/{path}", state


@dataclass(frozen=True, slots=True)
class Desired:
    """What a target should hold once a release is published there; items in order of writing.

    `target` is its address and `settings` are the options that the result depends on.
    """

    target: str
    release: str
    digest: str
    name: str
    version: str
    items: tuple[Item, ...]
    settings: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Current:
    """What a target holds of this package now; `version` is None before the first publication.

    `context` is whatever else the target needs to say what is desired (identifiers, neighbours).
    """

    items: tuple[Item, ...]
    version: str | None = None
    context: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """One change of one object, from the state `before` to the state `after`; None is absence.

    `precondition` gives the states that other objects must have when it is done.
    """

    kind: Kind
    object_id: str
    before: State | None
    after: State | None
    precondition: Mapping[str, State] = dataclasses.field(default_factory=dict)
    reversible: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that bring a target from what it holds to what is desired.

    It holds for one release (`digest` is that of its SHA256SUMS). `needs` are the consents
    without which it is refused, `given` those that were given when it was made.
    """

    target: str
    release: str
    digest: str
    name: str
    version: str
    actions: tuple[Action, ...]
    settings: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    needs: frozenset[Consent] = frozenset()
    given: frozenset[Consent] = frozenset()
    notes: tuple[Text, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.actions

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as a JSON value; see `plan_file.load_plan` for the way back."""
        return {
            "record_version": RECORD_VERSION,
            "target": self.target,
            "settings": dict(self.settings),
            "release": {
                "path": self.release,
                "name": self.name,
                "version": self.version,
                "digest": self.digest,
            },
            "needs": sorted(self.needs),
            "given": sorted(self.given),
            "notes": [{"fr": note.fr, "en": note.en} for note in self.notes],
            "actions": [_action_dict(action) for action in self.actions],
        }


RECORD_VERSION = 1
"""Version of the JSON form of a plan; raised when a reader of the old form would misread it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one action; `text` says why it failed."""

    action: Action
    status: Status
    text: Text | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as a JSON value."""
        text = {"fr": self.text.fr, "en": self.text.en} if self.text else None
        return {"object_id": self.action.object_id, "status": self.status, "text": text}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A published file that is not what was published: `found` is None when it is not there."""

    address: str
    expected: State
    found: State | None


@dataclass(frozen=True, slots=True)
class Verification:
    """How many objects were read back, and those that differ."""

    checked: int
    mismatches: tuple[Mismatch, ...]
    unchecked: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether everything read back is what was published."""
        return not self.mismatches

    def to_dict(self) -> dict[str, Any]:
        """Return what was found as a JSON value."""
        return {
            "record_version": RECORD_VERSION,
            "valid": self.valid,
            "checked": self.checked,
            "mismatches": [dataclasses.asdict(each) for each in self.mismatches],
            "unchecked": list(self.unchecked),
        }


def _action_dict(action: Action) -> dict[str, Any]:
    return {
        "kind": action.kind,
        "object_id": action.object_id,
        "before": action.before,
        "after": action.after,
        "precondition": dict(action.precondition),
        "reversible": action.reversible,
    }
