"""When and where data applies, and addresses, as descriptors write them."""

from datetime import date

import pytest

from territo_opendata.errors import DescriptorError
from territo_opendata.release.addresses import latest_names, mail_iri, web_iri
from territo_opendata.release.coverage import (
    geometry,
    read_period,
    read_places,
    well_known_text,
)
from territo_opendata.release.vocabularies import FRANCE, language, media_type


@pytest.mark.parametrize(
    ("temporal", "start", "end"),
    [
        ({"start": "2024", "end": "2024"}, date(2024, 1, 1), date(2024, 12, 31)),
        ({"start": "2024-02", "end": "2024-02"}, date(2024, 2, 1), date(2024, 2, 29)),
        ({"start": "2024-02-03", "end": None}, date(2024, 2, 3), None),
        ({"end": 2020}, None, date(2020, 12, 31)),
        ({"start": "2024-02-03T10:00:00+02:00"}, date(2024, 2, 3), None),
    ],
)
def test_periods_are_whole_days(temporal, start, end):
    found = read_period(temporal)
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize("temporal", [None, "2024", {}, {"start": ""}, []])
def test_no_period_is_none(temporal):
    assert read_period(temporal) is None


@pytest.mark.parametrize(
    "value", ["24", "2024-2", "2024-02-30", "2024-13", "0000", "2024-02-03x", "hier", [2024]]
)
def test_what_is_no_date_is_refused_with_an_example(value):
    for key in ("start", "end"):
        with pytest.raises(DescriptorError, match="2026-11-22"):
            read_period({key: value})


@pytest.mark.parametrize(
    ("spatial", "uris"),
    [
        (None, []),
        ("", []),
        ("France", [FRANCE]),
        ("Pas-de-Calais", [None]),
        ({"name": "france"}, [FRANCE]),
        ({"name": "Lens", "uri": "http://id.insee.fr/geo/commune/62498"}, ["…/62498"]),
        ({"name": "Lens", "uri": "62498"}, [None]),
        (["France", {"name": "Lens"}], [FRANCE, None]),
    ],
)
def test_places_have_the_address_that_is_given_or_none(spatial, uris):
    found = [each.uri for each in read_places(spatial)]
    assert [each and each.replace("http://id.insee.fr/geo/commune", "…") for each in found] == uris


def test_shapes_are_geojson_and_well_known_text():
    (place,) = read_places({"bbox": ["-5.5", 41, 10.125, 52]})
    ring = [[-5.5, 41.0], [10.125, 41.0], [10.125, 52.0], [-5.5, 52.0], [-5.5, 41.0]]
    assert geometry([place]) == {"type": "MultiPolygon", "coordinates": [[ring]]}
    assert well_known_text(place.polygons) == (
        "POLYGON((-5.5 41, 10.125 41, 10.125 52, -5.5 52, -5.5 41))"
    )
    assert geometry(read_places("France")) is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://x.fr", "https://x.fr"),
        (" https://X.fr:8080/a b?c=é#d ", "https://x.fr:8080/a%20b?c=%C3%A9#d"),
        ("https://é.fr/%20", "https://xn--9ca.fr/%20"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://user:secret@x.fr/", "https://x.fr/"),
        ('https://x.fr/<>"{}|^`\\', "https://x.fr/%3C%3E%22%7B%7D%7C%5E%60%5C"),
        ("ftp://x.fr", None),
        ("javascript:alert(1)", None),
        ("page.html", None),
        ("https://", None),
        ("https://[", None),
        ("https://x.fr:port/", None),
        ("https://" + "x" * 70 + ".fr", None),
        (None, None),
        (3, None),
    ],
)
def test_addresses_are_whole_and_ascii(address, found):
    assert web_iri(address) == found


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("a.b@x.fr", "mailto:a.b@x.fr"),
        ("é <a@x.fr", None),
        ("a?subject=x@x.fr", "mailto:a%3Fsubject%3Dx@x.fr"),
        ("a@x", None),
        ("@x.fr", None),
        ("a\n@x.fr", None),
    ],
)
def test_mail_addresses_are_mailto(address, found):
    assert mail_iri(address) == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("text/csv", True),
        ("application/vnd.apache.parquet", True),
        ("csv", False),
        ("a/b c", False),
    ],
)
def test_media_types_are_addresses_at_iana(name, found):
    assert (media_type(name) is not None) is found


def test_languages_are_those_of_the_eu():
    assert language("fr-FR").endswith("/language/FRA")
    assert language("xx") is None


@pytest.mark.parametrize(
    ("resources", "names"),
    [
        ([("a", "a.csv", None)], [("a.csv",)]),
        ([("b", "b.csv", "a")], [("a.csv", "b.csv")]),
        ([("c", "c.csv", ["a", "b"])], [("a.csv", "b.csv", "c.csv")]),
        ([("b-parquet", "b.parquet", "a-parquet")], [("a.parquet", "b.parquet")]),
        ([("b", "b.csv", "a"), ("a", "a.csv", None)], [("b.csv",), ("a.csv",)]),
        ([("b", "b.csv", "a"), ("c", "c.csv", "a")], [("a.csv", "b.csv"), ("c.csv",)]),
        ([("b", "b.csv", "b")], [("b.csv",)]),
    ],
    ids=str,
)
def test_a_file_stays_where_it_was_first_published(resources, names):
    described = [
        {"name": name, "path": path, "previousName": former} for name, path, former in resources
    ]
    found = latest_names({"resources": described})
    assert [found[path] for _, path, _ in resources] == names
