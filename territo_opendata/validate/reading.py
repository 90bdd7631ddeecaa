"""The reading of cells, and of the values that a schema writes, into typed values.

Two tiers: the narrow rule of the field, then the exact reader for what it leaves undecided.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.validate.accept import accept_rule, item_field
from territo_opendata.validate.exact import exact_reader
from territo_opendata.validate.verdicts import UNDECIDED, WRONG, Accept


class ValueReader:
    """Reads the values of one field as frictionless 5.21 does, before its constraints."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self._narrow = accept_rule(field)
        self._exact: Callable[[Any], Any] | None = None

    @property
    def narrow(self) -> Accept | None:
        """The narrow rule, where the type and format have one."""
        return self._narrow

    @property
    def reads_all(self) -> bool:
        """Whether every text is a value of the field."""
        return self._narrow is str

    def text(self, cell: str) -> Any:
        """Return the typed value of `cell`, or WRONG. Raises UncheckableError."""
        value = self._narrow(cell) if self._narrow else UNDECIDED
        return self.exactly(cell) if value is UNDECIDED else value

    def written(self, value: Any) -> Any:
        """Return the typed value of what JSON holds (a bound, an item of an array), or WRONG.

        Raises UncheckableError.
        """
        if isinstance(value, str):
            return self.text(value)
        read = _NATIVE.get(self.field.type)
        return read(self.field, value) if read else WRONG

    def exactly(self, value: Any) -> Any:
        """Return the typed value by the libraries of frictionless, or WRONG.

        Raises UncheckableError.
        """
        if self.field.type == "list":
            return _list(self.field, value)
        if self._exact is None:
            self._exact = exact_reader(self.field)
        return self._exact(value)


def _list(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        value = value.split(field.options.get("delimiter", ","))
    elif not isinstance(value, list):
        return WRONG
    item = ValueReader(item_field(field))
    items = [item.written(each) for each in value]
    return WRONG if any(each is WRONG for each in items) else items


def _integer(_field: Field, value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if type(value) is int else WRONG


def _number(field: Field, value: Any) -> Any:
    if isinstance(value, float):
        return value if field.options.get("floatNumber") else Decimal(str(value))
    return value if type(value) is int else WRONG


def _year(_field: Field, value: Any) -> Any:
    return value if isinstance(value, int) and 0 <= value <= 9999 else WRONG


def _yearmonth(_field: Field, value: Any) -> Any:
    return tuple(value) if isinstance(value, list) and len(value) == 2 else WRONG


def _geopoint(_field: Field, value: Any) -> Any:
    try:
        lon, lat = value
        inside = -180 <= lon <= 180 and -90 <= lat <= 90
    except (ValueError, TypeError):
        return WRONG
    return (lon, lat) if inside else WRONG


def _geojson(field: Field, value: Any) -> Any:
    return exact_reader(field)(value)


def _if_is(kind: type) -> Callable[[Field, Any], Any]:
    return lambda _field, value: value if isinstance(value, kind) else WRONG


_NATIVE: Mapping[str, Callable[[Field, Any], Any]] = {
    "any": lambda _field, value: value,
    "array": _if_is(list),
    "boolean": _if_is(bool),
    "geojson": _geojson,
    "geopoint": _geopoint,
    "integer": _integer,
    "list": _list,
    "number": _number,
    "object": _if_is(dict),
    "year": _year,
    "yearmonth": _yearmonth,
}
