"""A package's dataset on the portal, found again.

udata offers neither a writable identifier nor a search by extra: the organisation's datasets are
listed and told apart by our extra. The identifier kept from the last run only spares the list.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.clients.answers import StatusError
from territo_opendata.clients.udata import Udata
from territo_opendata.publish.udata import names

Dataset = Mapping[str, Any]

_GONE = (404, 410)


@dataclass(frozen=True, slots=True)
class Found:
    """The dataset of a package, if there is one; `twins` are younger ones of the same name."""

    dataset: Dataset | None = None
    twins: tuple[Dataset, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """Where the identifier of the dataset is kept from one run to the next: an aid only."""

    path: Path

    def recall(self) -> str | None:
        """Return the identifier, None when there is none to trust."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            found = json.loads(self.path.read_text("utf-8")).get("dataset")
            return found if isinstance(found, str) and found.isalnum() else None
        return None

    def keep(self, dataset: str) -> None:
        """Keep the identifier; where it cannot be written, the next run lists."""
        if dataset == self.recall():
            return
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps({"dataset": dataset}) + "\n", encoding="utf-8")


def memory_of(release: Path, address: str, organization: str, name: str) -> Memory:
    """Return the memory of a package at a portal, beside the journal of its publications."""
    key = hashlib.sha256(f"{address}\n{organization}\n{name}".encode()).hexdigest()[:16]
    return Memory(release.parent / ".territo" / f"{key}.udata.json")


def find_dataset(portal: Udata, organization: str, name: str, memory: Memory) -> Found:
    """Return the dataset of the package `name` in the organisation (by id)."""
    remembered = memory.recall()
    if remembered is not None:
        dataset = _get(portal, remembered)
        if dataset is not None and is_of(dataset, organization, name):
            return Found(dataset)
    return list_datasets(portal, organization, name)


def find_deleted(portal: Udata, organization: str, name: str) -> Dataset | None:
    """Return the last dataset of this name that was deleted on the portal, if the key may see it."""
    dead = _named(portal, organization, name, deleted=True) if portal.keyed else []
    return max(dead, key=lambda each: str(each["deleted"]), default=None)


def oldest_dataset(portal: Udata, organization: str, name: str) -> str | None:
    """Return the identifier of the oldest dataset of this name."""
    live = _named(portal, organization, name, deleted=False)
    return str(min(live, key=age)["id"]) if live else None


def list_datasets(portal: Udata, organization: str, name: str) -> Found:
    """Return the same, from the list of the organisation's datasets alone."""
    live = sorted(_named(portal, organization, name, deleted=False), key=age)
    return Found(_get(portal, str(live[0]["id"])), tuple(live[1:])) if live else Found()


def is_of(dataset: Dataset, organization: str, name: str) -> bool:
    """Tell whether a dataset is that of the package: of this organisation, of this name, alive."""
    owner = dataset.get("organization") or {}
    extras = dataset.get("extras") or {}
    alive = not dataset.get("deleted")
    return alive and owner.get("id") == organization and extras.get(names.NAME) == name


def age(dataset: Dataset) -> tuple[str, str]:
    """Return what sorts datasets from the oldest to the youngest, for every publisher alike."""
    return str(dataset.get("created_at") or ""), str(dataset.get("id") or "")


def _named(portal: Udata, organization: str, name: str, *, deleted: bool) -> list[Dataset]:
    found = portal.datasets(organization, deleted=deleted if portal.keyed else None)
    return [each for each in found if (each.get("extras") or {}).get(names.NAME) == name]


def _get(portal: Udata, dataset: str) -> Dataset | None:
    try:
        return portal.dataset(dataset)
    except StatusError as error:
        if error.status in _GONE:
            return None
        raise
