"""Packages published to a real CKAN: what is there, what changes, what stays."""

import hashlib
import json

import pytest
import requests

from territo_opendata.build import build_release
from territo_opendata.descriptors.package import load_package
from territo_opendata.errors import (
    MismatchError,
    RefusedError,
    RemoteError,
    StalePlanError,
    UsageError,
)
from territo_opendata.publish import (
    apply_plan,
    describe,
    describe_verification,
    load_plan,
    make_plan,
    parse_target,
    save_plan,
    verify_target,
)
from territo_opendata.publish.planning import target_of
from tests.portals.ckan_cases import BOTH, FILES, Publisher, changed, make
from tests.portals.portals import PUBLISHER, Ckan
from tests.publish.packages import TOWNS, TOWNS_CSV, proof, write_package

pytestmark = pytest.mark.portal

ONE_CELL = TOWNS_CSV.replace("Bugey", "Bresse")
RELOADED = {
    "dataset": "update",
    "resource:communes.csv": "update",
    "resource:communes.parquet": "update",
    "resource:essai.zip": "update",
    "datastore:communes": "update",
    "resource:datapackage.json": "update",
}


@pytest.fixture
def publisher(ckan: Ckan, monkeypatch) -> Publisher:
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", ckan.tokens["editor"])
    return Publisher(ckan)


@pytest.fixture
def release(tmp_path):
    return make(tmp_path)


def test_a_package_is_published_whole_then_nothing_is_left_to_do(publisher, release):
    outcomes = publisher.publish(release)
    assert {each.status for each in outcomes} == {"done"}
    assert publisher.plan(release).empty
    assert verify_target(publisher.target(release, read_only=True)).mismatches == ()
    found = publisher.dataset(None)
    assert found["organization"]["name"] == PUBLISHER
    assert (found["title"], found["version"]) == ("Données d’essai", "1.0.0")
    assert found["url"] == "https://example.org/essai"
    assert (found["author"], found["author_email"]) == ("Ada", "")
    assert (found["maintainer"], found["maintainer_email"]) == (
        "Ville d’Essai",
        "donnees@example.org",
    )
    assert [each["name"] for each in found["tags"]] == [
        "L eau l air ensemble",
        "Véhicule Électrique",
        "essai",
    ]
    extras = publisher.extras()
    assert extras["frequency"].endswith("frequency/ANNUAL")
    assert (extras["temporal_start"], extras["temporal_end"]) == ("2024", "2026-06")
    assert json.loads(extras["spatial"])["type"] == "Polygon"
    assert (extras["spatial_text"], extras["publisher_name"]) == ("France", "Ville d’Essai")
    assert json.loads(extras["sources"])[0]["title"] == "Relevés"
    assert json.loads(extras["territo:note"]) == {"libre": True}


def test_each_file_is_described_and_the_descriptor_leads_to_all(publisher, release):
    publisher.publish(release)
    resources = publisher.resources()
    assert tuple(resources) == FILES
    towns = resources["communes.csv"]
    file = release.file("communes.csv")
    assert (towns["name"], towns["format"], towns["mimetype"]) == ("Communes", "CSV", "text/csv")
    assert (towns["hash"], towns["size"]) == (file.sha256, file.bytes)
    assert towns["schema"]["fields"] == TOWNS["fields"]
    descriptor = requests.get(resources["datapackage.json"]["url"], timeout=30).json()
    for each in descriptor["resources"]:
        content = requests.get(each["path"], timeout=30).content
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" == each["hash"]


def test_the_datastore_has_the_types_of_the_schema(publisher, tmp_path):
    publisher.publish(make(tmp_path, tables=BOTH))
    found = publisher.rows("mesures")
    types = {each["id"]: each["type"] for each in found["fields"]}
    assert types == {
        "_id": "int",
        "code": "text",
        "entier": "int8",
        "montant": "numeric",
        "oui": "bool",
        "jour": "date",
        "instant": "timestamp",
        "heure": "time",
        "annee": "int4",
        "debut": "text",
    }
    row = found["records"][0]
    assert (row["entier"], row["montant"], row["oui"]) == (12, 1234567.5, True)
    assert (row["jour"], row["heure"], row["annee"]) == ("2026-11-22", "10:11:12", 2026)
    assert found["records"][1]["entier"] is None
    towns = publisher.rows()
    assert towns["records"][1]["nom"] == "Saint-Omer\n(Pas-de-Calais)"
    dictionary = {each["id"]: each.get("info") for each in towns["fields"]}
    assert dictionary["nom"] == {"notes": "Nom <officiel> & complet"}
    assert dictionary["code"]["constraints"] == {"required": True}
    id_ = publisher.resources()["communes.csv"]["id"]
    again = {"resource_id": id_, "force": True, "method": "insert", "records": [{"code": "01004"}]}
    with pytest.raises(AssertionError, match="409"):
        publisher.ckan.act("datastore_upsert", **again)


