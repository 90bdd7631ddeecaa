"""Small packages to build and publish, with every type of column."""

import hashlib
import json
from pathlib import Path

from territo_opendata.build import build_release
from territo_opendata.descriptors.model import Package, Resource
from territo_opendata.descriptors.package import load_package
from territo_opendata.findings import DialectUsed, Report, TableReport
from territo_opendata.release import Release

TOWNS = {
    "name": "communes",
    "title": "Communes",
    "version": "1.0.0",
    "path": "https://example.org/schemas/communes.json",
    "fields": [
        {"name": "code", "title": "Code", "type": "string", "constraints": {"required": True}},
        {"name": "nom", "type": "string", "description": "Nom <officiel> & complet"},
    ],
    "primaryKey": "code",
}
MEASURES = {
    "name": "mesures",
    "title": "Mesures",
    "version": "1.0.0",
    "fields": [
        {"name": "code", "type": "string", "example": "01004"},
        {"name": "entier", "type": "integer"},
        {"name": "montant", "type": "number"},
        {"name": "oui", "type": "boolean"},
        {"name": "jour", "type": "date"},
        {"name": "instant", "type": "datetime"},
        {"name": "heure", "type": "time"},
        {"name": "annee", "type": "year"},
        {
            "name": "debut",
            "type": "string",
            "constraints": {
                "pattern": r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?",
            },
        },
    ],
    "foreignKeys": [
        {"fields": "code", "reference": {"resource": "communes", "fields": "code"}},
    ],
    "missingValues": ["", "-"],
}
TOWNS_CSV = 'code,nom\n01004,"Ambérieu, en Bugey"\n62765,"Saint-Omer\n(Pas-de-Calais)"\n'
MEASURES_CSV = (
    "code,entier,montant,oui,jour,instant,heure,annee,debut\n"
    "01004,12,1234567.50,true,2026-11-22,2026-11-22T10:11:12,10:11:12,2026,2026\n"
    "62765,-,0.1,false,1999-01-31,,,1999,2024-02\n"
    ",-7,-3,,,,,,2026-11-22\n"
)
DESCRIPTOR = {
    "name": "essai",
    "title": "Données d’essai",
    "description": "Deux tables pour essayer la publication.",
    "homepage": "https://example.org/essai",
    "created": "2026-11-22T00:00:00Z",
    "keywords": ["essai"],
    "licenses": [
        {"name": "etalab-2.0", "title": "Licence Ouverte 2.0", "path": "https://example.org/lov2"}
    ],
    "contributors": [
        {"title": "Ville d’Essai", "email": "donnees@example.org", "role": "publisher"}
    ],
    "temporal": {"start": "2024", "end": "2026-11-22"},
    "spatial": {"name": "France", "bbox": [-5.2, 41.3, 9.6, 51.1]},
    "frequency": "annual",
}


def write_package(
    folder: Path, version: str = "1.0.0", tables: dict | None = None, **changes
) -> Package:
    """Write a package in `folder` and return it.

    `tables` gives (schema, text) by name; a property changed to None is left out.
    """
    chosen = tables or {"communes": (TOWNS, TOWNS_CSV), "mesures": (MEASURES, MEASURES_CSV)}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "CHANGELOG.md").write_text(f"# Journal\n\n## {version}\n", encoding="utf-8")
    resources = []
    for name, (schema, text) in chosen.items():
        (folder / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
        title = schema["title"]
        resources.append({"name": name, "path": f"{name}.csv", "title": title, "schema": schema})
    described = {**DESCRIPTOR, "version": version, "resources": resources, **changes}
    descriptor = {key: value for key, value in described.items() if value is not None}
    path = folder / "datapackage.json"
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return load_package(path)


def proof(package: Package, errors: int = 0) -> Report:
    """Return a report that says that the tables were found to have so many errors each."""
    return Report(tuple(_table_report(each, errors) for each in package.resources if each.schema))


def _table_report(resource: Resource, errors: int) -> TableReport:
    content = resource.files[0].read_bytes()
    return TableReport(
        name=resource.name,
        path=resource.paths[0],
        schema=resource.schema.name,
        schema_version=None,
        fields=resource.schema.field_names,
        dialect=DialectUsed(),
        rows=0,
        bytes=len(content),
        errors=errors,
        warnings=0,
        by_code={},
        by_field={},
        findings=(),
        samples={},
        sha256=hashlib.sha256(content).hexdigest(),
    )


def make_release(folder: Path, version: str = "1.0.0", mark: str = "", **changes) -> Release:
    """Build a release in `folder`; `mark` goes into both tables, so as to tell releases apart."""
    tables = {
        "communes": (TOWNS, TOWNS_CSV + f"x{mark},Repère {mark}\n"),
        "mesures": (MEASURES, MEASURES_CSV + f"x{mark},,,,,,,,\n"),
    }
    package = write_package(folder / "source", version, tables, **changes)
    return build_release(package, proof(package), folder / f"{package.name}-{version}").release


def tree(folder: Path) -> dict[str, str]:
    """Return the digest of every file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
