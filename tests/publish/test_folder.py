"""Publication to a folder: what is planned, written, kept, refused."""

import hashlib
import json
import subprocess
import sys

import pytest

from territo_opendata.build import build_release
from territo_opendata.descriptors.package import load_package
from territo_opendata.errors import (
    DescriptorError,
    MissingFileError,
    RefusedError,
    StalePlanError,
    UnsafePathError,
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
    target_of,
    verify_source,
    verify_target,
)
from territo_opendata.publish.grouping import summed
from territo_opendata.release import open_release
from tests.publish.packages import TOWNS, TOWNS_CSV, make_release, proof, tree, write_package

BASE = {"base_url": "https://exemple.fr/données"}


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("livraisons")
    return {
        version: make_release(folder / version, version, version[0])
        for version in ("1.0.0", "2.0.0", "3.0.0-beta.1")
    }


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "Données publiées, été"


def publish(folder, release, given=frozenset(), settings=BASE):
    target = parse_target(f"folder:{folder}", release, settings)
    plan = make_plan(target, frozenset(given))
    outcomes = apply_plan(plan, target)
    assert [each.status for each in outcomes] == ["done"] * len(plan.actions)
    return target


def test_the_layout_is_the_one_that_readers_rely_on(folder, releases):
    release = releases["1.0.0"]
    publish(folder, release)
    names = {each.path for each in release.files}
    root = f"essai/releases/1.0.0-{release.digest[:12]}"
    assert set(tree(folder)) == {
        "catalog.jsonld",
        "catalog.ttl",
        "catalog-udata.jsonld",
        "catalog-udata.ttl",
        "index.html",
        "essai/datapackage.json",
        "essai/croissant.json",
        "essai/index.html",
        *(f"essai/latest/{name}" for name in names),
        *(f"{root}/{name}" for name in names),
    }
    assert not any(path.is_symlink() for path in folder.rglob("*"))
    for copy in (folder / root, folder / "essai/latest"):
        run = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=copy, check=False)
        assert run.returncode == 0
    entry = json.loads((folder / "essai/datapackage.json").read_text(encoding="utf-8"))
    paths = [each["path"] for each in entry["resources"]]
    assert paths == [
        f"releases/{release.identity}/{each['path']}" for each in release.descriptor["resources"]
    ]


def test_the_second_publication_does_nothing(folder, releases):
    target = publish(folder, releases["1.0.0"])
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    plan = make_plan(target)
    assert plan.empty
    assert apply_plan(plan, target) == ()
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_an_update_keeps_addresses_and_old_releases(folder, releases):
    publish(folder, releases["1.0.0"])
    stable = {each for each in tree(folder) if "/releases/" not in each}
    publish(folder, releases["2.0.0"])
    assert {each for each in tree(folder) if "/releases/" not in each} == stable
    kept = {open_release(path).digest for path in (folder / "essai/releases").iterdir()}
    assert kept == {releases["1.0.0"].digest, releases["2.0.0"].digest}


def test_the_plan_writes_in_a_safe_order(folder, releases):
    plan = make_plan(parse_target(f"folder:{folder}", releases["1.0.0"], BASE))
    ids = [each.object_id for each in plan.actions]
    assert ids[0].startswith("essai/releases/1.0.0-")
    made = [
        "essai/datapackage.json",
        "essai/croissant.json",
        "essai/index.html",
        "catalog.jsonld",
        "catalog.ttl",
        "catalog-udata.jsonld",
        "catalog-udata.ttl",
        "index.html",
    ]
    assert all(each.startswith("essai/latest/") for each in ids[1 : -len(made)])
    assert ids[-len(made) :] == made
    swap = plan.actions[-len(made)]
    assert set(swap.precondition) == {ids[0]}
    assert all(each.kind == "create" and each.before is None for each in plan.actions)


