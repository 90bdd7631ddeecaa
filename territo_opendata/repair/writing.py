"""Records written as delimited text, so that Python's csv reader gives them back unchanged."""

import csv
from collections.abc import Iterable, Sequence

from territo_opendata.tables.dialects import CsvFormat

_END = "\r\n"


class RecordWriter:
    """Writes records in a format; cells that hold a line end of any kind are quoted.

    `all_quoted` quotes every cell, so that whoever guesses the separator guesses right.
    """

    def __init__(self, csv_format: CsvFormat, *, all_quoted: bool = False) -> None:
        self._written: list[str] = []
        dialect = csv_format.python()
        spaced = csv_format.skip_initial_space
        every = bool(csv_format.quote_char) and (all_quoted or spaced)
        # With CR LF for line end, a lone CR or LF in a cell is quoted too.
        self._writer = csv.writer(
            _Lines(self._written),
            dialect,
            lineterminator=_END,
            quoting=csv.QUOTE_ALL if every else dialect.quoting,
        )

    def write(self, records: Iterable[Sequence[str]], end: str = "\n") -> list[str]:
        """Return the text of each record, ended by `end`."""
        self._written.clear()
        self._writer.writerows(records)
        cut = len(_END)
        return [text[:-cut] + end for text in self._written]


class _Lines:
    """A file of which only `write` is asked."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
