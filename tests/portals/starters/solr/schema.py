"""What CKAN's own schema.xml says of each field, and what Solr refuses because of it."""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

Terms = dict[str, list[Any]]
Document = dict[str, Any]

_LONGEST_TERM = 32_766


def words(text: object) -> list[str]:
    """Return the words of a text, in lower case and without accents."""
    plain = unicodedata.normalize("NFKD", str(text))
    return re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)).lower())


def flat(value: object) -> str:
    """Return a value as a term."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def moment(value: object) -> str:
    """Return a date as Solr writes it: UTC, milliseconds without closing zeros."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"Invalid Date String:'{value}'") from None
    read = read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
    fraction = f"{read.microsecond // 1000:03d}".rstrip("0")
    return read.strftime("%Y-%m-%dT%H:%M:%S") + (f".{fraction}" if fraction else "") + "Z"


class Schema:
    """The fields of the index."""

    def __init__(self, path: Path) -> None:
        self.xml = path.read_text(encoding="utf-8")
        root = ET.fromstring(self.xml)  # noqa: S314 (a file of the installed CKAN)
        self._fields = {each.attrib["name"]: each.attrib for each in root.iter("field")}
        dynamic = [each.attrib for each in root.iter("dynamicField")]
        self._dynamic = sorted(dynamic, key=lambda each: -len(each["name"]))
        self._copies = [
            (each.attrib["source"], each.attrib["dest"]) for each in root.iter("copyField")
        ]
        self.key = root.findtext(".//uniqueKey") or "id"

    def field(self, name: str) -> Mapping[str, str]:
        """Return the attributes of a field. Raises ValueError for an unknown one."""
        if name in self._fields:
            return self._fields[name]
        for each in self._dynamic:
            if fnmatchcase(name, each["name"]):
                return each
        raise ValueError(f"undefined field {name}")

    def kind(self, name: str) -> str:
        """Return the name of a field's type."""
        return self.field(name)["type"]

    def index(self, document: Document) -> tuple[Document, Terms]:
        """Return what a document gives back and what it is found by.

        Raises ValueError for what Solr refuses: several values for a single-valued field, a bad
        date, a term that is too long, a required field left out.
        """
        stored: Document = {}
        terms: Terms = {}
        for name, value in {"indexed_ts": datetime.now(UTC).isoformat(), **document}.items():
            values = self._values(name, value, document)
            field = self.field(name)
            if field["stored"] == "true" and values:
                stored[name] = values if field.get("multiValued") == "true" else values[0]
            if field["indexed"] == "true":
                terms.setdefault(name, []).extend(self._searchable(name, values))
        for name, field in self._fields.items():
            if field.get("required") == "true" and name not in document:
                raise ValueError(f"{self._head(document)} missing required field: {name}")
        self._copy(terms)
        return stored, terms

    def _values(self, name: str, value: Any, document: Document) -> list[Any]:
        field = self.field(name)
        values = value if isinstance(value, list) else [value]
        if len(values) > 1 and field.get("multiValued") != "true":
            raise ValueError(
                f"{self._head(document)} multiple values encountered for non multiValued field "
                f"{name}: {values}"
            )
        if field["type"] == "date":
            return [moment(each) for each in values]
        is_term = field["type"] == "string" and field["indexed"] == "true"
        if is_term and any(len(flat(each).encode()) > _LONGEST_TERM for each in values):
            raise ValueError(
                f"{self._head(document)} Document contains at least one immense term in "
                f'field="{name}" (whose UTF8 encoding is longer than the max length {_LONGEST_TERM})'
            )
        return values

    def _searchable(self, name: str, values: list[Any]) -> Iterator[Any]:
        """Yield the values as they are compared and sorted: dates without their Z."""
        yield from (each[:-1] for each in values) if self.kind(name) == "date" else values

    def _copy(self, terms: Terms) -> None:
        for source, target in self._copies * 2:  # twice: a copy may be copied on
            for name in [each for each in terms if each != target and fnmatchcase(each, source)]:
                known = terms.setdefault(target, [])
                known.extend(each for each in terms[name] if each not in known)

    def _head(self, document: Document) -> str:
        return f"ERROR: [doc={document.get(self.key)}]"