def test_planning_writes_nothing(folder, releases):
    make_plan(parse_target(f"folder:{folder}", releases["1.0.0"]))
    assert not folder.exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(path.read_bytes()[:-3] + b"9,9"),
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
    ],
    ids=["altered", "lost", "emptied"],
)
@pytest.mark.parametrize("where", ["releases", "latest", "entry", "catalogue"])
def test_what_was_altered_after_publication_is_found_and_mended(folder, releases, damage, where):
    release = releases["1.0.0"]
    target = publish(folder, release)
    whole = tree(folder)
    address = {
        "releases": f"essai/releases/{release.identity}/communes.csv",
        "latest": "essai/latest/essai.zip",
        "entry": "essai/datapackage.json",
        "catalogue": "catalog.jsonld",
    }[where]
    assert verify_target(target).valid
    damage(folder / address)
    result = verify_target(target)
    assert [each.address for each in result.mismatches] == [address]
    assert address in describe_verification(result, "fr")[0]
    publish(folder, release)
    assert tree(folder) == whole


def test_strangers_in_a_release_folder_are_dropped(folder, releases):
    release = releases["1.0.0"]
    publish(folder, release)
    whole = tree(folder)
    (folder / "essai/releases" / release.identity / "en trop.csv").write_text("a\n")
    publish(folder, release)
    assert tree(folder) == whole


def test_an_older_version_needs_a_consent(folder, releases):
    publish(folder, releases["2.0.0"])
    before = tree(folder)
    for version, refused in (("1.0.0", True), ("3.0.0-beta.1", False)):
        target = parse_target(f"folder:{folder}", releases[version], BASE)
        assert ("version" in make_plan(target).needs) is refused
    with pytest.raises(RefusedError, match="--allow-version"):
        publish(folder, releases["1.0.0"])
    assert tree(folder) == before
    publish(folder, releases["1.0.0"], {"version"})


def test_a_table_that_goes_needs_a_consent(folder, tmp_path, releases):
    publish(folder, releases["1.0.0"])
    package = write_package(tmp_path / "moins", "2.0.0", {"communes": (TOWNS, TOWNS_CSV)})
    smaller = build_release(package, proof(package), tmp_path / "moins-2").release
    with pytest.raises(RefusedError, match=r"mesures\.csv.*--allow-removal"):
        publish(folder, smaller)
    publish(folder, smaller, {"removal"})
    assert not (folder / "essai/latest/mesures.csv").exists()
    assert (folder / "essai/releases" / releases["1.0.0"].identity / "mesures.csv").exists()


def renamed(tmp_path, version, previous):
    """Return a release whose table « communes » is called « villes » now."""
    package = write_package(
        tmp_path / version,
        version,
        {"villes": (TOWNS, TOWNS_CSV)},
        resources=[
            {
                "name": "villes",
                "path": "villes.csv",
                "title": "Villes",
                "schema": TOWNS,
                "previousName": previous,
            }
        ],
    )
    return build_release(package, proof(package), tmp_path / f"r{version}").release


@pytest.mark.parametrize("previous", ["communes", ["communes", "localites"]], ids=str)
def test_a_renamed_table_keeps_its_public_address(folder, tmp_path, previous):
    package = write_package(tmp_path / "avant", "1.0.0", {"communes": (TOWNS, TOWNS_CSV)})
    publish(folder, build_release(package, proof(package), tmp_path / "r1").release)
    release = renamed(tmp_path, "2.0.0", previous)
    target = publish(folder, release)
    latest = folder / "essai/latest"
    for kind in ("csv", "parquet"):
        assert (latest / f"communes.{kind}").read_bytes() == (
            latest / f"villes.{kind}"
        ).read_bytes()
    run = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=latest, check=False)
    assert run.returncode == 0
    node = json.loads((folder / "catalog.jsonld").read_text(encoding="ascii"))
    urls = [
        each["dcat:downloadURL"]["@id"].rpartition("/")[2]
        for each in node["dcat:dataset"][0]["dcat:distribution"]
    ]
    assert urls == ["communes.csv", "communes.parquet"]
    assert verify_target(target).valid
    assert make_plan(target).empty


