"""The choice between the executors."""

import dataclasses
from dataclasses import dataclass

from territo_opendata.tables.sizes import Sizes
from territo_opendata.tables.source import Source
from territo_opendata.tables.table import Table, is_columnar
from territo_opendata.validate.inputs import Engine
from territo_opendata.validate.scan import PlainScan, Scan


@dataclass(frozen=True, slots=True)
class Settings:
    """When the columnar executor is used, and what it may take of memory.

    `large` is the size in bytes from which loading Polars repays itself, `loaded` the size from
    which it is quicker once it is loaded; `budget` the bytes of key hashes of one table in memory
    (beyond, they are on disk), `part` the hashes sorted at once.
    """

    large: int = 3 << 20
    loaded: int = 1 << 17
    sizes: Sizes = dataclasses.field(default_factory=Sizes)
    budget: int = 128 << 20
    part: int = 1 << 22


SETTINGS = Settings()

_RATIO = 8
"""How many times larger than its file a compressed table may be."""


def make_scan(
    table: Table,
    engine: Engine,
    settings: Settings | None = None,
    *,
    beside: Source | None = None,
) -> Scan:
    """Return the executor for `table`: columnar for large tables, unless told otherwise.

    `beside` is the table that it is read for: where that one is large, smaller ones are columnar.
    """
    used = settings or SETTINGS
    large = used.large
    if beside is not None and _size(beside) >= large:
        large = min(large, used.loaded)
    if engine == "exact" or _size(table.source) < large or not is_columnar(table):
        return PlainScan(table)
    from territo_opendata.validate.columnar.keylog import Memory
    from territo_opendata.validate.columnar.scan import ColumnarScan

    return ColumnarScan(table, used.sizes, Memory(used.budget, used.part))


def _size(source: Source) -> int:
    return source.size() * (_RATIO if source.compressed else 1)
