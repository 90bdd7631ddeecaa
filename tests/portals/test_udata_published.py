"""A package on a real udata, as its readers find it: published once, for all these tests."""

import dataclasses
import hashlib
import json
import shutil
from pathlib import Path

import pytest
import requests

from territo_opendata.errors import MissingFileError, UsageError
from territo_opendata.publish import (
    Outcome,
    apply_plan,
    get_package,
    make_plan,
    verify_source,
    verify_target,
)
from territo_opendata.release import Release
from tests.portals.portals import PUBLISHER, Udata
from tests.portals.udata_cases import FILES, Publisher, changed, make
from tests.publish.packages import TOWNS, tree

pytestmark = pytest.mark.portal


@dataclasses.dataclass(frozen=True)
class Published:
    """What was published, and what a stranger saw after each action."""

    publisher: Publisher
    release: Release
    outcomes: tuple[Outcome, ...]
    seen: tuple[tuple[str, int], ...]
    folder: Path

    @property
    def address(self) -> str:
        return f"{self.publisher.udata.target}/datasets/{self.publisher.dataset()['slug']}/"


@pytest.fixture(scope="module")
def published(running_udata: Udata, tmp_path_factory) -> Published:
    running_udata.purge()
    publisher, folder = Publisher(running_udata), tmp_path_factory.mktemp("published")
    release, seen = make(folder), []

    def look(outcome: Outcome) -> None:
        url = f"{running_udata.url}/api/1/datasets/{running_udata.datasets()[0]['id']}/"
        seen.append((outcome.action.object_id, requests.get(url, timeout=30).status_code))

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERRITO_UDATA_KEY", running_udata.tokens["editor"])
        target = publisher.target(release)
        outcomes = apply_plan(make_plan(target), target, look)
    return Published(publisher, release, outcomes, tuple(seen), folder)


@pytest.fixture(autouse=True)
def key(running_udata: Udata, monkeypatch) -> None:
    monkeypatch.setenv("TERRITO_UDATA_KEY", running_udata.tokens["editor"])


def test_nothing_is_left_to_do_and_all_is_as_it_was_sent(published):
    publisher, release = published.publisher, published.release
    assert {each.status for each in published.outcomes} == {"done"}
    assert [each.text for each in published.outcomes if each.text] == []
    assert publisher.plan(release).empty
    assert verify_target(publisher.target(release)).mismatches == ()


def test_the_metadata_are_those_of_the_package(published):
    found = published.publisher.dataset(None)
    assert found["quality"]["score"] == 1
    assert found["organization"]["slug"] == PUBLISHER
    assert found["license"] == "lov2"
    assert found["frequency"] == "annual"
    assert found["temporal_coverage"] == {"start": "2024-01-01", "end": "2026-06-30"}
    assert found["spatial"]["zones"] == ["fr:departement:35"]
    assert found["spatial"]["granularity"] == "fr:commune"
    assert found["tags"] == ["essai", "leau-lair-ensemble", "vehicule-electrique"]
    assert [each["email"] for each in found["contact_points"]] == ["donnees@example.org"]
    assert found["extras"]["territo:version"] == "1.0.0"


def test_each_file_is_described_and_the_descriptor_leads_to_all(published):
    resources = published.publisher.resources()
    assert tuple(resources) == FILES
    towns = resources["communes.csv"]
    assert (towns["title"], towns["type"], towns["filetype"]) == ("Communes", "main", "file")
    assert towns["schema"] == {"name": "communes", "version": "1.0.0", "url": TOWNS["path"]}
    assert towns["extras"]["territo:sha256"] == published.release.file("communes.csv").sha256
    assert not any((resources["mesures.csv"]["schema"] or {}).values())
    assert resources["datapackage.json"]["type"] == "documentation"
    descriptor = requests.get(resources["datapackage.json"]["latest"], timeout=30).json()
    for each in descriptor["resources"]:
        content = requests.get(each["path"], timeout=30).content
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == each["hash"]
    assert [each["path"] for each in descriptor["resources"]] == [
        resources[key]["latest"] for key in ("communes.csv", "mesures.csv")
    ]