def test_a_former_name_that_another_table_has_now_stays_that_tables(folder, tmp_path):
    other = {**TOWNS, "title": "Autres"}
    package = write_package(
        tmp_path / "x",
        "2.0.0",
        {"communes": (other, TOWNS_CSV), "villes": (TOWNS, TOWNS_CSV + "x,y\n")},
    )
    described = json.loads((tmp_path / "x/datapackage.json").read_text(encoding="utf-8"))
    described["resources"][1]["previousName"] = "communes"
    (tmp_path / "x/datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    package = load_package(tmp_path / "x/datapackage.json")
    publish(folder, build_release(package, proof(package), tmp_path / "r2").release)
    assert (folder / "essai/latest/communes.csv").read_text(encoding="utf-8") == TOWNS_CSV
    node = json.loads((folder / "catalog.jsonld").read_text(encoding="ascii"))
    urls = [
        each["dcat:downloadURL"]["@id"] for each in node["dcat:dataset"][0]["dcat:distribution"]
    ]
    assert len(set(urls)) == 4


def test_a_former_name_that_leaves_the_folder_is_refused(tmp_path):
    with pytest.raises(DescriptorError, match="ancien"):
        renamed(tmp_path, "2.0.0", "../../autre")


def test_a_saved_plan_is_the_same_plan(folder, tmp_path, releases):
    plan = make_plan(
        parse_target(f"folder:{folder}", releases["1.0.0"], BASE), frozenset({"removal"})
    )
    save_plan(plan, tmp_path / "plan.json")
    again = load_plan(tmp_path / "plan.json")
    assert again == plan
    apply_plan(again, target_of(again))
    assert verify_target(target_of(again)).valid
    statuses = {each.status for each in apply_plan(again, target_of(again))}
    assert statuses == {"skipped"}


def test_a_plan_overtaken_by_another_publication_is_refused(folder, releases):
    publish(folder, releases["1.0.0"])
    target = parse_target(f"folder:{folder}", releases["2.0.0"], BASE)
    plan = make_plan(target)
    publish(folder, releases["3.0.0-beta.1"])
    before = tree(folder)
    seen = []
    with pytest.raises(StalePlanError, match="a changé entre-temps"):
        apply_plan(plan, target, seen.append)
    statuses = [each.status for each in seen]
    assert statuses[:2] == ["done", "failed"]
    assert set(statuses[2:]) == {"not-tried"}
    added = set(tree(folder)) - set(before)
    assert all(each.startswith(f"essai/releases/{releases['2.0.0'].identity}/") for each in added)
    assert {each: tree(folder)[each] for each in before} == before


def test_a_plan_whose_neighbours_changed_is_refused_at_the_catalogue(folder, tmp_path, releases):
    target = parse_target(f"folder:{folder}", releases["1.0.0"], BASE)
    plan = make_plan(target)
    other = make_release(tmp_path / "autre", "1.0.0", "o", name="autre", title="Autre jeu")
    publish(folder, other)
    with pytest.raises(StalePlanError):
        apply_plan(plan, target)


def test_a_plan_of_a_release_built_again_is_refused(folder, tmp_path):
    release = make_release(tmp_path / "r", "1.0.0", "a")
    plan = make_plan(parse_target(f"folder:{folder}", release))
    assert make_release(tmp_path / "r", "1.0.0", "b").path == release.path
    with pytest.raises(StalePlanError, match="refaite"):
        target_of(plan)
    with pytest.raises(StalePlanError, match="refaite"):
        apply_plan(plan, parse_target(f"folder:{folder}", release))
    assert not folder.exists()


def test_a_release_altered_after_build_is_not_published(folder, tmp_path):
    release = make_release(tmp_path / "r", "1.0.0", "a")
    target = parse_target(f"folder:{folder}", release)
    plan = make_plan(target)
    (release.path / "communes.csv").write_text("code,nom\n")
    with pytest.raises(StalePlanError, match=r"communes\.csv"):
        apply_plan(plan, target)


def test_packages_share_a_folder_and_its_catalogue(folder, tmp_path, releases):
    publish(folder, releases["1.0.0"])
    other = make_release(tmp_path / "autre", "1.0.0", "o", name="autre", title="Autre jeu")
    publish(folder, other)
    node = json.loads((folder / "catalog.jsonld").read_text(encoding="ascii"))
    assert [each["dct:title"]["@value"] for each in node["dcat:dataset"]] == [
        "Autre jeu",
        "Données d’essai",
    ]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "Autre jeu" in page
    assert "essai/latest/index.html" in page
    assert make_plan(parse_target(f"folder:{folder}", releases["1.0.0"], BASE)).empty


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"name": "autre"}',
        '{"name": "autre", "homepage": "x", "resources": [{}]}',
        '{"name": "autre", "homepage": "x", "created": "hier", "resources": []}',
        '{"name": "autre", "homepage": "x", "resources": 3, "licenses": "x"}',
        '{"name": "autre", "homepage": "https://x.fr", "temporal": {"start": "x"}, "resources": []}',
        (
            '{"name": "autre", "homepage": "https://x.fr", "resources": '
            '[{"name": "r", "path": "r", "bytes": Infinity}]}'
        ),
    ],
)
def test_a_broken_neighbour_is_left_out_and_told(folder, releases, content):
    (folder / "autre/releases").mkdir(parents=True)
    (folder / "autre/datapackage.json").write_text(content)
    target = publish(folder, releases["1.0.0"])
    assert "« autre »" in "\n".join(describe(make_plan(target), "fr"))
    assert "autre" not in (folder / "index.html").read_text(encoding="utf-8")
    assert (folder / "autre/datapackage.json").read_text() == content


