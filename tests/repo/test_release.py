"""The release of this very repository: built, published, read back, loaded."""

import hashlib
import os
from pathlib import Path

import frictionless
import pytest

from territo_opendata.build import build_release
from territo_opendata.descriptors.package import load_package
from territo_opendata.descriptors.shipped import data_folder
from territo_opendata.findings import DialectUsed, Report, TableReport
from territo_opendata.frames import load
from territo_opendata.publish import (
    apply_plan,
    get_package,
    make_plan,
    parse_target,
    verify_source,
    verify_target,
)
from territo_opendata.release import open_release

ROOT = data_folder()


def trusted(package):
    """Return a report without findings: whether the data is valid is another test's question."""
    tables = []
    for each in package.resources:
        content = each.files[0].read_bytes()
        tables.append(
            TableReport(
                name=each.name,
                path=each.paths[0],
                schema=each.schema.name,
                schema_version=each.schema.version,
                fields=each.schema.field_names,
                dialect=DialectUsed(),
                rows=0,
                bytes=len(content),
                errors=0,
                warnings=0,
                by_code={},
                by_field={},
                findings=(),
                samples={},
                sha256=hashlib.sha256(content).hexdigest(),
            )
        )
    return Report(tuple(tables))


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    package = load_package(ROOT / "datapackage.json")
    return build_release(
        package, trusted(package), tmp_path_factory.mktemp("dist") / "livraison"
    ).release


@pytest.fixture(scope="module")
def public(release, tmp_path_factory):
    folder = tmp_path_factory.mktemp("public")
    target = parse_target(f"folder:{folder}", release, {"base_url": "https://exemple.fr/donnees"})
    apply_plan(make_plan(target), target)
    assert verify_target(target).valid
    return folder / "territo-opendata"


def test_the_datasets_keep_their_bytes(release):
    for each in load_package(ROOT / "datapackage.json").resources:
        assert (release.path / f"{each.name}.csv").read_bytes() == each.files[0].read_bytes()


@pytest.mark.parametrize("place", ["release", "public"])
def test_frictionless_finds_it_valid(release, public, place):
    folder = release.path if place == "release" else public
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten()[:5]
    assert len(report.tasks) == 2 * len(load_package(ROOT / "datapackage.json").resources)


def test_our_own_loader_accepts_what_we_publish(release, public):
    for folder in (release.path, public):
        package = load_package(folder / "datapackage.json")
        assert package.version == release.version
        assert all(path.is_file() for each in package.resources for path in each.files)


def test_it_comes_back_as_it_was(release, public, tmp_path):
    got = get_package(str(public), tmp_path / "reçu")
    assert open_release(got.path).digest == release.digest
    assert verify_source(str(public)).valid


def test_every_table_loads_with_its_types(release):
    names = [each["name"] for each in release.descriptor["resources"] if "schema" in each]
    for name in names:
        frame = load(name)
        assert frame.equals(load(name, release.path))
        described = next(each for each in release.descriptor["resources"] if each["name"] == name)
        assert len(frame) == described["rows"]
    frame = load("financements")
    assert str(frame["montant_eur"].dtype) == "Float64"
    assert str(frame["annee_debut"].dtype) == "Int64"
    assert {"date_decision_min", "date_decision_max"} <= set(frame.columns)


def test_amounts_are_exact_in_parquet(release):
    types = {
        each["name"]: each["columnTypes"]
        for each in release.descriptor["resources"]
        if "columnTypes" in each
    }
    assert types["financements-parquet"]["montant_eur"].startswith("DECIMAL")
    assert types["territoires-parquet"]["population"] == "INT64"
    assert types["territoires-parquet"]["code_territoire"] == "STRING"


def test_nothing_of_this_machine_is_in_it(release):
    here = {str(ROOT), str(Path.home()), os.uname().nodename}
    for each in release.files:
        if not each.path.endswith((".zip", ".parquet")):
            text = (release.path / each.path).read_text(encoding="utf-8")
            assert not [place for place in here if len(place) > 3 and place in text], each.path
