"""Tables as pandas data frames."""

import contextlib
import math
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from territo_opendata.descriptors.model import Field, Resource
from territo_opendata.frames.opening import schema_of
from territo_opendata.frames.partial_dates import PARTIAL_DATE, first_day, is_partial_date, last_day
from territo_opendata.frames.reading import read_rows
from territo_opendata.release.cells import read_values

if TYPE_CHECKING:
    import pandas as pd

NUMBER_TYPE = "Float64"
"""What numbers become: binary floating point, exact to about 15 digits. The CSV and the Parquet
(DECIMAL) of a release hold them exactly."""

_INT64 = range(-(2**63), 2**63)


def pandas_frame(resource: Resource) -> "pd.DataFrame":
    """Return the table as a data frame; see `load`."""
    import pandas as pd

    schema = schema_of(resource)
    labels, rows = read_rows(resource)
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


def _bounds(texts: "pd.Series[Any]", bound: Callable[[str], str]) -> "pd.Series[Any]":
    import pandas as pd

    days = [bound(text) if re.fullmatch(PARTIAL_DATE, text) else None for text in texts.fillna("")]
    return pd.to_datetime(pd.Series(days, dtype="str"), errors="coerce").dt.as_unit("s")
