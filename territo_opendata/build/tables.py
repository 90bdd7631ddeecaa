"""The tables of a package, copied in the one form in which they are released."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from territo_opendata.descriptors.model import Resource
from territo_opendata.errors import DescriptorError, InvalidDataError
from territo_opendata.findings import TableReport
from territo_opendata.language import visible
from territo_opendata.release.cells import format_rows
from territo_opendata.release.disk import Disk, blocks_of
from territo_opendata.tables.source import file_source
from territo_opendata.tables.table import Table, open_table

DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
"""How released tables are written: RFC 4180 with LF ends, UTF-8 without a mark."""


def copy_table(resource: Resource, report: TableReport, target: Path, disk: Disk) -> None:
    """Write the table of `resource` at `target` in the released dialect.

    A file that has this form already keeps its bytes. Raises DescriptorError for a table that is
    not one local file, InvalidDataError for one that changed since the report was made.
    """
    table = open_table(
        file_source(resource.paths[0], local_file(resource)), resource.dialect, resource.encoding
    )
    if table.binary is not None:
        shown = visible(resource.paths[0], 300)
        command = f"  territo repair {shown} --schema SCHEMA --output {resource.name}.csv"
        raise DescriptorError(
            f"« {shown} » n’est pas un fichier CSV. Faites-en un, et nommez-le dans `path` :\n{command}",
            f"“{shown}” is not a CSV file. Make one of it, and name it in `path`:\n{command}",
        )
    disk.write(target, _encoded(table, resource))
    _check_unchanged(resource, report)


def local_file(resource: Resource) -> Path:
    """Return the one file of `resource`. Raises DescriptorError when it is not one local file."""
    if len(resource.files) == 1 and isinstance(resource.files[0], Path):
        return resource.files[0]
    raise DescriptorError(
        f"La ressource « {resource.name} » doit être un seul fichier du paquet pour être livrée : "
        "indiquez-le dans `path`.",
        f"The resource “{resource.name}” must be one file of the package to be released: "
        "name it in `path`.",
    )


def _encoded(table: Table, resource: Resource) -> Iterator[bytes]:
    labels = table.header.labels or (resource.schema.field_names if resource.schema else ())
    if not labels:
        raise _changed(resource)
    yield format_rows([labels]).encode()
    for chunk in table.chunks():
        if chunk.unclosed or chunk.broken or any(len(row) != len(labels) for row in chunk.cells):
            raise _changed(resource)
        try:
            yield format_rows(chunk.cells).encode()
        except UnicodeEncodeError as error:  # bytes that its encoding cannot hold
            raise _changed(resource) from error


def _check_unchanged(resource: Resource, report: TableReport) -> None:
    digest, size = hashlib.sha256(), 0
    for block in blocks_of(local_file(resource)):
        digest.update(block)
        size += len(block)
    if size != report.bytes or report.sha256 not in (None, digest.hexdigest()):
        raise _changed(resource)


def _changed(resource: Resource) -> InvalidDataError:
    return InvalidDataError(
        f"« {resource.paths[0]} » a changé depuis sa vérification. Relancez la commande.",
        f"“{resource.paths[0]}” changed since it was checked. Run the command again.",
    )