def test_nobody_saw_it_before_it_was_whole(published):
    assert [status for _, status in published.seen] == [404] * (len(published.seen) - 1) + [200]
    assert published.seen[-1][0] == "visibility"


def test_the_dataset_is_found_without_what_was_kept_of_the_last_run(published):
    publisher, release = published.publisher, published.release
    (kept,) = (release.path.parent / ".territo").glob("*.udata.json")
    expected = {"dataset": publisher.dataset()["id"]}
    assert json.loads(kept.read_text("utf-8")) == expected
    for content in ('{"dataset": "6b029ea4dd164157f93ca5e5"}', "[]", None):
        kept.unlink() if content is None else kept.write_text(content, encoding="utf-8")
        assert publisher.plan(release).empty
        assert json.loads(kept.read_text("utf-8")) == expected


def test_the_dataset_of_another_organisation_is_another(published):
    plan = published.publisher.plan(published.release, organization="Agglomération de Test")
    assert changed(plan)["dataset"] == "create"


def test_it_can_be_verified_without_a_key(published, monkeypatch):
    monkeypatch.delenv("TERRITO_UDATA_KEY")
    target = published.publisher.target(published.release, read_only=True)
    assert verify_target(target).mismatches == ()


def test_it_is_got_back_as_it_was_built(published, tmp_path):
    got = get_package(published.address, tmp_path / "got")
    built, fetched = tree(published.release.path), tree(got.path)
    assert fetched == {path: digest for path, digest in built.items() if ".zip" not in path}
    assert (got.name, got.version) == ("essai", "1.0.0")
    assert verify_source(published.address).valid


def test_a_dataset_of_others_is_got_too(running_udata: Udata, tmp_path):
    common = {"description": "Une table d’un tiers.", "license": "lov2", "frequency": "monthly"}
    asked = {
        **common,
        "title": "Données d’un tiers",
        "tags": ["eau"],
        "temporal_coverage": {"start": "2024-01-01", "end": None},
        "spatial": {"zones": ["country:fr"]},
        "organization": running_udata.organizations["autre-organisation"],
    }
    made = running_udata.ask("POST", "/api/1/datasets/", "admin", json=asked)
    path = f"/api/1/datasets/{made['id']}"
    for name in ("Table 1.csv", "datapackage.json"):
        files = {"file": (name, b"a,b\n1,2\n")}
        running_udata.ask("POST", f"{path}/upload/", "admin", files=files)
    remote = {"title": "Ailleurs", "filetype": "remote", "url": "https://example.org/x.csv"}
    remote |= {"type": "main", "format": "csv"}
    running_udata.ask("POST", f"{path}/resources/", "admin", json=remote)
    try:
        got = get_package(f"{running_udata.target}/datasets/{made['id']}", tmp_path / "got")
    finally:
        running_udata.ask("DELETE", f"{path}/", "admin")
    descriptor = json.loads((got.path / "datapackage.json").read_text("utf-8"))
    assert (got.path / "table-1.csv").read_bytes() == b"a,b\n1,2\n"
    assert got.remote == ("https://example.org/x.csv",)
    assert got.unchecked == ()
    assert descriptor["licenses"][0]["name"] == "etalab-2.0"
    assert descriptor["temporal"] == {"start": "2024-01-01"}
    assert descriptor["spatial"]["zones"] == ["country:fr"]
    assert descriptor["accrualPeriodicity"].endswith("/MONTHLY")
    assert descriptor["contributors"][0]["title"] == "Autre organisation"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/datasets/inconnu", MissingFileError),
        ("/jeux/inconnu", UsageError),
        ("/datasets/", UsageError),
    ],
)
def test_what_is_no_dataset_is_told(published, tmp_path, path, kind):
    with pytest.raises(kind):
        get_package(published.publisher.udata.target + path, tmp_path / "got")
    assert not (tmp_path / "got").exists()


def test_a_release_moved_elsewhere_is_published_where_it_was(published, tmp_path):
    moved = tmp_path / "ailleurs" / published.release.path.name
    shutil.copytree(published.release.path, moved)
    from territo_opendata.release import open_release

    assert published.publisher.plan(open_release(moved)).empty
