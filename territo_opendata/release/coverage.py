"""When and where the data of a package applies: `temporal` and `spatial` of its descriptor.

Data Package leaves both open. Here `temporal` is an object {start, end} of whole dates, months or
years, `spatial` a place or a list of places, each an object {name, uri, bbox}. `bbox` is a
rectangle [west, south, east, north] in degrees (RFC 7946, section 5), or a list of rectangles for
a place in several pieces.
"""

import calendar
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from territo_opendata.errors import DescriptorError
from territo_opendata.language import visible
from territo_opendata.release import vocabularies
from territo_opendata.release.addresses import web_iri

Box = tuple[float, float, float, float]
"""A rectangle: west, south, east, north, in degrees."""

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of whole days, both included; None is open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its address at INSEE or another register, if given, and the rectangles it fills."""

    name: str
    uri: str | None
    boxes: tuple[Box, ...]


def read_period(value: Any) -> Period | None:
    """Return the period of `temporal`, a year or month standing for all its days.

    Raises DescriptorError for a date that is none. Anything but an object gives None.
    """
    if not isinstance(value, Mapping):
        return None
    start, end = _first_day(value.get("start")), _last_day(value.get("end"))
    return Period(start, end) if start or end else None


def read_places(value: Any) -> tuple[Place, ...]:
    """Return the places of `spatial`. Raises DescriptorError for a bounding box that is none."""
    given = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return tuple(_place(each) for each in given if each)


def geometry(places: Sequence[Place]) -> dict[str, Any] | None:
    """Return the rectangles of the places as a GeoJSON MultiPolygon, None if they have none."""
    boxes = [box for place in places for box in place.boxes]
    polygons = [[[list(corner) for corner in corners(box)]] for box in boxes]
    return {"type": "MultiPolygon", "coordinates": polygons} if polygons else None


def corners(box: Box) -> tuple[tuple[float, float], ...]:
    """Return the ring of a rectangle, counter-clockwise, closed (RFC 7946, section 3.1.6)."""
    west, south, east, north = box
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def _place(value: Any) -> Place:
    if not isinstance(value, Mapping):
        return Place(str(value), _known(str(value)), ())
    name = str(value.get("title") or value.get("name") or "")
    boxes = value.get("bbox") or ()
    rectangles = boxes if boxes and isinstance(boxes[0], Sequence) else [boxes] if boxes else []
    uri = web_iri(value.get("uri")) or _known(name)
    return Place(name, uri, tuple(_box(each) for each in rectangles))


def _known(name: str) -> str | None:
    return vocabularies.FRANCE if name.strip().casefold() == "france" else None


def _box(value: Sequence[Any]) -> Box:
    try:
        west, south, east, north = (float(each) for each in value)
    except (TypeError, ValueError) as error:
        raise _no_box(value) from error
    sizes = (abs(west) / 180, abs(east) / 180, abs(south) / 90, abs(north) / 90)
    if not all(math.isfinite(each) and each <= 1 for each in sizes) or west > east or south > north:
        raise _no_box(value)
    return west, south, east, north


def _no_box(value: Any) -> DescriptorError:
    shown = visible(str(value)[:80])
    return DescriptorError(
        f"Dans `spatial` de datapackage.json, `bbox` n’est pas un rectangle : {shown}. Écrivez "
        "[ouest, sud, est, nord] en degrés, comme [-5.5, 41, 10, 52].",
        f"In `spatial` of datapackage.json, `bbox` is not a rectangle: {shown}. Write "
        "[west, south, east, north] in degrees, like [-5.5, 41, 10, 52].",
    )


def _first_day(value: Any) -> date | None:
    parts = _parts(value)
    return _day(value, *(int(part or 1) for part in parts)) if parts else None


def _last_day(value: Any) -> date | None:
    parts = _parts(value)
    if not parts:
        return None
    year, month = int(parts[0]), int(parts[1] or 12)
    known = 1 <= month <= 12 and 1 <= year <= 9999
    last = calendar.monthrange(year, month)[1] if known else 1
    return _day(value, year, month, int(parts[2] or last))


def _parts(value: Any) -> tuple[str, ...] | None:
    if value in (None, ""):
        return None
    match = _DAY.fullmatch(str(value).partition("T")[0])
    if match is None:
        raise _no_day(value)
    return match.groups()


def _day(value: Any, *parts: int) -> date:
    try:
        return date(*parts)
    except ValueError as error:
        raise _no_day(value) from error


def _no_day(value: Any) -> DescriptorError:
    shown = visible(str(value)[:80])
    return DescriptorError(
        f"La période `temporal` de datapackage.json contient une date qui n’en est pas une : "
        f"« {shown} ». Écrivez « 2026 », « 2026-11 » ou « 2026-11-22 ».",
        f"The period `temporal` of datapackage.json holds a date that is none: “{shown}”. "
        "Write “2026”, “2026-11” or “2026-11-22”.",
    )
