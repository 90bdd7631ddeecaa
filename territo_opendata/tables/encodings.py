"""Which encoding a table is written in, and its decoding into lines that loses nothing."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from territo_opendata.errors import DescriptorError

BUFFER_SIZE = 100_000
"""Bytes looked at to find an encoding: as many as frictionless looks at."""

_BLOCK = 1 << 20
_MIN_CONFIDENCE = 0.5
ESCAPED = re.compile("[\udc80-\udcff]")
"""The lone surrogates that stand for bytes that are no text (PEP 383)."""
_REPLACED = re.compile("\ufffd")
_SHIFT_MARKS = (b"\x1b", b"~{")
_MARKS = {
    "utf-8": ("utf-8-sig", codecs.BOM_UTF8),
    "utf-8-sig": ("utf-8-sig", codecs.BOM_UTF8),
    "utf-16-be": ("utf-16", codecs.BOM_UTF16_BE),
    "utf-16-le": ("utf-16", codecs.BOM_UTF16_LE),
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a table: its Python codec, whether declared, whether it has a mark (BOM)."""

    name: str
    declared: bool
    mark: bool


@dataclass(slots=True)
class Undecodable:
    """Where bytes were met that the encoding cannot hold: first line and byte, lines in all."""

    line: int = 0
    byte: int = 0
    lines: int = 0

    @property
    def bad(self) -> re.Pattern[str]:
        """What stands for such bytes in the decoded text."""
        return ESCAPED if self.byte else _REPLACED

    def add(self, found: "Undecodable", lines_before: int) -> None:
        """Add what was found in the stretch that follows the first `lines_before` lines."""
        if not self.lines and found.lines:
            self.line, self.byte = found.line + lines_before, found.byte
        self.lines += found.lines


def detect_encoding(buffer: bytes, declared: str | None = None) -> Encoding:
    """Return the encoding of the table that starts with `buffer` (up to `BUFFER_SIZE` bytes).

    Follows frictionless 5.21 (`Detector.detect_encoding`): the declared one, else what chardet
    finds, UTF-8 when in doubt; a byte-order mark selects the variant that strips it. Raises
    DescriptorError when the declared encoding has no codec.
    """
    name = _lookup(declared) if declared else _find(buffer)
    with_mark, mark = _MARKS.get(name, (name, b""))
    marked = bool(mark) and buffer.startswith(mark)
    if name in ("utf-16", "utf-32"):
        marked = True
    return Encoding(with_mark if marked else name, declared is not None, marked)


def _lookup(declared: str) -> str:
    try:
        info = codecs.lookup(declared)
    except (LookupError, ValueError):
        info = None
    if info is None or not getattr(info, "_is_text_encoding", True):
        raise DescriptorError(
            f"L’encodage déclaré « {declared} » n’existe pas. Écrivez par exemple « utf-8 ».",
            f"The declared encoding “{declared}” does not exist. Write “utf-8”, for example.",
        )
    return info.name


def _find(buffer: bytes) -> str:
    # chardet, fed line by line as frictionless feeds it, now and then misses the mark of UTF-16.
    if buffer.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if buffer.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _is_plain_utf8(buffer):
        return "utf-8"
    import chardet

    detector = chardet.UniversalDetector()
    for line in buffer.splitlines():
        detector.feed(line)
    detector.close()
    found = detector.result["encoding"] or "utf-8"
    if (detector.result["confidence"] or 0) < _MIN_CONFIDENCE and _decodes(buffer, "utf-8"):
        found = "utf-8"
    if not found.lower().startswith(("utf-16", "utf-32")):
        found = _unmarked_utf16(buffer) or found
    return _lookup("utf-8" if found == "ascii" else found)


def _unmarked_utf16(buffer: bytes) -> str | None:
    """Return which UTF-16 the text is in when nearly every other byte is NUL, else None.

    chardet finds it in long texts; a short one it takes for a text full of NUL.
    """
    first, second = buffer[0::2], buffer[1::2]
    for name, low, high in (("utf-16-le", first, second), ("utf-16-be", second, first)):
        latin = high.count(b"\x00") > len(high) // 2 and b"\x00" not in low
        if latin and _decodes_until_cut(buffer, name):
            return name
    return None


