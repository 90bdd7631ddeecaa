"""What the author of a schema is told: the schema, its examples, and what stands around it."""

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from territo_opendata import project
from territo_opendata.clients.git import version_tag
from territo_opendata.descriptors.conventions import Surroundings, convention_findings
from territo_opendata.descriptors.lint import schema_findings
from territo_opendata.descriptors.model import Schema
from territo_opendata.descriptors.paths import is_address
from territo_opendata.descriptors.reasons import MalformedError, Reason
from territo_opendata.descriptors.shipped import data_folder
from territo_opendata.errors import DescriptorError, UsageError
from territo_opendata.findings import DialectUsed, Finding, Report, TableReport, count_codes
from territo_opendata.language import Text, visible
from territo_opendata.patterns import OutOfTimeError, compile_pattern
from territo_opendata.release.schema_page import Form, schema_page
from territo_opendata.workflow.examples import example_findings

_LARGEST = 5_000_000


def find_schemas() -> list[str]:
    """Return the schemas of this folder: `schema.json` here, else those of `schemas/*/`.

    Raises UsageError when there are none.
    """
    here = Path.cwd()
    found = sorted(here.glob("schema.json")) or sorted(here.glob("schemas/*/schema.json"))
    if not found:
        raise UsageError(
            "Il n’y a ni schema.json ni dossier schemas/ ici. Nommez un schéma :\n"
            "  territo schema lint mon-schema.json",
            "There is neither schema.json nor a folder schemas/ here. Name a schema:\n"
            "  territo schema lint my-schema.json",
        )
    return [each.relative_to(here).as_posix() for each in found]


def lint_schemas(specs: Sequence[str]) -> Report:
    """Return a report on schemas, one "table" each, whose lines are those of `schema.json`.

    Raises MissingFileError, UsageError and RemoteError for what cannot be found.
    """
    return Report(tuple(_lint(spec) for spec in specs))


def schema_file(spec: str) -> Path | None:
    """Return the file of the schema that the user named, None for an address."""
    if is_address(spec):
        return None
    path = Path(spec)
    if path.is_dir():
        return path / "schema.json"
    if path.is_file():
        return path
    return data_folder() / "schemas" / spec / "schema.json"


def _lint(spec: str) -> TableReport:
    path = schema_file(spec)
    try:
        schema = project.resolve_schema(spec)
    except MalformedError as error:
        return _report(spec, path, None, [_refused(reason) for reason in error.reasons])
    except DescriptorError as error:
        refused = Finding("schema-refused", facts={"reason": error.text})
        return _report(spec, path, None, [refused])
    found = [
        *schema_findings(schema, _match),
        *convention_findings(schema, _surroundings(path)),
        *example_findings(spec, schema, path),
    ]
    return _report(spec, path, schema, _once(found))


def _refused(reason: Reason) -> Finding:
    """Return the finding for one rule that the schema breaks, at the field that it names."""
    field = re.match(r"fields\[\d+\] \((.*?)\)", reason.where)
    where, text = visible(reason.where, 200), reason.text
    said = Text(f"{where} : {text.fr}", f"{where}: {text.en}")
    return Finding("schema-refused", field=field[1] if field else None, facts={"reason": said})


def _match(pattern: str, text: str) -> bool | None:
    """Tell whether a text satisfies a pattern, None when it takes too long to tell."""
    try:
        return compile_pattern(pattern).accepts(text)
    except (OutOfTimeError, DescriptorError):
        return None


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings, one for each faulty example: the quick look and the trial both tell it."""
    told: set[str | None] = set()
    for finding in findings:
        if finding.code == "schema-example-invalid":
            if finding.field in told:
                continue
            told.add(finding.field)
        yield finding


def _surroundings(path: Path | None) -> Surroundings:
    if path is None:
        return Surroundings()
    folder = path.parent
    changelog = folder / "CHANGELOG.md"
    text = None
    if changelog.is_file() and changelog.stat().st_size < _LARGEST:
        text = changelog.read_text("utf-8", "replace")
    return Surroundings(True, (folder / "README.md").is_file(), text, version_tag(folder))


def _report(
    spec: str, path: Path | None, schema: Schema | None, findings: Iterable[Finding]
) -> TableReport:
    lines = _Lines(path)
    name = (schema.name if schema else "") or (path.parent.name if path else spec)
    placed = tuple(lines.place(each, name) for each in findings)
    errors = [each for each in placed if each.severity == "error"]
    return TableReport(
        name=name,
        path=spec,
        schema=schema.title if schema else "",
        schema_version=schema.version if schema else None,
        fields=schema.field_names if schema else (),
        dialect=DialectUsed(),
        rows=len(schema.fields) if schema else 0,
        bytes=path.stat().st_size if path else 0,
        errors=len(errors),
        warnings=len(placed) - len(errors),
        by_code=dict(count_codes(placed)),
        by_field={},
        findings=tuple(sorted(placed, key=lambda each: each.line or 0)),
        samples={},
        of_schema=True,
    )


class _Lines:
    """Where the fields of a schema are declared, line by line of its file."""

    def __init__(self, path: Path | None) -> None:
        self._text = ""
        if path is not None and path.is_file() and path.stat().st_size < _LARGEST:
            self._text = path.read_text("utf-8", "replace")

    def place(self, finding: Finding, table: str) -> Finding:
        """Return the finding with the line of the field that it is about, else the first."""
        line = 1
        if finding.field is not None:
            name = re.escape(json.dumps(finding.field, ensure_ascii=False))
            found = re.search(rf'"name"\s*:\s*{name}', self._text)
            line = self._text.count("\n", 0, found.start()) + 1 if found else 1
        return dataclasses.replace(finding, table=table, line=line)


def document(spec: str, form: Form) -> str:
    """Return the documentation of the schema that the user named, in Markdown or HTML.

    Raises as `project.resolve_schema`.
    """
    return schema_page(project.resolve_schema(spec), form)
