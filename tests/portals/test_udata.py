"""Packages published to a real udata: what is there, what changes, what stays."""

import json
import subprocess
import sys

import pytest

from territo_opendata.clients import udata_upload
from territo_opendata.errors import (
    DescriptorError,
    RefusedError,
    RemoteError,
    StalePlanError,
)
from territo_opendata.publish import apply_plan, load_plan, make_plan, save_plan, verify_target
from territo_opendata.publish.planning import target_of
from tests.portals.portals import PUBLISHER, Udata
from tests.portals.udata_cases import FILES, Publisher, changed, make
from tests.publish.packages import MEASURES, MEASURES_CSV, TOWNS, TOWNS_CSV

pytestmark = pytest.mark.portal

ONE_CELL = TOWNS_CSV.replace("Bugey", "Bresse")


@pytest.fixture
def publisher(udata: Udata, monkeypatch) -> Publisher:
    monkeypatch.setenv("TERRITO_UDATA_KEY", udata.tokens["editor"])
    return Publisher(udata)


@pytest.fixture
def release(tmp_path):
    return make(tmp_path)


def test_one_cell_changes_its_table_the_descriptor_and_the_archive_alone(
    publisher, release, tmp_path
):
    publisher.publish(release)
    before = publisher.resources()
    second = make(tmp_path, "1.0.1", ONE_CELL)
    plan = publisher.plan(second)
    assert changed(plan) == dict.fromkeys(
        [f"resource:{key}" for key in FILES if key != "mesures.csv"] + ["resources", "dataset"],
        "update",
    )
    publisher.publish(second)
    after = publisher.resources()
    assert {key: each["id"] for key, each in after.items()} == {
        key: each["id"] for key, each in before.items()
    }
    assert after["mesures.csv"]["url"] == before["mesures.csv"]["url"]
    assert after["communes.csv"]["title"] == "Communes"
    assert publisher.dataset()["extras"]["territo:version"] == "1.0.1"
    assert publisher.plan(second).empty
    assert verify_target(publisher.target(second)).mismatches == ()


def test_a_change_of_the_metadata_does_what_the_plan_says(publisher, release, tmp_path):
    cases = (
        (
            {"keywords": ["essai"], "title": "Un autre titre", "spatial": None},
            {"tags": ["essai"], "title": "Un autre titre", "zones": [], "license": "lov2"},
        ),
        (
            {
                "keywords": None,
                "temporal": None,
                "frequency": None,
                "licenses": [{"name": "ODbL-1.0"}],
                "contributors": [{"title": "Sans adresse", "role": "publisher"}],
            },
            {
                "tags": [],
                "temporal_coverage": None,
                "frequency": "unknown",
                "license": "odc-odbl",
                "contacts": [],
            },
        ),
        (
            {"temporal": {"start": "2025-02"}, "spatial": {"bbox": [-5.2, 41.3, 9.6, 51.1]}},
            {"temporal_coverage": {"start": "2025-02-01", "end": None}, "geom": "MultiPolygon"},
        ),
    )
    publisher.publish(release)
    for number, (changes, expected) in enumerate(cases, 1):
        second = make(tmp_path, f"1.0.{number}", **changes)
        target = publisher.target(second)
        plan = make_plan(target)
        assert changed(plan)["dataset"] == "update"
        apply_plan(plan, target)
        found = publisher.dataset()
        spatial = found["spatial"] or {}
        found["zones"] = spatial.get("zones")
        found["geom"] = (spatial.get("geom") or {}).get("type")
        found["contacts"] = found["contact_points"] or []
        assert {key: found[key] for key in expected} == expected
        assert not found["private"]
    assert publisher.plan(second).empty


def test_a_removed_table_needs_consent_and_a_renamed_one_keeps_its_address(
    publisher, release, tmp_path
):
    publisher.publish(release)
    before = publisher.resources()
    renamed = {**TOWNS, "name": "villes"}
    second = make(tmp_path, "2.0.0", tables={"villes": (renamed, TOWNS_CSV)})
    with pytest.raises(RefusedError, match=r"communes\.csv"):
        publisher.publish(second)
    package = json.loads((tmp_path / "source-2.0.0" / "datapackage.json").read_text("utf-8"))
    package["resources"][0]["previousName"] = "communes"
    third = make(
        tmp_path, "2.0.1", tables={"villes": (renamed, TOWNS_CSV)}, resources=package["resources"]
    )
    assert changed(publisher.plan(third))["resource:mesures.csv"] == "remove"
    publisher.publish(third, "removal")
    after = publisher.resources()
    assert set(after) == {"villes.csv", "essai.zip", "datapackage.json"}
    assert after["villes.csv"]["id"] == before["communes.csv"]["id"]
    assert publisher.plan(third).empty


