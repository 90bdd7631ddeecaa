"""A dataset of a portal as a place to get a package from."""

import tempfile
import weakref
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import IO

from territo_opendata.errors import MissingFileError, RemoteError
from territo_opendata.language import visible
from territo_opendata.release.disk import BLOCK
from territo_opendata.release.model import DESCRIPTOR

_MAX_MEMBER = 2_000_000_000

Opener = Callable[[], Iterator[bytes]]


class PortalSource:
    """The files of a dataset by their path in the package; see `sources.Source`.

    What has no resource of its own is read from the `archive`, if there is one; so is the
    descriptor, unless it is given.
    """

    def __init__(
        self,
        label: str,
        descriptor: bytes | None,
        files: Mapping[str, Opener],
        archive: Opener | None = None,
    ) -> None:
        self.label = label
        self._descriptor = descriptor
        self._files = files
        self._open_archive = archive

    def stream(self, path: str) -> Iterator[bytes]:
        """See `Source.stream`."""
        if path == DESCRIPTOR and self._descriptor is not None:
            yield self._descriptor
        elif path in self._files:
            yield from self._files[path]()
        else:
            yield from self._member(path)

    def _member(self, path: str) -> Iterator[bytes]:
        if self._open_archive is None:
            raise self._missing(path)
        try:
            info = self._archive.getinfo(path)
            if info.file_size > _MAX_MEMBER:
                raise self._broken()
            with self._archive.open(info) as stream:
                while block := stream.read(BLOCK):
                    yield block
        except KeyError as error:
            raise self._missing(path) from error
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise self._broken() from error

    @cached_property
    def _archive(self) -> zipfile.ZipFile:
        """The archive, fetched once into a file that goes with this object."""
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the archive
        weakref.finalize(self, file.close)
        for block in self._open_archive() if self._open_archive else ():
            file.write(block)
        return zipfile.ZipFile(file)

    def _missing(self, path: str) -> MissingFileError:
        return MissingFileError(
            f"Il n’y a pas de « {visible(path)} » dans « {self.label} ».",
            f"There is no “{visible(path)}” in “{self.label}”.",
        )

    def _broken(self) -> RemoteError:
        return RemoteError(
            f"L’archive ZIP de « {self.label} » est abîmée : prévenez qui la publie.",
            f"The ZIP archive of “{self.label}” is damaged: tell whoever publishes it.",
        )
