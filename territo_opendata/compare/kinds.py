"""The kinds of differences, the class of each and its reason.

Classes and reasons are those of the Data Package Version recipe
(https://datapackage.org/recipes/data-package-version/), whose sentence is quoted in each reason;
where it is silent, the reason says what was held to be the nearest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from territo_opendata.compare.model import Level
from territo_opendata.language import Text

Section = Literal["added", "changed", "removed", "fixed"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a difference asks of the version, why, and its section of a changelog."""

    level: Level
    reason: Text
    section: Section


def _major(section: Section, fr: str, en: str) -> Kind:
    return Kind(Level.MAJOR, Text(fr, en), section)


def _minor(section: Section, fr: str, en: str) -> Kind:
    return Kind(Level.MINOR, Text(fr, en), section)


def _patch(section: Section, fr: str, en: str) -> Kind:
    return Kind(Level.PATCH, Text(fr, en), section)


_NAME = (
    "le nom ou l’identifiant du paquet, d’une ressource ou d’un champ change",
    "the name or identifier of the package, of a resource or of a field changes",
)
_FIELDS = (
    "des champs sont ajoutés, retirés ou déplacés",
    "fields are added, removed or re-ordered",
)
_TYPE = (
    "le type ou le format d’un champ change",
    "a field’s type or format changes",
)
_DELETED = (
    "une ressource, que d’autres peuvent employer, est retirée",
    "a resource, which others may rely on, is removed",
)
_STRICTER = (
    "une contrainte devient plus stricte (ou l’on ne peut pas dire qu’elle l’est moins)",
    "a constraint becomes more restrictive (or cannot be told to be less so)",
)
_DESCRIBED = (
    "des métadonnées descriptives changent",
    "descriptive metadata properties change",
)
_CORRECTED = ("des données existantes sont corrigées", "existing data is corrected")

KINDS: Mapping[str, Kind] = {
    "package-renamed": _major("changed", *_NAME),
    "package-id": _major("changed", *_NAME),
    "table-renamed": _major("changed", *_NAME),
    "table-removed": _major("removed", *_DELETED),
    "file-removed": _major("removed", *_DELETED),
    "field-added": _major("added", *_FIELDS),
    "field-removed": _major("removed", *_FIELDS),
    "fields-reordered": _major("changed", *_FIELDS),
    "field-type": _major("changed", *_TYPE),
    "field-format": _major("changed", *_TYPE),
    "field-notation": _major(
        "changed",
        "la façon d’écrire les valeurs d’un champ change, comme si son format changeait",
        "how the values of a field are written changes, as if its format did",
    ),
    "constraint-stricter": _major("changed", *_STRICTER),
    "referenced-rows-removed": _major(
        "removed",
        "des données auxquelles une autre ressource renvoie sont retirées",
        "data that is referenced by another data resource is deleted",
    ),
    "table-added": _minor(
        "added", "une ressource est ajoutée au paquet", "a new data resource is added"
    ),
    "file-added": _minor(
        "added", "une ressource est ajoutée au paquet", "a new data resource is added"
    ),
    "rows-added": _minor(
        "added",
        "des données sont ajoutées à une ressource existante",
        "new data is added to an existing data resource",
    ),
    "constraint-looser": _minor(
        "changed",
        "une contrainte devient moins stricte",
        "a constraint becomes less restrictive",
    ),
    "reference-updated": _minor(
        "changed",
        "un renvoi à une autre ressource change",
        "a reference to another data resource is updated",
    ),
    "cells-follow-reference": _minor(
        "changed",
        "des données changent avec la ressource à laquelle elles renvoient",
        "data changes to reflect changes in referenced data",
    ),
    "rows-removed": _patch(
        "removed",
        "des données existantes sont corrigées\u00a0: aucune autre ressource ne renvoie à cette table",
        "existing data is corrected: no other data resource refers to this table",
    ),
    "cells-changed": _patch("fixed", *_CORRECTED),
    "cells-rewritten": _patch("fixed", *_CORRECTED),
    "file-changed": _patch("fixed", *_CORRECTED),
    "metadata": _patch("changed", *_DESCRIBED),
    "field-described": _patch("changed", *_DESCRIBED),
}
