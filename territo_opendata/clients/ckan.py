"""CKAN's action API (docs.ckan.org/en/2.12/api), answers read by ckanapi, sent by our session.

ckanapi's own upload is not used: it holds the whole file in memory.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ckanapi.common import reverse_apicontroller_action
from ckanapi.errors import CKANAPIError, ServerIncompatibleError

from territo_opendata.clients.answers import Answer
from territo_opendata.clients.multipart import FilePart, Multipart, Part
from territo_opendata.clients.portal import PortalSession
from territo_opendata.errors import RemoteError
from territo_opendata.language import visible

Progress = Callable[[int, int], None]


class ActionError(RemoteError):
    """An action that CKAN refused or failed at.

    `status` is the HTTP status, `kind` what CKAN calls the error ("" when a server before it
    answered), `details` its messages by field, in the language of the portal.
    """

    def __init__(self, action: str, answer: Answer) -> None:
        self.action = action
        self.status = answer.status
        error = _error_of(answer)
        self.kind = str(error.pop("__type", ""))
        self.details: Mapping[str, Any] = error
        said = visible(str(error.get("message") or error or answer.body[:100]), 300)
        super().__init__(
            f"Le portail a refusé l’opération « {action} » ({self.status}) : {said}",
            f"The portal refused the operation “{action}” ({self.status}): {said}",
        )


class CkanApi:
    """The actions of one CKAN."""

    def __init__(self, session: PortalSession) -> None:
        self._session = session

    @property
    def base(self) -> str:
        """The address of the portal."""
        return self._session.base

    def read(self, action: str, **values: Any) -> Any:
        """Return the result of an action that changes nothing."""
        return self._result(action, self._send(action, values, repeatable=True))

    def write(self, action: str, **values: Any) -> Any:
        """Return the result of an action that is not repeated unless it surely was not done."""
        return self._result(action, self._send(action, values, repeatable=False))

    def upload(
        self, action: str, values: Mapping[str, str], file: FilePart, progress: Progress
    ) -> Any:
        """Return the result of an action that takes a file; other values are strings there."""
        parts: list[Part | FilePart] = [
            *(Part(name, value) for name, value in values.items()),
            file,
        ]
        answer = self._session.send(
            "POST", f"api/3/action/{action}", upload=Multipart(parts, progress=progress)
        )
        return self._result(action, answer)

    def stream(self, path_or_url: str) -> Iterator[bytes]:
        """Yield the bytes of a file of the portal."""
        return self._session.stream(path_or_url)

    def _send(self, action: str, values: Mapping[str, Any], *, repeatable: bool) -> Answer:
        path = f"api/3/action/{action}"
        return self._session.send("POST", path, json=dict(values), repeatable=repeatable)

    def _result(self, action: str, answer: Answer) -> Any:
        text = answer.body.decode("utf-8", "replace")
        try:
            return reverse_apicontroller_action(answer.url, answer.status, text)
        except (CKANAPIError, ServerIncompatibleError) as error:
            raise ActionError(action, answer) from error


def _error_of(answer: Answer) -> dict[str, Any]:
    """Return what CKAN says of an error, empty when the answer is not CKAN's."""
    try:
        found = answer.json()
    except RemoteError:
        return {}
    error = found.get("error") if isinstance(found, dict) else found
    if isinstance(error, str):
        return {"message": error}
    return dict(error) if isinstance(error, dict) else {}
