"""The catalogue: one graph in JSON-LD and in Turtle, with what udata's harvester needs."""

import json

import pytest
import rdflib
from rdflib.compare import isomorphic

from territo_opendata.errors import DescriptorError
from territo_opendata.release import vocabularies
from territo_opendata.release.dcat import catalogue, encode_catalogue
from territo_opendata.release.turtle import encode_turtle
from tests.publish.packages import make_release

# rdflib 7.6 warns of itself when it reads JSON-LD.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

BASE = "https://exemple.fr/donnees"
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.DCTERMS
LEAST = {
    "name": "x",
    "homepage": "https://example.org",
    "resources": [{"name": "r", "path": "r.bin"}],
}
FULL = {
    **LEAST,
    "title": 'Été « indien »\t\\ "cité" 🏘 \x85 \u2028',
    "description": "Deux\nlignes, œuvre\r\net fin",
    "language": "en-GB",
    "keywords": ["é", "a,b", "a,b"],
    "contributors": [
        {"title": "Éditeur", "path": "https://x.fr/à b", "roles": ["publisher"]},
        {"givenName": "Zoé", "familyName": "Née", "email": "z@x.fr", "role": "author"},
    ],
    "spatial": [
        {
            "name": "France",
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[-5.5, 42], [10, 41], [9, 52], [-5.5, 42]]],
                    [[[55.2, -21], [55.9, -21], [55.9, -20], [55.2, -21]]],
                ],
            },
        },
        {
            "name": "Pas-de-Calais",
            "uri": "http://id.insee.fr/geo/departement/62",
            "bbox": [1.5, 50, 3.2, 51.1],
        },
        "Quelque part",
    ],
    "temporal": {"start": "2024-02"},
    "created": "2020-01-01",
    "lastModified": "2026-11-22",
    "licenses": [{"name": "CC-BY-4.0"}],
}


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("dcat"), "1.0.0", "a")


def graph_of(node):
    return rdflib.Graph().parse(data=encode_catalogue(node), format="json-ld")


@pytest.mark.parametrize("for_udata", [False, True])
@pytest.mark.parametrize("base", [None, BASE])
@pytest.mark.parametrize("which", ["release", "least", "full", "two"])
def test_json_ld_and_turtle_say_the_same(release, which, base, for_udata):
    chosen = {
        "release": [release.descriptor],
        "least": [LEAST],
        "full": [FULL],
        "two": [release.descriptor, FULL],
    }[which]
    node = catalogue(chosen, base, for_udata=for_udata)
    content = encode_turtle(node)
    assert content.isascii()
    read = rdflib.Graph().parse(data=content, format="turtle")
    assert isomorphic(read, graph_of(node))
    assert len(read) > 10


def test_the_release_holds_the_catalogue_of_itself(release):
    content = (release.path / "catalog.jsonld").read_bytes()
    assert content == encode_catalogue(catalogue([release.descriptor]))


def test_the_catalogue_for_udata_differs_in_the_type_of_checksums_only(release):
    strict, plain = (
        graph_of(catalogue([release.descriptor], BASE, for_udata=each)) for each in (False, True)
    )
    values = list(strict.triples((None, SPDX.checksumValue, None)))
    assert len(values) == len(release.descriptor["resources"])
    for subject, key, value in values:
        assert value.datatype == rdflib.XSD.hexBinary
        strict.set((subject, key, rdflib.Literal(str(value))))
    assert isomorphic(strict, plain)


def test_every_table_is_there_in_both_forms_with_its_measures(release):
    graph = graph_of(catalogue([release.descriptor], BASE))
    query = """
        PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/>
        PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?url ?format ?size ?sum WHERE {
            ?set a dcat:Dataset ; dcat:distribution ?one .
            ?one dcat:downloadURL ?url ; dcat:accessURL ?url ; dct:format ?format ;
                 dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum }
    """
    found = {str(row[0]): (str(row[1]), int(row[2]), str(row[3])) for row in graph.query(query)}
    wanted = {}
    for each in release.descriptor["resources"]:
        file = release.file(each["path"])
        kind = each["path"].rpartition(".")[2].upper()
        wanted[f"{BASE}/essai/latest/{each['path']}"] = (
            f"{vocabularies.AUTHORITY}file-type/{kind}",
            file.bytes,
            file.sha256,
        )
    assert found == wanted


def test_no_address_is_made_up_without_a_base(release):
    node = catalogue([release.descriptor])
    assert "downloadURL" not in json.dumps(node)
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


def test_places_have_an_address_and_one_rectangle_each():
    graph = graph_of(catalogue([FULL], BASE))
    places = list(graph.objects(None, DCT.spatial))
    named = {str(each) for each in places if isinstance(each, rdflib.URIRef)}
    assert named == {vocabularies.FRANCE, "http://id.insee.fr/geo/departement/62"}
    boxes = [str(each) for place in places for each in graph.objects(place, DCAT.bbox)]
    assert sorted(boxes) == [
        "POLYGON((-5.5 41, 10 41, 10 52, -5.5 52, -5.5 41))",
        "POLYGON((1.5 50, 3.2 50, 3.2 51.1, 1.5 51.1, 1.5 50))",
        "POLYGON((55.2 -21, 55.9 -21, 55.9 -20, 55.2 -20, 55.2 -21))",
    ]
    (shape,) = graph.objects(None, rdflib.URIRef("http://www.opengis.net/ont/geosparql#asWKT"))
    assert str(shape) == (
        "MULTIPOLYGON(((-5.5 42, 10 41, 9 52, -5.5 42)), ((55.2 -21, 55.9 -21, 55.9 -20, 55.2 -21)))"
    )
    assert all(len(list(graph.objects(place, DCAT.bbox))) <= 1 for place in places)


