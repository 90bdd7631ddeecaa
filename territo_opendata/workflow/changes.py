"""Only what changed since a git revision is checked, with all the keys it takes part in."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from territo_opendata.clients.git import GitTree
from territo_opendata.descriptors.loading import parse_json_object
from territo_opendata.descriptors.model import Field, Package, Resource, Schema
from territo_opendata.errors import TerritoError
from territo_opendata.findings import Skipped, TableReport
from territo_opendata.language import Text, visible

_FOREIGN_KEY = "foreign-key"
_WHAT = Text("Le paquet", "The package")


@dataclass(frozen=True, slots=True)
class Changes:
    """The tables of a package that changed, and those that refer to them.

    `since` tells from when, to end a sentence.
    """

    since: Text
    touched: frozenset[str]
    referring: frozenset[str]

    def keeps(self, name: str) -> bool:
        """Tell whether a table has to be read."""
        return name in self.touched or name in self.referring

    def left_out(self, name: str) -> Skipped:
        """Return what is said of a table that is not read."""
        return Skipped(name, _unchanged(self.since), by_choice=True)

    def narrowed(self, name: str, schema: Schema) -> Schema:
        """Return what a table is held to: of one that only refers, its references alone."""
        if name in self.touched:
            return schema
        return dataclasses.replace(
            schema,
            fields=tuple(_typed_only(field) for field in schema.fields),
            primary_key=(),
            unique_keys=(),
            custom_checks=(),
            foreign_keys=tuple(
                each for each in schema.foreign_keys if each.resource in self.touched
            ),
        )

    def narrow(self, report: TableReport) -> TableReport:
        """Return what counts of the report on a table: of one that only refers, its references."""
        if report.name in self.touched:
            return report
        findings = tuple(each for each in report.findings if each.code == _FOREIGN_KEY)
        counts = {key: n for key, n in report.counts.items() if key[1] == _FOREIGN_KEY}
        total = sum(counts.values())
        return dataclasses.replace(
            report,
            findings=findings,
            errors=total,
            warnings=0,
            by_code={_FOREIGN_KEY: total} if total else {},
            by_field=_by_field(counts),
            counts=counts,
            judged={},
            schema_findings=(),
            partial=True,
            truncated=len(findings) < total,
            notes=(*report.notes, _only_references(self.since)),
        )


def package_changes(package: Package, revision: str) -> Changes:
    """Return which tables of the package changed since `revision`: data, schema or description.

    Raises UsageError when the package is in no git working tree or there is no such revision.
    """
    path = Path(package.path)
    tree = GitTree(path.parent, revision)
    changed = {_resolved(each) for each in tree.changed()}
    before = _described_before(path, tree) if _resolved(path) in changed else None
    since = visible(revision)
    return _changes(package, changed, before, Text(f"depuis {since}", f"since {since}"))


def given_changes(package: Package, files: Iterable[Path]) -> Changes:
    """Return which tables of the package these files make up: data, schemas, the descriptor."""
    changed = {_resolved(each) for each in files}
    before: Mapping[str, Any] | None = None
    if _resolved(Path(package.path)) in changed:
        before = {}  # how it was is not known: every table may be described otherwise
    return _changes(
        package, changed, before, Text("d’après les fichiers nommés", "by the files named")
    )


def _changes(
    package: Package, changed: set[Path], before: Mapping[str, Any] | None, since: Text
) -> Changes:
    folder = Path(package.path).parent
    touched = frozenset(
        resource.name
        for resource in package.resources
        if _is_touched(resource, folder, changed, before)
    )
    referring = frozenset(
        resource.name
        for resource in package.resources
        if resource.schema is not None
        and any(key.resource in touched for key in resource.schema.foreign_keys)
    )
    return Changes(since, touched, referring - touched)


def changed_files(
    files: Sequence[str], schema: str | None, revision: str
) -> tuple[list[str], list[Skipped]]:
    """Return the files that changed since `revision`, and what is said of the others.

    All have, when the schema itself did. Standard input and addresses always count as changed.
    """
    tree = GitTree(Path.cwd(), revision)
    changed = {_resolved(each) for each in tree.changed()}
    if schema is not None and changed & {
        _resolved(Path(schema)),
        _resolved(Path(schema) / "schema.json"),
    }:
        return list(files), []
    kept = [each for each in files if not Path(each).exists() or _resolved(Path(each)) in changed]
    since = visible(revision)
    reason = _unchanged(Text(f"depuis {since}", f"since {since}"))
    return kept, [Skipped(each, reason, by_choice=True) for each in files if each not in kept]


def _is_touched(
    resource: Resource, folder: Path, changed: set[Path], before: Mapping[str, Any] | None
) -> bool:
    schema = resource.descriptor.get("schema")
    paths = [each for each in resource.files if isinstance(each, Path)]
    if isinstance(schema, str) and "://" not in schema:
        paths.append(folder / schema)
    if any(_resolved(path) in changed for path in paths):
        return True
    return before is not None and before.get(resource.name) != resource.descriptor


def _described_before(path: Path, tree: GitTree) -> Mapping[str, Any]:
    """Return the resources that the descriptor named at the revision; none when it was broken."""
    content = tree.before(path)
    try:
        found = parse_json_object(content, str(path), _WHAT) if content is not None else {}
    except TerritoError:
        return {}
    resources = found.get("resources")
    listed = resources if isinstance(resources, list) else []
    return {each["name"]: each for each in listed if isinstance(each, dict) and "name" in each}


def _typed_only(field: Field) -> Field:
    return dataclasses.replace(field, constraints={})


def _by_field(counts: Mapping[tuple[str | None, str], int]) -> dict[str, int]:
    tally: Counter[str] = Counter()
    for (field, _), number in counts.items():
        if field is not None:
            tally[field] += number
    return dict(tally)


def _resolved(path: Path) -> Path:
    return path.absolute().resolve()


def _unchanged(since: Text) -> Text:
    return Text(f"inchangée {since.fr}", f"unchanged {since.en}")


def _only_references(since: Text) -> Text:
    return Text(
        f"Inchangée {since.fr} : seules ses références aux tables modifiées sont vérifiées.",
        f"Unchanged {since.en}: only its references to changed tables are checked.",
    )
