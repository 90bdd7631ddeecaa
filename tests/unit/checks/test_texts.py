import pytest

from territo_opendata.descriptors.model import Field
from tests.unit.checks.building import build, cell_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024/2026", None),
        ("2024/2024", "year-interval"),
        ("2026/2024", "year-interval"),
        ("2024-2026", "year-interval"),
        ("2024", "year-interval"),
        ("2024/26", "year-interval"),
        ("2024/2026\n", "year-interval"),
        (" 2024/2026", "year-interval"),
        ("٢٠٢٤/٢٠٢٦", "year-interval"),
        ("2024 / 2026", "year-interval"),
    ],
)
def test_year_interval(text, code):
    assert cell_code("year-interval-value", text) == code


@pytest.mark.parametrize("flag", ["true", "yes", True])
def test_a_year_alone_passes_where_allowed(flag):
    params = {"column": "a", "allow-year-only": flag}
    check = build("year-interval-value", params, "a")

    assert check.judge("2024") is check.judge("2024/2025") is None
    assert check.judge("24").code == check.judge("2025/2024").code == "year-interval"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("24/7", None),
        ("Mo-Fr 08:00-18:00", None),
        ("Mo-Fr 08:00-12:00,14:00-18:00; PH off", None),
        ("lundi au vendredi", "opening-hours"),
        ("Mo 25:99", "opening-hours"),
        (" ", "opening-hours"),
    ],
)
def test_opening_hours(text, code):
    assert cell_code("opening-hours-value", text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("05 55 21 73 00", None),
        ("0555217300", None),
        ("05.55.21.73.00", None),
        ("+33 5 55 21 73 00", None),
        ("0590 99 03 00", None),  # Guadeloupe
        ("0594 27 59 32", None),
        ("0596 39 78 00", None),
        ("0262 40 77 77", None),
        ("0269 63 50 00", None),
        ("+590 590 99 03 00", None),
        ("+687 26 66 66", None),
        ("115", None),
        ("3949", None),
        ("+32 2 512 34 56", None),
        ("05 55 21 73", "phone-number"),
        ("555217300", "phone-number"),  # a spreadsheet took the zero
        ("0555217300 / 0612345678", "phone-number"),
        ("5,55E+08", "phone-number"),
        ("mairie", "phone-number"),
        ("0000000000", "phone-number"),
    ],
)
def test_phone_number(text, code):
    assert cell_code("phone-number-value", text) == code


POINTS = [
    ("2.3522,48.8566", None),
    ("2.3522, 48.8566", None),
    ("8.7369,41.9192", None),  # Ajaccio
    ("-61.5,16.2", None),  # Guadeloupe
    ("-60.999,16.32", None),  # La Désirade
    ("-61.0,14.6", None),
    ("-52.3,4.9", None),
    ("55.45,-20.88", None),
    ("45.2,-12.8", None),
    ("-56.18,46.78", None),  # Saint-Pierre
    ("-63.08,18.07", None),  # Saint-Martin
    ("166.45,-22.27", None),  # Nouméa
    ("-149.57,-17.53", None),  # Papeete
    ("-176.17,-13.28", None),
    ("70.2,-49.35", None),
    ("48.8566,2.3522", True),
    ("-20.88,55.45", True),
    ("0,0", False),
    ("-74.0,40.7", False),
    ("1e400,48", False),
]


@pytest.mark.parametrize("name", ["french-gps-coordinates", "coordonnees-gps-francaises"])
@pytest.mark.parametrize(("text", "found"), POINTS)
def test_points(name, text, found):
    fault = build(name, {"column": "p"}, Field("p", "geopoint")).judge(text)

    assert (fault is None) == (found is None or "e" in text)
    assert fault is None or fault.facts == {"reversed": found}


@pytest.mark.parametrize(
    ("format_", "text", "faulty"),
    [
        ("array", "[2.35, 48.85]", False),
        ("array", "[48.85, 2.35]", True),
        ("object", '{"lon": 2.35, "lat": 48.85}', False),
        ("object", '{"lon": 48.85, "lat": 2.35}', True),
        ("object", '{"lat": 2.35}', False),
        ("array", "[[[[", False),
        ("array", "[1]", False),
        ("array", "3", False),
        ("array", "NaN", False),
        ("default", "paris", False),
        ("default", "1,2,3", False),
    ],
)
def test_points_in_the_forms_of_the_standard(format_, text, faulty):
    """What is no point at all in a geopoint column is left to the type rule."""
    field = Field("p", "geopoint", format_)
    fault = build("french-gps-coordinates", {"column": "p"}, field).judge(text)

    assert (fault is not None) == faulty


@pytest.mark.parametrize("text", ["paris", "", "2,3522 48,8566", "inf,inf"])
def test_a_text_column_must_hold_points(text):
    assert cell_code("french-gps-coordinates", text) == "gps-coordinates"
