"""What a portal should hold of a release, in the order in which it is written."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from territo_opendata.language import Text, visible
from territo_opendata.publish.contents import Content, contents
from territo_opendata.publish.model import Item, State
from territo_opendata.publish.notes import untouched
from territo_opendata.publish.udata import names
from territo_opendata.publish.udata.entries import entries
from territo_opendata.publish.udata.metadata import Known, dataset_notes, dataset_state
from territo_opendata.publish.udata.quality import (
    compare_quality,
    describe_quality,
    expected_quality,
)
from territo_opendata.publish.udata.view import DESCRIPTOR_ID, View
from territo_opendata.release.disk import digest_blocks
from territo_opendata.release.model import DESCRIPTOR


def is_taken(content: Content, extensions: frozenset[str]) -> bool:
    """Tell whether the portal takes files of this kind."""
    return PurePosixPath(content.key).suffix.lower().removeprefix(".") in extensions


def names_schemas(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether a table has a schema with an address, which the catalogue may know."""
    schemas = (each.get("schema") for each in descriptor.get("resources") or ())
    return any(isinstance(each, Mapping) and each.get("path") for each in schemas)


def current_items(view: View, twins: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
    """Yield what is there, second datasets of the same name included."""
    for object_id, state in view.states.items():
        yield Item(object_id, state)
    for each in twins:
        title = {"title": each.get("title"), "created_at": each.get("created_at")}
        yield Item(f"{names.DUPLICATE}{each['id']}", title, reversible=False)


def published_version(view: View) -> str | None:
    """Return the version that readers find, None as long as the first is not whole."""
    whole = DESCRIPTOR in view.claims.own
    version = ((view.dataset or {}).get("extras") or {}).get(names.VERSION)
    return str(version) if whole and version else None


def desired_items(view: View, known: Known, *, private: bool) -> Iterator[Item]:
    """Yield what should be there, in the order of writing.

    A new dataset is made first, hidden, and shown last; for one that is there the metadata come
    after the files, so that its version never announces files that are still to come. One that is
    to be hidden is hidden first.
    """
    dataset = Item(names.DATASET, dataset_state(view.release, known))
    files = list(_files(view))
    told = Item(names.RESOURCES, described(view, known), tuple(each.object_id for each in files))
    visibility = {"private": private}
    if view.dataset is not None and private:
        yield Item(names.VISIBILITY, visibility)
    if view.dataset is None:
        yield dataset
    yield from files
    yield told
    if view.dataset is not None:
        yield Item(dataset.object_id, dataset.state, (names.RESOURCES,))
    if view.dataset is None or not private:
        yield Item(names.VISIBILITY, visibility, (*told.requires, names.RESOURCES, names.DATASET))


def described(view: View, known: Known) -> dict[str, Any]:
    """Return what should be said of each file."""
    source = view.release.file(DESCRIPTOR).sha256
    return entries(view.contents, source, known.schemas)


def notes(view: View, known: Known, deleted: Mapping[str, Any] | None) -> Iterator[Text]:
    """Yield what the plan says beside its changes."""
    descriptor = view.release.descriptor
    yield from dataset_notes(descriptor, known)
    yield from _left_out(view, known)
    yield from untouched([str(each.get("title")) for each in view.claims.others])
    if deleted is not None:
        yield _deleted(deleted)
    if view.dataset is not None and view.dataset.get("archived"):
        yield _ARCHIVED
    state, told = dataset_state(view.release, known), described(view, known)
    yield describe_quality(expected_quality(state, told, view.claims.others))
    if difference := _quality_now(view):
        yield difference


def _files(view: View) -> Iterator[Item]:
    for each in view.contents:
        yield Item(each.object_id, view.expected(each.object_id) or {})
    yield Item(
        DESCRIPTOR_ID,
        view.expected(DESCRIPTOR_ID) or {},
        tuple(each.object_id for each in view.contents),
        download=_rendered(view),
    )


def _rendered(view: View) -> State:
    """Return what readers must get as the descriptor, as far as its addresses are known."""
    size, sha256 = digest_blocks([view.rendered() or b""])
    return {"bytes": size, "sha256": sha256}


def _left_out(view: View, known: Known) -> Iterator[Text]:
    out = [each.key for each in contents(view.release) if not is_taken(each, known.extensions)]
    if out:
        listed = ", ".join(visible(each) for each in out)
        yield Text(
            f"Le portail ne prend pas ces fichiers, qui ne seront que dans l’archive ZIP : {listed}.",
            f"The portal does not take these files, which will be in the ZIP archive only: {listed}.",
        )


def _quality_now(view: View) -> Text | None:
    """Return where the portal counts the dataset's quality in another way than we do."""
    state, told = view.state(names.DATASET), view.state(names.RESOURCES)
    if view.dataset is None or state is None or not told:
        return None
    expected = expected_quality(state, told, view.claims.others)
    return compare_quality(expected, view.dataset.get("quality") or {})


def _deleted(dataset: Mapping[str, Any]) -> Text:
    id_, day = visible(str(dataset["id"])), visible(str(dataset["deleted"])[:10])
    return Text(
        f"Le jeu de données {id_} du même nom a été supprimé sur le portail le {day} : un autre sera "
        "créé, à d’autres adresses. Pour garder les anciennes, restaurez-le d’abord sur le portail.",
        f"The dataset {id_} of the same name was deleted on the portal on {day}: another will be "
        "created, at other addresses. To keep the old ones, restore it on the portal first.",
    )


_ARCHIVED = Text(
    "Le jeu de données est archivé sur le portail : il le restera.",
    "The dataset is archived on the portal: it will stay so.",
)
