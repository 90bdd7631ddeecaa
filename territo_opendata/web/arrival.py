"""A file on its way from the browser to the disk."""

import asyncio
import re
import shutil
import urllib.parse
from pathlib import Path, PurePosixPath

from starlette.requests import ClientDisconnect, Request

from territo_opendata.errors import TerritoError, UsageError
from territo_opendata.language import visible
from territo_opendata.tables.spool import TooLargeError
from territo_opendata.web.desk import Desk
from territo_opendata.web.work import Work
from territo_opendata.workflow.recognition import recognise
from territo_opendata.workflow.tables import Received

NAME_HEADER = "x-file-name"
_LONGEST = 150
_NAMELESS = "fichier.csv"
_BATCH = 1 << 20


async def receive(request: Request, desk: Desk) -> Work:
    """Write the body of the request to a folder of its own, and return it as a work.

    Raises TooLargeError past the limit (before anything is read where the browser says the
    size), UsageError for a disk that is full or a transfer that ends early, and as `recognise`.
    """
    name = file_name(request.headers.get(NAME_HEADER, ""))
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > desk.max_size:
        raise too_large(name, desk.max_size)
    folder = desk.new_folder()
    try:
        path = folder / "original"
        await _write(request, path, name, desk.max_size)
        received = Received(name, path, max_size=desk.max_size)
        recognised = await asyncio.to_thread(recognise, received)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    work = desk.add(received, folder)
    work.recognised = recognised
    return work


def file_name(given: str) -> str:
    """Return what the file is called, for people and to tell its form: never a path."""
    plain = urllib.parse.unquote(given).replace("\\", "/")
    name = re.sub(r"[^\w .()\[\]'’+,;=@&-]", "_", PurePosixPath(plain).name).strip(" .")
    if len(name) > _LONGEST:
        ending = PurePosixPath(name).suffix[:10]
        name = name[: _LONGEST - len(ending)] + ending
    return name or _NAMELESS


async def _write(request: Request, path: Path, name: str, limit: int) -> None:
    total, batch = 0, bytearray()
    try:
        with path.open("xb") as stream:
            async for block in request.stream():
                total += len(block)
                if total > limit:
                    raise too_large(name, limit)
                batch += block
                if len(batch) >= _BATCH:
                    await asyncio.to_thread(stream.write, bytes(batch))
                    batch.clear()
            stream.write(batch)
    except ClientDisconnect as error:
        raise _cut(name) from error
    except OSError as error:
        raise _no_room(name, error) from error


def too_large(name: str, limit: int) -> TooLargeError:
    """Return what to say of a file that is larger than the page takes."""
    shown, size = visible(name, 200), limit // 1_000_000
    return TooLargeError(
        f"« {shown} » dépasse {size} Mo, la limite de cette page. Relancez « territo serve » avec --max-size pour la relever, ou vérifiez-le avec « territo validate ».",
        f"“{shown}” exceeds {size} MB, the limit of this page. Start “territo serve” again with --max-size to raise it, or check the file with “territo validate”.",
    )


def _cut(name: str) -> TerritoError:
    shown = visible(name, 200)
    return UsageError(
        f"L’envoi de « {shown} » a été interrompu. Déposez-le à nouveau.",
        f"The transfer of “{shown}” was interrupted. Drop it again.",
    )


def _no_room(name: str, error: OSError) -> TerritoError:
    shown, reason = visible(name, 200), visible(error.strerror or str(error))
    return UsageError(
        f"« {shown} » n’a pas pu être gardé : {reason}. Faites de la place sur le disque.",
        f"“{shown}” could not be kept: {reason}. Make room on the disk.",
    )