def _is_plain_utf8(buffer: bytes) -> bool:
    """Tell whether chardet is sure to find UTF-8, so that it need not be asked.

    A truncated last character is the buffer's cut, not a fault of the file. A stray NUL makes
    chardet guess at UTF-16, where half the bytes of a text would be NUL: few are a fault to tell.
    """
    shifted = any(mark in buffer for mark in _SHIFT_MARKS)
    if shifted or buffer.count(b"\x00") > len(buffer) // 4:
        return False
    return _decodes_until_cut(buffer, "utf-8")


def _decodes_until_cut(buffer: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(buffer, final=len(buffer) < BUFFER_SIZE)
    except UnicodeDecodeError:
        return False
    return True


def _decodes(buffer: bytes, encoding: str) -> bool:
    try:
        buffer.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def decode_lines(
    stream: BinaryIO, encoding: str, undecodable: Undecodable, *, translate: bool = False
) -> Iterator[str]:
    """Yield the lines of `stream` with their ends, cut at LF, CR LF and lone CR.

    See `decode_blocks`.
    """
    for block in decode_blocks(stream, encoding, undecodable, translate=translate):
        yield from io.StringIO(block, newline="")


def decode_blocks(
    stream: BinaryIO, encoding: str, undecodable: Undecodable, *, translate: bool = False
) -> Iterator[str]:
    """Yield the text of `stream` in blocks of whole lines.

    Bytes that `encoding` cannot hold become lone surrogates (or U+FFFD where the codec knows
    none) and are noted in `undecodable`, so that the rest of the file is still read. With
    `translate`, every line end becomes LF (what frictionless does with TSV). Memory is bounded
    by the longest line.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    pending: list[str] = []
    bad: re.Pattern[str] | None = None
    lines_before = 0
    while True:
        read = stream.read(_BLOCK)
        text, found = _decode(decoder, read, final=not read)
        bad = found or bad
        cut = _last_end(text) if read else len(text)
        if read and not cut:
            pending.append(text)
            continue
        whole = "".join((*pending, text[:cut]))
        pending = [text[cut:]]
        if bad is not None:
            undecodable.add(find_undecodable(whole, bad), lines_before)
            bad = bad if bad.search(pending[0]) else None
        lines_before += count_ends(whole)
        yield whole.replace("\r\n", "\n").replace("\r", "\n") if translate else whole
        if not read:
            return


def _decode(
    decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool
) -> tuple[str, re.Pattern[str] | None]:
    """Return the text of `block` and what stands in it for bad bytes, None when all went well."""
    state = decoder.getstate()
    try:
        return decoder.decode(block, final), None
    except UnicodeDecodeError:
        pass
    for handler, bad in (("surrogateescape", ESCAPED), ("replace", _REPLACED)):
        decoder.setstate(state)
        decoder.errors = handler
        try:
            return decoder.decode(block, final), bad
        except UnicodeDecodeError:
            continue
        finally:
            decoder.errors = "strict"
    return "", None


def find_undecodable(text: str, bad: re.Pattern[str]) -> Undecodable:
    """Return which lines of `text` hold one of the characters `bad`, and the first of these."""
    found = Undecodable()
    if text.isascii():
        return found
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        first = bad.search(line)
        if first is None:
            continue
        if not found.lines:
            found.line = number
            found.byte = ord(first[0]) - 0xDC00 if bad is ESCAPED else 0
        found.lines += 1
    return found


def count_ends(text: str) -> int:
    """Return the number of line ends in `text`."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _last_end(text: str) -> int:
    """Return where the last whole line ends; a final CR may be half of a CR LF."""
    end = len(text) - 1 if text.endswith("\r") else len(text)
    return max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
