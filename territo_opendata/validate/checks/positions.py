"""`french-gps-coordinates`: whether a point lies in France, mainland or overseas."""

import json
import math

from territo_opendata.descriptors.model import Field
from territo_opendata.validate.checks.interface import CellCheck, Check, Fault
from territo_opendata.validate.checks.params import Params

_LONGEST = 200

BOXES: tuple[tuple[float, float, float, float], ...] = (
    (-5.141277, 41.333571, 9.560091, 51.088989),  # mainland and Corsica
    (-61.85, 15.8, -60.95, 16.55),  # Guadeloupe
    (-61.25, 14.35, -60.78, 14.9),  # Martinique
    (-54.65, 2.1, -51.6, 5.8),  # Guyane
    (55.2, -21.4, 55.85, -20.85),  # La Réunion
    (45.0, -13.05, 45.32, -12.6),  # Mayotte
    (-56.45, 46.7, -56.1, 47.2),  # Saint-Pierre-et-Miquelon
    (-63.2, 17.85, -62.75, 18.15),  # Saint-Barthélemy, Saint-Martin
    (158.2, -22.9, 172.2, -17.3),  # Nouvelle-Calédonie
    (-178.3, -14.4, -176.0, -13.1),  # Wallis-et-Futuna
    (-154.8, -27.8, -134.3, -7.8),  # Polynésie française
    (68.4, -50.1, 70.7, -48.4),  # Kerguelen
    (50.1, -46.6, 52.4, -45.8),  # Crozet
    (77.4, -38.8, 77.7, -37.7),  # Saint-Paul and Amsterdam
)
"""Least and greatest longitude and latitude around each part of France, in degrees (WGS 84).

They hold those of Validata 0.12, which lack the overseas collectivities. Points just across a
border pass, as they do there.
"""


def gps_coordinates(params: Params) -> list[Check]:
    """Ask that `column` holds points in France, longitude first."""
    column = params.column()
    field = params.field(column)

    def judge(text: str) -> Fault | None:
        point = _read(text, field)
        if point is None:
            # In a geopoint field the type rule says so already.
            return None if field.type == "geopoint" else Fault("gps-coordinates", column)
        if _in_france(*point):
            return None
        return Fault("gps-coordinates", column, {"reversed": _in_france(point[1], point[0])})

    return [CellCheck("french-gps-coordinates", column, judge)]


def _in_france(longitude: float, latitude: float) -> bool:
    return any(
        west <= longitude <= east and south <= latitude <= north
        for west, south, east, north in BOXES
    )


def _read(text: str, field: Field) -> tuple[float, float] | None:
    """Return the longitude and the latitude of a cell (Table Schema, "geopoint")."""
    if len(text) > _LONGEST:
        return None
    try:
        parts = _parts(text, field.format if field.type == "geopoint" else "default")
        longitude, latitude = (float(part) for part in parts)
    except (ValueError, TypeError, KeyError):
        return None
    return (longitude, latitude) if math.isfinite(longitude + latitude) else None


def _parts(text: str, format_: str) -> list[str]:
    if format_ == "default":
        return text.split(",")
    read = json.loads(text)
    return [read["lon"], read["lat"]] if isinstance(read, dict) else list(read)
