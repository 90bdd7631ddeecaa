"""Tables that are no file yet: what comes on standard input, through a pipe, or from an address."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from territo_opendata.errors import UsageError
from territo_opendata.language import Text
from territo_opendata.tables.source import BrokenFileError, cannot_open
from territo_opendata.tables.spool import BLOCK, Spool

STDIN = "-"
STDIN_LABEL = "stdin"
_TYPES = {
    "text/tab-separated-values": ".tsv",
    "text/csv": ".csv",
    "application/gzip": ".gz",
    "application/zip": ".zip",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
_WEB_PAGE = re.compile(rb"\s*(<!doctype html|<html\b)", re.IGNORECASE)
_PAGE = Text(
    "c’est une page web, pas un fichier ; copiez l’adresse du fichier lui-même",
    "it is a web page, not a file; copy the address of the file itself",
)


def keep_stdin(spool: Spool) -> Path:
    """Put what comes on standard input into a file. Raises UsageError when nothing is sent."""
    stream = sys.stdin.buffer if sys.stdin is not None else None
    if stream is None or stream.isatty():
        raise UsageError(
            "Aucun fichier n’est envoyé à l’entrée standard. Par exemple :\n"
            "  cat mon-fichier.csv | territo validate - --schema financements",
            "No file is sent to standard input. For example:\n"
            "  cat my-file.csv | territo validate - --schema financements",
        )
    return spool.keep(STDIN_LABEL, _read(stream))


def _read(stream: BinaryIO) -> Iterator[bytes]:
    try:
        while block := stream.read(BLOCK):
            yield block
    except OSError as error:
        raise cannot_open(STDIN_LABEL, error) from error


def download(url: str, spool: Spool, *, typed: bool) -> tuple[Path, str]:
    """Put what an address answers into a file; return its path and the name that it goes by.

    `typed` tells an address that the user typed, a consent to read its origin, from one found in
    a descriptor: then only public machines are read. Raises UnsafePathError, RemoteError,
    TooLargeError, and BrokenFileError for a web page.
    """
    from territo_opendata.clients.addresses import origin, shown
    from territo_opendata.clients.transport import stream

    consent = frozenset({origin(url)}) if typed else frozenset()
    with stream(url, consent=consent) as answer:
        path = spool.keep(shown(url), answer.chunks)
        name = _name(answer.url, {key.lower(): value for key, value in answer.headers.items()})
    with path.open("rb") as content:
        if _WEB_PAGE.match(content.read(1000)):
            raise BrokenFileError(shown(url), _PAGE)
    return path, name


def _name(url: str, headers: dict[str, str]) -> str:
    """Return the name of the file at an address, as the answer says it, "" when it does not."""
    offered = re.search(r'filename="?([^";]+)', headers.get("content-disposition", ""))
    for name in (offered[1] if offered else "", unquote(urlsplit(url).path)):
        last = PurePosixPath(name.replace("\\", "/")).name
        if PurePosixPath(last).suffix:
            return last
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return f"table{_TYPES.get(kind, '')}"
