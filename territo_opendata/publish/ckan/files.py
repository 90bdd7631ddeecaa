"""Files of a release sent to a CKAN dataset, one in each call."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from territo_opendata.clients.multipart import FilePart
from territo_opendata.errors import RemoteError
from territo_opendata.language import visible
from territo_opendata.publish.ckan import resources
from territo_opendata.publish.ckan.errors import RefusedByPortalError
from territo_opendata.publish.ckan.portal import MAX_FIELD, CkanPortal, Dataset
from territo_opendata.publish.ckan.view import View
from territo_opendata.publish.contents import Content
from territo_opendata.publish.interface import UploadWatcher
from territo_opendata.publish.model import Action, State
from territo_opendata.publish.plan_file import stale
from territo_opendata.publish.rendered import render_descriptor
from territo_opendata.release import Release
from territo_opendata.release.disk import blocks_of, digest_blocks
from territo_opendata.release.model import DESCRIPTOR


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file to send: where it comes from and what it is."""

    key: str
    filename: str
    mimetype: str
    size: int
    sha256: str
    open: Callable[[], Iterable[bytes]]


class Files:
    """The files of a release and what becomes of them on a portal."""

    def __init__(self, portal: CkanPortal, release: Release, contents: Sequence[Content]) -> None:
        self._portal = portal
        self._release = release
        self._contents = {each.object_id: each for each in contents}

    def write(self, action: Action, seen: View, on_upload: UploadWatcher) -> Dataset:
        """Send, describe or remove one file, and return the dataset as it is then."""
        there = seen.resource(action.object_id)
        if action.after is None:
            drop = {"filter": [f"-resources__{there['id']}"]} if there is not None else {}
            return self._portal.revise(seen.dataset, action.object_id, drop)
        outgoing = self._outgoing(action.object_id, action.after, seen)
        values = resources.values_of(outgoing.key, action.after, outgoing.size, outgoing.sha256)
        if there is None:
            values["id"] = seen.free_id(outgoing.key)
        elif self._is_there(outgoing, there, seen):
            described = _replacing(str(there["id"]), values)
            return self._portal.revise(seen.dataset, action.object_id, described)
        return self._send(action.object_id, values, outgoing, seen, on_upload)

    def is_served(self, action: Action, seen: View) -> bool:
        """Tell whether readers get the bytes of the file that the action sent, if it sent one."""
        there = seen.resource(action.object_id)
        if action.after is None or there is None or not action.object_id.startswith("resource:"):
            return True
        outgoing = self._outgoing(action.object_id, action.after, seen)
        return self._portal.measure(seen.id, there) == (outgoing.size, outgoing.sha256)

    def measured(self, object_id: str, state: State, seen: View) -> State:
        """Return the state with what readers really get, whatever digest the portal gives."""
        there = seen.resource(object_id)
        size, sha256 = (self._portal.measure(seen.id, there) if there else None) or (0, "")
        found = {"bytes": size, "sha256": sha256}
        if object_id == resources.DESCRIPTOR_ID and found == self.rendered_measure(seen):
            return state
        return {**state, **found}

    def descriptor_state(self, seen: View) -> State | None:
        """Return the state of the descriptor's resource; its digest when it is not the right one."""
        state = seen.state(resources.DESCRIPTOR_ID)
        there = seen.resource(resources.DESCRIPTOR_ID)
        ours = resources.descriptor_state(self._release)["source_sha256"]
        if state is None or there is None or state.get("source_sha256") != ours:
            return state
        expected = self.rendered_measure(seen)
        found = {"bytes": there.get("size") or 0, "sha256": there.get("hash") or ""}
        return state if expected in (None, found) else {**state, **found}

    def rendered_measure(self, seen: View) -> dict[str, Any] | None:
        """Return size and digest of the descriptor, None while files that it names are missing."""
        rendered = self._rendered(seen)
        if rendered is None:
            return None
        size, sha256 = digest_blocks([rendered])
        return {"bytes": size, "sha256": sha256}

    def _is_there(self, outgoing: Outgoing, there: Mapping[str, Any], seen: View) -> bool:
        """Tell whether the portal has the bytes already, so that only the description is sent."""
        measure = outgoing.size, outgoing.sha256
        if (there.get("size"), there.get("hash")) != measure:
            return False
        return self._portal.measure(seen.id, there) == measure

    def _rendered(self, seen: View) -> bytes | None:
        urls = {}
        for each in self._contents.values():
            there = seen.resource(each.object_id)
            if there is None:
                return None
            urls[str(each.resource["name"])] = str(there["url"])
        return render_descriptor(self._release, urls)

    def _outgoing(self, object_id: str, state: State, seen: View) -> Outgoing:
        if object_id == resources.DESCRIPTOR_ID:
            content = self._rendered(seen)
            if content is None:
                raise stale(
                    "des fichiers que le descripteur nomme manquent sur le portail",
                    "files that the descriptor names are missing on the portal",
                )
            size, sha256 = digest_blocks([content])
            mimetype = str(state.get("mimetype"))
            return Outgoing(DESCRIPTOR, DESCRIPTOR, mimetype, size, sha256, lambda: [content])
        found = self._contents.get(object_id)
        if found is None or found.file.sha256 != state.get("sha256"):
            raise stale(
                f"« {visible(object_id)} » n’est pas de cette livraison",
                f"“{visible(object_id)}” is not of this release",
            )
        path = self._release.path / found.file.path
        return Outgoing(
            key=found.key,
            filename=PurePosixPath(found.file.path).name,
            mimetype=str(state.get("mimetype") or "application/octet-stream"),
            size=found.file.bytes,
            sha256=found.file.sha256,
            open=lambda: blocks_of(path),
        )

    def _send(
        self,
        object_id: str,
        values: dict[str, Any],
        outgoing: Outgoing,
        seen: View,
        on_upload: UploadWatcher,
    ) -> Dataset:
        if len(json.dumps(values).encode()) > MAX_FIELD:
            seen = self._describe_first(object_id, values, seen)
            values = {key: values[key] for key in ("hash", "size")}
        there = seen.resource(object_id)
        change: dict[str, Any]
        if there is None:
            change = {"update__resources__extend": [values]}
            name = "update__resources__-1__upload"
        else:
            change = _replacing(str(there["id"]), values)
            name = f"update__resources__{there['id']}__upload"
        file = FilePart(name, outgoing.filename, outgoing.mimetype, outgoing.size, outgoing.open)
        try:
            return self._portal.revise(
                seen.dataset,
                object_id,
                change,
                file,
                lambda sent, total: on_upload(object_id, sent, total),
            )
        except RefusedByPortalError as error:
            self._check_intact(object_id, outgoing, seen, error)
            raise

    def _describe_first(self, object_id: str, values: dict[str, Any], seen: View) -> View:
        """Send a description that is too large to go with a file, and return the dataset as it is then."""
        there = seen.resource(object_id)
        described = {**values, "hash": resources.UNFINISHED}
        change: dict[str, Any] = {"update__resources__extend": [{**described, "url": ""}]}
        if there is not None:
            change = _replacing(str(there["id"]), described)
        again = self._portal.revise(seen.dataset, object_id, change)
        return View(again, tuple(self._contents.values()))

    def _check_intact(
        self, object_id: str, outgoing: Outgoing, seen: View, error: RemoteError
    ) -> None:
        """Say so when CKAN replaced the file of a change that it refused, as it may."""
        there = seen.resource(object_id)
        if there is None or there.get("hash") == outgoing.sha256:
            return
        if self._portal.measure(seen.id, there) == (outgoing.size, outgoing.sha256):
            raise RemoteError(
                f"{error.text.fr} Le nouveau fichier est pourtant déjà servi, avec l’ancienne "
                "description : publiez à nouveau dès que possible.",
                f"{error.text.en} Yet the new file is served already, with the old description: "
                "publish again as soon as possible.",
            ) from error


def _replacing(resource_id: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the change of a resource; its schema goes first, for CKAN would merge old and new."""
    change: dict[str, Any] = {f"update__resources__{resource_id}": values}
    if "schema" in values:
        change["filter"] = [f"-resources__{resource_id}__schema"]
    return change
