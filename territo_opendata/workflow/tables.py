"""From what a user names (files, a package) to the tables to check."""

from pathlib import Path

from territo_opendata import project
from territo_opendata.descriptors.model import Dialect, Package, Resource
from territo_opendata.errors import UsageError
from territo_opendata.findings import Skipped
from territo_opendata.language import Text
from territo_opendata.tables.source import Source, file_source
from territo_opendata.tables.table import open_table
from territo_opendata.validate.inputs import TableInput

_TABULAR = frozenset({"csv", "tsv", "tab", "xlsx", "ods", "xls"})
_SHOWN = 3


def resource_input(resource: Resource) -> TableInput | Skipped | None:
    """Return the table that `resource` is, why it cannot be checked, or None for no table."""
    if resource.schema is None:
        return _not_checked(resource) if _is_tabular(resource) else None
    if resource.data is not None or len(resource.files) != 1:
        return Skipped(
            resource.name,
            Text(
                "ses données ne sont pas dans un fichier unique",
                "its data is not in one single file",
            ),
        )
    path = resource.files[0]
    if not isinstance(path, Path):
        return Skipped(
            resource.name,
            Text(
                f"ses données sont à une adresse ({path}) ; téléchargez-les avec « territo get »",
                f"its data is at an address ({path}); download it with “territo get”",
            ),
        )
    return TableInput(
        name=resource.name,
        source=file_source(resource.paths[0], path),
        schema=resource.schema,
        dialect=resource.dialect,
        encoding=resource.encoding,
        hash=resource.hash,
        bytes=resource.bytes,
    )


def file_input(label: str, schema: str | None, dialect: Dialect | None = None) -> TableInput:
    """Return the table in the file that the user names, with the schema it is to be checked by.

    Without `schema`, it is the one of the data package that the file belongs to. Raises
    UsageError naming the schema that fits best when there is none.
    """
    source = file_source(label, Path(label))
    if schema is not None:
        found = project.resolve_schema(schema)
        return TableInput(source.path.stem.split(".")[0], source, found, dialect or Dialect())
    resource = _own_resource(source.path)
    if resource is not None and resource.schema is not None:
        return TableInput(
            resource.name, source, resource.schema, resource.dialect, resource.encoding
        )
    raise _no_schema(source)


def package_of(path: Path) -> Package | None:
    """Return the data package in whose folder `path` lies, None when there is none."""
    found = project.find_package(path)
    if found is None:
        return None
    from territo_opendata.descriptors.package import load_package

    return load_package(found)


def _own_resource(path: Path) -> Resource | None:
    package = package_of(path)
    if package is None:
        return None
    own = path.resolve()
    for resource in package.resources:
        if any(isinstance(each, Path) and each.resolve() == own for each in resource.files):
            return resource
    return None


def _is_tabular(resource: Resource) -> bool:
    descriptor = resource.descriptor
    declared = (
        descriptor.get("profile") == "tabular-data-resource" or descriptor.get("type") == "table"
    )
    return declared or resource.format.lower() in _TABULAR


def _not_checked(resource: Resource) -> Skipped:
    return Skipped(
        resource.name,
        Text("cette table n’a pas de schéma", "this table has no schema"),
    )


def _no_schema(source: Source) -> UsageError:
    labels = open_table(source, Dialect()).header.labels
    fitting = project.best_fitting_schema(labels)[:_SHOWN]
    fr = f"« {source.label} » n’appartient à aucun jeu de données décrit : indiquez son schéma avec --schema."
    en = f"“{source.label}” belongs to no described package: name its schema with --schema."
    if fitting and fitting[0][1] > 0:
        name, score = fitting[0]
        fr += f" Le plus proche est « {name} » ({score:.0%} des colonnes) :\n  territo validate {source.label} --schema {name}"
        en += f" The closest is “{name}” ({score:.0%} of the columns):\n  territo validate {source.label} --schema {name}"
    return UsageError(fr, en)
