"""A multipart/form-data body that is streamed (RFC 7578), never held in memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from secrets import token_hex

from territo_opendata.errors import MismatchError
from territo_opendata.language import visible

Progress = Callable[[int, int], None]
"""Told of the bytes sent and of the total."""


@dataclass(frozen=True, slots=True)
class Part:
    """A form field."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of `size` bytes, opened anew each time the body is sent."""

    name: str
    filename: str
    content_type: str
    size: int
    open: Callable[[], Iterable[bytes]]


class Multipart:
    """A body of known length, to be iterated over as often as it must be sent."""

    def __init__(
        self,
        parts: Sequence[Part | FilePart],
        *,
        progress: Progress | None = None,
        boundary: str | None = None,
    ) -> None:
        self._parts = tuple(parts)
        self._progress = progress
        self._boundary = boundary or f"territo-{token_hex(16)}"
        self._end = f"--{self._boundary}--\r\n".encode()

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        return f"multipart/form-data; boundary={self._boundary}"

    @property
    def content_length(self) -> int:
        """The number of bytes of the whole body."""
        return sum(self._size(each) for each in self._parts) + len(self._end)

    def __len__(self) -> int:
        # By this requests knows that it need not send the body in chunks, which WSGI servers and
        # proxies refuse or gather in memory.
        return self.content_length

    def __iter__(self) -> Iterator[bytes]:
        """Yield the body. Raises MismatchError when a file no longer has its size."""
        sent, total = 0, self.content_length
        for block in self._blocks():
            yield block
            sent += len(block)
            if self._progress:
                self._progress(sent, total)

    def _blocks(self) -> Iterator[bytes]:
        for part in self._parts:
            yield self._head(part)
            if isinstance(part, Part):
                yield part.value.encode()
            else:
                yield from _checked(part)
            yield b"\r\n"
        yield self._end

    def _size(self, part: Part | FilePart) -> int:
        content = len(part.value.encode()) if isinstance(part, Part) else part.size
        return len(self._head(part)) + content + len(b"\r\n")

    def _head(self, part: Part | FilePart) -> bytes:
        head = f'--{self._boundary}\r\nContent-Disposition: form-data; name="{_quoted(part.name)}"'
        if isinstance(part, FilePart):
            head += f'; filename="{_quoted(part.filename)}"'
            head += f"\r\nContent-Type: {_quoted(part.content_type)}"
        return f"{head}\r\n\r\n".encode()


def _quoted(value: str) -> str:
    """Escape as browsers do (WHATWG HTML, "multipart/form-data encoding algorithm")."""
    return value.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _checked(part: FilePart) -> Iterator[bytes]:
    size = 0
    for block in part.open():
        size += len(block)
        if size > part.size:
            break
        yield block
    if size != part.size:
        raise MismatchError(
            f"« {visible(part.filename)} » a changé pendant l’envoi : il devait faire {part.size} "
            "octets. Refaites la livraison, puis recommencez.",
            f"“{visible(part.filename)}” changed while it was sent: it should have {part.size} "
            "bytes. Build the release again, then start over.",
        )
