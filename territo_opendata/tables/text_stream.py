"""A table as a stream of UTF-8 bytes that can be read from any offset."""

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from territo_opendata.tables.encodings import Undecodable, decode_blocks
from territo_opendata.tables.table import Table

UTF8_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 20
_RAW = ("utf-8", "utf-8-sig")
_LONGEST_LINE = 1 << 14


class TextStream:
    """A table as a stream of UTF-8 bytes that can be read from any offset.

    Bytes that are no text stay as they are in UTF-8; read from another encoding, what stands for
    them is no valid UTF-8 either, so that no reader takes it for text.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._translate = table.source.format == "tsv"
        self.raw = table.encoding.name in _RAW and not self._translate
        self.errors = "surrogateescape" if self.raw else "surrogatepass"

    def blocks(self, wanted: Callable[[], int], undecodable: Undecodable) -> Iterator[bytes]:
        """Yield the bytes from the start, before each block as many as are `wanted` then.

        Blocks end with a line where that is near. What is no text is noted in `undecodable`,
        unless the stream is UTF-8 already.
        """
        with self._table.source.open() as stream:
            if not self.raw:
                for text in decode_blocks(
                    stream,
                    self._table.encoding.name,
                    undecodable,
                    translate=self._translate,
                ):
                    yield text.encode("utf-8", "surrogatepass")
                return
            self._pass_mark(stream)
            while block := stream.read(self._up_to_line(stream, wanted())):
                yield block

    def _up_to_line(self, stream: BinaryIO, size: int) -> int:
        """Return how far the line goes that byte `size` is in, `size` where that is far.

        Known before the block is read, so that what is cut off its end need not be copied.
        """
        if self._table.source.compressed:
            return size
        here = stream.tell()
        stream.seek(here + size)
        beyond = stream.read(_LONGEST_LINE).find(b"\n") + 1
        stream.seek(here)
        return size + beyond

    def parts(self, wanted: list[tuple[int, int]]) -> Iterator[bytes]:
        """Yield the bytes of these stretches, (offset, length) in increasing order."""
        if self.raw and not self._table.source.compressed:
            with self._table.source.open() as stream:
                mark = self._pass_mark(stream)
                for offset, length in wanted:
                    stream.seek(offset + mark)
                    yield stream.read(length)
            return
        yield from _picked(self.blocks(lambda: _BLOCK, Undecodable()), wanted)

    def lines(self, data: bytes) -> Iterator[str]:
        """Yield the lines of a stretch."""
        return iter(io.StringIO(data.decode("utf-8", self.errors), newline=""))

    def _pass_mark(self, stream: BinaryIO) -> int:
        if self._table.encoding.name != "utf-8-sig":
            return 0
        if stream.read(len(UTF8_MARK)) == UTF8_MARK:
            return len(UTF8_MARK)
        stream.seek(0)
        return 0


def _picked(blocks: Iterator[bytes], wanted: list[tuple[int, int]]) -> Iterator[bytes]:
    held, start = b"", 0
    for offset, length in wanted:
        while start + len(held) < offset + length:
            left = max(0, min(offset - start, len(held)))
            held, start = held[left:] + next(blocks), start + left
        yield held[offset - start : offset - start + length]
