"""What becomes of a package's properties on CKAN, and back."""

import json

import pytest

from territo_opendata.errors import DescriptorError, UsageError
from territo_opendata.publish.ckan import datastore, metadata, resources
from territo_opendata.publish.ckan.licences import licence_id
from territo_opendata.publish.ckan.tags import normal_tag, normal_tags

PLACE = "http://id.insee.fr/geo/departement/35"
LICENCES = [
    {"id": "notspecified", "url": ""},
    {"id": "lov2", "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence"},
    {"id": "odc-odbl", "url": "https://opendatacommons.org/licenses/odbl"},
    {"id": "maison", "url": "https://exemple.fr/licence/"},
]


@pytest.mark.parametrize(
    ("keyword", "tag"),
    [
        ("essai", "essai"),
        ("Véhicule Électrique", "Véhicule Électrique"),
        ("l’eau & l'air", "l eau l air"),
        ("a.b-c_d", "a.b-c_d"),
        ("eau, air", "eau air"),
        ("x", None),
        ("!", None),
        ("œ" * 120, "œ" * 100),
        ("  deux   espaces ", "deux espaces"),
    ],
)
def test_tags(keyword, tag):
    assert normal_tag(keyword) == tag


def test_tags_are_given_once_and_sorted():
    assert normal_tags(["b", "é & è", "é è", "bb", "Bb"]) == ["Bb", "bb", "é è"]


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ({"name": "etalab-2.0"}, ("lov2", True)),
        ({"name": "LOV2"}, ("lov2", True)),
        ({"name": "ODbL-1.0"}, ("odc-odbl", True)),
        ({"name": "x", "path": "http://exemple.fr/licence"}, ("maison", True)),
        ({"name": "CC-BY-4.0"}, ("CC-BY-4.0", False)),
        ({"title": "À nous"}, ("À nous", False)),
    ],
)
def test_licences(licence, expected):
    assert licence_id(licence, LICENCES) == expected


@pytest.mark.parametrize("name", ["ab", "a-b_c", "9" * 100])
def test_names_that_ckan_takes(name):
    metadata.check_name(name)


@pytest.mark.parametrize("name", ["", "a", "A", "é", "a.b", "a b", "a" * 101, "ab\n"])
def test_names_that_ckan_refuses(name):
    with pytest.raises(UsageError):
        metadata.check_name(name)


def state_of(**descriptor):
    return metadata.desired_state({"name": "essai", **descriptor}, "ville", LICENCES)


@pytest.mark.parametrize(
    ("descriptor", "expected"),
    [
        ({"title": "T", "description": "D"}, {"title": "T", "notes": "D"}),
        ({"homepage": "https://a.fr", "version": "1.0.0"}, {"url": "https://a.fr"}),
        (
            {
                "contributors": [
                    {"title": "A", "role": "author"},
                    {"title": "B", "roles": ["author"]},
                ]
            },
            {"author": "A, B"},
        ),
        (
            {"contributors": [{"title": "A", "role": "maintainer", "email": "a@b.fr"}]},
            {"maintainer": "A", "maintainer_email": "a@b.fr"},
        ),
    ],
)
def test_fields(descriptor, expected):
    state = state_of(**descriptor)
    assert expected.items() <= state.items()
    assert "" not in state.values()


@pytest.mark.parametrize("email", ["a@localhost", "a b@c.fr", "<a@b.fr>", ""])
def test_an_address_that_ckan_would_refuse_is_not_sent(email):
    state = state_of(contributors=[{"title": "A", "role": "author", "email": email}])
    assert "author_email" not in state


@pytest.mark.parametrize(
    ("descriptor", "extras"),
    [
        ({"frequency": "annual"}, {"frequency": "http://publications.europa.eu/resource/authority/frequency/ANNUAL"}),
        ({"frequency": "parfois"}, {"frequency": "parfois"}),
        ({"temporal": {"start": "2024"}}, {"temporal_start": "2024"}),
        ({"temporal": "2024"}, {"temporal": "2024"}),
        ({"spatial": "Nord"}, {"spatial_text": "Nord"}),
        ({"spatial": {"name": "F", "uri": PLACE}}, {"spatial_text": "F", "spatial_uri": PLACE}),
        ({"spatial": [{"name": "F"}, {"name": "G"}]}, {"spatial_text": "F, G"}),
        ({"spatial": {"bbox": [1, 2, 3, 4]}}, {"spatial": '{"type": "Polygon", "coordinates": [[[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 4.0], [1.0, 2.0]]]}'}),
        ({"id": "x", "created": "2026-01-01"}, {"identifier": "x", "issued": "2026-01-01"}),
        ({"sources": [{"title": "é"}]}, {"sources": '[{"title": "é"}]'}),
        ({"libre": {"a": 1}, "vide": []}, {"libre": '{"a": 1}'}),
        ({"long": "é" * 20_000, "bref": "x"}, {"bref": "x"}),
        ({"resources": [], "keywords": ["x"], "$schema": "y", "profile": "z"}, {}),
    ],
)  # fmt: skip
def test_extras(descriptor, extras):
    assert state_of(**descriptor)["extras"] == extras


