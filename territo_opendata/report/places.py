"""Where a finding stands, as services and spreadsheets address it."""

from territo_opendata.findings import Finding, TableReport
from territo_opendata.language import Language, Text, visible
from territo_opendata.rules.model import column_letters

_STDIN = "-"


def file_of(table: TableReport) -> str | None:
    """Return the path of the table's file with slashes; None when it is no file of this machine."""
    path = table.path
    if path == _STDIN or "://" in path:
        return None
    return path.replace("\\", "/").removeprefix("./")


def line_of(finding: Finding) -> int:
    """Return the physical line to point to; the first, for what concerns the whole file."""
    return finding.line or 1


def sentence(finding: Finding, language: Language) -> str:
    """Return the cell's column, the message and the proposed mend, on one line."""
    parts = []
    if finding.column is not None:
        letters = column_letters(finding.column)
        place = Text(f"Colonne {letters} : ", f"Column {letters}: ")
        parts.append(place.say(language))
    parts.append(finding.message(language))
    if finding.fix:
        parts.append(f" → {visible(finding.fix.text.say(language), 300)}")
    return "".join(parts)
