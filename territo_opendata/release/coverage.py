"""When and where the data of a package applies: `temporal` and `spatial` of its descriptor.

Data Package leaves both open. Here `temporal` is an object {start, end} of whole dates, months or
years, `spatial` a place or a list of places, each an object {name, uri, bbox, geometry}. `bbox` is
a rectangle [west, south, east, north] in degrees (RFC 7946, section 5); `geometry`, for a place in
several pieces, a Polygon or MultiPolygon of GeoJSON.
"""

import calendar
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
Position = tuple[float, float]
"""Longitude and latitude, in degrees."""
Polygon = tuple[tuple[Position, ...], ...]
"""Closed rings: the outline, then the holes."""

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A period of whole days, both included; None is open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its address at INSEE or another register, if given, and the polygons it fills.

    `exact` tells that these were declared and are not the rectangle of a bounding box.
    """

    name: str
    uri: str | None
    polygons: tuple[Polygon, ...] = ()
    exact: bool = False

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The bounding box of each polygon."""
        return tuple(_bounds(each) for each in self.polygons)


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
    """Return what the places fill as a GeoJSON MultiPolygon, None if nothing is known of it."""
    polygons = [
        [[list(position) for position in ring] for ring in polygon]
        for place in places
        for polygon in place.polygons
    ]
    return {"type": "MultiPolygon", "coordinates": polygons} if polygons else None


def well_known_text(polygons: Sequence[Polygon]) -> str:
    """Return one polygon, or several, as OGC well-known text: longitude, latitude."""
    texts = [f"({', '.join(_ring_text(ring) for ring in each)})" for each in polygons]
    return f"POLYGON{texts[0]}" if len(texts) == 1 else f"MULTIPOLYGON({', '.join(texts)})"


def rectangle(box: Box) -> Polygon:
    """Return a rectangle as a polygon, counter-clockwise (RFC 7946, section 3.1.6)."""
    west, south, east, north = box
    return (((west, south), (east, south), (east, north), (west, north), (west, south)),)


def _ring_text(ring: Sequence[Position]) -> str:
    return f"({', '.join(f'{x:.10g} {y:.10g}' for x, y in ring)})"


def _bounds(polygon: Polygon) -> Box:
    longitudes, latitudes = zip(*polygon[0], strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _place(value: Any) -> Place:
    if not isinstance(value, Mapping):
        return Place(str(value), _known(str(value)))
    name = str(value.get("title") or value.get("name") or "")
    uri = web_iri(value.get("uri")) or _known(name)
    if value.get("geometry"):
        return Place(name, uri, _polygons(value["geometry"]), exact=True)
    polygons = (rectangle(_box(value["bbox"])),) if value.get("bbox") else ()
    return Place(name, uri, polygons)


def _known(name: str) -> str | None:
    return vocabularies.FRANCE if name.strip().casefold() == "france" else None


def _box(value: Any) -> Box:
    try:
        west, south, east, north = (float(each) for each in value)
    except (TypeError, ValueError) as error:
        raise _no_box(value) from error
    if not (_on_earth(west, south) and _on_earth(east, north) and west < east and south < north):
        raise _no_box(value)
    return west, south, east, north


def _on_earth(longitude: float, latitude: float) -> bool:
    return abs(longitude) <= 180 and abs(latitude) <= 90


def _polygons(value: Any) -> tuple[Polygon, ...]:
    try:
        kinds = {"Polygon": [value["coordinates"]], "MultiPolygon": value["coordinates"]}
        found = tuple(tuple(_ring(ring) for ring in each) for each in kinds[value["type"]])
    except (LookupError, TypeError, ValueError) as error:
        raise _no_geometry() from error
    if not found or not all(found):
        raise _no_geometry()
    return found


def _ring(value: Any) -> tuple[Position, ...]:
    """Return a closed ring. Raises ValueError or TypeError for what is none."""
    positions = tuple((float(each[0]), float(each[1])) for each in value)
    if len(positions) < 4 or positions[0] != positions[-1]:
        raise ValueError(positions)
    if not all(_on_earth(*each) for each in positions):
        raise ValueError(positions)
    return positions


def _no_geometry() -> DescriptorError:
    return DescriptorError(
        "Dans `spatial` de datapackage.json, `geometry` n’est pas un Polygon ou un MultiPolygon "
        "de GeoJSON : chaque contour est une liste fermée de [longitude, latitude] en degrés.",
        "In `spatial` of datapackage.json, `geometry` is not a Polygon or MultiPolygon of "
        "GeoJSON: each outline is a closed list of [longitude, latitude] in degrees.",
    )


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
