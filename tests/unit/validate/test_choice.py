"""Which executor reads a table."""

from pathlib import Path

import pytest

from territo_opendata.descriptors.dialect import parse_dialect
from territo_opendata.tables.source import file_source
from territo_opendata.tables.table import open_table
from territo_opendata.validate.executors import Settings, make_scan
from territo_opendata.validate.inputs import Engine
from territo_opendata.validate.scan import PlainScan

SETTINGS = Settings(large=1000, loaded=100)
LARGE, MIDDLE, SMALL = 300, 30, 3
"""Lines of tables beyond both sizes, between them, below both."""


@pytest.mark.parametrize(
    ("lines", "beside", "engine", "columnar"),
    [
        (LARGE, None, "auto", True),
        (LARGE, None, "exact", False),
        (MIDDLE, None, "auto", False),
        (MIDDLE, LARGE, "auto", True),
        (MIDDLE, LARGE, "exact", False),
        (MIDDLE, MIDDLE, "auto", False),
        (SMALL, LARGE, "auto", False),
    ],
)
def test_the_executor(
    tmp_path: Path, lines: int, beside: int | None, engine: Engine, columnar: bool
) -> None:
    def source(name: str, count: int):
        path = tmp_path / name
        path.write_text("a,b\n" * count, "utf-8")
        return file_source(name, path)

    table = open_table(source("table.csv", lines), parse_dialect({}))
    other = None if beside is None else source("beside.csv", beside)
    scan = make_scan(table, engine, SETTINGS, beside=other)
    assert isinstance(scan, PlainScan) is not columnar