def test_the_journal_is_an_aid_only(folder, tmp_path):
    release = make_release(tmp_path / "r", "1.0.0", "a")
    publish(folder, release)
    (journal,) = (tmp_path / "r" / ".territo").glob("*.jsonl")
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    assert {line["status"] for line in lines} == {"done"}
    journal.unlink()
    assert make_plan(parse_target(f"folder:{folder}", release, BASE)).empty
    assert open_release(release.path) == release


def test_the_plan_says_when_it_cannot_be_harvested(folder, releases):
    target = parse_target(f"folder:{folder}", releases["1.0.0"])
    assert "--base-url" in "\n".join(describe(make_plan(target), "fr"))
    assert "harvested" in "\n".join(describe(make_plan(target), "en"))
    with_base = parse_target(f"folder:{folder}", releases["1.0.0"], BASE)
    assert make_plan(with_base).notes == ()
    apply_plan(make_plan(with_base), with_base)
    node = json.loads((folder / "catalog.jsonld").read_text(encoding="ascii"))
    urls = [
        each["dcat:downloadURL"]["@id"] for each in node["dcat:dataset"][0]["dcat:distribution"]
    ]
    assert urls[0] == "https://exemple.fr/donn%C3%A9es/essai/latest/communes.csv"


def test_the_plan_is_printed_with_sizes_and_digests(folder, releases):
    publish(folder, releases["1.0.0"])
    plan = make_plan(parse_target(f"folder:{folder}", releases["2.0.0"], BASE))
    before, after = releases["1.0.0"].file("communes.csv"), releases["2.0.0"].file("communes.csv")
    lines = describe(plan, "fr", verbose=True)
    assert (
        f"  ~ remplacer essai/latest/communes.csv : {before.bytes}\u00a0o, sha256 {before.sha256[:12]}… → "
        f"{after.bytes}\u00a0o, sha256 {after.sha256[:12]}…"
    ) in lines
    assert any(
        line.startswith("  ~ replace essai/latest/communes.csv: ")
        for line in describe(plan, "en", verbose=True)
    )
    assert json.loads(json.dumps(plan.to_dict()))["release"]["digest"] == releases["2.0.0"].digest


