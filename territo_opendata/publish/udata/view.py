"""What a udata dataset holds of a release, object by object."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from territo_opendata.publish.contents import Content
from territo_opendata.publish.model import State
from territo_opendata.publish.rendered import render_descriptor
from territo_opendata.publish.udata import names
from territo_opendata.publish.udata.entries import Claims, claim, file_state, read_entry
from territo_opendata.publish.udata.metadata import declares_granularity, read_dataset
from territo_opendata.release import Release
from territo_opendata.release.disk import blocks_of
from territo_opendata.release.model import DESCRIPTOR

DESCRIPTOR_ID = names.RESOURCE + DESCRIPTOR


class Digests:
    """The SHA-1 of files of a release, each worked out once: the one digest that udata keeps."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] = {}

    def __getitem__(self, path: str) -> str:
        if path not in self._known:
            digest = hashlib.sha1(usedforsecurity=False)
            for block in blocks_of(self._folder / path):
                digest.update(block)
            self._known[path] = digest.hexdigest()
        return self._known[path]


@dataclass(frozen=True)
class View:
    """A dataset as the portal gave it (None: there is none), seen for one release.

    `contents` are the files of the release that the portal takes.
    """

    release: Release
    contents: Sequence[Content]
    digests: Digests
    dataset: Mapping[str, Any] | None

    @cached_property
    def claims(self) -> Claims:
        """The resources, ours and others'."""
        keys = {each.key: each.previous for each in self.contents}
        return claim((self.dataset or {}).get("resources") or [], keys)

    @property
    def states(self) -> dict[str, State]:
        """The state of every object of ours that is there, by id."""
        fixed = (names.DATASET, names.RESOURCES, names.VISIBILITY)
        ids = [*(names.RESOURCE + key for key in self.claims.own), *self.claims.surplus, *fixed]
        found = ((each, self.state(each)) for each in ids)
        return {object_id: state for object_id, state in found if state is not None}

    def state(self, object_id: str) -> State | None:
        """Return the state of one object, None when it is not there."""
        if self.dataset is None:
            return None
        if object_id == names.DATASET:
            granularity = declares_granularity(self.release.descriptor)
            return read_dataset(self.dataset, granularity=granularity)
        if object_id == names.VISIBILITY:
            return {"private": bool(self.dataset.get("private"))}
        if object_id == names.RESOURCES:
            return self._entries() or None
        return self._file(object_id)

    def resource(self, object_id: str) -> Mapping[str, Any] | None:
        """Return the resource that an object is, None when it is not there."""
        surplus = self.claims.surplus.get(object_id)
        return surplus or self.claims.own.get(object_id.removeprefix(names.RESOURCE))

    def content(self, object_id: str) -> Content | None:
        """Return the file of the release that belongs at an object."""
        return next((each for each in self.contents if each.object_id == object_id), None)

    def rendered(self) -> bytes | None:
        """Return the descriptor with the permalinks of the files, None while one is missing."""
        own = self.claims.own
        if any(each.key not in own for each in self.contents):
            return None
        urls = {
            str(each.resource["name"]): str(own[each.key].get("latest")) for each in self.contents
        }
        return render_descriptor(self.release, urls)

    def expected(self, object_id: str) -> State | None:
        """Return the state that a file should have, None for what is no file of the release."""
        if object_id == DESCRIPTOR_ID:
            return {"source_sha256": self.release.file(DESCRIPTOR).sha256}
        content = self.content(object_id)
        if content is None:
            return None
        file = content.file
        return {"bytes": file.bytes, "sha256": file.sha256, "sha1": self.digests[file.path]}

    def _file(self, object_id: str) -> State | None:
        found = self.resource(object_id)
        if found is None:
            return None
        expected = self.expected(object_id)
        return file_state(found, expected or {}, self._sha1(object_id) if expected else None)

    def _sha1(self, object_id: str) -> str | None:
        if object_id == DESCRIPTOR_ID:
            content = self.rendered()
            if content is None:
                return None
            return hashlib.sha1(content, usedforsecurity=False).hexdigest()
        found = self.content(object_id)
        return self.digests[found.file.path] if found else None

    def _entries(self) -> dict[str, dict[str, Any]]:
        """Return how our files are described; those to be removed are left out.

        Second uploads are among them, so that they go when the files are described.
        """
        keys = {each.key: each.file.sha256 for each in self.contents}
        keys[DESCRIPTOR] = self.release.file(DESCRIPTOR).sha256
        found = {}
        for key, digest in keys.items():
            if key in self.claims.own:
                object_id = names.RESOURCE + key
                intact = self._file(object_id) == self.expected(object_id)
                found[key] = read_entry(self.claims.own[key], key, digest, intact=intact)
        doubles = self.claims.doubles.items()
        return found | {key: read_entry(each, key, None, intact=False) for key, each in doubles}
