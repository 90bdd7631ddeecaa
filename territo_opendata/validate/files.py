"""Findings about a file as a whole: its encoding, its dialect, its end."""

from collections.abc import Iterator

from territo_opendata.findings import Finding
from territo_opendata.language import Text
from territo_opendata.tables.table import Table
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.result import ChunkResult

_HASHES = {32: "md5", 64: "sha256"}
_DELIMITERS = {
    "\t": Text("une tabulation", "a tab"),
    " ": Text("un espace", "a space"),
    ";": Text("un point-virgule", "a semicolon"),
    "|": Text("une barre verticale", "a vertical bar"),
}


def opening_findings(name: str, table: Table) -> Iterator[Finding]:
    """Yield what is said of a table before its records are read."""
    encoding = table.encoding
    if not encoding.declared and encoding.name not in ("utf-8", "utf-8-sig"):
        yield Finding("encoding-not-utf8", name, facts={"encoding": encoding.name})
    elif encoding.mark and not encoding.declared:
        yield Finding("byte-order-mark", name, facts={"encoding": encoding.name})
    if not table.format.delimiter_declared and table.format.delimiter != ",":
        delimiter = table.format.delimiter
        quoted = Text(f"«\u00a0{delimiter}\u00a0»", f"“{delimiter}”")
        shown = _DELIMITERS.get(delimiter, quoted)
        yield Finding("delimiter-unusual", name, facts={"delimiter": shown})
    if table.header.row > 1 and not table.header.declared:
        row = table.header.row
        yield Finding("title-rows", name, 1, 1, facts={"count": row - 1, "header_row": row})


def closing_findings(name: str, table: Table, result: ChunkResult) -> Iterator[Finding]:
    """Yield what is only known once the file has been read to its end."""
    bad = table.undecodable
    if bad.lines:
        facts = {
            "encoding": table.encoding.name,
            "byte": f"{bad.byte:02X}" if bad.byte else "?",
            "count": bad.lines,
        }
        yield Finding("encoding-undecodable", name, None, bad.line, facts=facts)
    if result.broken:
        row, line = result.records + 1, result.lines + 1
        yield Finding("csv-unreadable", name, row, line, facts={"reason": result.broken})
    if not (result.content or result.broken or result.unclosed or table.empty):
        yield _without_content(name, table)


def _without_content(name: str, table: Table) -> Finding:
    """Return what is said of a table of which nothing was judged; blank rows may be left out."""
    if not table.header.labels:
        return Finding("file-empty", name, facts={"path": table.source.label})
    return Finding("header-only", name, table.header.row, table.header.line)


def declared_findings(table: TableInput) -> Iterator[Finding]:
    """Yield where the file differs from the size and digest that its resource declares."""
    if table.bytes is not None and table.source.size() != table.bytes:
        sizes = {"expected": table.bytes, "actual": table.source.size()}
        yield Finding("bytes-mismatch", table.name, facts=sizes)
    if table.hash:
        algorithm, _, digest = table.hash.rpartition(":")
        algorithm = algorithm or _HASHES.get(len(digest), "")
        if algorithm not in ("md5", "sha256", "sha1", "sha512"):
            return
        actual = file_digest(table, algorithm)
        if actual != digest.lower():
            facts = {"expected": digest, "actual": actual}
            yield Finding("hash-mismatch", table.name, facts=facts)


def file_digest(table: TableInput, algorithm: str = "sha256") -> str:
    """Return the hexadecimal digest of the file's bytes, as they lie on disk."""
    import hashlib

    with table.source.path.open("rb") as stream:
        return hashlib.file_digest(stream, algorithm).hexdigest()