def test_the_same_version_with_other_content_is_pointed_out(folder, tmp_path, releases):
    publish(folder, releases["1.0.0"])
    other = make_release(tmp_path / "r", "1.0.0", "autre")
    notes = make_plan(parse_target(f"folder:{folder}", other, BASE)).notes
    assert "déjà publiée" in notes[0].fr


def test_leftovers_of_a_killed_run_are_cleaned_up(folder, releases):
    publish(folder, releases["1.0.0"])
    left = [folder / "essai/releases/.territo-new-x", folder / "essai/latest/.territo-new-y"]
    left[0].mkdir()
    left[1].write_text("half")
    publish(folder, releases["2.0.0"])
    assert not any(path.exists() for path in left)


def test_two_publications_at_once_end_as_one_of_them(folder, releases):
    publish(folder, releases["1.0.0"])
    children = []
    for version in ("2.0.0", "3.0.0-beta.1"):
        code = (
            "import sys; from pathlib import Path\n"
            "from territo_opendata.errors import StalePlanError\n"
            "from territo_opendata.publish import *\n"
            "from territo_opendata.release import open_release\n"
            "target = parse_target(f'folder:{sys.argv[1]}', open_release(Path(sys.argv[2])))\n"
            "try: apply_plan(make_plan(target), target)\n"
            "except StalePlanError: sys.exit(2)\n"
        )
        children.append(
            subprocess.Popen([sys.executable, "-c", code, folder, releases[version].path])
        )
    assert {child.wait(timeout=60) for child in children} <= {0, 2}
    target = publish(folder, releases["3.0.0-beta.1"])
    assert verify_target(target).valid
    assert verify_source(str(folder / "essai")).valid


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("ftp:x", "folder:"),
        ("folder:", "folder:"),
        ("/x", "folder:"),
    ],
)
def test_other_targets_are_refused_with_the_kinds_there_are(releases, address, part):
    with pytest.raises(UsageError, match=part):
        parse_target(address, releases["1.0.0"])


@pytest.mark.parametrize(
    "url",
    [
        "exemple.fr",
        "ftp://exemple.fr",
        "https://",
        "https://a.fr/?x=1",
        "https://[",
        "https://u:p@a.fr",
    ],
)
def test_a_base_url_must_be_one(folder, releases, url):
    with pytest.raises(UsageError, match="adresse publique"):
        parse_target(f"folder:{folder}", releases["1.0.0"], {"base_url": url})


def test_a_folder_cannot_be_private(folder, releases):
    with pytest.raises(UsageError, match="--private"):
        parse_target(f"folder:{folder}", releases["1.0.0"], {"private": True})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("settings", {"base_url": ["x"]}),
        ("settings", []),
        ("before", {"files": 3}),
        ("before", {"files": {"a": {"bytes": "1", "sha256": "x"}}}),
        ("after", {"sha256": "x"}),
        ("precondition", {"a": 3}),
        ("object_id", 3),
        ("kind", "burn"),
    ],
)
def test_a_plan_with_values_of_another_kind_is_refused(folder, tmp_path, releases, key, value):
    record = make_plan(parse_target(f"folder:{folder}", releases["1.0.0"], BASE)).to_dict()
    (record if key == "settings" else record["actions"][0])[key] = value
    (tmp_path / "plan.json").write_text(json.dumps(record))
    with pytest.raises(UsageError, match="n’est pas un plan"):
        load_plan(tmp_path / "plan.json")


def test_a_home_page_that_is_not_ours_is_not_replaced(folder, releases):
    folder.mkdir()
    (folder / "index.html").write_text("<html>Ma page</html>")
    with pytest.raises(UsageError, match="n’a pas été écrit par territo"):
        make_plan(parse_target(f"folder:{folder}", releases["1.0.0"]))
    assert (folder / "index.html").read_text() == "<html>Ma page</html>"


def test_a_file_is_no_folder(tmp_path, releases):
    (tmp_path / "f").write_text("")
    with pytest.raises(UsageError, match="n’est pas un dossier"):
        make_plan(parse_target(f"folder:{tmp_path / 'f'}", releases["1.0.0"]))


