"""A version too low for what changes is refused before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from territo_opendata.build import build_release
from territo_opendata.errors import MissingFileError, RefusedError
from territo_opendata.publish.folder import FolderTarget
from territo_opendata.publish.rendered import render_descriptor
from territo_opendata.release import Release
from territo_opendata.workflow.comparison import check_version
from territo_opendata.workflow.publication import Publication, prepare, publish
from tests.publish.packages import proof, tree, write_package

ROWS = "code,montant\na,1\nb,2\n"
FIELDS = [{"name": "code", "type": "string"}, {"name": "montant", "type": "number"}]


def make(folder: Path, version: str, text: str = ROWS, fields: list | None = None, **more):
    schema = {"name": "t", "title": "T", "fields": fields or FIELDS, "primaryKey": ["code"]}
    package = write_package(folder / version, version, {"t": (schema, text)}, **more)
    return build_release(package, proof(package), folder / f"release-{version}").release


@pytest.fixture
def published(tmp_path: Path) -> Path:
    first = make(tmp_path, "1.0.0")
    publish(prepare(asked(tmp_path, first)))
    return tmp_path


def asked(folder: Path, release, **options) -> Publication:
    return Publication(f"folder:{folder / 'site'}", release.path, **options)


CASES = [
    ({"text": ROWS.replace("1\n", "1.0\n")}, "1.0.1", None),
    ({"text": ROWS.replace("2\n", "3\n")}, "1.0.1", None),
    ({"title": "Autre titre"}, "1.0.1", None),
    ({"text": ROWS + "c,3\n"}, "1.1.0", "1.0.1"),
    ({"text": "code\na\nb\n", "fields": FIELDS[:1]}, "2.0.0", "1.1.0"),
    (
        {"fields": [FIELDS[0], {"name": "montant", "type": "string"}]},
        "2.0.0",
        "1.0.1",
    ),
    ({}, "1.0.1", None),
]


@pytest.mark.parametrize(("changes", "least", "low"), CASES)
def test_the_least_version_is_asked_for(published: Path, changes, least, low) -> None:
    if low is not None:
        release = make(published, low, **changes)
        before = tree(published / "site")
        with pytest.raises(RefusedError) as refusal:
            prepare(asked(published, release))
        assert least in refusal.value.text.fr
        assert f"## Données {least} — " in refusal.value.text.fr
        assert f"## Data {least} — " in refusal.value.text.en
        assert "--allow-version" in refusal.value.text.en
        assert tree(published / "site") == before
        assert prepare(asked(published, release, consents=frozenset({"version"}))).plan.actions
    release = make(published, least, **changes)
    publish(prepare(asked(published, release)))
    assert prepare(asked(published, release)).plan.empty


def test_only_what_differs_is_read(published: Path, monkeypatch) -> None:
    read = []
    fetch = FolderTarget.fetch

    def noted(self, resource):
        read.append(Path(resource).name)
        return fetch(self, resource)

    monkeypatch.setattr(FolderTarget, "fetch", noted)
    prepare(asked(published, make(published, "1.0.1", title="Autre titre")))
    assert read == ["datapackage.json", "SHA256SUMS"]
    read.clear()
    prepare(asked(published, make(published, "1.0.2", ROWS.replace("2\n", "3\n"))))
    assert read == ["datapackage.json", "SHA256SUMS", "t.csv"]


def test_the_same_version_of_other_data_is_refused(published: Path, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"1\.0\.1"):
        prepare(asked(published, make(tmp_path / "other", "1.0.0", ROWS.replace("2\n", "3\n"))))


def test_an_older_version_is_left_to_its_consent(published: Path) -> None:
    assert "version" in prepare(asked(published, make(published, "0.9.0"))).plan.needs


def test_what_is_damaged_at_the_target_can_be_published_again(published: Path) -> None:
    entry = published / "site/essai/datapackage.json"
    release = make(published, "1.0.0")
    for damage in (b"{", b"{}", entry.read_bytes().replace(b"sha256:", b"sha256:0")):
        entry.write_bytes(damage)
        publish(prepare(asked(published, release)))
        assert prepare(asked(published, release)).plan.empty


@dataclass(frozen=True)
class Portal:
    """A portal that has one release: files by object, its descriptor with absolute addresses."""

    release: Release
    address: str = "ckan:https://portail.example.org"

    def fetch(self, resource: str) -> Iterator[bytes]:
        path = resource.removeprefix("resource:")
        if path == "datapackage.json":
            urls = {
                each["name"]: f"https://portail.example.org/{number}"
                for number, each in enumerate(self.release.descriptor["resources"])
            }
            yield render_descriptor(self.release, urls)
        elif path == "t.csv":
            yield (self.release.path / path).read_bytes()
        else:
            raise MissingFileError(path, path)


def test_a_portal_is_read_by_its_objects(tmp_path: Path) -> None:
    portal = Portal(make(tmp_path, "1.0.0"))
    plan = prepare(asked(tmp_path, make(tmp_path, "1.0.1", ROWS + "c,3\n"))).plan
    with pytest.raises(RefusedError, match=r"1\.1\.0"):
        check_version(plan, portal)
    check_version(prepare(asked(tmp_path, make(tmp_path, "1.1.0", ROWS + "c,3\n"))).plan, portal)


@pytest.mark.parametrize(("key", "least"), [((), "1.1.0"), (("code",), "1.0.1")])
def test_rows_without_an_identifier_are_told_by_the_key_that_is_given(
    tmp_path: Path, key: tuple[str, ...], least: str
) -> None:
    """As `diff` does: without a key, a changed row is one removed and one added."""
    made = {}
    for version, text in (("1.0.0", ROWS), ("1.0.0-b", ROWS.replace("2", "5"))):
        schema = {"name": "t", "title": "T", "fields": FIELDS}
        package = write_package(tmp_path / version, "1.0.0", {"t": (schema, text)})
        made[version] = build_release(package, proof(package), tmp_path / f"r{version}").release
    publish(prepare(asked(tmp_path, made["1.0.0"])))
    with pytest.raises(RefusedError) as refusal:
        prepare(asked(tmp_path, made["1.0.0-b"], key=key))
    assert f"au moins la version {least}" in refusal.value.text.fr
    assert ("--key" in refusal.value.text.fr) is (not key)
