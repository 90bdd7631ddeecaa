"""The package of the fault matrix: three tables of 50 rows, with every type of column."""

from pathlib import Path

from territo_opendata.build import build_release
from territo_opendata.release import Release
from tests.publish.packages import MEASURES, TOWNS, proof, write_package

ROWS = 50
EVENTS = {
    "name": "evenements",
    "title": "Événements",
    "version": "1.0.0",
    "fields": [
        {"name": "evenement", "type": "string", "constraints": {"required": True}},
        {"name": "code", "type": "string"},
        {"name": "jour", "type": "date"},
    ],
    "primaryKey": "evenement",
    "foreignKeys": [{"fields": "code", "reference": {"resource": "communes", "fields": "code"}}],
}
NAME = "essai-de-pannes"


def make_release(folder: Path, version: str = "1.0.0", mark: str = "premier") -> Release:
    """Build the package in `folder`; `mark` is one cell of the table of events."""
    tables = {
        "communes": (TOWNS, _csv("code,nom", "{n:05},Commune é {n}")),
        "mesures": (
            MEASURES,
            _csv(
                "code,entier,montant,oui,jour,instant,heure,annee,debut",
                "{n:05},{n},{n}.5,true,2026-11-22,2026-11-22T10:11:12,10:11:12,2026,2026-11",
            ),
        ),
        "evenements": (EVENTS, _csv("evenement,code,jour", f"{mark}-{{n}},{{n:05}},2026-01-31")),
    }
    package = write_package(folder / "source", version, tables, name=NAME)
    return build_release(package, proof(package), folder / f"{NAME}-{version}").release


def _csv(head: str, row: str) -> str:
    return f"{head}\n" + "".join(row.format(n=n) + "\n" for n in range(1, ROWS + 1))
