"""Every record of a table as it stands in its file, to be shown to whoever wrote it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from territo_opendata.descriptors.model import Field
from territo_opendata.tables.records import read_chunks
from territo_opendata.tables.table import Table, text_lines


@dataclass(frozen=True, slots=True)
class TableRows:
    """The records of an opened table, titles and header included; `fields` are its schema's."""

    table: Table
    fields: Sequence[Field]

    @property
    def header_row(self) -> int:
        """The number of the record that the header ends in, 0 without a header."""
        return self.table.header.row

    @property
    def columns(self) -> list[Field]:
        """The field of each column by its label, one without a type where there is none."""
        known = {field.name: field for field in self.fields}
        return [known.get(label, Field(label)) for label in self.table.header.labels]

    def __iter__(self) -> Iterator[Sequence[str]]:
        """Yield the cells of each record, the first one in the file first."""
        lines = text_lines(self.table.source, self.table.encoding)
        for chunk in read_chunks(lines, self.table.format):
            yield from chunk.cells