def test_nobody_sees_a_first_publication_before_it_is_whole(publisher, release):
    seen = []

    def look(outcome) -> None:
        url = f"{publisher.ckan.url}/api/3/action/package_show?id=essai"
        seen.append((outcome.action.object_id, requests.get(url, timeout=30).status_code))

    target = publisher.target(release)
    apply_plan(make_plan(target), target, look)
    assert [status for _, status in seen] == [403] * (len(seen) - 1) + [200]
    assert seen[-1][0] == "visibility"


def test_one_cell_changes_its_table_the_descriptor_and_the_archive_alone(publisher, tmp_path):
    publisher.publish(make(tmp_path, tables=BOTH))
    before = publisher.resources()
    second = make(tmp_path, "1.0.1", tables={**BOTH, "communes": (TOWNS, ONE_CELL)})
    assert changed(publisher.plan(second)) == RELOADED
    publisher.publish(second)
    after = publisher.resources()
    assert {key: (each["id"], each["url"]) for key, each in after.items()} == {
        key: (each["id"], each["url"]) for key, each in before.items()
    }
    for key in ("mesures.csv", "mesures.parquet"):
        assert after[key]["last_modified"] == before[key]["last_modified"]
    assert publisher.rows()["records"][0]["nom"] == "Ambérieu, en Bresse"
    assert publisher.dataset()["version"] == "1.0.1"
    assert publisher.plan(second).empty
    assert verify_target(publisher.target(second)).mismatches == ()


def test_a_change_of_the_metadata_does_what_the_plan_says(publisher, release, tmp_path):
    cases = (
        ({"keywords": ["essai"]}, "tags", ["essai"]),
        ({"keywords": None}, "tags", []),
        ({"licenses": [{"name": "ODbL-1.0"}]}, "license_id", "odc-odbl"),
        ({"temporal": None}, "temporal_start", None),
        ({"frequency": "inconnue"}, "frequency", "inconnue"),
        ({"contributors": None}, "author", ""),
        ({"territo:note": None}, "territo:note", None),
        ({"description": "x" * 600_000}, "notes", "x" * 600_000),
    )
    publisher.publish(release)
    for number, (changes, field, value) in enumerate(cases, 1):
        second = make(tmp_path, f"1.0.{number}", **changes)
        target = publisher.target(second)
        plan = make_plan(target)
        assert changed(plan)["dataset"] == "update"
        assert not any(name.endswith((".csv", ".parquet")) for name in changed(plan))
        # Only the metadata matters here.
        assert target.apply(plan.actions[0]).status == "done"
        dataset, extras = publisher.dataset(), publisher.extras()
        tags = [each["name"] for each in dataset["tags"]]
        found = tags if field == "tags" else dataset.get(field, extras.get(field))
        assert found == value, field


def test_a_renamed_table_is_removed_and_added_or_keeps_its_id(publisher, release, tmp_path):
    publisher.publish(release)
    before = publisher.resources()
    town = {**TOWNS, "name": "villes"}
    second = make(tmp_path, "2.0.0", tables={"villes": (town, TOWNS_CSV)})
    kinds = changed(publisher.plan(second))
    assert kinds["resource:villes.csv"] == kinds["datastore:villes"] == "create"
    assert kinds["resource:communes.csv"] == kinds["datastore:communes"] == "remove"
    with pytest.raises(RefusedError, match="allow-removal"):
        publisher.publish(second)
    assert publisher.dataset()["version"] == "1.0.0"
    publisher.publish(second, "removal")
    after = publisher.resources()
    assert set(after) == {key.replace("communes", "villes") for key in FILES}
    assert after["villes.csv"]["id"] != before["communes.csv"]["id"]
    with pytest.raises(AssertionError, match="404"):
        publisher.ckan.act("datastore_search", resource_id=before["communes.csv"]["id"])
    assert publisher.plan(second).empty


