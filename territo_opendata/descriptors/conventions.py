"""What the national catalogue and the readers of a schema expect, beyond Table Schema.

The catalogue's own rules are those of its aggregator (github.com/datagouv/schema.data.gouv.fr,
`aggregateur/validators.py`): a README, the four keys of `REQUIRED_KEYS`, a version tag.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from territo_opendata.descriptors.model import Schema
from territo_opendata.findings import Finding

REQUIRED_KEYS = ("title", "description", "homepage", "version")
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)([-+][0-9A-Za-z.+-]+)?")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a schema: its README, the text of its CHANGELOG, the tag of the commit.

    `whole` is False when the schema was read from an address, and nothing beside it is known.
    """

    whole: bool = False
    readme: bool = False
    changelog: str | None = None
    tag: str | None = None


def convention_findings(schema: Schema, around: Surroundings) -> Iterator[Finding]:
    """Yield what the national catalogue would refuse, then what its readers would miss."""
    descriptor = schema.descriptor
    for key in REQUIRED_KEYS:
        if not str(descriptor.get(key) or "").strip():
            yield Finding("schema-key-missing", facts={"key": key})
    yield from _version_findings(descriptor, around)
    if around.whole and not around.readme:
        yield Finding("schema-readme-missing")
    yield from _field_findings(schema)


def _version_findings(descriptor: Mapping[str, Any], around: Surroundings) -> Iterator[Finding]:
    version = str(descriptor.get("version") or "").strip()
    if not version:
        return
    if not _VERSION.fullmatch(version):
        yield Finding("schema-version-form", facts={"version": version})
    if around.tag is not None and around.tag.removeprefix("v") != version.removeprefix("v"):
        yield Finding("schema-version-tag", facts={"version": version, "tag": around.tag})
    if around.whole and not _tells_of(around.changelog, version):
        yield Finding("schema-changelog-missing", facts={"version": version})
    path = str(descriptor.get("path") or "")
    if re.search(r"\d+\.\d+", path) and version not in path:
        yield Finding("schema-path-version", facts={"path": path, "version": version})


def _tells_of(changelog: str | None, version: str) -> bool:
    if changelog is None:
        return False
    number = re.escape(version.removeprefix("v"))
    return re.search(rf"(?m)^#.*(?<![\d.]){number}(?![\d.])", changelog) is not None


def _field_findings(schema: Schema) -> Iterator[Finding]:
    without_example = [
        field.name
        for field in schema.fields
        if field.example in (None, "") and not field.constraints.get("enum")
    ]
    unexplained = [each.name for each in schema.fields if not (each.title and each.description)]
    for code, names in (
        ("schema-example-missing", without_example),
        ("schema-description-missing", unexplained),
    ):
        if names:
            yield Finding(code, facts={"fields": names, "count": len(names)})
