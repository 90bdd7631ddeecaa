"""A CKAN as a target: a dataset, its files, their tables in the DataStore, then its visibility.

The dataset is a draft until all is in place. Files are replaced one by one, each with its digest
in one call; the descriptor, which holds the digests of all, comes last, so that a reader can tell
when an update is under way.
"""

from collections.abc import Iterator

from territo_opendata.errors import MismatchError, MissingFileError
from territo_opendata.language import Text, visible
from territo_opendata.publish.apply import is_done
from territo_opendata.publish.changes import changes
from territo_opendata.publish.ckan import access, dataset, datastore, metadata, resources
from territo_opendata.publish.ckan.files import Files
from territo_opendata.publish.ckan.options import Options
from territo_opendata.publish.ckan.portal import CkanPortal, Dataset, LockedError
from territo_opendata.publish.ckan.stores import Stores
from territo_opendata.publish.ckan.view import View
from territo_opendata.publish.contents import contents
from territo_opendata.publish.interface import UploadWatcher, unwatched
from territo_opendata.publish.model import Action, Current, Desired, Item, Outcome, State
from territo_opendata.publish.notes import unencrypted, untouched
from territo_opendata.publish.plan_file import stale
from territo_opendata.release import Release

_VISIBILITY = "visibility"
_SETTLING = 0.3
"""Seconds after which what was read back and differs is read once more: CKAN serves new bytes
with the old digest for a moment."""


