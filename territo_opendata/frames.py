"""Published tables as pandas data frames, typed by their schema."""

import contextlib
import difflib
import math
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from territo_opendata.descriptors.model import Field, Package, Resource, Schema
from territo_opendata.errors import DescriptorError, InvalidDataError, UsageError
from territo_opendata.language import visible
from territo_opendata.release.cells import read_values

if TYPE_CHECKING:
    import pandas as pd

PARTIAL_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
"""The pattern of a date that may be a year, a month or a day: such fields get two bounds."""

NUMBER_TYPE = "Float64"
"""What numbers become: binary floating point, exact to about 15 digits. The CSV and the Parquet
(DECIMAL) of a release hold them exactly."""

_INT64 = range(-(2**63), 2**63)


def load(table: str, package: str | Path | None = None) -> "pd.DataFrame":
    """Return a table as a data frame.

    `package` is where its data package is: a release folder, a published folder, a file://  or
    http(s) base, or any folder with a `datapackage.json`; by default the package that is
    installed with the library. What a package gives digests of is checked against them.

    Types, all of which know missing values (the schema's `missingValues`):

    =============================  =================================================
    integer, year                  Int64
    number                         Float64 (see `NUMBER_TYPE`)
    boolean                        boolean
    date                           datetime64[s], at midnight
    datetime                       datetime64[us], in UTC where the text has a zone
    time                           object (datetime.time)
    anything else                  str, the text as it stands
    =============================  =================================================

    A column of which one value has no exact form in its type (an integer over 64 bits, a number over 1.8E308) stays str.
    A date that may be a year or a month (`PARTIAL_DATE`) stays str and is followed by two
    columns, `…_min` and `…_max`: its first and last day, datetime64[s], missing for a day that
    does not exist. `attrs` says what was loaded: `table`, `title`, `package`, `version`, `types`
    (the schema's type of each column) and `number_type`.

    Raises UsageError for a table that the package has not, MissingFileError or RemoteError when
    the package cannot be read, MismatchError when it was altered, InvalidDataError when the file
    does not have the columns of its schema.
    """
    with _opened(table, package) as opened:
        resource = _table_of(opened, table)
        frame = _frame(resource)
        frame.attrs = {
            "table": resource.name,
            "title": resource.title,
            "package": opened.name,
            "version": opened.version,
            "types": {field.name: field.type for field in _schema(resource).fields},
            "number_type": NUMBER_TYPE,
        }
        return frame


@contextmanager
def _opened(table: str, place: str | Path | None) -> Iterator[Package]:
    """Give the package, the files of `table` being on this machine while it is open."""
    if place is None:
        from territo_opendata.project import builtin_package

        yield builtin_package()
        return
    from territo_opendata.descriptors.package import load_package
    from territo_opendata.publish.get import fetch_files
    from territo_opendata.publish.manifest import read_manifest
    from territo_opendata.publish.sources import open_source

    source = open_source(str(place))
    manifest = read_manifest(source)
    with tempfile.TemporaryDirectory(prefix="territo-") as folder:
        fetch_files(
            source, manifest, _needed(manifest.descriptor, table, manifest.prefix), Path(folder)
        )
        yield load_package(Path(folder) / "datapackage.json")


def _needed(descriptor: Any, table: str, prefix: str) -> list[str]:
    """Return the paths, below the release, of the table and of the schemas of its package."""
    resources = [each for each in descriptor["resources"] if isinstance(each.get("name"), str)]
    _check_known(table, [each["name"] for each in resources if "schema" in each])
    paths: list[str] = []
    for each in resources:
        named = [each.get("schema"), each.get("dialect")]
        if each["name"] == table:
            path = each.get("path")
            named += path if isinstance(path, list) else [path]
        paths += [name.removeprefix(prefix) for name in named if isinstance(name, str)]
    return [path for path in dict.fromkeys(paths) if not path.startswith(("http://", "https://"))]


def _table_of(package: Package, table: str) -> Resource:
    resource = package.resource(table)
    if resource is None or resource.schema is None:
        _check_known(table, [each.name for each in package.resources if each.schema])
    if resource is None:
        raise _unknown(table, [])
    return resource


def _check_known(table: str, names: Sequence[str]) -> None:
    if table not in names:
        raise _unknown(table, names)


def _unknown(table: str, names: Sequence[str]) -> UsageError:
    near = difflib.get_close_matches(table, names, 1, 0.5)
    known = ", ".join(visible(name) for name in names)
    return UsageError(
        f"Il n’y a pas de table « {visible(table)} »"
        + (f" ; la plus proche est « {visible(near[0])} »" if near else "")
        + f". Tables du paquet : {known}.",
        f"There is no table “{visible(table)}”"
        + (f"; the nearest is “{visible(near[0])}”" if near else "")
        + f". Tables of the package: {known}.",
    )


def _schema(resource: Resource) -> Schema:
    if resource.schema is None:
        raise DescriptorError(
            f"La table « {resource.name} » n’a pas de schéma.",
            f"The table “{resource.name}” has no schema.",
        )
    return resource.schema


