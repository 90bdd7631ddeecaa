"""The choice between the executors."""

from territo_opendata.tables.table import Table
from territo_opendata.validate.inputs import Engine
from territo_opendata.validate.scan import PlainScan, Scan


def make_scan(table: Table, _engine: Engine) -> Scan:
    """Return the executor for `table`: columnar where that is quicker, unless told otherwise."""
    return PlainScan(table)