def test_what_others_put_there_stays_and_what_they_changed_is_shown(publisher, release, tmp_path):
    publisher.publish(release)
    publisher.edit("upload/", "POST", files={"file": ("rapport.pdf", b"%PDF-1.4")})
    publisher.edit(
        extras={**publisher.dataset()["extras"], "ville:cle": [1]}, title="Titre d’un tiers"
    )
    plan = publisher.plan(release)
    assert changed(plan) == {"dataset": "update"}
    assert plan.actions[0].before["title"] == "Titre d’un tiers"
    assert any("rapport.pdf" in note.fr for note in plan.notes)
    second = make(tmp_path, "1.0.1", ONE_CELL)
    publisher.publish(second)
    found = publisher.dataset()
    assert found["title"] == second.descriptor["title"]
    assert found["extras"]["ville:cle"] == [1]
    assert [each["title"] for each in found["resources"]][-1] == "rapport.pdf"


def test_a_file_that_another_hand_replaced_is_put_right(publisher, release):
    publisher.publish(release)
    id_ = publisher.resources()["datapackage.json"]["id"]
    publisher.edit(f"resources/{id_}/upload/", "POST", files={"file": ("x.json", b"{}")})
    assert verify_target(publisher.target(release)).mismatches != ()
    assert set(changed(publisher.plan(release))) == {"resource:datapackage.json", "resources"}
    publisher.publish(release)
    assert publisher.resources()["datapackage.json"]["id"] == id_
    assert publisher.plan(release).empty


def test_a_deleted_dataset_is_told_and_made_anew(publisher, release):
    publisher.publish(release)
    old = publisher.dataset()["id"]
    publisher.edit(method="DELETE")
    plan = publisher.plan(release)
    assert any(old in note.fr for note in plan.notes)
    publisher.publish(release)
    assert publisher.dataset()["id"] != old


def test_a_private_dataset_is_shown_later_and_hidden_again(publisher, release):
    publisher.publish(release, private=True)
    assert publisher.dataset()["private"]
    assert publisher.plan(release, private=True).empty
    assert changed(publisher.plan(release)) == {"visibility": "update"}
    publisher.publish(release)
    assert not publisher.dataset()["private"]
    publisher.publish(release, private=True)
    found = publisher.dataset()
    assert found["private"]
    assert found["tags"] == ["essai", "leau-lair-ensemble", "vehicule-electrique"]


def test_a_saved_plan_is_carried_out_and_refused_once_it_no_longer_fits(
    publisher, release, tmp_path
):
    path = tmp_path / "plan.json"
    save_plan(publisher.plan(release), path)
    plan = load_plan(path)
    apply_plan(plan, target_of(plan))
    again = apply_plan(plan, target_of(plan))
    assert {each.status for each in again} == {"skipped"}
    second = make(tmp_path, "1.0.1", ONE_CELL)
    save_plan(publisher.plan(second), path)
    publisher.edit(title="Titre d’un tiers")
    plan = load_plan(path)
    with pytest.raises(StalePlanError):
        apply_plan(plan, target_of(plan))
    record = json.loads(path.read_text("utf-8"))
    for each in record["actions"]:
        each["after"] = {"title": 1}
    for number in range(len(record["actions"])):
        edited = {**record, "actions": record["actions"][number:]}
        path.write_text(json.dumps(edited), encoding="utf-8")
        with pytest.raises(StalePlanError):
            apply_plan(load_plan(path), target_of(plan))


def test_a_large_file_goes_in_parts(publisher, release, monkeypatch):
    monkeypatch.setattr(udata_upload, "PART", 5000)
    told = []
    target = publisher.target(release)
    apply_plan(make_plan(target), target, on_upload=lambda *each: told.append(each))
    assert verify_target(publisher.target(release)).mismatches == ()
    sizes = {object_id: (sent, total) for object_id, sent, total in told}
    assert all(sent == total for sent, total in sizes.values())
    assert len(sizes) == len(FILES)


def test_a_file_of_200_mb_goes_through_little_memory(publisher):
    asked = {"title": "Gros", "description": "Un gros fichier.", "private": True}
    asked["organization"] = publisher.udata.organizations[PUBLISHER]
    made = publisher.udata.ask("POST", "/api/1/datasets/", "editor", json=asked)
    command = ["-m", "tests.portals.send_big_udata", publisher.udata.url, made["id"]]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True)
    peak, size, stored, read = done.stdout.split()
    assert int(peak) < 150_000_000
    assert int(size) == 200_000_000
    assert stored == read


