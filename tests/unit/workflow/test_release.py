"""What a package must be to be released."""

import json
from pathlib import Path

import pytest

from territo_opendata.errors import DescriptorError, IncompleteError
from territo_opendata.workflow.release import RefusedReleaseError, build

SCHEMA = {"fields": [{"name": "a", "type": "integer"}]}


@pytest.fixture
def package(tmp_path: Path) -> dict:
    (tmp_path / "t.csv").write_text("a\n1\n", "utf-8")
    (tmp_path / "CHANGELOG.md").write_text("## 1.0.0\n", "utf-8")
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "essai",
        "title": "Essai",
        "description": "Un essai.",
        "version": "1.0.0",
        "created": "2026-11-22T00:00:00Z",
        "homepage": "https://exemple.fr",
        "licenses": [{"name": "etalab-2.0", "title": "Licence Ouverte 2.0"}],
        "resources": [
            {
                "name": "t",
                "path": "t.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "schema": SCHEMA,
            }
        ],
    }


def write(folder: Path, package: dict) -> Path:
    path = folder / "datapackage.json"
    path.write_text(json.dumps(package), "utf-8")
    return path


def test_a_good_package_is_built(tmp_path: Path, package: dict) -> None:
    built = build(write(tmp_path, package))
    assert built.written
    assert not build(tmp_path / "datapackage.json").written


def test_a_departure_from_the_standard_is_named(tmp_path: Path, package: dict) -> None:
    with pytest.raises(DescriptorError) as refusal:
        build(write(tmp_path, {**package, "keywords": []}))
    assert "/keywords" in refusal.value.say("fr")


def test_invalid_data_is_refused_with_its_report(tmp_path: Path, package: dict) -> None:
    (tmp_path / "t.csv").write_text("a\nun\n", "utf-8")
    with pytest.raises(RefusedReleaseError) as refusal:
        build(write(tmp_path, package))
    assert refusal.value.report.tables[0].by_code == {"type-integer": 1}
    assert not (tmp_path / "dist").exists()


def test_what_could_not_be_checked_is_refused(tmp_path: Path, package: dict) -> None:
    key = {"fields": ["a"], "reference": {"resource": "nulle-part", "fields": ["a"]}}
    package["resources"][0]["schema"] = {**SCHEMA, "foreignKeys": [key]}
    with pytest.raises(IncompleteError):
        build(write(tmp_path, package))
