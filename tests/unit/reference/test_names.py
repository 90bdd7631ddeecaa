import pytest

from territo_opendata.reference.names import fold, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Étienne", "ST ETIENNE"),
        ("Sainte-Œuilly", "ste oeuilly"),
        ("L’Haÿ-les-Roses", "l'hay les roses"),
        ("  Le   Havre ", "le havre"),
        ("Thury-Harcourt-le-Hom", "THURY HARCOURT LE HOM"),
        ("E\u0301pinal", "épinal"),
    ],
)
def test_spellings_of_one_name_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Le Havre", "Havre"), ("Stains", "Saintains")])
def test_other_names_are_not(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "choices", "expected"),
    [
        ("abc", [], None),
        ("bretagn", ["Bretagne", "Normandie"], "Bretagne"),
        ("maria", ["Marie", "Mario"], None),
        ("saint-a", ["Saint-A", "Saint A"], None),
        ("", ["Bretagne"], None),
        ("Bretagne", ["bretagne"], "bretagne"),
        ("Oise", ["Noise"], None),
    ],
)
def test_a_hint_is_given_only_when_one_choice_stands_out(name, choices, expected):
    assert nearest(name, choices) == expected
