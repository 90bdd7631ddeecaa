"""Files brought to udata: streamed, large ones in parts.

Both ways go to the same address: that of the dataset for a new resource, that of the resource to
replace its file, which keeps the resource's id and permalink.
"""

import math
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from territo_opendata.clients.answers import NoAnswerError
from territo_opendata.clients.multipart import FilePart, Multipart, Part, Progress
from territo_opendata.clients.udata import Json, Udata

PART = 16_000_000
"""Bytes of one part. Servers in front of portals refuse long requests, and a part that is lost
costs less than a file; below this size a file is sent whole."""

_TRIES = 3


@dataclass(frozen=True, slots=True)
class UploadFile:
    """A file to send; `open_at` gives its bytes from an offset on."""

    name: str
    content_type: str
    size: int
    open_at: Callable[[int], Iterable[bytes]]


def upload_file(
    portal: Udata,
    dataset: str,
    file: UploadFile,
    *,
    resource: str | None = None,
    progress: Progress | None = None,
) -> Json:
    """Send a new file, or the new content of `resource`, and return the resource.

    Raises NoAnswerError when a new one may have been stored all the same; replacing a file is
    tried again, since that ends the same.
    """
    place = f"/datasets/{dataset}/resources/{resource}/upload/" if resource else ""
    path = place or f"/datasets/{dataset}/upload/"
    if file.size > PART:
        return _in_parts(portal, path, file, progress)
    body = Multipart([_part(file, 0, file.size)], progress=progress)
    return portal.upload(path, body, repeatable=resource is not None)


def _in_parts(portal: Udata, path: str, file: UploadFile, progress: Progress | None) -> Json:
    """Send the parts, then have them put together; parts are kept 24 hours by the portal."""
    total = math.ceil(file.size / PART)
    upload = _send_parts(portal, path, file, total, progress)
    end = [Part("uuid", upload), Part("filename", file.name), Part("totalparts", str(total))]
    return portal.upload(path, Multipart(end))


def _send_parts(
    portal: Udata, path: str, file: UploadFile, total: int, progress: Progress | None
) -> str:
    """Send all parts under an identifier of their own and return it.

    udata fails on a part that it has already, so one that got no answer is not sent again: all
    start over, under another identifier.
    """
    for tries_left in reversed(range(_TRIES)):
        upload = str(uuid.uuid4())
        try:
            for index in range(total):
                portal.upload(path, _numbered(file, index, total, upload, progress))
        except NoAnswerError:
            if not tries_left:
                raise
        else:
            break
    return upload


def _numbered(
    file: UploadFile, index: int, total: int, upload: str, progress: Progress | None
) -> Multipart:
    start = index * PART
    size = min(PART, file.size - start)
    parts: list[Part | FilePart] = [
        Part("uuid", upload),
        Part("filename", file.name),
        Part("partindex", str(index)),
        Part("totalparts", str(total)),
        Part("chunksize", str(size)),
        _part(file, start, size),
    ]
    return Multipart(parts, progress=_shifted(progress, start, file.size))


def _shifted(progress: Progress | None, start: int, size: int) -> Progress | None:
    if progress is None:
        return None
    return lambda sent, _total: progress(min(start + sent, size), size)


def _part(file: UploadFile, start: int, size: int) -> FilePart:
    return FilePart(
        "file", file.name, file.content_type, size, lambda: _first(file.open_at(start), size)
    )


def _first(blocks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Yield the first `size` bytes of the blocks."""
    left = size
    for block in blocks:
        if left <= 0:
            return
        yield block[:left]
        left -= len(block)
