"""What an HTTP exchange ends in: an answer, whatever its status, or none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from territo_opendata.clients.addresses import shown
from territo_opendata.errors import RemoteError
from territo_opendata.language import visible

_FIRST_WORDS = 120


class NoAnswerError(RemoteError):
    """No answer came: cut, timed out, refused.

    `sent` is False when the request surely never reached the server, True when it may have been
    carried out all the same.
    """

    def __init__(self, fr: str, en: str, *, sent: bool = True) -> None:
        super().__init__(fr, en)
        self.sent = sent


class StatusError(RemoteError):
    """An answer that says no; `status` is its HTTP status."""

    def __init__(self, fr: str, en: str, status: int) -> None:
        super().__init__(fr, en)
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of any status; `body` is whole, and was refused if it was longer than allowed."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str

    @property
    def ok(self) -> bool:
        """Whether the server says that it did what it was asked."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Return the body as a JSON value.

        Raises RemoteError for anything else: the error page of a proxy in between, mostly.
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            start = visible(self.body[:_FIRST_WORDS].decode("utf-8", "replace"))
            raise RemoteError(
                f"« {shown(self.url)} » a répondu {self.status} avec autre chose que du JSON "
                f"(« {start} »). Vérifiez l’adresse du portail ; si elle est bonne, "
                "un serveur intermédiaire est en panne : réessayez plus tard.",
                f"“{shown(self.url)}” answered {self.status} with something else than JSON "
                f"(“{start}”). Check the address of the portal; if it is right, "
                "a server in between is failing: try again later.",
            ) from error
