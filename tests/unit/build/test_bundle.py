"""The release folder: what is in it, when it is refused, what it replaces."""

import dataclasses
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from territo_opendata.build import build_release
from territo_opendata.errors import (
    DescriptorError,
    IncompleteError,
    InvalidDataError,
    MismatchError,
    MissingFileError,
    RefusedError,
)
from territo_opendata.findings import Skipped
from territo_opendata.language import Text
from territo_opendata.release import open_release
from tests.publish.packages import (
    MEASURES,
    MEASURES_CSV,
    TOWNS,
    TOWNS_CSV,
    make_release,
    proof,
    tree,
    write_package,
)

FILES = {
    "CHANGELOG.md",
    "CITATION.cff",
    "SHA256SUMS",
    "catalog.jsonld",
    "communes.csv",
    "communes.parquet",
    "croissant.json",
    "datapackage.json",
    "essai.zip",
    "essai.zip.sha256",
    "historique.html",
    "index.html",
    "mesures.csv",
    "mesures.parquet",
    "tables/communes.html",
    "tables/mesures.html",
}


def build(folder, **changes):
    package = write_package(folder, **changes)
    return build_release(package, proof(package))


def test_a_release_holds_all_that_the_design_names(tmp_path):
    built = build(tmp_path)
    assert built.release.path == tmp_path / "dist/essai-1.0.0"
    assert set(tree(built.release.path)) == FILES
    assert [each.name for each in (tmp_path / "dist").iterdir()] == ["essai-1.0.0"]
    for sums in ("SHA256SUMS", "essai.zip.sha256"):
        run = subprocess.run(
            ["sha256sum", "-c", "--strict", sums],
            cwd=built.release.path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
    listed = (built.release.path / "SHA256SUMS").read_text().splitlines()
    assert [line[66:] for line in listed] == sorted(
        FILES - {"SHA256SUMS", "essai.zip", "essai.zip.sha256"}
    )


def test_the_archive_holds_the_release(tmp_path):
    release = build(tmp_path).release
    with zipfile.ZipFile(release.path / "essai.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(FILES - {"essai.zip", "essai.zip.sha256"})
        archive.extractall(tmp_path / "x")
        assert {each.date_time for each in archive.infolist()} == {(2026, 11, 22, 0, 0, 0)}
    inside = tree(tmp_path / "x")
    assert inside == {path: tree(release.path)[path] for path in inside}
    assert open_release(tmp_path / "x").digest == release.digest


def test_tables_in_the_released_form_keep_their_bytes(tmp_path):
    release = build(tmp_path).release
    assert (release.path / "communes.csv").read_bytes() == TOWNS_CSV.encode()
    assert (release.path / "mesures.csv").read_bytes() == MEASURES_CSV.encode()


@pytest.mark.parametrize(
    "content",
    [
        TOWNS_CSV.replace(",", ";").replace("Ambérieu;", "Ambérieu,").encode("cp1252"),
        b"\xef\xbb\xbf" + TOWNS_CSV.replace("\n01", "\r\n01").encode(),
        TOWNS_CSV.encode("utf-16"),
        TOWNS_CSV.replace("01004", '"01004"').encode(),
    ],
    ids=["semicolons-cp1252", "mark-crlf", "utf-16", "needless-quotes"],
)
def test_tables_in_other_forms_are_brought_to_it(tmp_path, content):
    package = write_package(tmp_path, tables={"communes": (TOWNS, content)})
    release = build_release(package, proof(package)).release
    assert (release.path / "communes.csv").read_bytes() == TOWNS_CSV.encode()


def test_the_descriptor_is_complete_in_itself(tmp_path):
    release = build(tmp_path).release
    resources = {each["name"]: each for each in release.descriptor["resources"]}
    assert list(resources) == ["communes", "mesures", "communes-parquet", "mesures-parquet"]
    for each in resources.values():
        file = release.file(each["path"])
        assert each["bytes"] == file.bytes
        assert each["hash"] == f"sha256:{file.sha256}"
    assert resources["mesures"]["rows"] == 3
    assert resources["mesures"]["schema"] == MEASURES
    assert resources["mesures-parquet"]["columnTypes"]["montant"] == "DECIMAL(18, 2)"
    text = (release.path / "datapackage.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in text


def test_frictionless_finds_the_release_valid(tmp_path):
    import frictionless

    release = build(tmp_path).release
    report = frictionless.validate(str(release.path / "datapackage.json"))
    assert report.valid, report.flatten()
    assert [task.stats.get("rows") for task in report.tasks] == [2, 3, None, None]


def test_the_published_profile_accepts_the_descriptor(tmp_path):
    import os

    import jsonschema

    standards = os.environ.get("TERRITO_STANDARDS")
    if not standards:
        pytest.skip(
            "TERRITO_STANDARDS is not set: the descriptor was not held against the v2 profile"
        )
    profile = json.loads((Path(standards) / "datapackage-2.0.json").read_text(encoding="utf-8"))
    release = build(tmp_path).release
    jsonschema.validate(json.loads(json.dumps(dict(release.descriptor))), profile)


def test_two_builds_anywhere_give_the_same_bytes(tmp_path):
    """In other folders, time zones, umasks and hash seeds, by other processes."""
    code = (
        "import os, sys; from pathlib import Path; os.umask(int(sys.argv[2], 8))\n"
        "from tests.publish.packages import write_package, proof\n"
        "from territo_opendata.build import build_release\n"
        "package = write_package(Path(sys.argv[1]), created=None)\n"
        "build_release(package, proof(package))\n"
    )
    trees = []
    for name, zone, umask, seed in (
        ("a", "Asia/Tokyo", "077", "1"),
        ("b é", "America/Lima", "002", "2"),
    ):
        environment = {
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": "1700000000",
            "PATH": "",
        }
        run = subprocess.run(
            [sys.executable, "-W", "error", "-c", code, tmp_path / name, umask],
            env=environment,
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        trees.append(tree(tmp_path / name / "dist"))
    assert trees[0] == trees[1]
    assert len(trees[0]) == len(FILES)
    with zipfile.ZipFile(tmp_path / "a/dist/essai-1.0.0/essai.zip") as archive:
        assert archive.infolist()[0].date_time == (2023, 11, 14, 22, 13, 20)


def test_the_same_release_is_not_written_again(tmp_path):
    first = build(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in first.release.path.iterdir()}
    second = build(tmp_path)
    assert (first.written, second.written) == (True, False)
    assert before == {path: path.stat().st_mtime_ns for path in first.release.path.iterdir()}


def test_an_intact_release_is_replaced_whole(tmp_path):
    first = make_release(tmp_path, "1.0.0", "a")
    second = make_release(tmp_path, "1.0.0", "b", description="Autre chose.")
    assert first.path == second.path
    assert first.digest != second.digest
    assert sorted(each.name for each in tmp_path.iterdir()) == ["essai-1.0.0", "source"]


def alter(folder):
    (folder / "communes.csv").write_text("code,nom\n")


def add(folder):
    (folder / "notes.txt").write_text("à garder")


def empty_sums(folder):
    (folder / "SHA256SUMS").write_text("")


@pytest.mark.parametrize("change", [alter, add, empty_sums])
def test_what_was_changed_by_hand_is_not_replaced(tmp_path, change):
    release = make_release(tmp_path, "1.0.0", "a")
    change(release.path)
    before = tree(release.path)
    with pytest.raises(RefusedError, match="--output"):
        make_release(tmp_path, "1.0.0", "b")
    assert tree(release.path) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["essai-1.0.0", "source"]


def test_a_folder_of_somebody_is_not_replaced_but_an_empty_one_is(tmp_path):
    package = write_package(tmp_path / "p")
    (tmp_path / "vide").mkdir()
    assert build_release(package, proof(package), tmp_path / "vide").written
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos/a.jpg").write_bytes(b"x")
    with pytest.raises(RefusedError):
        build_release(package, proof(package), tmp_path / "photos")
    assert tree(tmp_path / "photos").keys() == {"a.jpg"}


def test_invalid_data_is_not_released(tmp_path):
    package = write_package(tmp_path)
    with pytest.raises(InvalidDataError, match="4 erreur"):
        build_release(package, proof(package, errors=2))
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("by_choice", [False, True])
def test_what_was_not_checked_is_not_released(tmp_path, by_choice):
    package = write_package(tmp_path)
    skipped = Skipped("mesures → communes", Text("absente", "absent"), by_choice)
    report = dataclasses.replace(proof(package), skipped=(skipped,))
    with pytest.raises(IncompleteError, match="mesures → communes"):
        build_release(package, report)


def test_a_table_that_the_report_does_not_know_is_not_released(tmp_path):
    package = write_package(tmp_path)
    report = dataclasses.replace(proof(package), tables=proof(package).tables[:1])
    with pytest.raises(IncompleteError, match="mesures"):
        build_release(package, report)


def test_a_table_that_changed_since_it_was_checked_is_not_released(tmp_path):
    package = write_package(tmp_path)
    report = proof(package)
    path = tmp_path / "communes.csv"
    path.write_text(path.read_text().replace("62765", "62766"))
    with pytest.raises(InvalidDataError, match="a changé"):
        build_release(package, report)
    assert list((tmp_path / "dist").iterdir()) == []


@pytest.mark.parametrize("name", ["title", "description", "homepage", "licenses"])
def test_a_package_that_does_not_say_what_it_is_is_not_released(tmp_path, name):
    package = write_package(tmp_path)
    lacking = {key: value for key, value in package.descriptor.items() if key != name}
    with pytest.raises(DescriptorError, match=f"`{name}`"):
        build_release(dataclasses.replace(package, descriptor=lacking), proof(package))


@pytest.mark.parametrize("version", ["1.0", "1", "v1.0.0", "1.0.0/..", "../../x", "1.0.0\n"])
def test_a_version_must_be_one(tmp_path, version):
    package = write_package(tmp_path)
    with pytest.raises(DescriptorError):
        build_release(dataclasses.replace(package, version=version), proof(package))


@pytest.mark.parametrize("name", ["../x", "a b", "é", "con", ".x", "x.", "a..b", "a/b", "x" * 101])
def test_names_that_cannot_be_files_are_refused(tmp_path, name):
    package = write_package(tmp_path)
    with pytest.raises(DescriptorError, match="nom de fichier"):
        build_release(dataclasses.replace(package, name=name), proof(package))
    renamed = dataclasses.replace(package.resources[0], name=name)
    package = dataclasses.replace(package, resources=(renamed, package.resources[1]))
    with pytest.raises(DescriptorError, match="nom de fichier"):
        build_release(package, proof(package))


def test_names_that_differ_by_capitals_only_are_refused(tmp_path):
    tables = {"communes": (TOWNS, TOWNS_CSV), "Communes": (TOWNS, TOWNS_CSV)}
    v2 = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
    package = write_package(tmp_path, tables=tables, **v2)
    with pytest.raises(DescriptorError, match="majuscules"):
        build_release(package, proof(package))


def test_the_changelog_is_part_of_it(tmp_path):
    package = write_package(tmp_path)
    (tmp_path / "CHANGELOG.md").unlink()
    with pytest.raises(DescriptorError, match=r"CHANGELOG\.md"):
        build_release(package, proof(package))


def test_a_file_that_is_no_table_is_released_as_it_is(tmp_path):
    package = write_package(tmp_path)
    (tmp_path / "guide.pdf").write_bytes(b"%PDF-1.7")
    descriptor = {
        "name": "guide",
        "path": "guide.pdf",
        "title": "Guide",
        "mediatype": "application/pdf",
    }
    changed = {**package.descriptor, "resources": [*package.descriptor["resources"], descriptor]}
    from territo_opendata.descriptors.package import parse_package

    package = parse_package(changed, package.path)
    release = build_release(package, proof(package)).release
    assert (release.path / "guide.pdf").read_bytes() == b"%PDF-1.7"
    assert (
        release.descriptor["resources"][2]["hash"] == f"sha256:{release.file('guide.pdf').sha256}"
    )
    assert 'href="guide.pdf"' in (release.path / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path", ["communes.csv", "index.html", "datapackage.json", "SHA256SUMS", "essai.zip"]
)
@pytest.mark.parametrize("lost", [False, True])
def test_an_altered_release_is_not_opened(tmp_path, path, lost):
    release = build(tmp_path).release
    if lost:
        (release.path / path).unlink()
    else:
        (release.path / path).write_bytes((release.path / path).read_bytes() + b"\n#")
    with pytest.raises((MismatchError, MissingFileError)):
        open_release(release.path)


def test_a_date_that_is_none_is_told(tmp_path):
    package = write_package(tmp_path)
    changed = {**package.descriptor, "created": "hier"}
    with pytest.raises(DescriptorError, match="created"):
        build_release(dataclasses.replace(package, descriptor=changed), proof(package))