def test_a_schema_of_the_catalogue_is_stored_by_name_and_version(publisher, tmp_path):
    catalogue = publisher.udata.ask("GET", "/api/1/datasets/schemas/")
    known = next(each for each in catalogue if each["versions"])
    version = known["versions"][0]
    schema = {**TOWNS, "path": version["schema_url"]}
    release = make(
        tmp_path, tables={"communes": (schema, TOWNS_CSV), "mesures": (MEASURES, MEASURES_CSV)}
    )
    publisher.publish(release)
    found = publisher.resources()["communes.csv"]["schema"]
    assert found == {"name": known["name"], "version": version["version_name"], "url": None}
    assert publisher.plan(release).empty


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"licenses": [{"name": "licence-maison"}]}, "lov2"),
        ({"frequency": "parfois"}, "annual"),
        ({"temporal": {"start": "hier"}}, "2026-11-22"),
        ({"temporal": {"start": "2025", "end": "2024"}}, "avant de commencer"),
        ({"title": "t" * 351}, "350"),
        ({"spatial": {"granularity": "quartier"}}, "fr:commune"),
    ],
)
def test_what_udata_would_refuse_or_lose_is_told_before_anything_is_written(
    publisher, tmp_path, changes, words
):
    with pytest.raises(DescriptorError, match=words):
        publisher.plan(make(tmp_path, **changes))
    assert publisher.udata.datasets() == []


def test_quality_is_told_before_and_an_unknown_zone_is_named(publisher, tmp_path):
    poor = make(
        tmp_path,
        description="Court.",
        temporal=None,
        spatial={"uri": "http://id.insee.fr/geo/commune/99999"},
    )
    plan = publisher.plan(poor)
    told = "\n".join(note.fr for note in plan.notes)
    assert "Qualité selon udata : 6/9" in told
    assert "`temporal`" in told
    assert "fr:commune:99999" in told
    outcomes = publisher.publish(poor)
    assert round(publisher.dataset()["quality"]["score"] * 9) == 6
    assert [each.text for each in outcomes if each.text] == []


def test_two_publishers_who_create_at_once_leave_one_dataset(publisher, release):
    target = publisher.target(release)
    plan = make_plan(target)
    publisher.udata.ask(
        "POST",
        "/api/1/datasets/",
        "editor",
        json={
            "title": "L’autre",
            "description": "Créé au même instant.",
            "private": True,
            "organization": publisher.udata.organizations[PUBLISHER],
            "extras": {"territo:name": release.name},
        },
    )
    target._fetch_dataset = lambda: None
    with pytest.raises(RemoteError, match="en même temps") as caught:
        apply_plan(plan, target)
    assert caught.value.exit_code == 4
    assert publisher.dataset()["title"] == "L’autre"
    publisher.publish(release)
    assert publisher.plan(release).empty


def test_a_twin_that_was_left_behind_is_removed_with_consent(publisher, release):
    publisher.publish(release)
    dataset = publisher.dataset()
    extras = {"territo:name": release.name}
    organization = publisher.udata.organizations[PUBLISHER]
    publisher.udata.ask(
        "POST",
        "/api/1/datasets/",
        "editor",
        json={
            "title": "Le jumeau",
            "description": "Resté là.",
            "organization": organization,
            "extras": extras,
        },
    )
    for kept in (release.path.parent / ".territo").glob("*.udata.json"):
        kept.unlink()
    plan = publisher.plan(release)
    assert set(changed(plan).values()) == {"remove"}
    for kept in (release.path.parent / ".territo").glob("*.udata.json"):
        kept.unlink()
    publisher.publish(release, "removal")
    assert publisher.dataset()["id"] == dataset["id"]


def test_a_change_by_another_during_the_run_is_found_at_read_back(publisher, release, tmp_path):
    publisher.publish(release)
    towns = publisher.resources()["communes.csv"]["id"]
    title = {"title": "Titre d’un tiers"}
    files = {"files": {"file": ("y.csv", b"y")}}
    cases = {
        "resource:communes.csv": (f"/{towns}/upload/", "POST", f"resources/{towns}/upload/", files),
        "resources": ("/resources/", "PUT", f"resources/{towns}/", title),
        "dataset": (f"/{publisher.dataset()['id']}/", "PUT", "", title),
    }
    for number, (object_id, (end, method, place, values)) in enumerate(cases.items(), 1):
        second = make(tmp_path, f"1.0.{number}", TOWNS_CSV.replace("Bugey", f"Bugey {number}"))
        target = publisher.target(second)
        plan = make_plan(target)

        def meddle(asked: str, path: str, _status, case=(end, method, place, values)) -> None:
            if (asked, path.endswith(case[0])) == (case[1], True):
                publisher.edit(case[2], case[1], **case[3])

        target._portal.session._watch = meddle
        with pytest.raises(RemoteError, match="Une autre personne") as caught:
            apply_plan(plan, target)
        assert caught.value.exit_code == 4
        assert object_id in caught.value.text.fr
    publisher.publish(second)
    assert publisher.plan(second).empty


def test_a_link_to_another_site_is_not_written_over(publisher, release, tmp_path):
    publisher.publish(release)
    towns = publisher.resources()["communes.csv"]
    publisher.edit(f"resources/{towns['id']}/", "DELETE")
    publisher.edit(
        "resources/",
        "POST",
        title="Communes",
        filetype="remote",
        url="https://example.org/communes.csv",
        type="main",
        format="csv",
        extras=towns["extras"],
    )
    with pytest.raises(RefusedError, match="lien"):
        publisher.publish(make(tmp_path, "1.0.1", ONE_CELL))
