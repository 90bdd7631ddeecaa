"""The catalogue: valid DCAT-AP 3, with what data.gouv.fr's harvester needs."""

import json
import os
from pathlib import Path

import pyshacl
import pytest
import rdflib

from territo_opendata.release import vocabularies
from territo_opendata.release.dcat import catalogue, encode_catalogue
from tests.publish.packages import make_release

# rdflib 7.6 warns of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

BASE = "https://exemple.fr/donnees"
HEX = "http://www.w3.org/2001/XMLSchema#hexBinary"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("dcat"), "1.0.0", "a")


def graph_of(content):
    return rdflib.Graph().parse(data=content, format="json-ld")


def violations(content):
    """Return the paths of the DCAT-AP 3 shapes that the catalogue breaks."""
    standards = os.environ.get("TERRITO_STANDARDS")
    if not standards:
        pytest.skip("TERRITO_STANDARDS is not set: the catalogue was not held against DCAT-AP 3")
    shapes = rdflib.Graph().parse(Path(standards) / "dcat-ap-3-shapes.ttl")
    _, results, _ = pyshacl.validate(graph_of(content), shacl_graph=shapes, advanced=True)
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return {
        (str(results.value(each, shacl.resultPath)), str(results.value(each, shacl.resultMessage)))
        for each in results.subjects(rdflib.RDF.type, shacl.ValidationResult)
        if results.value(each, shacl.resultSeverity) == shacl.Violation
    }


def test_the_release_conforms_to_dcat_ap(release):
    assert violations((release.path / "catalog.jsonld").read_bytes()) == set()


def test_the_published_catalogue_differs_only_where_udata_asks(release):
    content = encode_catalogue(catalogue([release.descriptor], BASE))
    assert {path for path, _ in violations(content)} == {"http://spdx.org/rdf/terms#checksumValue"}


def test_a_catalogue_without_its_mandatory_parts_would_be_noticed(release):
    node = catalogue([release.descriptor])
    del node["dcat:dataset"][0]["dct:title"]
    assert violations(encode_catalogue(node))


def test_every_table_is_there_in_both_forms_with_its_measures(release):
    graph = graph_of(encode_catalogue(catalogue([release.descriptor], BASE)))
    query = """
        PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?url ?format ?size ?sum WHERE {
            ?set a dcat:Dataset ; dcat:distribution ?one .
            ?one dcat:downloadURL ?url ; dcat:accessURL ?url ; dct:format ?format ;
                 dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum }
    """
    found = {
        str(row[0]): (str(row[1]).rpartition("/")[2], int(row[2]), str(row[3]))
        for row in graph.query(query)
    }
    kinds = {"csv": "CSV", "parquet": "PARQUET"}
    wanted = {}
    for each in release.descriptor["resources"]:
        file = release.file(each["path"])
        kind = kinds[each["path"].rpartition(".")[2]]
        wanted[f"{BASE}/essai/latest/{each['path']}"] = (kind, file.bytes, file.sha256)
    assert found == wanted


def test_no_address_is_made_up_without_a_base(release):
    text = (release.path / "catalog.jsonld").read_text(encoding="ascii")
    node = json.loads(text)
    assert "downloadURL" not in text
    (dataset,) = node["dcat:dataset"]
    assert dataset["@id"] == "https://example.org/essai#essai"
    assert {each["dcat:accessURL"]["@id"] for each in dataset["dcat:distribution"]} == {
        "https://example.org/essai"
    }


def test_the_period_is_a_blank_node_of_whole_days(release):
    (dataset,) = catalogue([release.descriptor], BASE)["dcat:dataset"]
    period = dataset["dct:temporal"]
    assert "@id" not in period
    assert period["dcat:startDate"]["@value"] == "2024-01-01"
    assert period["dcat:endDate"]["@value"] == "2026-11-22"


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ({"name": "etalab-2.0"}, "https://www.etalab.gouv.fr/licence-ouverte-open-licence"),
        ({"name": "CC-BY-4.0", "path": "https://x"}, vocabularies.AUTHORITY + "licence/CC_BY_4_0"),
        ({"name": "maison", "path": "https://x"}, "https://x"),
        ({"title": "sans adresse"}, None),
    ],
)
def test_licences_are_named_as_catalogues_know_them(release, licence, address):
    (dataset,) = catalogue([{**release.descriptor, "licenses": [licence]}])["dcat:dataset"]
    assert dataset.get("dct:license", {}).get("@id") == address


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("annual", "ANNUAL"),
        ("punctual", "NEVER"),
        (vocabularies.AUTHORITY + "frequency/DAILY", "DAILY"),
        ("parfois", None),
    ],
)
def test_frequencies_are_those_of_the_eu(release, word, code):
    (dataset,) = catalogue([{**release.descriptor, "frequency": word}])["dcat:dataset"]
    found = dataset.get("dct:accrualPeriodicity", {}).get("@id")
    assert found == (vocabularies.AUTHORITY + f"frequency/{code}" if code else None)


def test_a_package_that_says_the_least_still_makes_a_catalogue():
    least = {
        "name": "x",
        "homepage": "https://example.org",
        "resources": [{"name": "r", "path": "r.bin"}],
    }
    assert len(graph_of(encode_catalogue(catalogue([least])))) > 10