@pytest.mark.parametrize(
    ("licence", "address", "label"),
    [
        (
            {"name": "etalab-2.0", "path": "https://x"},
            "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
            "lov2",
        ),
        ({"name": "lov2"}, "https://www.etalab.gouv.fr/licence-ouverte-open-licence", "lov2"),
        ({"name": "CC-BY-4.0"}, vocabularies.AUTHORITY + "licence/CC_BY_4_0", "cc-by"),
        ({"name": "ODbL-1.0"}, vocabularies.AUTHORITY + "licence/ODC_BL", "odc-odbl"),
        ({"name": "maison", "path": "https://x.fr/l"}, "https://x.fr/l", None),
        ({"name": "maison", "path": "LICENCE.txt"}, None, None),
        ({"title": "sans adresse"}, None, None),
    ],
)
def test_licences_are_named_as_catalogues_and_portals_know_them(release, licence, address, label):
    (dataset,) = catalogue([{**release.descriptor, "licenses": [licence]}])["dcat:dataset"]
    found = dataset.get("dct:license", {})
    assert (found.get("@id"), found.get("rdfs:label")) == (address, label)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("annual", "ANNUAL"),
        ("punctual", "AS_NEEDED"),
        ("continuous", "UPDATE_CONT"),
        ("threeTimesAWeek", "WEEKLY_3"),
        ("semi-annual", "ANNUAL_2"),
        (vocabularies.AUTHORITY + "frequency/DAILY", "DAILY"),
        (vocabularies.AUTHORITY + "frequency/ x", None),
        ("parfois", None),
    ],
)
def test_frequencies_are_those_of_the_eu(release, word, code):
    (dataset,) = catalogue([{**release.descriptor, "frequency": word}])["dcat:dataset"]
    found = dataset.get("dct:accrualPeriodicity", {}).get("@id")
    assert found == (vocabularies.AUTHORITY + f"frequency/{code}" if code else None)


@pytest.mark.parametrize(
    ("publisher", "contact"),
    [
        ({"email": "a@b.fr"}, ("vcard:hasEmail", "mailto:a@b.fr")),
        ({"email": "pas une adresse", "path": "https://x.fr"}, ("vcard:hasURL", "https://x.fr")),
        ({"path": "page.html"}, None),
    ],
)
def test_the_publisher_can_be_reached_by_mail_or_page(release, publisher, contact):
    agent = {"title": "Ville", "role": "publisher", **publisher}
    (dataset,) = catalogue([{**release.descriptor, "contributors": [agent]}])["dcat:dataset"]
    found = dataset.get("dcat:contactPoint")
    assert found is contact is None or found[contact[0]]["@id"] == contact[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"homepage": "page.html"},
        {"homepage": "javascript:x"},
        {"temporal": {"start": "hier"}},
        {"temporal": {"end": "2026-13"}},
        {"spatial": {"bbox": [1, 2, 3]}},
        {"spatial": {"bbox": [5, 41, -5, 52]}},
        {"spatial": {"bbox": [0, 0, 1, 200]}},
        {"spatial": {"bbox": [float("nan"), 0, 1, 2]}},
        {"spatial": {"geometry": {"type": "Point", "coordinates": [1, 2]}}},
        {"spatial": {"geometry": {"type": "Polygon", "coordinates": []}}},
        {"spatial": {"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2]]]}}},
        {"lastModified": "demain"},
        {"resources": [{"name": "r", "path": "r.csv", "previousName": "../x"}]},
    ],
    ids=str,
)
def test_what_cannot_be_said_is_refused_by_name(changes):
    with pytest.raises(DescriptorError):
        catalogue([{**LEAST, **changes}])


@pytest.mark.parametrize("value", [3, "x", [3], {"x": 3}, [["x"]], {"geometry": []}, True], ids=str)
@pytest.mark.parametrize(
    "key",
    ["temporal", "spatial", "language", "languages", "frequency", "version", "title", "keywords"],
)
def test_values_of_another_kind_are_said_or_refused(key, value):
    """What no profile of Data Package describes may be anything."""
    package = {**LEAST, key: [value] if key == "keywords" else value}
    content = encode_turtle(catalogue([package], BASE))
    assert len(rdflib.Graph().parse(data=content, format="turtle")) > 10


@pytest.mark.parametrize(
    "attack",
    [
        "https://x.fr/> <b> . <c> <d> <e",
        "https://x.fr/\n<a>",
        'https://x.fr/"{}|^`\\',
        "https://é.fr/é",
    ],
)
def test_hostile_addresses_stay_addresses(attack):
    package = {
        **LEAST,
        "homepage": attack,
        "contributors": [{"title": attack, "path": attack}],
        "licenses": [{"name": "x", "path": attack, "title": attack}],
        "spatial": {"name": attack, "uri": attack},
        "resources": [
            {"name": "r", "path": "r.csv", "mediatype": attack, "schema": {"path": attack}}
        ],
    }
    node = catalogue([package])
    read = rdflib.Graph().parse(data=encode_turtle(node), format="turtle")
    assert isomorphic(read, graph_of(node))
    addresses = {str(each) for triple in read for each in triple if isinstance(each, rdflib.URIRef)}
    assert all(each.isascii() and not set(each) & set('<>"{}|^`\\ \n') for each in addresses)
