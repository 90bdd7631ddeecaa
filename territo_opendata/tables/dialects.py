"""How a delimited text is written, declared or found as frictionless 5.21 finds it."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from territo_opendata.descriptors.model import Dialect

SAMPLE_SIZE = 100
"""Lines (for the delimiter) and records (for the header) looked at, as by frictionless."""

CANDIDATES = ",\t;|"
_SNIFF_BUDGET = 200_000_000
_SHORT_SAMPLE = 10_000
_REGULAR = 0.9
_ENOUGH = 2
"""How many records tell a separator: one alone proves nothing."""


@dataclass(frozen=True, slots=True)
class CsvFormat:
    """What Python's csv reader needs to know; `delimiter_declared` tells found from declared."""

    delimiter: str = ","
    quote_char: str = '"'
    escape_char: str | None = None
    double_quote: bool = True
    skip_initial_space: bool = False
    delimiter_declared: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether Polars can read texts written so."""
        marks = (self.delimiter, self.quote_char)
        return (
            all(len(mark) == 1 and mark.isascii() and mark not in "\r\n" for mark in marks)
            and self.delimiter != self.quote_char
            and self.escape_char is None
            and not self.skip_initial_space
        )

    def python(self) -> type[csv.Dialect]:
        """Return the equivalent dialect of Python's csv module."""

        class Python(csv.excel):
            delimiter = self.delimiter
            quotechar = self.quote_char or None
            quoting = csv.QUOTE_MINIMAL if self.quote_char else csv.QUOTE_NONE
            escapechar = self.escape_char
            doublequote = self.double_quote if self.escape_char else True
            skipinitialspace = self.skip_initial_space

        return Python


def find_format(sample: Sequence[str], declared: Dialect, *, tabs: bool = False) -> CsvFormat:
    """Return the format of a text that starts with the lines of `sample`.

    What `declared` leaves open is found with `csv.Sniffer` on the first hundred lines, as
    frictionless does (`CsvParser.read_cell_stream_create`). `tabs` is True for a TSV file.
    """
    delimiter = declared.delimiter or ("\t" if tabs else None)
    found = _sniff("".join(sample[:SAMPLE_SIZE]), delimiter or CANDIDATES)
    escape = declared.escape_char if declared.escape_char is not None else found.escapechar
    quote = declared.quote_char
    if quote is None:
        quote = '"' if found.quotechar in ("'", None) else found.quotechar
    space = declared.skip_initial_space
    return CsvFormat(
        delimiter=delimiter or found.delimiter,
        quote_char=quote,
        escape_char=escape,
        double_quote=True if declared.double_quote is None else declared.double_quote,
        skip_initial_space=bool(found.skipinitialspace if space is None else space),
        delimiter_declared=declared.delimiter is not None or tabs,
    )


def _sniff(text: str, delimiters: str) -> type[csv.Dialect]:
    # The sniffer's expressions look for a closing quote from each opening one: on hostile text
    # their time is the number of quotes times its length.
    if text.count('"') + text.count("'") > _SNIFF_BUDGET // max(len(text), 1):
        text = text[:_SHORT_SAMPLE]
    try:
        return csv.Sniffer().sniff(text, delimiters)
    except csv.Error:
        return _regular(text, delimiters)


def _regular(text: str, delimiters: str) -> type[csv.Dialect]:
    """Return the format by which nearly all records have the same number of cells.

    Sentences hide the separator from the sniffer, which counts the marks in quotes too. "Each line
    should contain the same number of fields throughout the file" (RFC 4180, section 2): the comma,
    then each other candidate, is tried by that.
    """

    class Found(csv.excel):
        pass

    for mark in sorted(delimiters, key=lambda each: each != Found.delimiter):
        Found.delimiter = mark
        if _is_regular(text, Found):
            return Found
    return csv.excel


def _is_regular(text: str, written: type[csv.Dialect]) -> bool:
    try:
        widths = Counter(len(cells) for cells in csv.reader(io.StringIO(text), written) if cells)
    except csv.Error:
        return False
    width, times = widths.most_common(1)[0] if widths else (0, 0)
    return width > 1 and times >= max(_REGULAR * widths.total(), _ENOUGH)


def find_header_rows(widths: Sequence[int], skip: Sequence[bool]) -> tuple[int, ...]:
    """Return the number of the header record, found by its width among the first hundred.

    The first record about as wide as the average is the header, so that title rows above it are
    passed over (frictionless' `Detector.detect_dialect`). `skip` marks comment records.
    """
    if not widths:
        return (1,)
    width = round(sum(widths) / len(widths))
    drift = max(round(width * 0.1), 1)
    for number, (each, comment) in enumerate(zip(widths, skip, strict=True), start=1):
        if not comment and abs(each - width) <= drift:
            return (number,)
    return (1,)
