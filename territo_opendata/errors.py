"""What can go wrong in a run, as one tree of exceptions.

Bad data is never an exception: it is a `Finding` in a `Report`. An exception means that the
run itself could not do what was asked.

    TerritoError
    ├── UsageError            an option or argument that makes no sense
    │   ├── MissingFileError  no such file or directory
    │   └── UnsafePathError   a path or link that leaves its package
    ├── DescriptorError       a schema, descriptor or configuration that is broken
    ├── StalePlanError        a saved plan that no longer fits
    ├── RefusedError          a change that needs a consent not given
    ├── InvalidDataError      data with errors where valid data is required
    ├── MismatchError         what was read back is not what was published
    ├── IncompleteError       what was to be proved could not be checked
    └── RemoteError           a portal or the network failed

Each carries its sentence in both languages, and the exit code of the command line.
"""

from typing import ClassVar

from territo_opendata.language import Language, Text


class TerritoError(Exception):
    """A run that could not do what was asked; `text` says what, why and what to do."""

    exit_code: ClassVar[int] = 2

    def __init__(self, fr: str, en: str) -> None:
        super().__init__(fr)
        self.text = Text(fr, en)

    def say(self, language: Language) -> str:
        """Return the sentence in `language`."""
        return self.text.say(language)


class UsageError(TerritoError):
    """An option or argument that makes no sense."""


class MissingFileError(UsageError):
    """No such file or directory, or one that cannot be opened."""


class UnsafePathError(UsageError):
    """A path, link or address that a descriptor may not name."""


class DescriptorError(TerritoError):
    """A schema, descriptor or configuration file that is broken, for its author to mend."""


class StalePlanError(TerritoError):
    """A saved plan that no longer fits the release or the target."""


class RefusedError(TerritoError):
    """A change that needs a consent (`--yes`, `--allow-removal`…) that was not given."""


class InvalidDataError(TerritoError):
    """Data with errors where valid data is required."""

    exit_code: ClassVar[int] = 1


class MismatchError(TerritoError):
    """What was read back differs from what was published."""

    exit_code: ClassVar[int] = 1


class IncompleteError(TerritoError):
    """A proof that could not be completed, so that nothing may be built on it."""

    exit_code: ClassVar[int] = 3


class RemoteError(TerritoError):
    """A portal or the network failed, or refused."""

    exit_code: ClassVar[int] = 4
