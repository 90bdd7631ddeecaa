"""The quality score that udata will give, worked out before anything is published.

The nine points of udata 17 (core/dataset/models.py, `compute_quality` and
`compute_quality_score`); data.gouv.fr shows the score on every dataset's page.
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from territo_opendata.language import Text
from territo_opendata.publish.model import State

DESCRIPTION_LENGTH = 100
"""A description must be longer than this (udata 17, QUALITY_DESCRIPTION_LENGTH)."""

_CLOSED = frozenset({"", ".pdf", ".doc", ".docx", ".word", ".xls", ".excel", ".xlsx"})

ADVICE = {
    "license": Text("une licence (`licenses`)", "a licence (`licenses`)"),
    "temporal_coverage": Text("la période couverte (`temporal`)", "the period (`temporal`)"),
    "spatial": Text("le territoire couvert (`spatial`)", "the territory (`spatial`)"),
    "update_frequency": Text(
        "la fréquence de mise à jour (`frequency`)", "the update frequency (`frequency`)"
    ),
    "update_fulfilled_in_time": Text(
        "une mise à jour dans le délai que la fréquence annonce",
        "an update within the time that the frequency announces",
    ),
    "dataset_description_quality": Text(
        "une description de plus de 100 caractères (`description`)",
        "a description of more than 100 characters (`description`)",
    ),
    "has_open_format": Text("un fichier de format ouvert", "a file in an open format"),
    "all_resources_available": Text(
        "des fichiers tous accessibles", "files that can all be reached"
    ),
    "resources_documentation": Text("la description d’un fichier", "the description of a file"),
}
"""The nine points, and what earns each."""


def expected_quality(
    dataset: State, entries: Mapping[str, Mapping[str, Any]], others: Iterable[Mapping[str, Any]]
) -> dict[str, bool]:
    """Return which points the dataset will have once published.

    `others` are the resources of the dataset that are not ours: they count too.
    """
    place, others = dataset["spatial"], list(others)
    planned = dataset["frequency"] != "unknown"
    formats = [PurePosixPath(key).suffix for key in entries]
    formats += [f".{each.get('format') or ''}".removesuffix(".") for each in others]
    told = [*entries.values(), *others]
    return {
        "license": dataset["license"] != "notspecified",
        "temporal_coverage": dataset["temporal_coverage"] is not None,
        "spatial": bool(place["zones"] or place["geom"]),
        "update_frequency": planned,
        "update_fulfilled_in_time": planned,
        "dataset_description_quality": len(dataset["description"]) > DESCRIPTION_LENGTH,
        "has_open_format": any(each.lower() not in _CLOSED for each in formats),
        "all_resources_available": all(
            (each.get("extras") or {}).get("check:available", True) for each in others
        ),
        "resources_documentation": any(
            each.get("type") == "documentation" or each.get("description") for each in told
        ),
    }


def describe_quality(expected: Mapping[str, bool]) -> Text:
    """Return the note that gives the score and what would raise it."""
    missing = [ADVICE[point] for point, met in expected.items() if not met]
    score = f"{len(expected) - len(missing)}/{len(expected)}"
    if not missing:
        return Text(f"Qualité selon udata : {score}.", f"Quality as udata counts it: {score}.")
    fr = ", ".join(each.fr for each in missing)
    en = ", ".join(each.en for each in missing)
    return Text(
        f"Qualité selon udata : {score}. Il manque dans datapackage.json : {fr}.",
        f"Quality as udata counts it: {score}. Missing in datapackage.json: {en}.",
    )


def compare_quality(expected: Mapping[str, bool], found: Mapping[str, Any]) -> Text | None:
    """Return what tells the portal's own score from the expected one, None when they agree."""
    differing = [point for point, met in expected.items() if bool(found.get(point)) != met]
    if not differing:
        return None
    ours, theirs = sum(expected.values()), sum(bool(found.get(each)) for each in expected)
    fr = ", ".join(ADVICE[each].fr for each in differing)
    en = ", ".join(ADVICE[each].en for each in differing)
    return Text(
        f"Qualité : {theirs}/{len(expected)} selon le portail, {ours} attendus ; écart sur {fr}.",
        f"Quality: {theirs}/{len(expected)} according to the portal, {ours} expected; "
        f"they differ on {en}.",
    )
