"""`CITATION.cff`: how to cite a release (Citation File Format 1.2.0, by Druskat et al.)."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from territo_opendata.release.about import About, Agent, read_about

CITATION = "CITATION.cff"
_MESSAGE = (
    "Si vous réutilisez ces données, citez-les ainsi. / If you reuse this data, please cite it so."
)
_MAIL = re.compile(r"\S+@\S+\.\S{2,}")


def encode_citation(descriptor: Mapping[str, Any]) -> bytes:
    """Return CITATION.cff of a released package. Raises DescriptorError as `read_about`."""
    return _yaml(citation(read_about(descriptor))).encode()


def citation(about: About) -> dict[str, Any]:
    """Return what CITATION.cff says, as a JSON value."""
    licence = about.licence
    values = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": _MESSAGE,
        "title": about.title,
        "authors": [_author(each) for each in about.authors],
        "version": about.version,
        "date-released": about.modified.date().isoformat() if about.modified else None,
        "license": licence.spdx if licence else None,
        "license-url": licence.page if licence and not licence.spdx else None,
        "url": about.homepage,
        "keywords": list(dict.fromkeys(about.keywords)) or None,
        "abstract": about.description,
    }
    return {key: value for key, value in values.items() if value is not None}


def _author(agent: Agent) -> dict[str, str]:
    named = {"family-names": agent.family_name, "given-names": agent.given_name}
    values = {
        **(named if agent.family_name else {"name": agent.name}),
        "website": agent.url,
        "email": agent.email if agent.email and _MAIL.fullmatch(agent.email) else None,
    }
    return {key: value for key, value in values.items() if value}


def _yaml(values: Mapping[str, Any]) -> str:
    return "".join(f"{key}:{_value(value)}\n" for key, value in values.items())


def _value(value: str | Sequence[Any]) -> str:
    if isinstance(value, str):
        return f" {_quoted(value)}"
    return "".join(f"\n  - {_item(each)}" for each in value)


def _item(value: str | Mapping[str, str]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return "\n    ".join(f"{key}: {_quoted(text)}" for key, text in value.items())


def _quoted(text: str) -> str:
    """Return a text as JSON, which YAML 1.2 reads, without the characters that YAML forbids."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(char) for char in quoted)


def _escaped(char: str) -> str:
    number = ord(char)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
