"""The writes that bring a udata dataset to what is wanted, each safe to be cut anywhere."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.clients.answers import NoAnswerError, StatusError
from territo_opendata.clients.udata import Json, Udata
from territo_opendata.clients.udata_upload import UploadFile, upload_file
from territo_opendata.errors import RefusedError, RemoteError
from territo_opendata.language import visible
from territo_opendata.publish.interface import UploadWatcher
from territo_opendata.publish.model import Action, State
from territo_opendata.publish.udata import finding, names, vocabulary
from territo_opendata.publish.udata.entries import sent_entry
from territo_opendata.publish.udata.metadata import payload
from territo_opendata.publish.udata.view import DESCRIPTOR_ID, View
from territo_opendata.release.disk import BLOCK

_BINARY = "application/octet-stream"
_SAME_SECOND = 1.1
"""Seconds before a file is sent again: udata 17 fails on two of one name in the same second."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes to one portal, for one organisation (by id)."""

    portal: Udata
    organization: str
    sleep: Callable[[float], None] = time.sleep

    def create_dataset(self, state: State, name: str) -> Json:
        """Create the dataset, private, and return it.

        A creation without an answer is looked up. Raises RemoteError when another publisher
        created one at the same time and was first: ours is deleted then.
        """
        contacts = self._contacts(state, {})
        sent = payload(state, private=True, contacts=contacts, dataset={})
        try:
            created = self.portal.create_dataset({**sent, "organization": self.organization})
        except NoAnswerError as error:
            found = finding.list_datasets(self.portal, self.organization, name).dataset
            if not error.sent or found is None:
                raise
            return dict(found)
        self.undo_twin(str(created["id"]), name)
        return created

    def undo_twin(self, dataset: str, name: str) -> None:
        """Delete this dataset, never seen by anyone, if an older one has its name.

        Of two publishers that create at once, the younger always sees the older: it lists after
        its own creation. Raises RemoteError once it is deleted.
        """
        if finding.oldest_dataset(self.portal, self.organization, name) in (None, dataset):
            return
        self.portal.delete_dataset(dataset)
        raise RemoteError(
            f"Une autre publication a créé en même temps le jeu de données « {visible(name)} » : "
            "le nôtre, plus récent et encore invisible, a été supprimé. Attendez que l’autre "
            "finisse, puis recommencez.",
            f"Another publication created the dataset “{visible(name)}” at the same time: ours, "
            "younger and still invisible, was deleted. Wait until the other ends, then start over.",
        )

    def update_dataset(self, view: View, state: State, *, private: bool) -> Json:
        """Write the metadata and the visibility in one PUT, and return the dataset."""
        dataset = view.dataset or {}
        contacts = self._contacts(state, dataset)
        sent = payload(state, private=private, contacts=contacts, dataset=dataset)
        return self.portal.update_dataset(str(dataset["id"]), sent)

    def describe_resources(self, view: View, state: State) -> Json:
        """Describe all our files in one write, ours first, and return the dataset.

        Second uploads, left by a publisher that was cut off, go first.
        """
        own, dataset = view.claims.own, view.dataset or {}
        doubles = {str(each["id"]) for each in view.claims.doubles.values()}
        for each in sorted(doubles):
            self.portal.delete_resource(str(dataset["id"]), each)
        ours = [
            sent_entry(str(own[key]["id"]), key, entry, own[key].get("extras") or {})
            for key, entry in state.items()
        ]
        written = doubles | {each["id"] for each in ours}
        rest = [
            {"id": each["id"]} for each in dataset["resources"] if str(each["id"]) not in written
        ]
        resources = self.portal.update_resources(str(dataset["id"]), [*ours, *rest])
        return {**dataset, "resources": resources}

    def upload(self, view: View, action: Action, watch: UploadWatcher) -> Json:
        """Send a file, new or in place of the one there, and return the dataset it makes."""
        dataset, found = view.dataset or {}, view.resource(action.object_id)
        if found is not None and found.get("filetype") != "file":
            raise _remote(action.object_id)
        stored = self._send(view, action, str(found["id"]) if found else None, watch)
        rest = [each for each in dataset["resources"] if each["id"] != stored["id"]]
        return {**dataset, "resources": [stored, *rest]}

    def undo_double(self, view: View, action: Action, answered: Mapping[str, Any]) -> bool:
        """Delete what this action uploaded if another upload of the same new file was first.

        `view` is read after the upload: of two publishers, the later always sees the earlier.
        Returns whether there was something to delete.
        """
        stored: Mapping[str, Any] = next(iter(answered.get("resources") or ()), {})
        own = view.resource(action.object_id)
        known = {str(each["id"]) for each in view.claims.doubles.values()}
        if action.before is not None or own is None or str(stored.get("id")) not in known:
            return False
        self.portal.delete_resource(str((view.dataset or {})["id"]), str(stored["id"]))
        return True

    def _send(
        self, view: View, action: Action, resource: str | None, watch: UploadWatcher
    ) -> Mapping[str, Any]:
        file, dataset = _file(view, action), str((view.dataset or {})["id"])

        def progress(sent: int, total: int) -> None:
            watch(action.object_id, sent, total)

        try:
            return upload_file(self.portal, dataset, file, resource=resource, progress=progress)
        except (NoAnswerError, StatusError) as error:
            if not _may_be_stored(error):
                raise
            if stored := self._stored(view, action):
                return stored
            if not isinstance(error, StatusError) or error.status != 500:
                raise
        self.sleep(_SAME_SECOND)
        return upload_file(self.portal, dataset, file, resource=resource, progress=progress)

    def _stored(self, view: View, action: Action) -> Mapping[str, Any] | None:
        """Return the resource if the file arrived after all."""
        dataset = self.portal.dataset(str((view.dataset or {})["id"]))
        now = View(view.release, view.contents, view.digests, dataset)
        return (
            now.resource(action.object_id) if now.state(action.object_id) == action.after else None
        )

    def _contacts(self, state: State, dataset: Mapping[str, Any]) -> list[str]:
        """Return the identifiers of the contact points; udata returns one that is there already."""
        known = dataset.get("contact_points") or []
        found = []
        for wanted in state["contact_points"]:
            same = (each for each in known if all(each.get(key) == wanted[key] for key in wanted))
            there = next(same, None)
            made = there or self.portal.contact({**wanted, "organization": self.organization})
            found.append(str(made["id"]))
        return found


