"""How a delimited text is written, declared or found as frictionless 5.21 finds it."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from territo_opendata.descriptors.model import Dialect

SAMPLE_SIZE = 100
"""Lines (for the delimiter) and records (for the header) looked at, as by frictionless."""

_CANDIDATES = ",\t;|"
_SNIFF_BUDGET = 200_000_000
_SHORT_SAMPLE = 10_000


@dataclass(frozen=True, slots=True)
class CsvFormat:
    """What Python's csv reader needs to know; `delimiter_declared` tells found from declared."""

    delimiter: str = ","
    quote_char: str = '"'
    escape_char: str | None = None
    double_quote: bool = True
    skip_initial_space: bool = False
    delimiter_declared: bool = False

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
    found = _sniff("".join(sample[:SAMPLE_SIZE]), delimiter or _CANDIDATES)
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
        return csv.excel


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
