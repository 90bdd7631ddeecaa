"""The files that a repair leaves: the new table, in the form that is asked for, and the log."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePath

from territo_opendata.descriptors.paths import is_address
from territo_opendata.errors import UsageError
from territo_opendata.language import Language
from territo_opendata.refusals import check_folder
from territo_opendata.release.disk import Disk, blocks_of
from territo_opendata.repair.excel import excel_csv
from territo_opendata.repair.journal import csv_log, text_log
from territo_opendata.repair.workbook import write_workbook
from territo_opendata.tables.streams import STDIN, STDIN_LABEL
from territo_opendata.workflow.repaired import Repaired

_SHEETS = (".xlsx", ".xlsm", ".ods")
_PACKED = (".gz", ".zip")
_TEXTS = (".csv", ".tsv", ".tab", ".txt")


def default_output(file: str, *, excel: bool = False) -> Path:
    """Return where the repaired table goes: beside the file, here for what is no file.

    A workbook gives an XLSX one, whatever it was; with `excel`, everything gives a CSV.
    """
    if file == STDIN or is_address(file):
        name = STDIN_LABEL if file == STDIN else PurePath(file.split("?", maxsplit=1)[0]).name
        folder = Path()
    else:
        name, folder = Path(file).name, Path(file).parent
    path = PurePath(name or "table")
    if path.suffix.lower() in _PACKED:
        path = path.with_suffix("")
    ending = path.suffix.lower()
    if ending in _SHEETS:
        ending = ".xlsx"
    elif ending not in _TEXTS:
        ending = ".csv"
    return folder / f"{path.stem}.repare{'.csv' if excel else ending}"


def check_free(path: Path, *, force: bool) -> None:
    """Raise UsageError where something would be overwritten that nobody has given up.

    Raises MissingFileError where its folder does not exist.
    """
    check_folder(path)
    if path.is_dir():
        raise UsageError(
            f"« {path} » est un dossier : indiquez un fichier.",
            f"“{path}” is a directory: name a file.",
        )
    if os.path.lexists(path) and not force:
        raise UsageError(
            f"« {path} » existe déjà. Choisissez un autre nom avec --output, ou ajoutez --force pour le remplacer.",
            f"“{path}” exists already. Choose another name with --output, or add --force to replace it.",
        )


def save(repaired: Repaired, output: Path, language: Language, *, excel: bool = False) -> None:
    """Write the table, as a workbook when `output` is called so, else as CSV.

    What was not changed is copied byte for byte, where its form stays the same. Raises UsageError.
    """
    Disk().put(output, _blocks(repaired, output, language, excel=excel))


def _blocks(
    repaired: Repaired, output: Path, language: Language, *, excel: bool
) -> Iterator[bytes]:
    table = repaired.table
    as_sheet = output.suffix.lower() == ".xlsx"
    if as_sheet and repaired.given.by_row and not repaired.changed:
        return blocks_of(table.source.path)
    if as_sheet:
        path = repaired.spool.new_path()
        write_workbook(repaired.opened(), table.schema, repaired.log, path, table.name, language)
        return blocks_of(path)
    if excel:
        return excel_csv(repaired.opened(), table.schema)
    return _plain(repaired)


def _plain(repaired: Repaired) -> Iterator[bytes]:
    with repaired.table.source.open() as stream:
        while block := stream.read(1 << 20):
            yield block


def save_log(repaired: Repaired, path: Path, language: Language, *, excel: bool = False) -> None:
    """Write the log: sentences in a `.txt` file, else CSV. Raises UsageError."""
    log = repaired.log
    as_text = path.suffix.lower() == ".txt"
    Disk().put(path, text_log(log, language) if as_text else csv_log(log, excel=excel))