def _frame(resource: Resource) -> "pd.DataFrame":
    import pandas as pd

    schema = _schema(resource)
    labels, rows = _read(resource)
    columns = list(zip(*rows, strict=True)) or [() for _ in labels]
    series: dict[str, pd.Series[Any]] = {}
    for label, texts in zip(labels, columns, strict=True):
        field = next((each for each in schema.fields if each.name == label), Field(label))
        series[label] = _typed(texts, field, schema.missing_values_of(field))
        if is_partial_date(field):
            for suffix, bound in (("_min", first_day), ("_max", last_day)):
                if f"{label}{suffix}" not in labels:
                    series[f"{label}{suffix}"] = _bounds(series[label], bound)
    return pd.DataFrame(series)


def _read(resource: Resource) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return the labels and the rows of the table, as text."""
    from territo_opendata.tables.source import file_source
    from territo_opendata.tables.table import open_table

    if len(resource.files) != 1 or not isinstance(resource.files[0], Path):
        raise DescriptorError(
            f"La table « {resource.name} » n’est pas un seul fichier local : elle ne peut pas être chargée.",
            f"The table “{resource.name}” is not one local file: it cannot be loaded.",
        )
    source = file_source(resource.paths[0], resource.files[0])
    table = open_table(source, resource.dialect, resource.encoding)
    labels = table.header.labels or _schema(resource).field_names
    rows = [cells for chunk in table.chunks() for cells in chunk.cells]
    wrong = next((i for i, cells in enumerate(rows, 1) if len(cells) != len(labels)), None)
    if wrong is not None or len(set(labels)) != len(labels):
        raise InvalidDataError(
            f"« {resource.paths[0]} » n’a pas le même nombre de cellules partout, ou deux colonnes "
            "du même nom. Vérifiez-le avec `territo validate`.",
            f"“{resource.paths[0]}” has not the same number of cells everywhere, or two columns of "
            "one name. Check it with `territo validate`.",
        )
    return labels, rows


def _typed(texts: Sequence[str], field: Field, missing: Sequence[str]) -> "pd.Series[Any]":
    import pandas as pd

    values = read_values(texts, field, missing)
    if values is not None:
        # A value that does not fit the type leaves the column as text, which holds them all.
        with contextlib.suppress(OverflowError, ValueError, TypeError):
            return _CASTS[field.type](values)
    return pd.Series([None if text in missing else text for text in texts], dtype="str")


def _integers(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    if any(value is not None and value not in _INT64 for value in values):
        raise OverflowError
    return pd.Series(values, dtype="Int64")


def _booleans(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    return pd.Series(values, dtype="boolean")


def _numbers(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    found = [None if value is None else float(value) for value in values]
    pairs = zip(values, found, strict=True)
    if any(each is not None and math.isinf(each) and value.is_finite() for value, each in pairs):
        raise OverflowError
    return pd.Series(found, dtype=NUMBER_TYPE)


def _dates(values: list[Any]) -> "pd.Series[Any]":
    import numpy as np
    import pandas as pd

    return pd.Series(np.array(values, dtype="datetime64[D]").astype("datetime64[s]"))


def _datetimes(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    zoned = {value.tzinfo is not None for value in values if value is not None}
    if zoned == {True, False}:
        raise ValueError(values)
    return pd.Series(
        pd.to_datetime(pd.Series(values, dtype=object), utc=zoned == {True})
    ).dt.as_unit("us")


def _times(values: list[Any]) -> "pd.Series[Any]":
    import pandas as pd

    return pd.Series(values, dtype=object)


_CASTS: "dict[str, Callable[[list[Any]], pd.Series[Any]]]" = {
    "integer": _integers,
    "year": _integers,
    "number": _numbers,
    "boolean": _booleans,
    "date": _dates,
    "datetime": _datetimes,
    "time": _times,
}


def is_partial_date(field: Field) -> bool:
    """Tell whether the field holds dates that may be a year, a month or a day."""
    return field.type == "string" and field.constraints.get("pattern") == PARTIAL_DATE


def first_day(text: str) -> str:
    """Return the first day of a year, month or day, as ISO text."""
    return (text + "-01-01")[:10]


def last_day(text: str) -> str:
    """Return the last day of a year, month or day, as ISO text."""
    import calendar

    if len(text) == len("2026"):
        return f"{text}-12-31"
    if len(text) == len("2026-11"):
        year, month = text.split("-")
        return f"{text}-{calendar.monthrange(int(year), int(month))[1]:02d}"
    return text


def _bounds(texts: "pd.Series[Any]", bound: Callable[[str], str]) -> "pd.Series[Any]":
    import pandas as pd

    days = [bound(text) if re.fullmatch(PARTIAL_DATE, text) else None for text in texts.fillna("")]
    return pd.to_datetime(pd.Series(days, dtype="str"), errors="coerce").dt.as_unit("s")
