"""Tables of a release loaded into the DataStore of a CKAN."""

from collections.abc import Iterator, Mapping, Sequence

from territo_opendata.errors import RemoteError
from territo_opendata.language import Text, visible
from territo_opendata.publish.ckan import datastore, loading
from territo_opendata.publish.ckan.portal import CkanPortal
from territo_opendata.publish.ckan.view import View
from territo_opendata.publish.contents import Content
from territo_opendata.publish.interface import UploadWatcher
from territo_opendata.publish.model import Action, State
from territo_opendata.publish.plan_file import stale
from territo_opendata.release import Release


class Stores:
    """The tables of a release and what becomes of them in a DataStore."""

    def __init__(self, portal: CkanPortal, release: Release, contents: Sequence[Content]) -> None:
        self._portal = portal
        self._release = release
        self._tables = {each.object_id: each for each in datastore.tables(release, contents)}

    def desired(self) -> dict[str, State]:
        """Return what each table is to be, by object id."""
        return {
            object_id: datastore.desired_state(table)
            for object_id, table in self._tables.items()
            if datastore.unfit(table) is None
        }

    def notes(self, there: Mapping[str, State]) -> Iterator[Text]:
        """Yield what the user should know; `there` are the states of the tables that are there."""
        for object_id, table in self._tables.items():
            if reason := datastore.unfit(table):
                yield reason
                continue
            before = there.get(object_id)
            after = datastore.desired_state(table)
            if before is not None and datastore.must_be_made_anew(before, after):
                name = visible(object_id)
                yield Text(
                    f"« {name} » sera supprimée puis recréée (colonnes ou types changés) : ses "
                    "lecteurs auront une erreur le temps du chargement.",
                    f"“{name}” will be deleted and made anew (columns or types changed): its "
                    "readers will get an error while it is loaded.",
                )

    def found_ids(self, seen: View) -> list[str]:
        """Return the object ids of the tables of our files that are in the DataStore."""
        return [
            datastore.object_id(key)
            for key, resource in seen.mine.items()
            if key.endswith(".csv") and resource.get("datastore_active")
        ]

    def state(self, seen: View, object_id: str) -> State | None:
        """Return what a table is, None when it is not in the DataStore."""
        resource = seen.resource(object_id)
        if resource is None:
            return None
        found = self._portal.table(str(resource["id"]))
        return datastore.found_state(found) if found else None

    def write(self, action: Action, seen: View, on_upload: UploadWatcher) -> None:
        """Load, describe or remove one table."""
        resource, table = seen.resource(action.object_id), self._tables.get(action.object_id)
        if resource is None:
            raise stale("le fichier de la table n’est plus là", "the file of the table is gone")
        resource_id = str(resource["id"])
        if action.after is None:
            self._portal.datastore("delete", action.object_id, resource_id=resource_id)
            return
        if table is None or table.content.file.sha256 != action.after["loaded_sha256"]:
            raise stale("la table n’est pas de cette livraison", "the table is not of this release")
        if self._prepare(action, resource_id, seen):
            self._load(table, resource_id, on_upload)
            self._check_ours(action.object_id, seen)
        fields = datastore.fields_of(action.after, loaded=True)
        self._portal.datastore("create", action.object_id, resource_id=resource_id, fields=fields)

    def _prepare(self, action: Action, resource_id: str, seen: View) -> bool:
        """Bring the table to the state in which rows are loaded; False when it holds them."""
        after = action.after or {}
        before = self.state(seen, action.object_id)
        if before is not None and datastore.must_be_made_anew(before, after):
            self._portal.datastore("delete", action.object_id, resource_id=resource_id)
            before = None
        if (
            before is not None
            and before["loaded_sha256"] == after["loaded_sha256"]
            and (before["rows"] == after["rows"])
        ):
            return False
        values = {"fields": datastore.fields_of(after, loaded=False)}
        if before is None and after["primary_key"]:
            values["primary_key"] = after["primary_key"]
        self._portal.datastore("create", action.object_id, resource_id=resource_id, **values)
        if before is not None:
            self._portal.datastore(
                "records_delete", action.object_id, resource_id=resource_id, filters={}
            )
        return True

    def _check_ours(self, object_id: str, seen: View) -> None:
        """Raise RemoteError when another publisher has finished this table while we loaded it.

        The DataStore has no lock: our mark would call that publisher's rows ours.
        """
        left = self.state(seen, object_id)
        if not datastore.is_unfinished(left):
            name = visible(object_id)
            raise RemoteError(
                f"Une autre publication a chargé « {name} » en même temps. Voyez qui publie aussi, "
                "puis recommencez : le plan montrera ce qui reste.",
                f"Another publication loaded “{name}” at the same time. See who else publishes, "
                "then start over: the plan will show what is left.",
            )

    def _load(self, table: datastore.Table, resource_id: str, on_upload: UploadWatcher) -> None:
        done, size = 0, table.content.file.bytes
        for batch in loading.batches(self._release.path / table.content.file.path, table):
            self._portal.datastore(
                "upsert", table.object_id, resource_id=resource_id, method="insert", records=batch
            )
            done += len(batch)
            on_upload(table.object_id, size * done // max(table.rows, done), size)
