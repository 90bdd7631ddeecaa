"""What is said of a file as a whole."""

from pathlib import Path

import pytest

from territo_opendata.descriptors.model import Dialect
from territo_opendata.tables.source import Source
from territo_opendata.tables.table import open_table
from territo_opendata.validate.files import opening_findings


@pytest.mark.parametrize(
    ("delimiter", "named"),
    [(";", "un point-virgule"), ("\t", "une tabulation"), ("|", "une barre verticale")],
)
def test_the_separator_is_named(delimiter: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("".join(f"{n}{delimiter}deux\n" for n in range(9)), "utf-8")
    table = open_table(Source(str(path), path), Dialect())
    (found,) = opening_findings("a", table)
    assert f"séparées par {named}, et non" in found.message("fr")
