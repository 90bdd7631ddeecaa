"""The API of udata (17, version 1): paths and payloads as dicts, refusals as sentences.

A POST that creates has no key by which the server would know it again: it is never repeated
blindly. GET, PUT and DELETE are, and so is the creation of a contact (udata looks it up first).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from territo_opendata.clients.addresses import shown
from territo_opendata.clients.answers import Answer
from territo_opendata.clients.multipart import Multipart
from territo_opendata.clients.portal import PortalSession
from territo_opendata.clients.udata_errors import refusal
from territo_opendata.errors import RemoteError
from territo_opendata.language import Text

Json = dict[str, Any]

API = "/api/1"
_PAGE = 100
_LISTED = "data{id,slug,title,private,deleted,created_at,extras},next_page,total"
_MAX_PAGES = 1000
_READING = Text("la lecture", "reading")


@dataclass(frozen=True, slots=True)
class Udata:
    """One udata portal; `keyed` is whether the session bears an API key.

    Every method raises RemoteError when the portal refuses or does not answer.
    """

    session: PortalSession
    keyed: bool = True

    def me(self) -> Json:
        """Return the account of the key (`organizations`, `roles`…)."""
        return self._object("/me/", Text("cette clé d’API", "this API key"))

    def organization(self, name: str) -> Json:
        """Return an organisation by its identifier or slug."""
        doing = Text("la lecture de l’organisation", "reading the organisation")
        return self._object(f"/organizations/{_id(name)}/", doing)

    def dataset(self, id_or_slug: str) -> Json:
        """Return a dataset whole, deleted or private ones too if the key may see them."""
        doing = Text("la lecture du jeu de données", "reading the dataset")
        return _dataset(self._object(f"/datasets/{_id(id_or_slug)}/", doing))

    def datasets(self, organization: str, *, deleted: bool | None = False) -> Iterator[Json]:
        """Yield what identifies each dataset of an organisation (by id), private ones too.

        With `deleted`, those that were deleted instead. A stranger must say None, and is shown
        public ones.
        """
        headers = {"X-Fields": _LISTED}
        doing = Text("la liste des jeux de données", "the list of datasets")
        chosen = {} if deleted is None else {"deleted": str(deleted).lower()}
        for page in range(1, _MAX_PAGES):
            query = {"organization": organization, "page_size": _PAGE, "page": page, **chosen}
            answer = self.session.send("GET", f"{API}/datasets/", query=query, headers=headers)
            found = _mapping(_accepted(answer, doing), answer)
            yield from _objects(found.get("data"))
            if not found.get("next_page"):
                return

    def create_dataset(self, payload: Mapping[str, Any]) -> Json:
        """Create a dataset and return it. Raises NoAnswerError when it may have been created."""
        doing = Text("la création du jeu de données", "creating the dataset")
        return _dataset(self._sent("POST", "/datasets/", payload, doing))

    def update_dataset(self, dataset: str, payload: Mapping[str, Any]) -> Json:
        """Change a dataset and return it; what is absent from `payload` is kept or erased.

        udata erases `tags` and `temporal_coverage` when they are absent, and makes the dataset
        public when `private` is null.
        """
        doing = Text("la mise à jour du jeu de données", "updating the dataset")
        path = f"/datasets/{_id(dataset)}/"
        return _dataset(self._sent("PUT", path, payload, doing, repeatable=True))

    def delete_dataset(self, dataset: str) -> None:
        """Delete a dataset; it can be restored on the portal."""
        doing = Text("la suppression du jeu de données", "deleting the dataset")
        self._delete(f"/datasets/{_id(dataset)}/", doing, gone=(404, 410))

    def upload(self, path: str, body: Multipart, *, repeatable: bool = False) -> Json:
        """Send a multipart body to an upload address (see `udata_upload`) and return the answer."""
        doing = Text("l’envoi du fichier", "the upload of the file")
        answer = self.session.send("POST", API + path, upload=body, repeatable=repeatable)
        return _mapping(_accepted(answer, doing), answer)

    def update_resources(self, dataset: str, entries: Sequence[Mapping[str, Any]]) -> list[Json]:
        """Change all resources of a dataset in one write, put them in this order, return them.

        An entry that has nothing but its `id` keeps what it is. Every resource must be there.
        """
        doing = Text("la description des fichiers", "describing the files")
        path = f"{API}/datasets/{_id(dataset)}/resources/"
        answer = self.session.send("PUT", path, json=list(entries), repeatable=True)
        return list(_objects(_accepted(answer, doing)))

    def delete_resource(self, dataset: str, resource: str) -> None:
        """Remove a resource and its file."""
        doing = Text("le retrait du fichier", "removing the file")
        self._delete(f"/datasets/{_id(dataset)}/resources/{_id(resource)}/", doing, gone=(404,))

    def contact(self, payload: Mapping[str, Any]) -> Json:
        """Return the contact point that is as `payload` says, created if there is none."""
        doing = Text("le point de contact", "the contact point")
        return self._sent("POST", "/contacts/", payload, doing, repeatable=True)

    def licenses(self) -> list[Json]:
        """Return the licences that a dataset may have."""
        return list(_objects(self._get("/datasets/licenses/", _READING)))

    def extensions(self) -> frozenset[str]:
        """Return the extensions of the files that may be uploaded."""
        found = self._get("/datasets/extensions/", _READING)
        return frozenset(str(each) for each in found) if isinstance(found, list) else frozenset()

    def schemas(self) -> list[Json]:
        """Return the catalogue of schemas, nothing when the portal has none at hand."""
        answer = self.session.send("GET", f"{API}/datasets/schemas/")
        return list(_objects(answer.json())) if answer.ok else []

    def has_zone(self, zone: str) -> bool:
        """Tell whether the portal knows a territory, as `fr:commune:35238`."""
        answer = self.session.send("GET", f"{API}/spatial/zone/{_id(zone)}/")
        if answer.status != 404:
            _accepted(answer, _READING)
        return answer.ok

    def granularities(self) -> frozenset[str]:
        """Return the identifiers of the spatial granularities."""
        found = self._get("/spatial/granularities/", _READING)
        return frozenset(str(each.get("id")) for each in _objects(found))

    def _get(self, path: str, doing: Text) -> Any:
        return _accepted(self.session.send("GET", API + path), doing)

    def _object(self, path: str, doing: Text) -> Json:
        answer = self.session.send("GET", API + path)
        return _mapping(_accepted(answer, doing), answer)

    def _sent(
        self,
        method: str,
        path: str,
        payload: Mapping[str, Any],
        doing: Text,
        *,
        repeatable: bool = False,
    ) -> Json:
        answer = self.session.send(method, API + path, json=payload, repeatable=repeatable)
        return _mapping(_accepted(answer, doing), answer)

    def _delete(self, path: str, doing: Text, *, gone: tuple[int, ...]) -> None:
        """Delete what is at `path`; after a cut, an answer that it is gone already is a success."""
        answer = self.session.send("DELETE", API + path, repeatable=True)
        if not answer.ok and answer.status not in gone:
            raise refusal(answer, doing)


def _id(value: str) -> str:
    return quote(value, safe=":")


def _accepted(answer: Answer, doing: Text) -> Any:
    if not answer.ok:
        raise refusal(answer, doing)
    return answer.json()


def _mapping(found: Any, answer: Answer) -> Json:
    if isinstance(found, dict):
        return found
    raise _not_udata(shown(answer.url))


def _dataset(found: Json) -> Json:
    """Return a dataset whose parts are of their kinds; raise RemoteError for another answer."""
    resources = found.get("resources") or []
    parts = [found, *(resources if isinstance(resources, list) else [None])]
    if all(_is_identified(each) for each in parts):
        return found
    raise _not_udata("/datasets/")


def _is_identified(found: Any) -> bool:
    return (
        isinstance(found, dict)
        and isinstance(found.get("id"), str)
        and isinstance(found.get("extras") or {}, dict)
    )


def _not_udata(place: str) -> RemoteError:
    return RemoteError(
        f"« {place} » ne répond pas comme un portail udata. Vérifiez l’adresse.",
        f"“{place}” does not answer as a udata portal does. Check the address.",
    )


def _objects(found: Any) -> Iterator[Json]:
    for each in found if isinstance(found, list) else ():
        if isinstance(each, dict):
            yield each