def test_links_out_of_the_folder_are_refused(folder, tmp_path, releases):
    (folder / "essai").mkdir(parents=True)
    (tmp_path / "ailleurs").mkdir()
    (folder / "essai/latest").symlink_to(tmp_path / "ailleurs")
    target = parse_target(f"folder:{folder}", releases["1.0.0"])
    with pytest.raises(UnsafePathError):
        apply_plan(make_plan(target), target)
    assert list((tmp_path / "ailleurs").iterdir()) == []


def test_what_is_not_published_cannot_be_fetched(folder, releases):
    target = parse_target(f"folder:{folder}", releases["1.0.0"])
    with pytest.raises(MissingFileError):
        list(target.fetch("essai/datapackage.json"))
    assert len(verify_target(target).mismatches) == verify_target(target).checked


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"record_version": 99}',
        "\x00",
        '{"record_version": 1, "release": 3}',
        "[" * 5000,
    ],
)
def test_a_file_that_is_no_plan_is_refused(tmp_path, content):
    (tmp_path / "plan.json").write_text(content)
    with pytest.raises(UsageError, match="n’est pas un plan"):
        load_plan(tmp_path / "plan.json")
    with pytest.raises(MissingFileError):
        load_plan(tmp_path / "absent.json")


@pytest.mark.parametrize(
    "object_id",
    [
        "../dehors",
        "essai/latest/../../../dehors",
        "/etc/passwd",
        "",
        "autre/datapackage.json",
        "essai/releases/0.9.0-0123456789ab",
        "essai/datapackage.json",
        "index.html",
    ],
)
def test_a_hostile_plan_touches_nothing_of_others(folder, tmp_path, releases, object_id):
    publish(folder, releases["1.0.0"])
    (tmp_path / "dehors").write_text("précieux")
    before = tree(tmp_path)
    plan = make_plan(parse_target(f"folder:{folder}", releases["2.0.0"], BASE))
    record = plan.to_dict()
    found = folder / object_id
    state = {"bytes": 0, "sha256": ""}
    if found.is_file():
        content = found.read_bytes()
        state = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    record["actions"] = [
        {
            **record["actions"][-1],
            "object_id": object_id,
            "kind": "remove",
            "before": state,
            "after": None,
        }
    ]
    (folder.parent / "plan.json").write_text(json.dumps(record))
    hostile = load_plan(folder.parent / "plan.json")
    with pytest.raises((UnsafePathError, StalePlanError)):
        apply_plan(hostile, target_of(hostile))
    (folder.parent / "plan.json").unlink()
    assert tree(tmp_path) == before


def test_files_of_one_folder_are_told_together(folder, releases):
    plan = make_plan(parse_target(f"folder:{folder}", releases["1.0.0"], BASE))
    lines = [line.replace("\u00a0", " ") for line in describe(plan, "fr")]
    files = summed(each for each in plan.actions if "/latest/" in each.object_id)
    (latest,) = (line for line in lines if "essai/latest/ :" in line)
    assert latest.startswith(f"  + essai/latest/ : {files} fichiers créés, ")
    assert not any("communes.csv" in line for line in lines)
    assert len(describe(plan, "fr", verbose=True)) == len(plan.actions) + 2
    assert any(
        "essai/latest/communes.csv" in each["object_id"] for each in plan.to_dict()["actions"]
    )


@pytest.mark.parametrize(("text", "asked"), [("## 2.0.0\n", True), ("## 1.0.0\n", False)])
def test_a_version_without_history_is_asked_for(folder, tmp_path, text, asked):
    package = write_package(tmp_path / "paquet", version="1.0.0")
    (tmp_path / "paquet" / "CHANGELOG.md").write_text(f"# Journal\n\n{text}", encoding="utf-8")
    release = build_release(package, proof(package), tmp_path / "livraison").release
    plan = make_plan(parse_target(f"folder:{folder}", release, BASE))
    assert any("CHANGELOG.md" in note.fr for note in plan.notes) is asked
