"""A package in the words of udata, and how good udata will find it."""

import pytest

from territo_opendata.errors import DescriptorError, UnsafePathError, UsageError
from territo_opendata.publish.udata import vocabulary
from territo_opendata.publish.udata.entries import claim, is_on_the_way
from territo_opendata.publish.udata.metadata import payload
from territo_opendata.publish.udata.portal import base_of
from territo_opendata.publish.udata.quality import (
    compare_quality,
    describe_quality,
    expected_quality,
)

LICENCES = [
    {"id": "lov2", "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence"},
    {"id": "odc-odbl", "url": "http://opendatacommons.org/licenses/odbl/summary/"},
    {"id": "notspecified", "url": None},
]
STATE = {
    "title": "Titre",
    "description": "x" * 101,
    "license": "lov2",
    "frequency": "annual",
    "temporal_coverage": {"start": "2024-01-01", "end": None},
    "spatial": {"zones": ["country:fr"], "geom": None},
    "tags": ["a-b"],
    "contact_points": [],
    "extras": {"territo:name": "essai"},
}


@pytest.mark.parametrize(
    ("value", "last", "expected"),
    [
        ("2024", False, "2024-01-01"),
        ("2024", True, "2024-12-31"),
        ("2024-02", True, "2024-02-29"),
        ("2024-02", False, "2024-02-01"),
        ("2024-02-03T10:00:00Z", True, "2024-02-03"),
    ],
)
def test_a_part_of_a_date_becomes_a_whole_one(value, last, expected):
    assert vocabulary.full_date(value, last=last) == expected


@pytest.mark.parametrize("value", ["", "hier", "2024-13", "2024-02-30", "0000", "24", None])
def test_what_is_no_date_is_refused(value):
    with pytest.raises(DescriptorError):
        vocabulary.full_date(value, last=True)


@pytest.mark.parametrize(
    ("keyword", "slug"),
    [
        ("Véhicule Électrique", "vehicule-electrique"),
        ("Territoires d’industrie", "territoires-dindustrie"),
        ("L'eau & l'air", "leau-lair"),
        ("Action Cœur de Ville", "action-coeur-de-ville"),
        ("ab", None),
        ("…", None),
        ("x" * 97, None),
    ],
)
def test_a_keyword_is_a_slug_of_udata(keyword, slug):
    assert vocabulary.tag(keyword) == slug
    assert slug is None or vocabulary.tag(slug) == slug


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ({"name": "etalab-2.0"}, "lov2"),
        ({"name": "LOV2"}, "lov2"),
        ({"name": "ODbL-1.0"}, "odc-odbl"),
        ({"path": "http://etalab.gouv.fr/licence-ouverte-open-licence/"}, "lov2"),
    ],
)
def test_a_licence_is_known_by_name_or_address(declared, found):
    assert vocabulary.licence(declared, LICENCES) == found


@pytest.mark.parametrize("declared", [{"name": "notspecified"}, {"name": "x"}, {}])
def test_an_unknown_licence_is_refused_with_those_that_are_known(declared):
    with pytest.raises(DescriptorError, match="odc-odbl"):
        vocabulary.licence(declared, LICENCES)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"frequency": "annual"}, "annual"),
        ({"accrualPeriodicity": vocabulary.eu_frequency("semiannual")}, "semiannual"),
        ({"frequency": "as-needed"}, "punctual"),
        ({}, None),
    ],
)
def test_a_frequency_is_known_by_word_or_address(words, found):
    assert vocabulary.frequency(words) == found


@pytest.mark.parametrize(
    ("place", "zones"),
    [
        ({"uri": "http://id.insee.fr/geo/pays/france"}, ["country:fr"]),
        ({"uri": "https://id.insee.fr/geo/commune/35238"}, ["fr:commune:35238"]),
        ({"uri": ["http://id.insee.fr/geo/region/53", "rien"]}, ["fr:region:53"]),
        ({"zones": ["fr:epci:243500139"]}, ["fr:epci:243500139"]),
        ({"uri": "http://id.insee.fr/geo/canton/3501"}, []),
        ({"name": "France"}, []),
    ],
)
def test_a_territory_is_known_by_its_insee_address(place, zones):
    assert vocabulary.zones(place) == zones


