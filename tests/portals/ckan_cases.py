"""What the tests of publication to CKAN share: a package, a target, and what the portal holds."""

import dataclasses
from pathlib import Path
from typing import Any

from territo_opendata.build import build_release
from territo_opendata.publish import (
    Consent,
    Outcome,
    Plan,
    Target,
    apply_plan,
    make_plan,
    parse_target,
)
from territo_opendata.release import Release
from tests.portals.portals import PUBLISHER, Ckan
from tests.publish.packages import MEASURES, MEASURES_CSV, TOWNS, TOWNS_CSV, proof, write_package

WHOLE = {
    "keywords": ["Véhicule Électrique", "essai", "L’eau & l’air, ensemble"],
    "contributors": [
        {
            "title": "Ville d’Essai",
            "email": "donnees@example.org",
            "roles": ["publisher", "maintainer"],
        },
        {"title": "Ada", "role": "author"},
    ],
    "sources": [{"title": "Relevés", "path": "https://example.org/releves"}],
    "temporal": {"start": "2024", "end": "2026-06"},
    "spatial": {"name": "France", "bbox": [-5, 41, 9, 51], "uri": "http://id.insee.fr/geo/pays/1"},
    "territo:note": {"libre": True},
}
FILES = ("communes.csv", "communes.parquet", "essai.zip", "datapackage.json")
BOTH = {"communes": (TOWNS, TOWNS_CSV), "mesures": (MEASURES, MEASURES_CSV)}


def make(
    folder: Path, version: str = "1.0.0", towns: str = TOWNS_CSV, tables: Any = None, **changes
) -> Release:
    """Build a release of a small package, of one table with this content unless it is told."""
    tables = tables or {"communes": (TOWNS, towns)}
    package = write_package(folder / f"source-{version}", version, tables, **{**WHOLE, **changes})
    return build_release(package, proof(package), folder / f"{package.name}-{version}").release


@dataclasses.dataclass(frozen=True)
class Publisher:
    """Someone who publishes releases on a CKAN."""

    ckan: Ckan
    small: bool = False

    def target(self, release: Release, **settings: Any) -> Target:
        """Return the portal as a target, as a command opens it."""
        address = f"ckan:{self.ckan.small_url}" if self.small else self.ckan.target
        return parse_target(address, release, {"organization": PUBLISHER, **settings})

    def plan(self, release: Release, *given: Consent, **settings: Any) -> Plan:
        """Return what is to be changed."""
        return make_plan(self.target(release, **settings), frozenset(given))

    def publish(self, release: Release, *given: Consent, **settings: Any) -> tuple[Outcome, ...]:
        """Bring the portal up to date."""
        target = self.target(release, **settings)
        return apply_plan(make_plan(target, frozenset(given)), target)

    def dataset(self, who: str | None = "editor", name: str = "essai") -> dict[str, Any]:
        """Return the dataset as `who` sees it."""
        return self.ckan.act("package_show", who, id=name)

    def resources(self) -> dict[str, dict[str, Any]]:
        """Return the resources by our key for them, else by title."""
        return {
            each.get("territo_key") or each["name"]: each for each in self.dataset()["resources"]
        }

    def extras(self) -> dict[str, str]:
        """Return the extras by key."""
        return {each["key"]: each["value"] for each in self.dataset()["extras"]}

    def rows(self, table: str = "communes") -> dict[str, Any]:
        """Return what the DataStore holds of a table, as anybody reads it."""
        resource = self.resources()[f"{table}.csv"]
        return self.ckan.act("datastore_search", None, resource_id=resource["id"])

    def edit(self, **values: Any) -> Any:
        """Change the dataset as somebody else would."""
        return self.ckan.act("package_patch", id=self.dataset()["id"], **values)

    def edit_resource(self, key: str, **values: Any) -> Any:
        """Change a resource as somebody else would."""
        return self.ckan.act("resource_patch", id=self.resources()[key]["id"], **values)


def changed(plan: Plan) -> dict[str, str]:
    """Return the kind of each action by its object."""
    return {each.object_id: each.kind for each in plan.actions}