def test_a_table_that_tells_its_former_name_keeps_its_id(publisher, release, tmp_path):
    publisher.publish(release)
    before = publisher.resources()
    second = renamed(tmp_path, "2.0.0", previousName="communes")
    plan = publisher.plan(second)
    assert {each.kind for each in plan.actions} == {"update"}
    assert any("former_name" in line for line in describe(plan, "fr"))
    publisher.publish(second)
    after = publisher.resources()
    assert after["villes.csv"]["id"] == before["communes.csv"]["id"]
    assert after["villes.parquet"]["id"] == before["communes.parquet"]["id"]
    assert after["villes.csv"]["url"] == before["communes.csv"]["url"]
    assert publisher.plan(second).empty
    # Once renamed it stays so, and a new table may bear the old name.
    third = renamed(tmp_path, "3.0.0", also={"communes": (TOWNS, TOWNS_CSV)})
    publisher.publish(third)
    last = publisher.resources()
    assert last["villes.csv"]["id"] == before["communes.csv"]["id"]
    assert last["communes.csv"]["id"] not in {each["id"] for each in after.values()}
    assert verify_target(publisher.target(third)).mismatches == ()


def renamed(folder, version, also=None, **property_):
    """Build a release whose first table has another name, with this property of its resource."""
    tables = {"villes": ({**TOWNS, "name": "villes"}, TOWNS_CSV), **(also or {})}
    package = write_package(folder / f"source-{version}", version, tables)
    descriptor = json.loads(package.path.read_text("utf-8"))
    descriptor["resources"][0].update(property_)
    package.path.write_text(json.dumps(descriptor), "utf-8")
    package = load_package(package.path)
    return build_release(package, proof(package), folder / f"essai-{version}").release


def test_a_new_type_makes_the_table_anew_and_says_so(publisher, release, tmp_path):
    publisher.publish(release)
    fields = [{"name": "code", "type": "string"}, {"name": "nom", "type": "string"}]
    fields.append({"name": "habitants", "type": "integer"})
    content = "code,nom,habitants\n01004,Ambérieu,14000\n"
    tables = {"communes": ({**TOWNS, "fields": fields}, content)}
    second = make(tmp_path, "2.0.0", tables=tables)
    plan = publisher.plan(second)
    told = "\n".join(describe(plan, "fr"))
    assert "« datastore:communes » sera supprimée puis recréée" in told
    assert "columns.habitants" in told
    publisher.publish(second)
    assert publisher.rows()["fields"][-1]["type"] == "int8"
    fields[2] = {"name": "habitants", "type": "number"}
    third = make(tmp_path, "3.0.0", tables=tables)
    told = "\n".join(describe(publisher.plan(third), "fr"))
    assert "columns.habitants.type : « int8 » → « numeric »" in told
    publisher.publish(third)
    found = publisher.rows()
    assert (found["fields"][-1]["type"], found["records"][0]["habitants"]) == ("numeric", 14000)
    assert publisher.plan(third).empty


def test_a_change_by_others_is_seen_and_undone(publisher, release):
    publisher.publish(release)
    publisher.edit(title="Un autre titre", tags=[{"name": "intrus"}])
    publisher.edit_resource("communes.csv", description="Autre", hash="")
    publisher.edit_resource("essai.zip", url="https://example.org/x.zip", url_type="")
    id_ = publisher.resources()["communes.csv"]["id"]
    publisher.ckan.act("datastore_records_delete", resource_id=id_, force=True, filters={})
    plan = publisher.plan(release)
    assert changed(plan) == dict.fromkeys(
        ("dataset", "resource:communes.csv", "resource:essai.zip", "datastore:communes"), "update"
    )
    told = "\n".join(describe(plan, "fr"))
    assert "title : « Un autre titre » → « Données d’essai »" in told
    assert "rows : 0 → 2" in told
    found = verify_target(publisher.target(release))
    assert {each.address for each in found.mismatches} == set(changed(plan))
    lines = describe_verification(found, "fr")
    assert "! resource:communes.csv : trouvé → attendu" in lines
    assert any(line.strip().startswith("description : « Autre » → ") for line in lines)
    publisher.publish(release)
    assert publisher.plan(release).empty
    assert verify_target(publisher.target(release)).mismatches == ()


