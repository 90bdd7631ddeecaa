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
        every = bool(csv_format.quote_char) and (all_quoted or csv_format.skip_initial_space)
        self._format = csv_format
        # Between records written `a; b`, those without the space would hide what separates them.
        self._spaced = every and csv_format.skip_initial_space and not csv_format.escape_char
        # With CR LF for line end, a lone CR or LF in a cell is quoted too.
        self._writer = csv.writer(
            _Lines(self._written),
            dialect,
            lineterminator=_END,
            quoting=csv.QUOTE_ALL if every else dialect.quoting,
        )

    def write(self, records: Iterable[Sequence[str]], end: str = "\n") -> list[str]:
        """Return the text of each record, ended by `end`."""
        if self._spaced:
            return [self._with_spaces(record) + end for record in records]
        self._written.clear()
        self._writer.writerows(records)
        cut = len(_END)
        return [text[:-cut] + end for text in self._written]

    def _with_spaces(self, record: Sequence[str]) -> str:
        quote = self._format.quote_char
        cells = (f"{quote}{cell.replace(quote, quote * 2)}{quote}" for cell in record)
        return f"{self._format.delimiter} ".join(cells)


class _Lines:
    """A file of which only `write` is asked."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
