"""The tables of programmes that a release holds, as rows of text."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from territo_opendata.release.cells import read_rows

_NEEDED = {
    "programmes": ("programme_id", "nom"),
    "financements": ("programme_id", "montant_eur"),
    "partenariats": ("programme_id", "organisation_id", "role"),
    "organisations": ("organisation_id", "nom"),
    "indicateurs": ("programme_id", "libelle", "valeur"),
    "evenements": ("programme_id", "nom"),
    "labellisations": ("programme_id", "type_territoire", "code_territoire"),
    "sources": ("source_id", "titre"),
    "territoires": ("type_territoire", "code_territoire", "nom"),
}


class Row(dict[str, str]):
    """The cells of a row by column; a column that the table lacks is blank."""

    def __missing__(self, column: str) -> str:
        """Return a blank."""
        return ""

    @property
    def place(self) -> tuple[str, str]:
        """Type and code of the territory that the row names, two blanks when it names none."""
        return self["type_territoire"], self["code_territoire"]


Rows = tuple[Row, ...]


class Tables:
    """The tables of a release that programmes are described in (`schemas/`), each read once asked.

    One that is absent, or lacks a column that makes it what it is, has no row.
    """

    def __init__(self, folder: Path, descriptor: Mapping[str, Any]) -> None:
        self._folder = folder
        self._tables = {
            each["name"]: each
            for each in descriptor["resources"]
            if set(_NEEDED.get(each["name"], ("",))) <= _columns(each)
        }

    def __contains__(self, name: str) -> bool:
        """Tell whether the release has the table."""
        return name in self._tables

    def rows(self, name: str, keep: Callable[[Row], bool] = bool) -> Rows:
        """Return the rows of a table that are to be kept, missing values blank."""
        resource = self._tables.get(name)
        if resource is None:
            return ()
        missing = set(resource["schema"].get("missingValues", [""]))
        records = read_rows(self._folder / resource["path"])
        header = next(records, [])
        made = (_row(header, cells, missing) for cells in records)
        return tuple(row for row in made if keep(row))


def _row(header: Iterable[str], cells: Iterable[str], missing: set[str]) -> Row:
    pairs = zip(header, cells, strict=False)
    return Row({column: "" if cell in missing else cell for column, cell in pairs})


def _columns(resource: Mapping[str, Any]) -> set[str]:
    return {each["name"] for each in resource.get("schema", {}).get("fields", ())}
