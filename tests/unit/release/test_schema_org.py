"""What search engines read of a package in its page and in that of the folder."""

import json
import re
from datetime import date

import pytest

from territo_opendata.publish.layout import folder_page
from territo_opendata.release.schema_org import catalogue_node, dataset_node
from tests.publish.packages import make_release

BASE = "https://exemple.fr/donnees"
DATA = re.compile('<script type="application/ld\\+json">(.*?)</script>', re.DOTALL)

# Google Search Central, « Dataset (Dataset, DataCatalog, DataDownload) structured data »: the
# required properties, and the recommended ones that a package can state.
REQUIRED = {"name", "description"}
RECOMMENDED = {
    "creator",
    "identifier",
    "isAccessibleForFree",
    "keywords",
    "license",
    "sameAs",
    "spatialCoverage",
    "temporalCoverage",
    "variableMeasured",
    "version",
    "url",
    "distribution",
}
PLACE = r"-?\d+(\.\d+)? -?\d+(\.\d+)? -?\d+(\.\d+)? -?\d+(\.\d+)?"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("schema"), "1.0.0", "a")


def in_page(page):
    (data,) = DATA.findall(page)
    return json.loads(data)


def check_dataset(node, *, absolute):
    """Assert what the guide asks of each property."""
    assert node["@type"] == "Dataset"
    assert set(node) >= REQUIRED | RECOMMENDED - (set() if absolute else {"sameAs"})
    assert 50 <= len(node["description"]) <= 5000
    assert node["license"].startswith("https://")
    assert node["url"].startswith("https://")
    assert node["identifier"].startswith("https://")
    for each in node["creator"]:
        assert each["@type"] in ("Person", "Organization")
        assert each["name"]
    start, end = node["temporalCoverage"].split("/")
    assert date.fromisoformat(start) <= date.fromisoformat(end)
    for each in node["spatialCoverage"]:
        assert each["@type"] == "Place"
        assert re.fullmatch(PLACE, each["geo"]["box"])
    for each in node["distribution"]:
        assert each["@type"] == "DataDownload"
        assert each["contentUrl"]
        assert each["encodingFormat"]
        assert each["contentUrl"].startswith("https://") is absolute


def test_the_page_of_a_release_describes_it_beside_its_files(release):
    page = (release.path / "index.html").read_text(encoding="utf-8")
    node = in_page(page)
    assert node["@context"] == "https://schema.org/"
    check_dataset(node, absolute=False)
    for each in node["distribution"]:
        file = release.file(each["contentUrl"])
        assert each["sha256"] == file.sha256
        assert each["contentSize"] == f"{file.bytes} B"
    names = [each["name"] for each in node["variableMeasured"]]
    assert sorted(names) == sorted(set(names))
    assert {"code", "nom", "montant"} <= set(names)


def test_the_page_of_a_folder_is_a_catalogue_with_whole_addresses(release):
    page = folder_page({release.name: release.descriptor}, BASE).decode()
    node = in_page(page)
    assert node == catalogue_node([release.descriptor], BASE)
    assert node["@type"] == "DataCatalog"
    (dataset,) = node["dataset"]
    check_dataset(dataset, absolute=True)
    urls = {each["contentUrl"] for each in dataset["distribution"]}
    assert urls == {
        f"{BASE}/essai/latest/{each['path']}" for each in release.descriptor["resources"]
    }


def test_without_an_address_the_folder_names_its_files_from_itself(release):
    (dataset,) = catalogue_node([release.descriptor])["dataset"]
    assert dataset["distribution"][0]["contentUrl"] == "essai/latest/communes.csv"
    assert "@id" not in dataset


@pytest.mark.parametrize(("text", "length"), [("", 50), ("court", 50), ("long " * 2000, 5000)])
def test_descriptions_have_the_length_that_google_accepts(release, text, length):
    node = dataset_node({**release.descriptor, "description": text})
    assert 50 <= len(node["description"]) <= 5000
    assert text[:40] in node["description"]
    assert (len(node["description"]) == length) is (length == 5000)


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ({"start": "2024", "end": "2025-02"}, "2024-01-01/2025-02-28"),
        ({"start": "2024-02-29T10:00:00Z"}, "2024-02-29/.."),
        ({"end": "2024"}, "../2024-12-31"),
        ({}, None),
    ],
)
def test_periods_are_iso_intervals(release, period, shown):
    node = dataset_node({**release.descriptor, "temporal": period})
    assert node.get("temporalCoverage") == shown
