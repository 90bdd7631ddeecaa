"""The examples of a schema, tried: the one of each field, and the files that it names."""

import csv
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from territo_opendata.descriptors.model import Schema
from territo_opendata.errors import TerritoError
from territo_opendata.findings import Finding
from territo_opendata.language import Text, visible
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.validation import validate_files

_WITHOUT_REFERENCES = Options(references=False, limit=200)
_BY_CONVENTION = ("exemple-valide.csv", "exemple_valide.csv")


def example_findings(spec: str, schema: Schema, path: Path | None) -> Iterator[Finding]:
    """Yield the examples that do not follow the schema, custom checks included.

    `spec` is the schema as the user named it, `path` its file or None. No address is read:
    an example file is looked for beside the schema, under the name that its address ends with.
    """
    yield from _fields(spec, schema)
    if path is None:
        return
    absent = []
    for name in _file_names(schema, path.parent):
        if (path.parent / name).is_file():
            yield from _file(spec, path.parent / name)
        else:
            absent.append(name)
    if absent:
        reason = Text("absents du dossier du schéma", "not in the folder of the schema")
        facts = {"paths": absent, "count": len(absent), "reason": reason}
        yield Finding("schema-example-unread", facts=facts)


def _fields(spec: str, schema: Schema) -> Iterator[Finding]:
    """Yield the faults of a table whose only row is the example of each field."""
    given = {field.name for field in schema.fields if field.example not in (None, "")}
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "examples.csv"
        with table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(schema.field_names)
            writer.writerow(_text(field.example) for field in schema.fields)
        report = validate_files([str(table)], schema=spec, options=_WITHOUT_REFERENCES)
    for finding in report.tables[0].findings:
        if finding.row == 2 and finding.field in given and finding.severity == "error":
            facts = {"example": finding.value or "", "reason": _said(finding)}
            yield Finding("schema-example-invalid", field=finding.field, facts=facts)


def _text(example: Any) -> str:
    if example is None or isinstance(example, str):
        return example or ""
    return (
        str(example)
        if isinstance(example, int | float)
        else json.dumps(example, ensure_ascii=False)
    )


def _said(finding: Finding) -> Text:
    return Text(*(finding.message(language).rstrip(".") for language in ("fr", "en")))


def _file_names(schema: Schema, folder: Path) -> list[str]:
    """Return the names of the files that should follow the schema."""
    listed = schema.descriptor.get("resources")
    names = []
    for each in listed if isinstance(listed, list) else []:
        path = each.get("path") if isinstance(each, dict) else None
        if isinstance(path, str) and "invalid" not in f"{each.get('name')} {path}".lower():
            names.append(unquote(urlsplit(path).path).rpartition("/")[2])
    names += [name for name in _BY_CONVENTION if (folder / name).is_file()]
    return list(dict.fromkeys(name for name in names if name not in ("", ".", "..")))


def _file(spec: str, path: Path) -> Iterator[Finding]:
    try:
        report = validate_files([str(path)], schema=spec, options=_WITHOUT_REFERENCES)
    except TerritoError as error:
        yield Finding(
            "schema-example-unread", facts={"paths": [path.name], "count": 1, "reason": error.text}
        )
        return
    errors = [
        each for table in report.tables for each in table.findings if each.severity == "error"
    ]
    if errors:
        first = errors[0]
        said = _said(first)
        reason = Text(
            f"ligne {first.line or 1} : {visible(said.fr, 300)}",
            f"line {first.line or 1}: {visible(said.en, 300)}",
        )
        facts = {"path": path.name, "count": report.errors, "reason": reason}
        yield Finding("schema-example-file", facts=facts)
