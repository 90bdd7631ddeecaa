"""Rows put aside in parts, so that each fits in memory whatever the size of the table."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Self

import polars as pl

_LENGTH = 8
_HELD = 64 << 20
"""Bytes of all parts together that stay in memory; what exceeds them goes to disk."""


class Parts:
    """Frames of one form, shared out by a number; to be used in a `with` statement."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._stack = ExitStack()
        self._files = [
            self._stack.enter_context(tempfile.SpooledTemporaryFile(max(1, _HELD // count)))  # noqa: SIM115
            for _ in range(count)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, frame: pl.DataFrame, hashes: pl.Series) -> None:
        """Put each row into the part that its hash tells."""
        if not frame.height:
            return
        if self.count == 1:
            self._write(0, frame)
            return
        numbered = frame.with_columns((hashes % self.count).alias("part"))
        for (number,), part in numbered.partition_by(
            "part", as_dict=True, include_key=False
        ).items():
            self._write(int(str(number)), part)

    def read(self, number: int) -> pl.DataFrame | None:
        """Return the rows of a part in the order in which they came, None when it has none."""
        frames = list(self._frames(number))
        return pl.concat(frames) if frames else None

    def _write(self, number: int, frame: pl.DataFrame) -> None:
        stream = io.BytesIO()
        # The oldest layout holds the texts of these rows and no others.
        frame.write_ipc_stream(stream, compat_level=pl.CompatLevel.oldest())
        content = stream.getbuffer()
        file = self._files[number]
        file.write(len(content).to_bytes(_LENGTH, "big"))
        file.write(content)

    def _frames(self, number: int) -> Iterator[pl.DataFrame]:
        file = self._files[number]
        file.seek(0)
        while length := file.read(_LENGTH):
            yield pl.read_ipc_stream(io.BytesIO(file.read(int.from_bytes(length, "big"))))
