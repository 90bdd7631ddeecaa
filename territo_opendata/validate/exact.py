"""The exact tier: the libraries with which frictionless 5.21 reads, called as it calls them.

Each is imported when a cell first needs it: most files need none, and frictionless itself, which
takes longer to import than a small file to check, is left for what only it can read (GeoJSON,
TopoJSON, WKT). Its Row and Error objects are never made: findings are ours.
"""

import datetime as dt
import threading
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from territo_opendata.descriptors.model import Field
from territo_opendata.language import Text
from territo_opendata.validate.verdicts import WRONG, Accept

_FILTERS = threading.Lock()
_PARSER = threading.Lock()


class UncheckableError(Exception):
    """A type or format that nothing installed here can read; `reason` says what is missing."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def exact_reader(field: Field) -> Callable[[Any], Any]:
    """Return the reader of the cells that no narrow rule decides: a typed value, or WRONG.

    Raises UncheckableError where frictionless itself needs a library that is not installed.
    """
    make = _LIBRARIES.get((field.type, field.format)) or _LIBRARIES.get((field.type, None))
    return _guarded(make() if make else _frictionless(field))


def _guarded(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return `read` with WRONG for None and for whatever these libraries raise on hostile text."""

    def guarded(cell: Any) -> Any:
        try:
            value = read(cell)
        except Exception:  # noqa: BLE001 - as frictionless does: any failure means another type
            return WRONG
        return WRONG if value is None else value

    return guarded


def _email() -> Accept:
    from validators import email

    # The validator gives True, or an error object that is false.
    return lambda cell: cell if email(cell) else None


def _uri() -> Accept:
    import rfc3986
    from rfc3986.validators import Validator

    validator = Validator().require_presence_of("scheme")

    def read(cell: str) -> str:
        validator.validate(rfc3986.uri_reference(cell))
        return cell

    return read


def _duration() -> Accept:
    from isodate import parse_duration

    read: Accept = parse_duration
    return read


def _any_date() -> Accept:
    parse = _any_datetime()
    return lambda cell: parse(cell).date()


def _any_time() -> Accept:
    parse = _any_datetime()
    return lambda cell: parse(cell).timetz()


def _any_datetime() -> Accept:
    from dateutil.parser import parse

    def read(cell: str) -> Any:
        # It warns of names of zones that it does not know; filters are shared between threads.
        with _FILTERS, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _with_possible_zone(parse(cell))

    return read


def _with_possible_zone(moment: dt.datetime) -> dt.datetime:
    """Drop a zone of more than a day, which `dateutil` reads and nothing can compare."""
    try:
        moment.utcoffset()
    except ValueError:
        return moment.replace(tzinfo=None)
    return moment


def _iso_time() -> Accept:
    from dateutil.parser import isoparse

    return lambda cell: isoparse(f"2000-01-01T{cell}").timetz()


def _iso_datetime() -> Accept:
    from dateutil.parser import isoparse

    read: Accept = isoparse
    return read


_LIBRARIES: Mapping[tuple[str, str | None], Callable[[], Accept]] = {
    ("string", "email"): _email,
    ("string", "uri"): _uri,
    ("duration", None): _duration,
    ("date", "any"): _any_date,
    ("time", "any"): _any_time,
    ("datetime", "any"): _any_datetime,
    ("time", "default"): _iso_time,
    ("datetime", "default"): _iso_datetime,
}


def _frictionless(field: Field) -> Callable[[Any], Any]:
    """Return the value reader of frictionless' own field class, one cell at a time.

    Its parser of WKT is one for all readers, and refuses good cells when two threads use it.
    """
    from frictionless import Field as Theirs
    from frictionless import FrictionlessException

    theirs = Theirs.from_descriptor(
        {"name": "cell", "type": field.type, "format": field.format}, allow_invalid=True
    )
    try:
        reader: Callable[[Any], Any] = theirs.create_value_reader()
    except FrictionlessException as error:
        kind = f"{field.type}/{field.format}"
        raise UncheckableError(
            Text(
                f"le format {kind} demande une bibliothèque qui n’est pas installée (tatsu)",
                f"the format {kind} needs a library that is not installed (tatsu)",
            )
        ) from error

    def read(cell: Any) -> Any:
        with _PARSER:
            return reader(cell)

    return read
