"""Small tables and packages to compare, without a package folder around them."""

import hashlib
import tempfile
from pathlib import Path

from territo_opendata.compare import Comparison, FileSide, PackageSide, TableSide, TableText
from territo_opendata.compare.packages import compare_packages
from territo_opendata.descriptors.model import Dialect
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.tables.source import file_source

FIELDS = [
    {"name": "id", "type": "string"},
    {"name": "nom", "type": "string"},
    {"name": "montant", "type": "number"},
]
SCHEMA = {"fields": FIELDS, "primaryKey": ["id"]}
TEXT = "id,nom,montant\na,Lyon,1.5\nb,Paris,2\n"


def schema(**changes):
    return {**SCHEMA, **changes}


def field(name, **changes):
    return [{**each, **(changes if each["name"] == name else {})} for each in FIELDS]


def table(name, text=TEXT, described=None, folder=None, **descriptor):
    path = Path(folder or tempfile.mkdtemp()) / f"{name}.csv"
    content = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(content)
    parsed = None if described is None else parse_schema(described, name)
    file = FileSide(name, descriptor, lambda kind: hashlib.new(kind, content).hexdigest())
    read = TableText(file_source(path.name, path), parsed)
    return TableSide(file, parsed, Dialect(), lambda: read)


def package(*tables, files=(), **descriptor):
    return PackageSide("x", descriptor, tables, tuple(files))


def compare(old, new, **options) -> Comparison:
    return compare_packages(old, new, **options)


def compare_texts(old, new, described=SCHEMA, other=None, folder=None, **options) -> Comparison:
    """Compare two tables of one name."""
    one = Path(folder or tempfile.mkdtemp())
    two = one / "new"
    two.mkdir(exist_ok=True)
    return compare(
        package(table("t", old, described, one)),
        package(table("t", new, other or described, two)),
        **options,
    )
