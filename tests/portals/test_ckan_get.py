"""Datasets of a real CKAN got as packages, whoever published them."""

import json

import pytest
import requests

from territo_opendata.cli.main import run
from territo_opendata.errors import MismatchError, MissingFileError, UsageError
from territo_opendata.publish import get_package, verify_source
from territo_opendata.release import open_release
from tests.portals.ckan_cases import BOTH, Publisher, make
from tests.portals.portals import PUBLISHER, Ckan
from tests.publish.packages import tree

pytestmark = pytest.mark.portal

CONTENT = b"code,nom\n01004,x\n"


@pytest.fixture
def publisher(ckan: Ckan, monkeypatch) -> Publisher:
    monkeypatch.setenv("TERRITO_CKAN_TOKEN", ckan.tokens["editor"])
    return Publisher(ckan)


def place(publisher: Publisher, name: str = "essai") -> str:
    return f"{publisher.ckan.target}/dataset/{name}"


def replace(publisher: Publisher, key: str, content: bytes) -> None:
    """Replace a file behind the publisher's back, its digest left as it was."""
    requests.post(
        f"{publisher.ckan.url}/api/3/action/resource_patch",
        data={"id": publisher.resources()[key]["id"]},
        files={"upload": (key, content)},
        headers={"Authorization": publisher.ckan.tokens["admin"]},
        timeout=30,
    ).raise_for_status()


def test_a_release_comes_back_as_it_was_built(publisher, tmp_path, capfd):
    release = make(tmp_path, tables=BOTH)
    publisher.publish(release)
    arguments = ["get", place(publisher), "--output", str(tmp_path / "got"), "--validate"]
    assert run(arguments) == 0
    built = tree(release.path)
    assert tree(tmp_path / "got") == {
        path: digest for path, digest in built.items() if ".zip" not in path
    }
    assert open_release(tmp_path / "got").digest == release.digest
    assert verify_source(place(publisher)).valid
    assert publisher.ckan.tokens["editor"] not in "".join(capfd.readouterr())


def test_a_file_that_was_altered_is_found(publisher, tmp_path):
    publisher.publish(make(tmp_path))
    replace(publisher, "communes.csv", CONTENT)
    with pytest.raises(MismatchError, match=r"communes\.csv"):
        get_package(place(publisher), tmp_path / "got")
    assert not (tmp_path / "got").exists()
    found = verify_source(place(publisher))
    assert [each.address for each in found.mismatches] == ["communes.csv"]


def test_an_archive_that_was_damaged_is_told(publisher, tmp_path):
    publisher.publish(make(tmp_path))
    replace(publisher, "essai.zip", b"PK rien")
    assert run(["get", place(publisher), "--output", str(tmp_path / "got")]) == 4


def test_a_dataset_of_others_is_described_by_the_portal(publisher, tmp_path):
    ckan = publisher.ckan
    extras = [{"key": "couverture", "value": "France"}]
    dataset = ckan.act(
        "package_create", "editor", name="autre", owner_org=PUBLISHER, title="Autre", notes="N",
        license_id="odc-odbl", tags=[{"name": "eau"}], author="Ada", extras=extras, version="3",
    )  # fmt: skip
    schema = {"fields": [{"name": "code", "type": "string"}, {"name": "nom", "type": "string"}]}
    for name in ("Données.csv", "Données.csv"):
        requests.post(
            f"{ckan.url}/api/3/action/resource_create",
            data={"package_id": dataset["id"], "name": "Table", "format": "CSV"},
            files={"upload": (name, CONTENT)},
            headers={"Authorization": ckan.tokens["editor"]},
            timeout=30,
        ).raise_for_status()
    for each in ckan.act("package_show", id="autre")["resources"]:
        ckan.act("resource_patch", id=each["id"], schema=schema)
    link = {"package_id": dataset["id"], "url": "https://example.org/notice.pdf", "name": "Notice"}
    ckan.act("resource_create", **link)
    got = get_package(place(publisher, "autre"), tmp_path / "got")
    assert (got.name, got.version, got.files) == ("autre", "3", 2)
    assert got.remote == ("https://example.org/notice.pdf",)
    assert got.unchecked == ("donnees.csv", "donnees-2.csv")
    assert (tmp_path / "got/donnees.csv").read_bytes() == CONTENT
    descriptor = json.loads((tmp_path / "got/datapackage.json").read_text("utf-8"))
    assert (descriptor["title"], descriptor["description"]) == ("Autre", "N")
    assert descriptor["keywords"] == ["eau"]
    assert descriptor["licenses"][0]["name"] == "odc-odbl"
    assert descriptor["extras"] == {"couverture": "France"}
    assert [each["role"] for each in descriptor["contributors"]] == ["author", "publisher"]
    assert (
        run(["get", place(publisher, "autre"), "--output", str(tmp_path / "v"), "--validate"]) == 0
    )


def test_a_wrong_digest_of_others_is_a_mismatch(publisher, tmp_path):
    ckan = publisher.ckan
    dataset = ckan.act("package_create", "editor", name="autre", owner_org=PUBLISHER)
    requests.post(
        f"{ckan.url}/api/3/action/resource_create",
        data={"package_id": dataset["id"], "name": "Table", "hash": "0" * 64},
        files={"upload": ("x.csv", CONTENT)},
        headers={"Authorization": ckan.tokens["editor"]},
        timeout=30,
    ).raise_for_status()
    with pytest.raises(MismatchError, match=r"x\.csv"):
        get_package(place(publisher, "autre"), tmp_path / "got")


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("/dataset/rien", MissingFileError),
        ("/dataset/prive", MissingFileError),
        ("", UsageError),
        ("/dataset/", UsageError),
        ("/organization/x", UsageError),
    ],
)
def test_what_is_no_public_dataset_is_told(publisher, tmp_path, address, error):
    publisher.ckan.act("package_create", name="prive", owner_org=PUBLISHER, private=True)
    with pytest.raises(error):
        get_package(publisher.ckan.target + address, tmp_path / "got")