def test_a_file_name_is_that_of_udata():
    assert vocabulary.file_name("Bornes_É 2024.CSV") == "bornes-e-2024.csv"


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({}, set()),
        ({"license": "notspecified"}, {"license"}),
        ({"temporal_coverage": None}, {"temporal_coverage"}),
        ({"spatial": {"zones": [], "geom": None}}, {"spatial"}),
        ({"frequency": "unknown"}, {"update_frequency", "update_fulfilled_in_time"}),
        ({"description": "x" * 100}, {"dataset_description_quality"}),
    ],
)
def test_each_point_of_quality_is_counted(change, lost):
    entries = {"a.csv": {"type": "main", "description": "Une table."}}
    found = expected_quality({**STATE, **change}, entries, [])
    assert {point for point, met in found.items() if not met} == lost
    assert f"{9 - len(lost)}/9" in describe_quality(found).fr


def test_files_count_for_quality_those_of_others_too():
    entries = {"a.xlsx": {"type": "main", "description": ""}}
    other = {"format": "pdf", "type": "main", "extras": {"check:available": False}}
    found = expected_quality(STATE, entries, [other])
    lost = {point for point, met in found.items() if not met}
    assert lost == {"has_open_format", "all_resources_available", "resources_documentation"}


def test_a_score_that_differs_is_told():
    expected = expected_quality(STATE, {"a.csv": {"type": "documentation"}}, [])
    assert compare_quality(expected, expected) is None
    told = compare_quality(expected, {**expected, "license": False})
    assert "8/9" in told.fr
    assert "licence" in told.fr


def test_what_is_sent_clears_with_null_and_keeps_what_is_of_others():
    empty = {**STATE, "tags": [], "spatial": {"zones": [], "geom": None}}
    dataset = {"extras": {"ville": 1, "territo:name": "vieux", "territo:homepage": "x"}}
    sent = payload(empty, private=True, contacts=[], dataset=dataset)
    assert sent["private"] is True
    assert sent["tags"] is None
    assert sent["contact_points"] is None
    assert sent["extras"] == {"ville": 1, "territo:name": "essai"}
    assert "spatial" not in sent
    assert "resources" not in sent
    there = {"spatial": {"zones": ["country:fr"], "geom": None}}
    cleared = payload(empty, private=True, contacts=[], dataset=there)["spatial"]
    assert cleared == {"zones": None, "geom": None}


def resource(id_: str, title: str, key: str | None = None, **changes):
    extras = {"territo:resource": key} if key else {}
    common = {"type": "main", "description": None, "filetype": "file", "created_at": id_}
    return {"id": id_, "title": title, "extras": extras, **common, **changes}


def test_whose_a_resource_is():
    found = claim(
        [
            resource("3", "a.csv"),
            resource("1", "Table A", "a.csv"),
            resource("2", "b.csv"),
            resource("4", "b.csv", description="d’un tiers"),
            resource("5", "Ancien", "vieux.csv"),
            resource("6", "Retiré", "c.csv"),
            resource("7", "lien.csv", filetype="remote"),
        ],
        {"a.csv": None, "b.csv": None, "neuf.csv": "vieux.csv"},
    )
    assert {key: each["id"] for key, each in found.own.items()} == {
        "a.csv": "1",
        "b.csv": "2",
        "neuf.csv": "5",
        "c.csv": "6",
    }
    assert set(found.doubles) == {"a.csv#3"}
    assert [each["id"] for each in found.others] == ["4", "7"]


def test_of_two_uploads_the_first_in_time_counts():
    """udata puts a new resource before the others; its date is that of the file's, not of this."""
    found = claim([resource("1", "a.csv"), resource("2", "a.csv")], {"a.csv": None})
    assert found.own["a.csv"]["id"] == "2"
    assert set(found.doubles) == {"a.csv#1"}


ENTRY = {"title": "A", "description": "d", "type": "main", "schema": None, "sha256": "1"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"a.csv": ENTRY}, True),
        ({"a.csv": {**ENTRY, "title": "a.csv", "sha256": None}}, True),
        ({"a.csv": {**ENTRY, "title": "a.csv", "description": "", "sha256": None}}, True),
        ({"a.csv": {**ENTRY, "title": "B"}}, False),
        ({"a.csv": {**ENTRY, "description": "d’un tiers"}}, False),
    ],
)
def test_a_description_reset_by_our_upload_is_no_change_by_others(found, expected):
    assert is_on_the_way(found, None, {"a.csv": ENTRY}) is expected


@pytest.mark.parametrize(
    "place", ["https://x.test", "https://x.test/", "https://x.test/api/1/", " https://x.test "]
)
def test_the_address_of_a_portal_may_be_that_of_its_api(place):
    assert base_of(place) == "https://x.test"


@pytest.mark.parametrize(
    "place", ["x.test", "ftp://x.test", "https://u:p@x.test", "https://x.test?a"]
)
def test_what_is_no_address_of_a_portal_is_refused(place):
    with pytest.raises((UsageError, UnsafePathError)):
        base_of(place)
