"""A udata portal as a target: one dataset of an organisation for the package.

Everything is read again just before each write and after it, since udata has no lock: the last
writer wins, and only who reads back can tell. The version is written last (`dataset`), so that a
publication that was cut still shows the old one.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from territo_opendata.clients.answers import StatusError
from territo_opendata.clients.udata import API, Udata
from territo_opendata.errors import MissingFileError
from territo_opendata.language import Text, visible
from territo_opendata.publish.apply import is_done
from territo_opendata.publish.contents import Content, contents
from territo_opendata.publish.interface import UploadWatcher, unwatched
from territo_opendata.publish.model import Action, Current, Desired, Outcome
from territo_opendata.publish.plan_file import stale
from territo_opendata.publish.udata import finding, names, wanted
from territo_opendata.publish.udata.account import (
    Organization,
    check_account,
    check_rights,
    read_organization,
)
from territo_opendata.publish.udata.checks import (
    changed_meanwhile,
    check_in_place,
    check_kept,
    check_own,
    is_unfinished,
    told_quality,
)
from territo_opendata.publish.udata.metadata import (
    Known,
    declares_granularity,
    wanted_zones,
)
from territo_opendata.publish.udata.view import Digests, View
from territo_opendata.publish.udata.writing import Writer
from territo_opendata.release import Release

_MOMENT = 0.5
"""Seconds for which what was read back counts as what is there: that of a request or two."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user chose: for which organisation, and whether only it may see the dataset."""

    organization: str | None = None
    private: bool = False
    token_env: str | None = None
    read_only: bool = False


