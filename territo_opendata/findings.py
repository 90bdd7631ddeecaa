"""What a validation found: findings, their fixes, and the report that holds them.

Pure values. Sentences are made from a finding's code and facts when it is rendered, so that a
report can be said in either language.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from territo_opendata.language import Language, Text
from territo_opendata.rules import Severity, rule

RECORD_VERSION = 1
"""Version of the JSON form of a report; raised when a reader of the old form would misread it."""

Safety = Literal["safe", "unsafe", "display"]
Verdict = Literal["valid", "invalid", "incomplete"]


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposed mend of one cell.

    `value` is the mended cell, or None when there is none to propose; `safety` says whether
    `repair` applies it by itself (safe), on demand (unsafe) or never (display).
    """

    value: str | None
    text: Text
    safety: Safety


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a table, at the place where a person will look for it.

    `row` is the record number, the header being 1 (blank and multi-line records count as one);
    `line` the physical line where that record starts; `column` the 1-based cell. `key` holds the
    typed primary-key values of the row. `facts` are what the rule's message needs.
    """

    code: str
    table: str = ""
    row: int | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None
    value: str | None = None
    key: tuple[Any, ...] | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    constraint: str | None = None
    argument: Any = None
    fix: Fix | None = None

    @property
    def severity(self) -> Severity:
        """Whether the finding makes the data invalid."""
        return rule(self.code).severity

    @property
    def frictionless_type(self) -> str | None:
        """The error type of frictionless that this is, or None when it knows none."""
        return rule(self.code).frictionless_type

    def message(self, language: Language) -> str:
        """Return what is wrong and what to do, without the place."""
        return rule(self.code).word(language, self._facts())

    def explanation(self, language: Language) -> str:
        """Return what is wrong, without what to do."""
        return rule(self.code).explain(language, self._facts())

    def _facts(self) -> dict[str, Any]:
        return {
            "field": self.field or "",
            "value": self.value or "",
            "row": self.row,
            "line": self.line,
            "column": self.column,
            "argument": self.argument,
            **self.facts,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not checked, and why: never the same as valid.

    `by_choice` tells what the user asked to leave out from what could not be done.
    """

    what: str
    reason: Text
    by_choice: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A key, reference or check over the rows of a table that was made, whatever it found.

    `kind` is primary-key, unique, unique-key, foreign-key or the name of a check; `target` the
    table that a foreign key refers to.
    """

    kind: str
    fields: tuple[str, ...]
    target: str = ""


@dataclass(frozen=True, slots=True)
class DialectUsed:
    """How the bytes of a table were read; `declared` is False when this was found out."""

    encoding: str = "utf-8"
    delimiter: str = ","
    declared: bool = True


@dataclass(frozen=True, slots=True)
class TableReport:
    """What was found in one table.

    Counts cover every finding, `findings` at most the asked number of them (`truncated` then).
    `complete` is False when reading was ended early. `samples` gives the raw cells of the rows
    that listed findings point to. `counts` gives the number of findings by field (None: of the
    row or the table) and code, and `judged` the codes that the cells of each field were held to.
    `labels` are the cells of the header, as written. `partial` tells that only references to
    other tables were checked, by choice; `of_schema` that the "table" is a schema and its rows
    are fields.
    """

    name: str
    path: str
    schema: str
    schema_version: str | None
    fields: tuple[str, ...]
    dialect: DialectUsed
    rows: int
    bytes: int
    errors: int
    warnings: int
    by_code: Mapping[str, int]
    by_field: Mapping[str, int]
    findings: tuple[Finding, ...]
    samples: Mapping[int, tuple[str, ...]]
    complete: bool = True
    truncated: bool = False
    sha256: str | None = None
    notes: tuple[Text, ...] = ()
    schema_findings: tuple[Finding, ...] = ()
    checked: tuple[Checked, ...] = ()
    baselined: int = 0
    waived: tuple[Mapping[str, Any], ...] = ()
    counts: Mapping[tuple[str | None, str], int] = dataclasses.field(default_factory=dict)
    judged: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    partial: bool = False
    of_schema: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in all the tables of a run, and what was left unchecked."""

    tables: tuple[TableReport, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def errors(self) -> int:
        """Number of errors in all tables."""
        return sum(table.errors for table in self.tables)

    @property
    def warnings(self) -> int:
        """Number of warnings in all tables."""
        return sum(table.warnings for table in self.tables)

    @property
    def verdict(self) -> Verdict:
        """Return the verdict: "not checked" is never "valid", and an error decides."""
        if self.errors or any(not table.complete for table in self.tables):
            return "invalid"
        if any(not skipped.by_choice for skipped in self.skipped):
            return "incomplete"
        return "valid"

    @property
    def valid(self) -> bool:
        """Whether everything was checked and no error was found."""
        return self.verdict == "valid"


def count_codes(findings: Iterable[Finding]) -> Counter[str]:
    """Return how many findings there are of each code."""
    return Counter(finding.code for finding in findings)