class CkanTarget:
    """The portal, to hold `release` as `options` say; see `Target`."""

    def __init__(self, portal: CkanPortal, release: Release, options: Options) -> None:
        self._portal = portal
        self._release = release
        self._options = options
        self._contents = contents(release)
        self._files = Files(portal, release, self._contents)
        self._stores = Stores(portal, release, self._contents)
        self._seen: View | None = None

    @property
    def address(self) -> str:
        """See `Target.address`."""
        return f"ckan:{self._portal.api.base}"

    def read(self) -> Current:
        """See `Target.read`; the right to publish is checked here, before anything is written."""
        metadata.check_name(self._release.name)
        asked = self._options.organization
        if self._options.read_only:
            there = self._portal.find(self._release.name)
            organization = access.known_organization(asked, there)
        else:
            allowed = access.allowed_organizations(self._portal)
            there = self._portal.find(self._release.name)
            organization = access.publishing_organization(self._portal, allowed, asked, there)
        loaded = any(each.get("datastore_active") for each in (there or {}).get("resources", ()))
        datastores = loaded or self._portal.has_datastore()
        context = {
            "dataset": there,
            "organization": organization,
            "licences": self._portal.licences(),
            "datastore": datastores,
        }
        self._seen = View(there, self._contents) if there else None
        if self._seen is None:
            return Current((), context=context)
        items = tuple(self._found_items(self._seen, datastores=datastores))
        return Current(items, version=self._seen.dataset.get("version"), context=context)

    def desire(self, current: Current) -> Desired:
        """See `Target.desire`."""
        context, seen = current.context, self._view(current.context["dataset"])
        descriptor = self._release.descriptor
        state = metadata.desired_state(descriptor, context["organization"], context["licences"])
        stores = self._stores.desired() if context["datastore"] else {}
        last = (resources.DESCRIPTOR_ID, dataset.OBJECT_ID)
        items = (
            Item(dataset.OBJECT_ID, state),
            *(Item(each.object_id, resources.desired_state(each)) for each in self._contents),
            *(Item(object_id, table) for object_id, table in stores.items()),
            Item(
                resources.DESCRIPTOR_ID,
                resources.descriptor_state(self._release),
                download=self._files.rendered_measure(seen) if seen else None,
            ),
            Item(_VISIBILITY, {"state": "active", "private": self._options.private}, requires=last),
        )
        return Desired(
            target=self.address,
            release=str(self._release.path),
            digest=self._release.digest,
            name=self._release.name,
            version=self._release.version,
            items=items,
            settings=self._options.settings(),
            notes=tuple(self._notes(current, seen)),
        )

    def apply(self, action: Action, on_upload: UploadWatcher = unwatched) -> Outcome:
        """See `Target.apply`."""
        skipped = False

        def change(attempt: int) -> None:
            nonlocal skipped
            if attempt or self._seen is None:
                self._look()
            skipped = self._do(action, on_upload) and attempt == 0

        self._portal.settle(change)
        if not skipped:
            self._read_back(action)
        return Outcome(action, "skipped" if skipped else "done")

    def fetch(self, resource: str) -> Iterator[bytes]:
        """See `Target.fetch`."""
        seen = self._seen or self._view(self._portal.find(self._release.name))
        found = seen.resource(resource) if seen else None
        if seen is None or found is None:
            raise MissingFileError(
                f"« {visible(resource)} » n’est pas sur le portail.",
                f"“{visible(resource)}” is not on the portal.",
            )
        yield from self._portal.stream(seen.id, found)

    def _look(self) -> None:
        """Read the dataset anew."""
        self._seen = self._view(self._portal.find(self._release.name))

    def _do(self, action: Action, on_upload: UploadWatcher) -> bool:
        """Do the action, and tell whether it was done already.

        The answer to the last change is what the next one rests on; should the portal refuse it
        as outdated, the dataset is read anew, once, and compared again.
        """
        if self._is_done(action):
            return True
        try:
            self._change(action, on_upload)
        except LockedError:
            self._look()
            if not self._is_done(action):
                self._change(action, on_upload)
        return False

    def _is_done(self, action: Action) -> bool:
        found = self._state(self._seen, action.object_id)
        if is_done(action, found, unfinished=_is_unfinished(action, found)):
            return True
        for object_id, state in action.precondition.items():
            if self._state(self._seen, object_id) != state:
                raise stale(
                    f"« {visible(object_id)} » n’est pas en place",
                    f"“{visible(object_id)}” is not in place",
                )
        return False

    def _view(self, dataset: Dataset | None) -> View | None:
        return View(dataset, self._contents) if dataset else None

    def _found_items(self, seen: View, *, datastores: bool) -> Iterator[Item]:
        """Yield what is there; tables of the DataStore first, to be removed before their files."""
        for object_id in self._stores.found_ids(seen) if datastores else ():
            state = self._stores.state(seen, object_id)
            if state is not None:
                yield Item(object_id, state)
        for object_id in (
            dataset.OBJECT_ID,
            *(f"resource:{key}" for key in seen.mine),
            _VISIBILITY,
        ):
            state = self._state(seen, object_id)
            if state is not None:
                yield Item(object_id, state)

    def _state(self, seen: View | None, object_id: str) -> State | None:
        """Return the state of an object as it was read, the DataStore being asked anew."""
        if seen is None:
            return None
        if object_id == dataset.OBJECT_ID:
            return metadata.found_state(seen.dataset, metadata.extra_keys(self._release.descriptor))
        if object_id == _VISIBILITY:
            return dataset.visibility_state(seen.dataset)
        if object_id.startswith("datastore:"):
            return self._stores.state(seen, object_id)
        state = (
            self._files.descriptor_state(seen)
            if object_id == resources.DESCRIPTOR_ID
            else seen.state(object_id)
        )
        if state is None or not self._options.check_files:
            return state
        return self._files.measured(object_id, state, seen)

    def _notes(self, current: Current, seen: View | None) -> Iterator[Text]:
        descriptor, context = self._release.descriptor, current.context
        yield from metadata.normalisations(descriptor, context["licences"])
        yield from unencrypted(self._portal.api.base)
        if context["datastore"]:
            yield from self._stores.notes({each.object_id: each.state for each in current.items})
        else:
            yield Text(
                "Ce portail n’a pas de DataStore : les tables n’y seront que des fichiers.",
                "This portal has no DataStore: the tables will be files only.",
            )
        if seen is None:
            return
        if metadata.OWNED not in metadata.extras_of(seen.dataset):
            yield Text(
                "Ce jeu de données existe déjà et n’a pas été publié par territo : sa description "
                "sera remplacée, ses fichiers resteront à côté de ceux de la livraison.",
                "This dataset exists already and was not published by territo: its description will "
                "be replaced, its files will stay beside those of the release.",
            )
        foreign = [str(each.get("name") or each.get("url")) for each in seen.foreign]
        keys = metadata.extra_keys(descriptor)
        yield from untouched([*foreign, *metadata.foreign_extras(seen.dataset, keys)])

    def _change(self, action: Action, on_upload: UploadWatcher) -> None:
        seen, object_id = self._seen, action.object_id
        if object_id == dataset.OBJECT_ID:
            self._seen = self._view(dataset.write(self._portal, action, seen))
        elif seen is None:
            raise stale("le jeu de données n’est plus là", "the dataset is no longer there")
        elif object_id == _VISIBILITY:
            update = {"update": dict(action.after or {})}
            self._seen = self._view(self._portal.revise(seen.dataset, object_id, update))
        elif object_id.startswith("datastore:"):
            self._stores.write(action, seen, on_upload)
            self._look()
        else:
            self._seen = self._view(self._files.write(action, seen, on_upload))

    def _read_back(self, action: Action) -> None:
        """Raise MismatchError unless the object is what was sent, its file included."""
        if self._is_as_sent(action):
            return
        self._portal.sleep(_SETTLING)
        self._look()
        if not self._is_as_sent(action):
            raise self._altered(action)

    def _is_as_sent(self, action: Action) -> bool:
        found = self._state(self._seen, action.object_id)
        if found != action.after or self._seen is None:
            return found == action.after
        return self._files.is_served(action, self._seen)

    def _altered(self, action: Action) -> MismatchError:
        found = self._state(self._seen, action.object_id) or {}
        told = "; ".join(
            f"{each.path}: {visible(str(each.before))} → {visible(str(each.after))}"
            for each in changes(action.after or {}, found)
        )
        name = visible(action.object_id)
        return MismatchError(
            f"« {name} », relu sur le portail, n’est pas ce qui a été envoyé ({told or 'octets'}). "
            "Une extension du portail l’a peut-être modifié, ou quelqu’un d’autre : refaites un plan.",
            f"“{name}”, read back from the portal, is not what was sent ({told or 'bytes'}). "
            "An extension of the portal may have altered it, or somebody else: make a new plan.",
        )


def _is_unfinished(action: Action, found: State | None) -> bool:
    """Tell whether what is there was left by a run of ours that was cut short."""
    if action.object_id.startswith("datastore:"):
        return action.after is not None and datastore.is_unfinished(found)
    if action.object_id == _VISIBILITY:
        # A run that was cut short before the dataset became a draft left it private.
        return action.before is None and found == {"state": "active", "private": True}
    return found is not None and found.get("sha256") == resources.UNFINISHED
