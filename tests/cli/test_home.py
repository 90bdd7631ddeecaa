"""What `territo` alone proposes, by what the folder holds."""

from pathlib import Path

import pytest

from territo_opendata.cli.console import quoted
from territo_opendata.cli.home import next_step


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([], "territo validate CHEMIN --schema SCHEMA"),
        (["~$suivi.xlsx", ".cache.csv", "notes.txt"], "territo validate CHEMIN --schema SCHEMA"),
        (["suivi.csv"], "territo validate suivi.csv --schema SCHEMA"),
        (["notes.txt", "Suivi.XLSX"], "territo validate Suivi.XLSX --schema SCHEMA"),
        (["mon suivi.ods"], f"territo validate {quoted('mon suivi.ods')} --schema SCHEMA"),
        (["suivi.csv", "datapackage.json"], "territo build"),
    ],
)
def test_next_step(files: list[str], told: str, tmp_path: Path) -> None:
    for name in files:
        (tmp_path / name).touch()
    assert told in next_step("fr", tmp_path)