def test_a_file_replaced_with_its_digest_kept_is_found_by_verify(publisher, release):
    publisher.publish(release)
    resource = publisher.resources()["communes.csv"]
    content = (release.path / "communes.csv").read_bytes().replace(b"Bugey", b"Brese")
    requests.post(
        f"{publisher.ckan.url}/api/3/action/resource_patch",
        data={"id": resource["id"]},
        files={"upload": ("communes.csv", content)},
        headers={"Authorization": publisher.ckan.tokens["admin"]},
        timeout=30,
    ).raise_for_status()
    found = verify_target(publisher.target(release))
    assert [each.address for each in found.mismatches] == ["resource:communes.csv"]
    assert publisher.plan(release).empty
    plan = publisher.plan(release, check_files=True)
    assert changed(plan) == {"resource:communes.csv": "update"}
    assert plan.settings["check_files"] is True
    publisher.publish(release, check_files=True)
    assert verify_target(publisher.target(release)).valid
    assert publisher.plan(release, check_files=True).empty


def test_what_belongs_to_others_is_named_and_left_alone(publisher, release, tmp_path):
    publisher.publish(release)
    dataset = publisher.dataset()
    extras = [*dataset["extras"], {"key": "moissonneur", "value": "x"}]
    publisher.edit(extras=extras)
    link = {"package_id": dataset["id"], "url": "https://example.org/notice", "name": "Notice"}
    publisher.ckan.act("resource_create", **link)
    plan = publisher.plan(release)
    assert plan.empty
    assert "Ne sera pas touché : « Notice », « moissonneur »." in describe(plan, "fr")
    publisher.publish(make(tmp_path, "1.0.1", ONE_CELL, **{"territo:note": None}))
    assert publisher.extras()["moissonneur"] == "x"
    assert "territo:note" not in publisher.extras()
    assert "Notice" in publisher.resources()


def test_a_dataset_that_was_there_before_is_taken_over_with_a_word(publisher, release):
    publisher.ckan.act(
        "package_create", "editor", name="essai", owner_org=PUBLISHER, title="À la main"
    )
    plan = publisher.plan(release)
    assert any("n’a pas été publié par territo" in line for line in describe(plan, "fr"))
    assert changed(plan)["dataset"] == "update"
    publisher.publish(release)
    assert publisher.plan(release).empty


def test_a_dataset_of_another_organisation_is_left_alone(publisher, release):
    publisher.ckan.act("package_create", "admin", name="essai", owner_org="agglomeration-de-test")
    with pytest.raises(UsageError, match="appartient à l’organisation"):
        publisher.plan(release)


def test_a_dataset_that_is_closed_to_the_publisher_is_left_alone(publisher, release):
    publisher.ckan.act(
        "package_create", "admin", name="essai", owner_org="autre-organisation", private=True
    )
    with pytest.raises(RemoteError, match="vous n’y avez pas accès"):
        publisher.plan(release)


def test_private_then_public_and_back(publisher, release):
    publisher.publish(release, private=True)
    assert publisher.plan(release, private=True).empty
    with pytest.raises(AssertionError, match="403"):
        publisher.dataset(None)
    assert verify_target(publisher.target(release, private=True)).valid
    plan = publisher.plan(release)
    assert changed(plan) == {"visibility": "update"}
    assert "      private : oui → non" in describe(plan, "fr")
    publisher.publish(release)
    assert publisher.dataset(None)["private"] is False
    publisher.publish(release, private=True)
    assert publisher.dataset()["private"] is True


def test_a_saved_plan_is_run_once_and_refused_when_it_is_stale(publisher, release, tmp_path):
    saved = tmp_path / "plan.json"
    save_plan(publisher.plan(release), saved)
    plan = load_plan(saved)
    assert publisher.ckan.tokens["editor"] not in saved.read_text("utf-8")
    first = apply_plan(plan, target_of(plan))
    again = apply_plan(plan, target_of(plan))
    assert {each.status for each in first} == {"done"}
    assert {each.status for each in again} == {"skipped"}
    publisher.edit(title="Un autre titre")
    with pytest.raises(StalePlanError, match="dataset"):
        apply_plan(plan, target_of(plan))


@pytest.mark.parametrize("done", [1, 3, 5])
def test_a_run_cut_short_is_finished_by_the_next_with_the_same_ids(publisher, release, done):
    target = publisher.target(release)
    for action in make_plan(target).actions[:done]:
        target.apply(action)
    ids = {key: each["id"] for key, each in publisher.resources().items()}
    publisher.publish(release)
    assert publisher.plan(release).empty
    found = {key: each["id"] for key, each in publisher.resources().items()}
    assert ids.items() <= found.items()
    assert publisher.dataset(None)["state"] == "active"
    assert len(publisher.ckan.datasets()) == 1


