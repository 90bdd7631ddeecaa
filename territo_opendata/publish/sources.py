"""Places from which published files are read: a folder, or a base address on the web."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit
from urllib.request import url2pathname

from territo_opendata.errors import MissingFileError, RemoteError, UsageError
from territo_opendata.language import visible
from territo_opendata.release.disk import blocks_of
from territo_opendata.release.model import DESCRIPTOR

PORTALS = {
    "ckan": "territo_opendata.publish.ckan",
    "udata": "territo_opendata.publish.udata",
}
"""The module of each kind of portal, loaded when it is asked for; its `open_source` reads one."""


class Source(Protocol):
    """A base below which files are read by their relative path."""

    @property
    def label(self) -> str:
        """The base as it may be shown."""

    def stream(self, path: str) -> Iterator[bytes]:
        """Yield the bytes of the file at `path`, which must be safe (`names.safe_relative`).

        Raises MissingFileError when there is no such file, UnsafePathError when it is not below
        the base after all, RemoteError when it does not answer.
        """


def open_source(place: str) -> Source:
    """Return the source for a folder, a `file://` or http(s) address, or a dataset of a portal.

    A dataset is told as `ckan:BASE/dataset/NAME` or `udata:BASE/datasets/ID`. The address may also be that of the descriptor itself. Raises UsageError for anything else.
    """
    kind, _, rest = place.partition(":")
    if kind in PORTALS:
        opener: Callable[[str], Source] = import_module(PORTALS[kind]).open_source
        return opener(rest)
    scheme = place.partition("://")[0].lower() if "://" in place else ""
    base = place.removesuffix("/").removesuffix(f"/{DESCRIPTOR}")
    if scheme in ("http", "https"):
        return WebSource(base)
    if scheme == "file":
        parts = urlsplit(base)
        if parts.netloc in ("", "localhost"):
            return FolderSource(Path(url2pathname(parts.path)))
        if os.name == "nt":  # a share of Windows: file://server/share/folder
            return FolderSource(Path(url2pathname(f"//{parts.netloc}{parts.path}")))
    if scheme:
        raise UsageError(
            f"« {visible(place)} » ne peut pas être lu : donnez un dossier ou une adresse http(s).",
            f"“{visible(place)}” cannot be read: give a folder or an http(s) address.",
        )
    path = Path(place).expanduser()
    return FolderSource(path.parent if path.name == DESCRIPTOR and path.is_file() else path)


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A folder of this machine."""

    root: Path

    @property
    def label(self) -> str:
        """See `Source.label`."""
        return str(self.root)

    def stream(self, path: str) -> Iterator[bytes]:
        """See `Source.stream`."""
        from territo_opendata.descriptors.paths import resolve_inside

        file = resolve_inside(self.root, path)
        if not file.is_file():
            raise _missing(path, self.label)
        yield from blocks_of(file)


@dataclass(frozen=True, slots=True)
class WebSource:
    """A base address; having been typed by the user, its origin is consented to."""

    base: str

    @property
    def label(self) -> str:
        """See `Source.label`."""
        from territo_opendata.clients.addresses import shown

        return shown(self.base)

    def stream(self, path: str) -> Iterator[bytes]:
        """See `Source.stream`."""
        from territo_opendata.clients import transport
        from territo_opendata.clients.addresses import origin
        from territo_opendata.clients.answers import StatusError

        url = f"{self.base}/{quote(path)}"
        try:
            with transport.stream(url, consent=frozenset({origin(url)})) as download:
                yield from download.chunks
        except StatusError as error:
            if error.status in (404, 410):
                raise _missing(path, self.label) from error
            raise


def read_whole(source: Source, path: str, limit: int) -> bytes:
    """Return the bytes of a file. Raises RemoteError when there are more than `limit`."""
    content = bytearray()
    for block in source.stream(path):
        content += block
        if len(content) > limit:
            raise RemoteError(
                f"« {visible(path)} » de « {source.label} » dépasse {limit} octets.",
                f"“{visible(path)}” of “{source.label}” exceeds {limit} bytes.",
            )
    return bytes(content)


def _missing(path: str, label: str) -> MissingFileError:
    return MissingFileError(
        f"Il n’y a pas de « {visible(path)} » dans « {label} ». Vérifiez l’adresse : "
        "c’est celle du paquet, pas celle du catalogue.",
        f"There is no “{visible(path)}” in “{label}”. Check the address: it must be that of the "
        "package, not of the catalogue.",
    )
