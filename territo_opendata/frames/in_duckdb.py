"""Tables as relations of DuckDB."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from territo_opendata.descriptors.model import Resource
from territo_opendata.errors import UsageError
from territo_opendata.frames.in_polars import polars_frame

if TYPE_CHECKING:
    import duckdb


def duckdb_relation(resource: Resource) -> "duckdb.DuckDBPyRelation":
    """Return the table as a relation of a new database in memory, under the table's name.

    Its types are those of the polars data frame. Raises UsageError where DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            'Pour charger avec DuckDB, installez-le : pip install "territo-opendata[duckdb]".',
            'To load with DuckDB, install it: pip install "territo-opendata[duckdb]".',
        ) from error
    connection = duckdb.connect()
    name = '"' + resource.name.replace('"', '""') + '"'
    with tempfile.TemporaryDirectory(prefix="territo-") as folder:
        path = Path(folder) / "table.parquet"
        polars_frame(resource).write_parquet(path)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)", [str(path)])  # noqa: S608 - the name is quoted
    return connection.table(name)
