"""Which encoding a French text is surely written in, where guessing wrong would spoil its accents.

The validator guesses, as frictionless does, from the first bytes. To rewrite a file, all of its
bytes are looked at: an encoding of eight bits is certain when it makes French letters and signs
of every one of them.
"""

import codecs
import re
from collections.abc import Iterator

from territo_opendata.tables.encodings import Encoding
from territo_opendata.tables.source import Source

_BLOCK = 1 << 20
_ASCII = bytes(range(128))
_LETTERS = "àâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆáíóúñãõåøìòÁÍÓÚÑß"
_SIGNS = "«»‘’“”–—…€°²³·\u00a0½¼§×±µ"
_FRENCH = frozenset(_LETTERS + _SIGNS)
_CANDIDATES = ("cp1252", "mac_roman", "cp850")
_QUOTES = frozenset(b"\x85\x93\x94\x96\x97")
_QUOTE_IN_WORD = re.compile(rb"(?<=[A-Za-z])[\x85\x93\x94\x96\x97][a-z]")
"""Signs of cp1252 that stand between words; inside one they are letters of cp850."""

_ENOUGH = 2


def settle_encoding(source: Source, found: Encoding) -> str | None:
    """Return the encoding to read `source` with, None when none is certain.

    `found` is what the validator reads it with; one that is declared is believed.
    """
    if found.declared or found.name in ("utf-16", "utf-32"):
        return found.name
    if found.name in ("utf-8", "utf-8-sig") and _decodes(source, found.name):
        return found.name
    if found.name.startswith(("utf-16", "utf-32")):
        return found.name if _decodes(source, found.name) else None
    return _eight_bits(source)


def _eight_bits(source: Source) -> str | None:
    used: set[int] = set()
    in_words = False
    tail = b""
    for block in _blocks(source):
        if _has_utf8(tail + block):
            return None
        used.update(block.translate(None, _ASCII))
        if not (in_words or _QUOTES.isdisjoint(used)):
            in_words = _QUOTE_IN_WORD.search(tail + block) is not None
        tail = block[-3:]
    fitting = [each for each in _CANDIDATES if _is_french(used, each)]
    if "cp1252" in fitting and not in_words:
        return "cp1252"
    others = [each for each in fitting if each != "cp1252"]
    return others[0] if len(others) == 1 and len(used) >= _ENOUGH else None


_UTF8_STARTS = (b"\xc3", b"\xc2", b"\xe2\x80")
_UTF8 = re.compile(rb"[\xc3\xc2][\x80-\xbf]|\xe2\x80[\x80-\xbf]")


def _has_utf8(data: bytes) -> bool:
    """Tell whether a French character stands there in UTF-8: the file is in two encodings."""
    # A search of the pattern alone takes longer than to validate the file.
    may_be = any(start in data for start in _UTF8_STARTS)
    return may_be and _UTF8.search(data) is not None


def _is_french(used: set[int], encoding: str) -> bool:
    text = bytes(sorted(used)).decode(encoding, "replace")
    return all(char in _FRENCH for char in text)


def _decodes(source: Source, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in _blocks(source):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(source: Source) -> Iterator[bytes]:
    with source.open() as stream:
        while block := stream.read(_BLOCK):
            yield block
