"""The catalogue against the SHACL shapes of DCAT-AP 3.0.0."""

import os
from functools import lru_cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import RDF, SH

from territo_opendata.release.dcat import catalogue, encode_catalogue
from tests.publish.packages import make_release

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

BASE = "https://exemple.fr/donnees"
DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
SPDX = "http://spdx.org/rdf/terms#"

# Nodes that the shapes apply to, for a package of two tables in CSV and Parquet, with a base.
FOCUS = {
    DCAT + "Catalog": 1,
    DCAT + "Dataset": 1,
    DCAT + "Distribution": 4,
    DCT + "Frequency": 1,
    DCT + "LicenseDocument": 1,
    DCT + "LinguisticSystem": 1,
    DCT + "Location": 2,
    DCT + "MediaType": 2,
    DCT + "MediaTypeOrExtent": 2,
    DCT + "PeriodOfTime": 1,
    DCT + "RightsStatement": 1,
    DCT + "Standard": 1,
    FOAF + "Agent": 2,
    FOAF + "Document": 2,
    SPDX + "Checksum": 4,
    SPDX + "ChecksumAlgorithm": 1,
    "http://www.w3.org/2000/01/rdf-schema#Resource": 4,
    "http://www.w3.org/2006/vcard/ns#Kind": 1,
}
REQUIRED = [
    (DCAT + "Catalog", DCT + "title"),
    (DCAT + "Catalog", DCT + "description"),
    (DCAT + "Catalog", DCT + "publisher"),
    (DCAT + "Dataset", DCT + "title"),
    (DCAT + "Dataset", DCT + "description"),
    (DCAT + "Distribution", DCAT + "accessURL"),
    (FOAF + "Agent", FOAF + "name"),
    (SPDX + "Checksum", SPDX + "algorithm"),
    (SPDX + "Checksum", SPDX + "checksumValue"),
]


@lru_cache
def shapes():
    standards = os.environ.get("TERRITO_STANDARDS")
    if not standards:
        pytest.skip("TERRITO_STANDARDS is not set: the catalogue was not held against DCAT-AP 3")
    return rdflib.Graph().parse(Path(standards) / "dcat-ap-3-shapes.ttl")


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("dcat-ap"), "1.0.0", "a")


@pytest.fixture
def graph(release):
    return graph_of(encode_catalogue(catalogue([release.descriptor], BASE)))


def graph_of(content):
    return rdflib.Graph().parse(data=content, format="json-ld")


def violations(graph):
    """Return the paths and messages of the shapes that the graph breaks."""
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes(), advanced=True)
    return {
        (str(results.value(each, SH.resultPath)), str(results.value(each, SH.resultMessage)))
        for each in results.subjects(RDF.type, SH.ValidationResult)
        if results.value(each, SH.resultSeverity) == SH.Violation
    }


def focus(graph):
    """Return how many nodes of each class the shapes apply to."""
    counts = {
        str(each): len(set(graph.subjects(RDF.type, each)))
        for each in set(shapes().objects(None, SH.targetClass))
    }
    return {each: count for each, count in counts.items() if count}


def test_the_published_catalogue_conforms(graph):
    assert focus(graph) == FOCUS
    assert sum(FOCUS.values()) == 32
    assert violations(graph) == set()


def test_the_catalogue_of_the_release_conforms(release):
    graph = graph_of((release.path / "catalog.jsonld").read_bytes())
    assert focus(graph)[DCAT + "Distribution"] == 4
    assert violations(graph) == set()


def test_places_of_any_shape_conform(release):
    """The shapes find its geometry a blank node of its class, and its rectangles locations."""
    triangle = [[[0, 40], [9, 40], [9, 50], [0, 40]]]
    island = [[[55, -21], [56, -21], [56, -20], [55, -21]]]
    place = {"name": "Ici", "geometry": {"type": "MultiPolygon", "coordinates": [triangle, island]}}
    graph = graph_of(
        encode_catalogue(catalogue([{**release.descriptor, "spatial": [place, "France"]}], BASE))
    )
    assert focus(graph)[DCT + "Location"] == 5
    assert focus(graph)["http://www.w3.org/ns/locn#Geometry"] == 1
    assert violations(graph) == set()


def test_packages_of_one_place_conform_together(release):
    """Each gives France a rectangle of its own, and the same licence, publisher and language."""
    places = [{"name": "France", "bbox": [-5, 41, east, 51]} for east in (9, 10)]
    packages = [
        {**release.descriptor, "name": name, "spatial": place, "title": name}
        for name, place in zip(("un", "deux"), places, strict=True)
    ]
    graph = graph_of(encode_catalogue(catalogue(packages, BASE)))
    assert focus(graph)[DCAT + "Dataset"] == 2
    assert focus(graph)[DCT + "Location"] == 3
    assert violations(graph) == set()


def test_the_catalogue_for_udata_differs_only_where_udata_asks(release):
    graph = graph_of(encode_catalogue(catalogue([release.descriptor], BASE, for_udata=True)))
    assert {path for path, _ in violations(graph)} == {SPDX + "checksumValue"}


def test_all_that_the_shapes_require_is_tried():
    found = {
        (str(target), str(shapes().value(each, SH.path)))
        for shape in shapes().subjects(RDF.type, SH.NodeShape)
        for target in shapes().objects(shape, SH.targetClass)
        for each in shapes().objects(shape, SH.property)
        if shapes().value(each, SH.minCount)
    }
    assert {each for each in found if each[0] in FOCUS} == set(REQUIRED)


@pytest.mark.parametrize(("kind", "key"), REQUIRED, ids=[f"{a}-{b}" for a, b in REQUIRED])
def test_no_required_property_can_be_missing(graph, kind, key):
    subject = next(graph.subjects(RDF.type, rdflib.URIRef(kind)))
    assert graph.value(subject, rdflib.URIRef(key)) is not None
    graph.remove((subject, rdflib.URIRef(key), None))
    assert {path for path, _ in violations(graph)} == {key}


@pytest.mark.parametrize("kind", [each for each in FOCUS if each != DCAT + "Catalog"])
def test_no_thing_can_be_of_another_kind(graph, kind):
    """Every class is asked for by a property that leads there: nothing is checked in vain."""
    subject = next(graph.subjects(RDF.type, rdflib.URIRef(kind)))
    graph.set((subject, RDF.type, rdflib.OWL.Thing))
    assert violations(graph)