class UdataTarget:
    """The portal at `base`, to hold `release`."""

    def __init__(self, base: str, release: Release, portal: Udata, options: Options) -> None:
        self.base = base
        self.release = release
        self._portal = portal
        self._options = options
        self._digests = Digests(release.path)
        self._dataset: str | None = None
        self._read_back: tuple[float, Mapping[str, Any]] | None = None

    @property
    def address(self) -> str:
        """See `Target.address`."""
        return f"udata:{self.base}"

    def read(self) -> Current:
        """See `Target.read`."""
        owner = self._owner
        found = finding.find_dataset(self._portal, owner.id, self.release.name, self._memory)
        if not self._options.read_only:
            check_rights(owner, found.dataset)
        view = self._view(found.dataset)
        if found.dataset is not None:
            self._remember(found.dataset)
        return Current(
            items=tuple(wanted.current_items(view, found.twins)),
            version=wanted.published_version(view),
            context={
                "view": view,
                "known": self._known,
                "owner": owner,
                "deleted": self._deleted(owner.id) if found.dataset is None else None,
            },
        )

    def desire(self, current: Current) -> Desired:
        """See `Target.desire`."""
        view, known, owner = (current.context[key] for key in ("view", "known", "owner"))
        settings: dict[str, Any] = {"organization": owner.slug}
        if self._options.private:
            settings["private"] = True
        if self._options.token_env:
            settings["token_env"] = self._options.token_env
        return Desired(
            target=self.address,
            release=str(self.release.path),
            digest=self.release.digest,
            name=self.release.name,
            version=self.release.version,
            items=tuple(wanted.desired_items(view, known, private=self._options.private)),
            settings=settings,
            notes=(
                Text(
                    f"Organisation : {visible(owner.name)}.",
                    f"Organisation: {visible(owner.name)}.",
                ),
                *wanted.notes(view, known, current.context["deleted"]),
            ),
        )

    def apply(self, action: Action, on_upload: UploadWatcher = unwatched) -> Outcome:
        """See `Target.apply`."""
        if action.object_id.startswith(names.DUPLICATE):
            return self._remove_twin(action)
        view = self._view(self._fetch_dataset())
        check_own(action, view)
        found = view.state(action.object_id)
        if is_done(action, found, unfinished=is_unfinished(action, found)):
            return Outcome(action, "skipped")
        check_in_place(action, view)
        answered = self._write(action, view, on_upload)
        if answered is not None:
            self._remember(answered)
            check_kept(action, self._view(answered).state(action.object_id))
        kept = self._fetch_dataset()
        if answered is not None and self._writer.undo_double(self._view(kept), action, answered):
            kept = self._fetch_dataset()
        now = self._view(kept)
        if now.state(action.object_id) != action.after:
            raise changed_meanwhile(action.object_id)
        # What was in place before may have been replaced by another publisher in between.
        check_in_place(action, now)
        self._read_back = (time.monotonic(), kept) if kept is not None else None
        return Outcome(action, "done", told_quality(action, now))

    def fetch(self, resource: str) -> Iterator[bytes]:
        """See `Target.fetch`; by the permalink, as readers do."""
        found = self._view(self._fetch_dataset()).resource(resource)
        if found is None:
            raise _missing(resource, self.base)
        try:
            yield from self._portal.session.stream(f"{API}/datasets/r/{found['id']}")
        except StatusError as error:
            if error.status in (404, 410):
                raise _missing(resource, self.base) from error
            raise

    def _write(
        self, action: Action, view: View, on_upload: UploadWatcher
    ) -> Mapping[str, Any] | None:
        """Make the change and return the dataset as the portal answers that it is now."""
        writer, dataset, after = self._writer, view.dataset, action.after
        if after is None:
            resource = view.resource(action.object_id)
            if dataset is not None and resource is not None:
                self._portal.delete_resource(str(dataset["id"]), str(resource["id"]))
            return None
        if action.object_id == names.DATASET and dataset is None:
            return writer.create_dataset(after, self.release.name)
        if dataset is None:
            raise changed_meanwhile(names.DATASET)
        if action.object_id == names.DATASET:
            return writer.update_dataset(view, after, private=bool(dataset.get("private")))
        if action.object_id == names.VISIBILITY:
            return self._show(writer, view, action)
        if action.object_id == names.RESOURCES:
            return writer.describe_resources(view, after)
        return writer.upload(view, action, on_upload)

    def _show(self, writer: Writer, view: View, action: Action) -> Mapping[str, Any]:
        """Make the dataset public or private; before its first showing, see that it is alone."""
        dataset, private = view.dataset or {}, bool((action.after or {}).get("private"))
        if action.before is None and not private:
            writer.undo_twin(str(dataset["id"]), self.release.name)
        return writer.update_dataset(view, view.state(names.DATASET) or {}, private=private)

    def _remove_twin(self, action: Action) -> Outcome:
        """Delete a second dataset of the same name, after looking that it still is one."""
        id_ = action.object_id.removeprefix(names.DUPLICATE)
        found = finding.list_datasets(self._portal, self._owner.id, self.release.name)
        if action.after is not None:
            raise stale(f"« {id_} » n’est pas à retirer", f"“{id_}” is not to be removed")
        if id_ not in {str(each["id"]) for each in found.twins}:
            return Outcome(action, "skipped")
        self._portal.delete_dataset(id_)
        return Outcome(action, "done")

    @cached_property
    def _owner(self) -> Organization:
        if not self._portal.keyed:
            return read_organization(self._portal, self._options.organization)
        return check_account(self._portal, self._options.organization)

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self._portal, self._owner.id)

    @cached_property
    def _memory(self) -> finding.Memory:
        return finding.memory_of(self.release.path, self.address, self._owner.id, self.release.name)

    @cached_property
    def _known(self) -> Known:
        """What the portal knows, as far as this package needs it."""
        descriptor = self.release.descriptor
        granular = declares_granularity(descriptor)
        return Known(
            licences=self._portal.licenses(),
            extensions=self._extensions,
            zones=frozenset(
                each for each in wanted_zones(descriptor) if self._portal.has_zone(each)
            ),
            granularities=self._portal.granularities() if granular else frozenset(),
            schemas=self._portal.schemas() if wanted.names_schemas(descriptor) else (),
        )

    @cached_property
    def _extensions(self) -> frozenset[str]:
        return self._portal.extensions()

    @cached_property
    def _contents(self) -> tuple[Content, ...]:
        taken = contents(self.release)
        return tuple(each for each in taken if wanted.is_taken(each, self._extensions))

    def _view(self, dataset: Mapping[str, Any] | None) -> View:
        return View(self.release, self._contents, self._digests, dataset)

    def _fetch_dataset(self) -> Mapping[str, Any] | None:
        """Return the dataset as it is now; None when there is none.

        What was read back after the last write a moment ago serves for the next one.
        """
        name, owner = self.release.name, self._owner.id
        read_back, self._read_back = self._read_back, None
        if read_back is not None and time.monotonic() - read_back[0] < _MOMENT:
            return read_back[1]
        if self._dataset is not None:
            known = self._portal.dataset(self._dataset)
            if finding.is_of(known, owner, name):
                return known
            raise changed_meanwhile(names.DATASET)
        dataset = finding.find_dataset(self._portal, owner, name, self._memory).dataset
        if dataset is not None:
            self._remember(dataset)
        return dataset

    def _deleted(self, owner: str) -> Mapping[str, Any] | None:
        return finding.find_deleted(self._portal, owner, self.release.name)

    def _remember(self, dataset: Mapping[str, Any]) -> None:
        self._dataset = str(dataset["id"])
        self._memory.keep(self._dataset)


def _missing(resource: str, base: str) -> MissingFileError:
    return MissingFileError(
        f"« {visible(resource)} » manque sur « {base} ».",
        f"“{visible(resource)}” is missing at “{base}”.",
    )
