"""Two versions of a schema: what differs, what it asks of the version, whom it would harm."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata import project
from territo_opendata.compare import (
    Comparison,
    SideName,
    comparison_level,
    is_enough,
    least_version,
    schema_comparison,
)
from territo_opendata.errors import MissingFileError, TerritoError
from territo_opendata.findings import Skipped
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.repaired import ToMend
from territo_opendata.workflow.repairing import repaired_file
from territo_opendata.workflow.validation import validate_files

_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".ods"})
_OPTIONS = Options(references=False, limit=0)


@dataclass(frozen=True, slots=True)
class Harmed:
    """A published file that follows the old schema and not the new one.

    `errors` is how many it gets, `left` how many of them `territo repair` would leave.
    """

    file: str
    errors: int
    left: int

    @property
    def repairable(self) -> bool:
        """Whether `territo repair` makes the file follow the new schema."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a new version of a schema means for files that were published.

    `valid` counts those that follow the old one; `skipped` could not be read.
    """

    files: int
    valid: int
    harmed: tuple[Harmed, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemaChanges:
    """The comparison of two versions of a schema, and its effect on a corpus if one was given."""

    comparison: Comparison
    effect: Effect | None = None

    @property
    def version_follows(self) -> bool:
        """Whether the new version number is high enough for what changed."""
        found = self.comparison
        enough = is_enough(found.old.version, found.new.version, comparison_level(found))
        return enough if enough is not None else found.equal

    @property
    def least_version(self) -> str | None:
        """The lowest version that the new schema may bear, None when the old one is unreadable."""
        found = self.comparison
        return least_version(found.old.version, comparison_level(found))


def compare_schemas(old: str, new: str, corpus: Path | None = None) -> SchemaChanges:
    """Return what differs between two schemas that the user named, tried on the files of `corpus`.

    Raises as `project.resolve_schema`, and MissingFileError when there is no such folder.
    """
    one, other = project.resolve_schema(old), project.resolve_schema(new)
    sides = (SideName(old, one.name, one.version), SideName(new, other.name, other.version))
    comparison = schema_comparison(one, other, *sides)
    return SchemaChanges(comparison, _effect(old, new, corpus) if corpus else None)


def record(found: SchemaChanges, described: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON form: that of a comparison (`described`), the version's verdict, the effect."""
    verdict = {"version_follows": found.version_follows, "least_version": found.least_version}
    if found.effect is None:
        return {**described, **verdict}
    effect = {
        "files": found.effect.files,
        "valid_before": found.effect.valid,
        "harmed": [
            {"file": each.file, "errors": each.errors, "left_after_repair": each.left}
            for each in found.effect.harmed
        ],
        "unreadable": [each.what for each in found.effect.skipped],
    }
    return {**described, **verdict, "corpus": effect}


def _effect(old: str, new: str, corpus: Path) -> Effect:
    if not corpus.is_dir():
        raise MissingFileError(
            f"« {corpus} » n’est pas un dossier de fichiers publiés.",
            f"“{corpus}” is no folder of published files.",
        )
    files = sorted(_tables_in(corpus))
    valid, harmed, skipped = 0, [], []
    for path in files:
        try:
            if _errors(path, old):
                continue
            valid += 1
            errors = _errors(path, new)
            if errors:
                label = path.relative_to(corpus).as_posix()
                harmed.append(Harmed(label, errors, _left(path, new)))
        except TerritoError as error:
            skipped.append(Skipped(path.relative_to(corpus).as_posix(), error.text))
    return Effect(len(files), valid, tuple(harmed), tuple(skipped))


def _tables_in(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in _TABLES and path.is_file() and not hidden:
            yield path


def _errors(path: Path, schema: str) -> int:
    return validate_files([str(path)], schema=schema, options=_OPTIONS).errors


def _left(path: Path, schema: str) -> int:
    """Return how many errors a repair of the file would leave. Writes nothing beside it."""
    with repaired_file(ToMend(str(path), schema), _OPTIONS) as repaired:
        return repaired.report.errors
