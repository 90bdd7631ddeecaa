"""What a validation is asked to do."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from territo_opendata.descriptors.model import Dialect, Schema
from territo_opendata.tables.source import Source

Engine = Literal["auto", "exact"]
Progress = Callable[[str, int, int], None]
"""Told, while a table is read: its name, the records read so far, the errors found so far."""


@dataclass(frozen=True, slots=True)
class TableInput:
    """A table to check: where it is, its schema, and what its descriptor declares of it.

    `hash` and `bytes` are the digest ("sha256:…", or bare MD5) and size that a Data Resource
    declares, checked when given.
    """

    name: str
    source: Source
    schema: Schema
    dialect: Dialect = dataclasses.field(default_factory=Dialect)
    encoding: str | None = None
    hash: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to check. `limit` caps the list of findings of a table, never the counts.

    `stop_after` ends the reading of a table after so many errors; `references` False leaves
    foreign keys out by choice; `digest` computes the SHA-256 of each file for the report.
    """

    limit: int | None = 1000
    stop_after: int | None = None
    references: bool = True
    engine: Engine = "auto"
    digest: bool = False
