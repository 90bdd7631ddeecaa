"""Validation of files and packages, references between tables included."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from territo_opendata import project
from territo_opendata.descriptors.lint import schema_findings
from territo_opendata.descriptors.model import ForeignKey, Package
from territo_opendata.descriptors.package import load_package
from territo_opendata.errors import UsageError
from territo_opendata.findings import Report, Skipped
from territo_opendata.language import Text
from territo_opendata.validate.inputs import Options, Progress, TableInput
from territo_opendata.validate.references import Finder, Found
from territo_opendata.validate.run import validate_tables
from territo_opendata.workflow.tables import file_input, package_of, resource_input


def silent(_table: str, _rows: int, _errors: int) -> None:
    """Tell nobody how far the reading is."""


def validate_files(
    files: Sequence[str],
    *,
    schema: str | None = None,
    options: Options | None = None,
    progress: Progress = silent,
) -> Report:
    """Validate `files` together, against `schema` or the one of the package each belongs to.

    Tables that they refer to are looked for among the files, then in that package, then in the
    datasets that come with territo-opendata. Raises MissingFileError, UsageError and
    DescriptorError, as `file_input` and `resolve_schema`.
    """
    tables = [file_input(label, schema) for label in files]
    package = package_of(tables[0].source.path) if tables else None
    return _validate(tables, package, options, progress, ())


def validate_package(
    path: Path | None = None,
    *,
    options: Options | None = None,
    progress: Progress = silent,
) -> Report:
    """Validate every table of the package at `path`, or of the one whose folder this is.

    Raises UsageError when there is none, DescriptorError when it is broken.
    """
    found = path or project.find_package(Path.cwd() / "datapackage.json")
    if found is None:
        raise UsageError(
            "Il n’y a pas de fichier datapackage.json ici. Indiquez un fichier à vérifier :\n"
            "  territo validate mon-fichier.csv --schema financements",
            "There is no datapackage.json here. Name a file to check:\n"
            "  territo validate my-file.csv --schema financements",
        )
    package = load_package(found)
    inputs = [resource_input(resource) for resource in package.resources]
    tables = [each for each in inputs if isinstance(each, TableInput)]
    skipped = [each for each in inputs if isinstance(each, Skipped)]
    return _validate(tables, package, options, progress, skipped)


def _validate(
    tables: Sequence[TableInput],
    package: Package | None,
    options: Options | None,
    progress: Progress,
    skipped: Sequence[Skipped],
) -> Report:
    report = validate_tables(tables, reference_finder(tables, package), options, progress)
    linted = tuple(
        dataclasses.replace(each, schema_findings=schema_findings(table.schema))
        for each, table in zip(report.tables, tables, strict=True)
    )
    return Report(linted, (*skipped, *report.skipped))


def reference_finder(tables: Sequence[TableInput], package: Package | None) -> Finder:
    """Return how the tables of a run are found from the foreign keys that name them."""

    def find(key: ForeignKey, table: TableInput) -> Found | Skipped:
        if key.package:
            return _skipped(key, table, "le paquet n’a pas été lu", "the package was not read")
        for other in tables:
            if key.resource in (other.name, other.schema.name):
                return Found(other)
        for holder, note in ((package, None), (project.builtin_package(), _BUILT_IN)):
            resource = holder.resource(key.resource) if holder else None
            found = resource_input(resource) if resource else None
            if isinstance(found, TableInput):
                return Found(found, _note(note, found) if note else None)
        return _skipped(key, table, "cette table est introuvable", "no such table was found")

    return find


_BUILT_IN = Text(
    "Les références à « {name} » sont vérifiées dans la table fournie avec territo-opendata.",
    "References to “{name}” are checked in the table that comes with territo-opendata.",
)


def _note(note: Text, table: TableInput) -> Text:
    return Text(note.fr.format(name=table.name), note.en.format(name=table.name))


def _skipped(key: ForeignKey, table: TableInput, fr: str, en: str) -> Skipped:
    name = f"{key.package}#{key.resource}" if key.package else key.resource
    what = f"{table.name} ({', '.join(key.fields)}) → {name}"
    advice = Text(
        f"{fr} ; donnez-la avec le fichier, ou ajoutez --no-references",
        f"{en}; give it along with the file, or add --no-references",
    )
    return Skipped(what, advice)