@pytest.mark.parametrize("box", [[1, 2, 3], "partout", [1, 2, 3, "x"], [3, 2, 1, 4], 5])
def test_a_box_that_is_none_is_told(box):
    with pytest.raises(DescriptorError, match="bbox"):
        state_of(spatial={"bbox": box})


def test_what_is_kept_in_another_form_is_told():
    descriptor = {
        "keywords": ["ok", "l'eau", "x"],
        "licenses": [{"name": "inconnue"}],
        "long": "é" * 20_000,
    }
    told = [each.fr for each in metadata.normalisations(descriptor, LICENCES)]
    assert [
        sum(part in each for each in told) for part in ("l eau", "« x »", "« long »", "inconnue")
    ] == [1, 1, 1, 1]
    assert len(told) == 4


def test_what_is_sent_is_what_is_found_and_foreign_extras_stay():
    wanted = state_of(title="T", keywords=["b", "aa"], libre="x", licenses=[{"name": "lov2"}])
    there = {"extras": [{"key": "autre", "value": "y"}, {"key": "ancien", "value": "z"},
                        {"key": metadata.OWNED, "value": '["ancien"]'}]}  # fmt: skip
    values = metadata.values_of(wanted, there)
    keys = {each["key"] for each in values["extras"]}
    assert keys == {"autre", "libre", "licenses", metadata.OWNED}
    dataset = {**values, "organization": {"name": "ville"}}
    assert metadata.found_state(dataset) == wanted
    assert metadata.foreign_extras(dataset, ()) == ["autre"]


@pytest.mark.parametrize("owned", ["", "null", "{}", "[1]", "[", '["a"'])
def test_a_list_of_our_extras_that_is_broken_owns_nothing(owned):
    dataset = {"extras": [{"key": metadata.OWNED, "value": owned}, {"key": "a", "value": "b"}]}
    assert metadata.found_state(dataset)["extras"] == {}


def test_a_resource_that_lost_its_digest_is_another():
    state = {"title": "T", "bytes": 3, "sha256": "a" * 64, "schema": {"fields": []}}
    sent = resources.values_of("t.csv", state, 3, "a" * 64)
    assert resources.found_state(sent) == state
    assert resources.found_state({**sent, "hash": ""}) != state


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("csv", "CSV"),
        ("Parquet", "Parquet"),
        ("JPG", "JPEG"),
        ("gpkg", "gpkg"),
        ("GeoJson", "GeoJSON"),
    ],
)
def test_formats(given, stored):
    assert resources.normal_format(given) == stored


def test_new_ids_are_the_same_each_time():
    id_ = "5d5221ad-31e0-48fe-87f9-4204940ac4d2"
    assert resources.new_id(id_, "a.csv") == resources.new_id(id_, "a.csv")
    assert resources.new_id(id_, "a.csv") != resources.new_id(id_, "b.csv")


STATE = {
    "columns": [{"id": "a", "type": "int8", "info": {"label": "A"}}],
    "primary_key": ["a"],
    "rows": 2,
    "loaded_sha256": "x",
}


def test_a_table_is_found_as_it_was_sent_once_it_is_loaded():
    answer = {
        "fields": [{"id": "_id", "type": "int"}, *datastore.fields_of(STATE, loaded=True)],
        "total": 2,
    }
    assert datastore.found_state(answer) == STATE
    answer["fields"][1:] = datastore.fields_of(STATE, loaded=False)
    begun = datastore.found_state(answer)
    assert begun["loaded_sha256"] is None
    assert datastore.is_unfinished(begun)
    assert not datastore.must_be_made_anew(begun, STATE)
    assert json.dumps(STATE)


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        ({"columns": [{"id": "a", "type": "text", "info": {}}]}, True),
        ({"columns": [{"id": "b", "type": "int8", "info": {}}]}, True),
        ({"columns": [{"id": "a", "type": "int8", "info": {}}]}, False),
        ({"primary_key": []}, True),
        ({"rows": 5, "loaded_sha256": "y"}, False),
    ],
)
def test_what_cannot_be_changed_in_place(change, anew):
    assert datastore.must_be_made_anew({**STATE, **change}, STATE) is anew
