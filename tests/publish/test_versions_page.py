"""The versions of a package side by side in a published folder, and `latest` above them."""

import json
import shutil

import pytest

from territo_opendata.build import build_release
from territo_opendata.publish import apply_plan, make_plan, parse_target, verify_target
from territo_opendata.release.disk import unfinished
from tests.publish.packages import make_release, proof, tree, write_package
from tests.unit.build.programmes import TABLES


def publish(folder, release):
    target = parse_target(f"folder:{folder}", release)
    apply_plan(make_plan(target, frozenset({"removal"})), target)
    assert make_plan(target).empty
    assert verify_target(target).valid
    return target


def versions(folder):
    page = (folder / "essai/index.html").read_text(encoding="utf-8")
    assert 'href="latest/index.html"' in page
    return [part.split("/index.html")[0] for part in page.split('href="releases/')[1:]][::4]


def test_every_version_stays_and_the_newest_comes_first(tmp_path):
    folder = tmp_path / "public"
    made = [make_release(tmp_path / each, each, each) for each in ("1.9.0", "1.10.0")]
    for release in made:
        publish(folder, release)
    assert versions(folder) == [each.identity for each in reversed(made)]
    for each in versions(folder):
        assert (folder / "essai/releases" / each / "index.html").is_file()


@pytest.mark.parametrize("content", ["", "[]", '{"name": "essai", "created": "hier"}'])
def test_a_broken_release_is_not_listed(tmp_path, content):
    folder = tmp_path / "public"
    (folder / "essai/releases/0.1.0-abc").mkdir(parents=True)
    (folder / "essai/releases/0.1.0-abc/datapackage.json").write_text(content)
    release = make_release(tmp_path / "r", "1.0.0")
    publish(folder, release)
    assert versions(folder) == [release.identity]


def test_pages_of_latest_come_and_go_with_the_release(tmp_path):
    """A folder of pages is one object of a plan: mended file by file, dropped with its last."""
    folder = tmp_path / "public"
    package = write_package(tmp_path / "a", "1.0.0", TABLES)
    publish(folder, build_release(package, proof(package)).release)
    latest = folder / "essai/latest"
    assert (latest / "programmes/coeur.html").is_file()
    (latest / "tables/sources.html").write_text("altéré")
    unfinished(latest / "tables/x.html").write_text("abandonné")
    shutil.rmtree(latest / "programmes")
    again = publish(folder, build_release(package, proof(package)).release)
    assert (latest / "programmes/coeur.html").is_file()
    assert len(list((latest / "tables").iterdir())) == len(TABLES)
    other = make_release(tmp_path / "b", "2.0.0")
    plan = make_plan(parse_target(again.address, other))
    removed = {each.object_id for each in plan.actions if each.kind == "remove"}
    assert "essai/latest/programmes" in removed
    assert "removal" in plan.needs
    publish(folder, other)
    assert not (latest / "programmes").exists()
    assert {each for each in tree(latest) if "/" in each} == {
        "tables/communes.html",
        "tables/mesures.html",
    }


def test_a_folder_half_removed_is_removed_by_the_same_plan(tmp_path):
    folder = tmp_path / "public"
    package = write_package(tmp_path / "a", "1.0.0", TABLES)
    publish(folder, build_release(package, proof(package)).release)
    target = parse_target(f"folder:{folder}", make_release(tmp_path / "b", "2.0.0"))
    plan = make_plan(target, frozenset({"removal"}))
    (folder / "essai/latest/programmes/coeur.html").unlink()
    apply_plan(plan, target)
    assert not (folder / "essai/latest/programmes").exists()
    assert json.loads((folder / "essai/datapackage.json").read_text("utf-8"))["version"] == "2.0.0"
