"""What the tests of publication to udata share: a package, a target, and what the portal holds."""

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
from tests.portals.portals import PUBLISHER, Udata
from tests.publish.packages import MEASURES, MEASURES_CSV, TOWNS, TOWNS_CSV, proof, write_package

WHOLE = {
    "description": "Deux tables pour essayer la publication sur un vrai portail : des communes, "
    "et des mesures de toutes sortes faites dans ces communes.",
    "licenses": [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0"}],
    "keywords": ["Véhicule Électrique", "essai", "L’eau & l’air, ensemble"],
    "temporal": {"start": "2024", "end": "2026-06"},
    "spatial": {"uri": "http://id.insee.fr/geo/departement/35", "granularity": "fr:commune"},
}
"""A package that earns all nine points of quality."""

FILES = ("communes.csv", "mesures.csv", "essai.zip", "datapackage.json")


def make(
    folder: Path, version: str = "1.0.0", towns: str = TOWNS_CSV, tables: Any = None, **changes
) -> Release:
    """Build a release of a small package; `towns` is the content of its first table.

    Its title is that of the test: udata numbers the slugs of equal titles, one query for each.
    """
    changes = {**WHOLE, "title": f"Essai {folder.name}", **changes}
    tables = tables or {"communes": (TOWNS, towns), "mesures": (MEASURES, MEASURES_CSV)}
    package = write_package(folder / f"source-{version}", version, tables, **changes)
    return build_release(package, proof(package), folder / f"{package.name}-{version}").release


@dataclasses.dataclass(frozen=True)
class Publisher:
    """Someone who publishes releases on a udata."""

    udata: Udata

    def target(self, release: Release, **settings: Any) -> Target:
        """Return the portal as a target, as a command opens it."""
        return parse_target(self.udata.target, release, {"organization": PUBLISHER, **settings})

    def plan(self, release: Release, *given: Consent, **settings: Any) -> Plan:
        """Return what is to be changed."""
        return make_plan(self.target(release, **settings), frozenset(given))

    def publish(self, release: Release, *given: Consent, **settings: Any) -> tuple[Outcome, ...]:
        """Bring the portal up to date."""
        target = self.target(release, **settings)
        return apply_plan(make_plan(target, frozenset(given)), target)

    def dataset(self, who: str | None = "editor") -> dict[str, Any]:
        """Return the one dataset of the portal, as `who` sees it."""
        (found,) = self.udata.datasets()
        return self.udata.ask("GET", f"/api/1/datasets/{found['id']}/", who)

    def resources(self) -> dict[str, dict[str, Any]]:
        """Return the resources by the key that we gave them, else by title."""
        return {
            each["extras"].get("territo:resource", each["title"]): each
            for each in self.dataset()["resources"]
        }

    def edit(self, path: str = "", method: str = "PUT", **values: Any) -> Any:
        """Change the dataset on the portal as somebody else would."""
        dataset = self.udata.datasets()[0]
        if not path and method == "PUT":
            kept = ("title", "description", "tags", "temporal_coverage", "private")
            values = {**{key: dataset[key] for key in kept}, **values}
        body = {"files": values["files"]} if "files" in values else {"json": values}
        return self.udata.ask(method, f"/api/1/datasets/{dataset['id']}/{path}", "editor", **body)


def changed(plan: Plan) -> dict[str, str]:
    """Return what a plan does to which object."""
    return {each.object_id: each.kind for each in plan.actions}