def _may_be_stored(error: NoAnswerError | StatusError) -> bool:
    """Tell whether a file may have arrived although the portal did not say so."""
    return error.sent if isinstance(error, NoAnswerError) else error.status >= 500


def _file(view: View, action: Action) -> UploadFile:
    """Return what is to be sent; the descriptor is rendered with the permalinks of the files."""
    name = vocabulary.file_name(action.object_id.removeprefix(names.RESOURCE))
    content = view.content(action.object_id)
    if content is None:
        rendered = (view.rendered() if action.object_id == DESCRIPTOR_ID else None) or b""
        return UploadFile(name, "application/json", len(rendered), lambda at: [rendered[at:]])
    path = view.release.path / content.file.path
    type_ = str(content.resource.get("mediatype") or _BINARY)
    return UploadFile(name, type_, content.file.bytes, lambda at: _blocks(path, at))


def _blocks(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        while block := stream.read(BLOCK):
            yield block


def _remote(object_id: str) -> RefusedError:
    name = visible(object_id)
    return RefusedError(
        f"« {name} » est devenu sur le portail un lien vers un autre site : udata prendrait le "
        "fichier sans le montrer. Retirez ce lien sur le portail, puis refaites un plan.",
        f"“{name}” has become a link to another site on the portal: udata would take the file "
        "without showing it. Remove that link on the portal, then make a new plan.",
    )