def test_a_table_half_loaded_is_loaded_again(publisher, release):
    publisher.publish(release)
    resource = publisher.resources()["communes.csv"]
    fields = [{"id": "code", "type": "text", "info": {}}]
    publisher.ckan.act("datastore_create", resource_id=resource["id"], force=True, fields=fields)
    assert changed(publisher.plan(release)) == {"datastore:communes": "update"}
    publisher.publish(release)
    assert publisher.rows()["total"] == 2
    assert publisher.plan(release).empty


def test_of_two_publishers_the_second_is_told(publisher, release, tmp_path):
    publisher.publish(release)
    ours, theirs = make(tmp_path, "1.1.0", ONE_CELL), make(tmp_path, "1.2.0", ONE_CELL + "x,X\n")
    first, second = publisher.target(ours), publisher.target(theirs)
    plans = make_plan(first), make_plan(second)
    first.apply(plans[0].actions[0])
    with pytest.raises(StalePlanError, match="dataset"):
        apply_plan(plans[1], second)
    for action in plans[0].actions[1:]:
        first.apply(action)
    assert publisher.plan(ours).empty


def test_an_unknown_column_name_leaves_a_table_out_of_the_datastore(publisher, tmp_path):
    name = "é" * 40
    fields = [{"name": "code", "type": "string"}, {"name": name, "type": "string"}]
    schema = {**TOWNS, "fields": fields}
    release = make(tmp_path, tables={"communes": (schema, f"code,{name}\na,b\n")})
    plan = publisher.plan(release)
    assert any("63 octets" in line for line in describe(plan, "fr"))
    assert "datastore:communes" not in changed(plan)
    publisher.publish(release)
    assert publisher.plan(release).empty


def test_files_that_are_no_tables_are_published_too(publisher, tmp_path):
    package = write_package(tmp_path / "source", tables={"communes": (TOWNS, TOWNS_CSV)})
    descriptor = json.loads(package.path.read_text("utf-8"))
    for name in ("notice.pdf", "carte.gpkg", "lisez-moi", "photo.jpg", "Plan.GeoJSON"):
        (package.path.parent / name).write_bytes(b"x" * 10)
        descriptor["resources"].append({"name": name.lower(), "path": name})
    package.path.write_text(json.dumps(descriptor), "utf-8")
    package = load_package(package.path)
    release = build_release(package, proof(package), tmp_path / "essai-1.0.0").release
    publisher.publish(release)
    assert publisher.plan(release).empty
    assert publisher.resources()["photo.jpg"]["format"] == "JPEG"
    assert publisher.resources()["notice.pdf"]["mimetype"] == "application/pdf"


def test_a_schema_too_large_to_go_with_a_file_goes_before_it(publisher, tmp_path):
    fields = [{"name": "code", "type": "string"}]
    fields.append({"name": "nom", "type": "string", "description": "x" * 450_000})
    schema = {**TOWNS, "fields": fields}
    publisher.publish(make(tmp_path, tables={"communes": (schema, TOWNS_CSV)}))
    second = make(tmp_path, "1.0.1", tables={"communes": (schema, ONE_CELL)})
    before = publisher.resources()["communes.csv"]
    publisher.publish(second)
    assert publisher.plan(second).empty
    assert publisher.resources()["communes.csv"]["id"] == before["id"]
    assert publisher.resources()["communes.csv"]["schema"]["fields"] == fields


def test_a_name_that_ckan_refuses_is_an_error_of_the_plan(publisher, tmp_path):
    with pytest.raises(UsageError, match="minuscules"):
        publisher.plan(make(tmp_path, name="essai.point"))
    assert publisher.ckan.datasets() == []


def test_what_the_portal_alters_is_an_error(publisher, release):
    target = publisher.target(release)
    plan = make_plan(target)
    action = plan.actions[0]
    altered = {**action.after, "tags": ["bb", "aa"]}
    with pytest.raises(MismatchError, match="tags"):
        target.apply(type(action)(action.kind, action.object_id, None, altered))


def test_a_target_needs_the_address_of_a_portal(release, monkeypatch):
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", "x")
    for address in ("ckan:https://x.example/dataset/essai", "ckan:x", "ckan:ftp://x.example"):
        with pytest.raises(UsageError):
            parse_target(address, release)
