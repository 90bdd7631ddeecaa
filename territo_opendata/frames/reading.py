"""The text of a table, row by row."""

from pathlib import Path

from territo_opendata.descriptors.model import Resource
from territo_opendata.errors import DescriptorError, InvalidDataError
from territo_opendata.frames.opening import schema_of


def read_rows(resource: Resource) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the labels and the rows of the table, as text.

    Raises DescriptorError for a table that is not one local file, InvalidDataError for one whose
    rows are not all as long as its header.
    """
    from territo_opendata.tables.source import file_source
    from territo_opendata.tables.table import open_table

    if len(resource.files) != 1 or not isinstance(resource.files[0], Path):
        raise DescriptorError(
            f"La table « {resource.name} » n’est pas un seul fichier local : elle ne peut pas être chargée.",
            f"The table “{resource.name}” is not one local file: it cannot be loaded.",
        )
    source = file_source(resource.paths[0], resource.files[0])
    table = open_table(source, resource.dialect, resource.encoding)
    labels = table.header.labels or schema_of(resource).field_names
    rows = [cells for chunk in table.chunks() for cells in chunk.cells]
    wrong = next((i for i, cells in enumerate(rows, 1) if len(cells) != len(labels)), None)
    if wrong is not None or len(set(labels)) != len(labels):
        raise InvalidDataError(
            f"« {resource.paths[0]} » n’a pas le même nombre de cellules partout, ou deux colonnes "
            "du même nom. Vérifiez-le avec `territo validate`.",
            f"“{resource.paths[0]}” has not the same number of cells everywhere, or two columns of "
            "one name. Check it with `territo validate`.",
        )
    return labels, rows
