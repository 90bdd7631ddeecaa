"""What the page asks for, read from its requests without trust."""

import json
from typing import Any

from starlette.requests import Request

from territo_opendata.language import Language, Text
from territo_opendata.web.work import Kinds

_LARGEST = 256_000
GONE = Text(
    "Ce fichier n’est plus là\u00a0: il a été effacé. Déposez-le à nouveau.",
    "This file is no longer there: it was deleted. Drop it again.",
)
BUSY = Text(
    "Un travail est déjà en cours sur ce fichier. Attendez, ou arrêtez-le.",
    "Something is already being done with this file. Wait, or stop it.",
)
UNCLEAR = Text("Demande incomprise.", "Request not understood.")


class RefusedError(Exception):
    """A request that cannot be answered, with the status and the words to say so."""

    def __init__(self, status: int, text: Text) -> None:
        super().__init__(text.en)
        self.status = status
        self.text = text


def language_of(request: Request, default: Language) -> Language:
    """Return the language that the page was asked in."""
    asked = request.query_params.get("lang", default)
    return "en" if asked == "en" else "fr"


async def json_of(request: Request) -> dict[str, Any]:
    """Return the object in the request. Raises RefusedError for anything else."""
    if request.headers.get("content-type") != "application/json":
        raise RefusedError(415, UNCLEAR)
    body = bytearray()
    async for block in request.stream():
        body += block
        if len(body) > _LARGEST:
            raise RefusedError(413, UNCLEAR)
    try:
        found = json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise RefusedError(422, UNCLEAR) from error
    if not isinstance(found, dict):
        raise RefusedError(422, UNCLEAR)
    return found


def kinds_of(given: object) -> Kinds:
    """Return the kinds of changes named in a request. Raises RefusedError for anything else."""
    if not isinstance(given, list):
        raise RefusedError(422, UNCLEAR)
    for each in given:
        if not (
            isinstance(each, list) and len(each) == 2 and all(isinstance(x, str) for x in each)
        ):
            raise RefusedError(422, UNCLEAR)
    return frozenset((code, name) for code, name in given)
