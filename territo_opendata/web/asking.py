"""What the page asks for, read from its requests without trust."""

import json
from typing import Any

from starlette.requests import Request

from territo_opendata.language import Language, Text
from territo_opendata.repair.choices import Choice, Kind

_LARGEST = 4_000_000
"""Bytes of a request: the places of some 200,000 changes that somebody ticked one by one."""

_DIGITS = 15
_PLACE = 2
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


def choices_of(given: object) -> dict[Kind, Choice]:
    """Return the choices in a request, by kind of change. Raises RefusedError for anything else."""
    if not isinstance(given, list):
        raise RefusedError(422, UNCLEAR)
    return dict(map(_choice, given))


def _choice(given: object) -> tuple[Kind, Choice]:
    if not isinstance(given, dict) or not isinstance(given.get("wanted"), bool):
        raise RefusedError(422, UNCLEAR)
    but = given.get("but")
    if not isinstance(but, list) or not all(map(_is_place, but)):
        raise RefusedError(422, UNCLEAR)
    kind = kind_of(given.get("code"), given.get("field"), given.get("safety"))
    return kind, Choice(given["wanted"], frozenset((row, column) for row, column in but))


def kind_of(code: object, name: object, safety: object) -> Kind:
    """Return a kind of change, named in a request. Raises RefusedError for anything else."""
    if not isinstance(code, str) or not isinstance(name, str):
        raise RefusedError(422, UNCLEAR)
    if safety == "safe":
        return code, name, "safe"
    if safety == "unsafe":
        return code, name, "unsafe"
    raise RefusedError(422, UNCLEAR)


def _is_place(given: object) -> bool:
    return (
        isinstance(given, list)
        and len(given) == _PLACE
        and all(each is None or type(each) is int for each in given)
    )


def number_of(given: str | None) -> int | None:
    """Return a number in the address of a request, None without one. Raises RefusedError."""
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) <= _DIGITS):
        raise RefusedError(422, UNCLEAR)
    return int(given)
