"""Turtle for the JSON-LD that we write ourselves (W3C, RDF 1.1 Turtle).

Not for any JSON-LD: the context holds prefixes only, keys and types use them, addresses are whole
and come from `addresses`, which lets nothing pass that Turtle forbids in them.
That is all that a catalogue needs, and saves its publishers a library of RDF.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Node = Mapping[str, Any]

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def encode_turtle(document: Node) -> bytes:
    """Return the document as Turtle in ASCII, which no server can send in a wrong encoding.

    udata 17 reads Turtle as Latin-1 where a server gives no charset.
    """
    subjects: dict[str, dict[str, list[str]]] = {}
    _collect({key: value for key, value in document.items() if key != "@context"}, subjects)
    prefixes = [f"@prefix {name}: <{iri}> ." for name, iri in sorted(document["@context"].items())]
    blocks = [_block(subject, pairs) for subject, pairs in subjects.items() if pairs]
    return "\n\n".join(["\n".join(prefixes), *blocks, ""]).removesuffix("\n").encode("ascii")


def _block(subject: str, pairs: Mapping[str, list[str]]) -> str:
    return f"{subject}\n{_listed(pairs, '  ')} ."


def _listed(pairs: Mapping[str, list[str]], indent: str) -> str:
    joined = f",\n{indent}  "
    return " ;\n".join(f"{indent}{key} {joined.join(values)}" for key, values in pairs.items())


def _collect(node: Node, subjects: dict[str, dict[str, list[str]]]) -> str:
    """Note what is said of a node and return how others refer to it."""
    if "@id" not in node:
        pairs: dict[str, list[str]] = {}
        _note(node, pairs, subjects)
        return "[\n" + _listed(pairs, "      ") + "\n    ]"
    subject = _iri(str(node["@id"]))
    _note(node, subjects.setdefault(subject, {}), subjects)
    return subject


def _note(
    node: Node, pairs: dict[str, list[str]], subjects: dict[str, dict[str, list[str]]]
) -> None:
    for key, value in node.items():
        if key == "@id":
            continue
        given = value if isinstance(value, list) else [value]
        terms = given if key == "@type" else [_term(each, subjects) for each in given]
        found = pairs.setdefault("a" if key == "@type" else key, [])
        found.extend(_new(terms, found))


def _new(terms: Iterable[str], found: list[str]) -> list[str]:
    """Return the terms that are not there; what has no name is another one each time."""
    return [each for each in terms if each.startswith("[") or each not in found]


def _term(value: Any, subjects: dict[str, dict[str, list[str]]]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if "@value" not in value:
        return _collect(value, subjects)
    tag = f"@{value['@language']}" if "@language" in value else ""
    type_ = f"^^{value['@type']}" if "@type" in value else ""
    return _quoted(str(value["@value"])) + tag + type_


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(char) or _ascii(char) for char in text) + '"'


def _iri(text: str) -> str:
    return "<" + "".join(_ascii(char) for char in text) + ">"


def _ascii(char: str) -> str:
    return char if " " <= char <= "~" else _code(char)


def _code(char: str) -> str:
    number = ord(char)
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"
