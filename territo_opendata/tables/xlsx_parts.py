"""The small parts of an XLSX workbook: relations, shared texts, number formats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from territo_opendata.tables.archives import Archive
from territo_opendata.tables.source import BrokenFileError
from territo_opendata.tables.workbooks import MAX_TEXT, TOO_LONG
from territo_opendata.tables.xml_stream import local, parse_xml

Kind = Literal["number", "date", "duration"]
"""What a number format shows."""

_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_DURATION = 46
_OF_FORMATS = frozenset({"xf", "alignment", "protection", "extLst", "ext"})
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\]]*\]")


@dataclass(slots=True)
class Part:
    """The elements of a part, as pairs of name and attributes."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def of(self, name: str) -> list[dict[str, str]]:
        """Return the attributes of the elements of that name."""
        return [attributes for each, attributes in self.elements if each == name]


def read_part(archive: Archive, member: str) -> Part:
    """Return the elements of a part that is small. Raises XmlError."""
    found = Part()

    def start(name: str, attributes: dict[str, str]) -> None:
        found.elements.append((name, local(attributes)))

    for _ in parse_xml(archive.blocks(member), start, _ignore, _ignore):
        pass
    return found


def read_shared_strings(archive: Archive, member: str) -> Sequence[str]:
    """Return the texts that cells refer to by number, without formats and phonetic guides.

    Raises XmlError.
    """
    reader = _SharedStrings(archive.label)
    for _ in parse_xml(archive.blocks(member), reader.start, reader.end, reader.data):
        pass
    return reader.texts


class _SharedStrings:
    """Handlers that gather the shared texts."""

    def __init__(self, label: str) -> None:
        self.texts: list[str] = []
        self._label = label
        self._pieces: list[str] = []
        self._length = 0
        self._listening = self._phonetic = False

    def start(self, name: str, _: dict[str, str]) -> None:
        """Note what starts."""
        if name == "t":
            self._listening = not self._phonetic
        elif name == "rPh":
            self._phonetic = True

    def data(self, text: str) -> None:
        """Keep the pieces of a text."""
        if self._listening:
            self._pieces.append(text)
            self._length += len(text)
            if self._length > MAX_TEXT:
                raise BrokenFileError(self._label, TOO_LONG)

    def end(self, name: str) -> None:
        """Make a text of what ends."""
        if name == "t":
            self._listening = False
        elif name == "si":
            self.texts.append(unescape("".join(self._pieces)))
            self._pieces.clear()
            self._length = 0
        elif name == "rPh":
            self._phonetic = False


def read_formats(archive: Archive, member: str) -> Sequence[Kind]:
    """Return what each cell style shows, by its number. Raises XmlError."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside = False
    for name, attributes in read_part(archive, member).elements:
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs" or (inside and name not in _OF_FORMATS):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(attributes.get("numFmtId", "0"))
    return [_kind(number, codes.get(number)) for number in styles]


def _kind(number: str, code: str | None) -> Kind:
    if code is not None:
        return format_kind(code)
    known = int(number) if number.isdecimal() and len(number) < 4 else 0
    if known == _DURATION:
        return "duration"
    return "date" if known in _DATES else "number"


def format_kind(code: str) -> Kind:
    """Return what a format code shows (ECMA-376, Part 1, 18.8.31).

    Texts in it, and what brackets hold (colours, languages, conditions), are no letters of dates.
    """
    bare = _QUOTED.sub("", code.split(";", maxsplit=1)[0])
    if _ELAPSED.search(bare):
        return "duration"
    letters = _BRACKETED.sub("", bare).lower().replace("general", "")
    return "date" if re.search("[dmyhs]", letters) else "number"


def unescape(text: str) -> str:
    """Return the text with its characters written `_xHHHH_` (ECMA-376, ST_Xstring) put back."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _ignore(*_: object) -> None:
    """Leave out what a part is not read for."""
