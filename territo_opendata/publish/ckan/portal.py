"""The operations on a CKAN that publication is made of.

A dataset is changed by `package_revise` alone, in one transaction and under its optimistic lock:
a change that rests on an outdated reading is refused by CKAN. So a change of which no answer came
can be looked up and, if it was not made, made again without harm.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.clients.answers import NoAnswerError, StatusError
from territo_opendata.clients.ckan import ActionError, CkanApi
from territo_opendata.clients.multipart import FilePart
from territo_opendata.errors import MissingFileError, RemoteError
from territo_opendata.language import visible
from territo_opendata.publish.ckan.errors import explain
from territo_opendata.release.disk import digest_blocks

Dataset = Mapping[str, Any]
Progress = Callable[[int, int], None]
WAITS = (0.5, 2.0)
"""Seconds before each new try of a change of which no answer came."""

MAX_FIELD = 400_000
"""Bytes of a form field beside a file: werkzeug answers 413 to more than 500,000."""

_UNKNOWN_FATE = frozenset({502, 503, 504})


class ClosedError(RemoteError):
    """A dataset that is there, for others."""


class LockedError(RemoteError):
    """A change refused because the dataset was changed since it was read."""


@dataclass(frozen=True, slots=True)
class CkanPortal:
    """A CKAN, its refusals told in words."""

    api: CkanApi
    sleep: Callable[[float], None] = time.sleep

    def find(self, name: str) -> Dataset | None:
        """Return the dataset of that name or id, None when there is none, or no longer."""
        try:
            found: Dataset = self.api.read("package_show", id=name)
        except ActionError as error:
            if error.status == 404:
                return None
            raise explain(error, name) if error.status != 403 else _closed(name) from error
        return None if found.get("state") == "deleted" else found

    def organizations(self, permission: str = "create_dataset") -> list[Mapping[str, Any]]:
        """Return the organisations that the token may publish for; none for a bad token."""
        return list(self._read("organization_list_for_user", permission=permission))

    def licences(self) -> list[Mapping[str, Any]]:
        """Return the licences that the portal knows."""
        return list(self._read("license_list"))

    def has_datastore(self) -> bool:
        """Tell whether the portal has a DataStore."""
        try:
            self.api.read("datastore_info", id="_territo")
        except ActionError as error:
            return error.status not in (400, 403)
        return True

    def table(self, resource_id: str) -> Mapping[str, Any] | None:
        """Return columns and number of rows of a DataStore table, None when there is none.

        A search for no rows: `datastore_info` takes CKAN twice as long.
        """
        try:
            found: Mapping[str, Any] = self.api.read(
                "datastore_search", resource_id=resource_id, limit=0
            )
        except ActionError as error:
            if error.status == 404:
                return None
            raise explain(error, resource_id) from error
        return found

    def datastore(self, action: str, what: str, **values: Any) -> Any:
        """Do one DataStore action, by force: CKAN calls tables of uploaded files read-only."""
        try:
            return self.api.write(f"datastore_{action}", force=True, **values)
        except ActionError as error:
            if action == "delete" and error.status == 404:
                return None
            raise explain(error, what) from error

    def create(self, what: str, values: Mapping[str, Any]) -> Dataset:
        """Make a dataset, and return it as it is then."""
        try:
            made: Dataset = self.api.write("package_create", **values)
        except ActionError as error:
            raise _told(error, what) from error
        return made

    def revise(
        self,
        dataset: Dataset,
        what: str,
        changes: Mapping[str, Any],
        file: FilePart | None = None,
        progress: Progress = lambda _sent, _total: None,
    ) -> Dataset:
        """Change the dataset as it was read, and return it as it is then.

        Raises LockedError when it is no longer as it was read.
        """
        values = {
            "match__id": dataset["id"],
            "match__metadata_modified": dataset["metadata_modified"],
            **changes,
        }
        try:
            if file is None:
                return dict(self.api.write("package_revise", **values)["package"])
            texts = {
                key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                for key, value in values.items()
            }
            return dict(self.api.upload("package_revise", texts, file, progress)["package"])
        except ActionError as error:
            raise _told(error, what) from error

    def settle(self, change: Callable[[int], None]) -> None:
        """Make a change, again when no answer came: `change` is told how often it was tried.

        It must look first whether the change was made already.
        """
        for attempt in range(len(WAITS) + 1):
            try:
                change(attempt)
            except RemoteError as error:
                if attempt == len(WAITS) or not _fate_unknown(error, attempt):
                    raise
                self.sleep(WAITS[attempt])
            else:
                return

    def stream(self, dataset_id: str, resource: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield the bytes of an uploaded file, from below the address that the user typed.

        Raises MissingFileError when it is not there, or was turned into a link.
        """
        name = str(resource.get("url", "")).rpartition("/")[2] or "file"
        if resource.get("url_type") != "upload":
            raise _not_there(name)
        path = f"dataset/{dataset_id}/resource/{resource['id']}/download/{name}"
        try:
            yield from self.api.stream(path)
        except StatusError as error:
            if error.status in (403, 404, 410):
                raise _not_there(name) from error
            raise

    def measure(self, dataset_id: str, resource: Mapping[str, Any]) -> tuple[int, str] | None:
        """Return size and SHA-256 of an uploaded file as readers get it, None for none.

        A download that is cut is begun again.
        """
        for wait in (*WAITS, None):
            try:
                return digest_blocks(self.stream(dataset_id, resource))
            except MissingFileError:
                return None
            except NoAnswerError:
                if wait is None:
                    raise
                self.sleep(wait)
        return None

    def _read(self, action: str, **values: Any) -> Any:
        try:
            return self.api.read(action, **values)
        except ActionError as error:
            raise explain(error, self.api.base) from error


def _closed(name: str) -> ClosedError:
    return ClosedError(
        f"Un jeu de données « {visible(name)} » existe sur ce portail, mais vous n’y avez pas accès : "
        "il est privé, en brouillon ou d’une autre organisation. Pour y publier, demandez-y le rôle "
        "d’éditeur, ou changez la propriété `name` de datapackage.json.",
        f"A dataset “{visible(name)}” exists on this portal, but you have no access to it: it is "
        "private, a draft or another organisation's. To publish there, ask for the role of editor, "
        "or change the property `name` of datapackage.json.",
    )


def _not_there(name: str) -> MissingFileError:
    return MissingFileError(
        f"Le portail ne donne pas le fichier « {visible(name)} ».",
        f"The portal does not give the file “{visible(name)}”.",
    )


def _told(error: ActionError, what: str) -> RemoteError:
    told = explain(error, what)
    return LockedError(told.text.fr, told.text.en) if told.meaning == "changed-meanwhile" else told


def _fate_unknown(error: RemoteError, attempt: int) -> bool:
    """Tell whether a change may have been made all the same.

    After a first try, a lock may be held or have been passed by that try itself.
    """
    if isinstance(error, NoAnswerError):
        return error.sent
    if isinstance(error, LockedError):
        return attempt > 0
    return getattr(error, "status", 0) in _UNKNOWN_FATE
