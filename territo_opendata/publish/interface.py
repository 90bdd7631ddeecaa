"""The port that every target of publication implements."""

from collections.abc import Callable, Iterator
from typing import Protocol

from territo_opendata.publish.model import Action, Current, Desired, Outcome

UploadWatcher = Callable[[str, int, int], None]
"""Told of an upload under way: the object, the bytes sent, the total."""


def unwatched(_object_id: str, _sent: int, _total: int) -> None:
    """Tell nobody."""


class Target(Protocol):
    """A place where one release is to be published.

    Every method may raise UsageError, RefusedError or RemoteError when the place cannot be
    reached or may not be written.
    """

    @property
    def address(self) -> str:
        """The target as the user writes it (`folder:PATH`), resolved and without secrets."""

    def read(self) -> Current:
        """Return what the target holds of this package now. Writes nothing."""

    def desire(self, current: Current) -> Desired:
        """Return what the target should hold, given what it holds. Writes and reads nothing."""

    def apply(self, action: Action, on_upload: UploadWatcher = unwatched) -> Outcome:
        """Do one action and read the object back.

        An object that is as `after` already is skipped; one that is neither as `before` nor an
        unfinished write of our own raises StalePlanError. Raises MismatchError when the target
        kept something else than what was sent.
        """

    def fetch(self, resource: str) -> Iterator[bytes]:
        """Yield the bytes of a published file, as a reader of the target gets them.

        `resource` is an address that `Item.downloads` gives. Raises MissingFileError when there
        is no such file.
        """
