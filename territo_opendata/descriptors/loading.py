"""JSON files read whole, whatever hostile or clumsy bytes they hold."""

import json
import os
from pathlib import Path
from typing import Any

from territo_opendata.errors import DescriptorError, MissingFileError
from territo_opendata.language import Text, visible

MAX_BYTES = 50_000_000
"""Largest descriptor that is read: inline data included, real ones stay under a megabyte."""

MAX_DEPTH = 100
"""Deepest nesting: real descriptors stay under ten, and Python fails to show much deeper ones."""

_TOO_DEEP = ("ses accolades sont trop imbriquées", "it is nested too deeply")


def read_json_object(path: Path, what: Text) -> dict[str, Any]:
    """Return the JSON object that the file holds; `what` names it ("le schéma", "the schema").

    Raises MissingFileError when the file cannot be opened, DescriptorError when it is too large,
    not UTF-8, not JSON, or not an object.
    """
    return parse_json_object(_read_bytes(path, what), str(path), what)


def parse_json_object(content: bytes, origin: str, what: Text) -> dict[str, Any]:
    """Return the JSON object that `content` holds, `origin` being its path or address.

    A byte order mark, duplicate keys (the last one holds) and NaN are tolerated as `json` does.
    Raises DescriptorError for anything else.
    """
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _broken(
            origin,
            what,
            f"ligne {line}, un octet n’est pas de l’UTF-8 ; enregistrez le fichier en UTF-8",
            f"line {line}, a byte is not UTF-8; save the file as UTF-8",
        ) from error
    except json.JSONDecodeError as error:
        raise _not_json(origin, what, error) from error
    except RecursionError as error:
        raise _broken(origin, what, *_TOO_DEEP) from error
    except ValueError as error:  # an integer of more than 4,300 digits
        raise _broken(
            origin, what, "il contient un nombre démesuré", "it holds an outsized number"
        ) from error
    if _is_deep(found):
        raise _broken(origin, what, *_TOO_DEEP)
    if not isinstance(found, dict):
        raise _broken(
            origin,
            what,
            "un objet JSON est attendu, entre accolades { }",
            "a JSON object is expected, between braces { }",
        )
    return found


def _is_deep(found: Any) -> bool:
    level = [found] if isinstance(found, dict | list) else []
    for _ in range(MAX_DEPTH):
        inside = (each.values() if isinstance(each, dict) else each for each in level)
        level = [each for values in inside for each in values if isinstance(each, dict | list)]
        if not level:
            return False
    return True


def _read_bytes(path: Path, what: Text) -> bytes:
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises on names too long
        raise MissingFileError(
            f"{_capital(what.fr)} « {visible(str(path), 300)} » est un dossier : donnez un fichier JSON.",
            f"{_capital(what.en)} “{visible(str(path), 300)}” is a directory: give a JSON file.",
        )
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise _unreadable(path, what, error) from error
    if len(content) > MAX_BYTES:
        raise _broken(
            str(path),
            what,
            f"il dépasse {MAX_BYTES // 1_000_000} Mo",
            f"it exceeds {MAX_BYTES // 1_000_000} MB",
        )
    return content


def _unreadable(path: Path, what: Text, error: Exception) -> MissingFileError:
    shown = visible(str(path), 300)
    if isinstance(error, FileNotFoundError):
        return MissingFileError(
            f"{_capital(what.fr)} « {shown} » n’existe pas : vérifiez le chemin.",
            f"{_capital(what.en)} “{shown}” does not exist: check the path.",
        )
    reason = visible(getattr(error, "strerror", None) or str(error))
    return MissingFileError(
        f"{_capital(what.fr)} « {shown} » ne peut pas être ouvert : {reason}.",
        f"{_capital(what.en)} “{shown}” cannot be opened: {reason}.",
    )


def _not_json(origin: str, what: Text, error: json.JSONDecodeError) -> DescriptorError:
    return _broken(
        origin,
        what,
        f"ce n’est pas du JSON, ligne {error.lineno}, colonne {error.colno} ({error.msg})",
        f"not JSON, line {error.lineno}, column {error.colno} ({error.msg})",
    )


def _broken(origin: str, what: Text, fr: str, en: str) -> DescriptorError:
    shown = visible(origin, 300)
    return DescriptorError(
        f"{_capital(what.fr)} « {shown} » est illisible : {fr}.",
        f"{_capital(what.en)} “{shown}” cannot be read: {en}.",
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
