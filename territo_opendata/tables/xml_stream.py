"""XML read as it comes, in constant memory: elements and text, told to handlers.

A document type is refused: no spreadsheet has one, and it is where entities that expand without
end, or that read other files, are declared.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.parsers import expat

from territo_opendata.language import Text

_ENCODING = Text("l’encodage de son XML est inconnu", "the encoding of its XML is unknown")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Data = Callable[[str], None]


class XmlError(Exception):
    """XML that cannot be read; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def parse_xml(blocks: Iterable[bytes], start: Start, end: End, data: Data) -> Iterator[None]:
    """Feed the handlers, pausing after each block of bytes.

    Elements are named without the prefix of their namespace; for attributes see `local`. Only
    UTF-8 and UTF-16 are decoded without help, all that spreadsheets use. Raises XmlError.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    names = _LocalNames()

    def begin(name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            parser.StartElementHandler = lambda each, found: start(names[each], found)
            parser.EndElementHandler = lambda each: end(names[each])
        else:
            parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartElementHandler(name, attributes)

    parser.StartElementHandler = begin
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for block in blocks:
            parser.Parse(block, False)
            yield
        parser.Parse(b"", True)
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise XmlError(_ENCODING) from error
    except expat.ExpatError as error:
        raise XmlError(
            Text(
                f"son contenu est abîmé (ligne {error.lineno} de son XML)",
                f"its content is damaged (line {error.lineno} of its XML)",
            )
        ) from error
    yield


def local(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes under their names without prefix."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class _LocalNames(dict[str, str]):
    """Names without the prefix of their namespace, each cut once."""

    def __missing__(self, name: str) -> str:
        found = self[name] = name.rpartition(":")[2]
        return found


def _refuse(*_: Any) -> None:
    raise XmlError(
        Text("il contient une déclaration interdite (DOCTYPE)", "it holds a DOCTYPE, not allowed")
    )
