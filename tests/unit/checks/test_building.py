import contextlib
import re

import pytest

from territo_opendata.descriptors.model import CustomCheck
from territo_opendata.rules import RULES
from territo_opendata.validate.checks import (
    CHECKS,
    CheckParamsError,
    UnknownCheckError,
    build_check,
)
from tests.unit.checks.building import schema_of


def refused(name, params):
    with pytest.raises(CheckParamsError) as caught:
        build_check(CustomCheck(name, params), schema_of("a", "b"))
    assert caught.value.name == name
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("sirte", "siret"),
        ("french_siret_value", "french-siret-value"),
        ("french-insee-value", "code-commune-insee"),
        ("code-ommune-insee", "code-commune-insee"),
        ("french-siret", "siret"),
        ("french-rna-value", None),
        ("zzzzzz", None),
        ("", None),
    ],
)
def test_an_unknown_check_names_the_nearest(name, nearest):
    with pytest.raises(UnknownCheckError) as caught:
        build_check(CustomCheck(name, {}), schema_of("a"))

    assert (caught.value.name, caught.value.nearest) == (name, nearest)


def test_an_unknown_name_of_any_length_is_refused_at_once():
    with pytest.raises(UnknownCheckError):
        build_check(CustomCheck("x" * 10_000_000, {}), schema_of("a"))


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("siren", {}, "il manque « column »"),
        ("siren", {"column": "c"}, "« c », qui n’est pas un champ"),
        ("siren", {"column": ["a"]}, "n’est pas un champ"),
        ("siren", {"column": None}, "il manque « column »"),
        ("both-or-neither", {"columns": ["a"]}, "2 au moins"),
        ("both-or-neither", {"columns": "a"}, "liste"),
        ("both-or-neither", {"columns": ["a", "c"]}, "« c »"),
        ("both-or-neither", {"colums": ["a", "b"]}, "voulez-vous dire « columns »"),
        ("compare-columns-value", {"column": "a", "column2": "b", "op": "=<"}, "« op »"),
        ("compare-columns-value", {"column": "a", "column2": "b"}, "il manque « op »"),
        ("cohesive-columns-value", {"column": "a", "othercolumns": []}, "1 au moins"),
        ("contiguous-periods", {"group": "a", "start": "a", "end": "b", "where": []}, "« where »"),
        (
            "contiguous-periods",
            {"group": "a", "start": "a", "end": "b", "where": {"b": {}}},
            "textes",
        ),
        ("code-commune-cog", {"column": "a", "millesime": 1789}, "1789"),
        ("code-commune-cog", {"column": "a", "millesime": True}, "année"),
        ("code-commune-cog", {"column": "a", "arrondissements": "oui"}, "true ou false"),
        ("code-commune-cog", {"column": "a", "arrondisements": True}, "« arrondissements »"),
    ],
)
def test_parameters_that_make_no_sense_are_refused_with_a_reason(name, params, said):
    reason = refused(name, params)

    assert said in reason.fr
    assert re.search(r"[a-z]", reason.en)


@pytest.mark.parametrize(
    "value", [None, True, 3, "a", [], {}, [None], ["a", 1], {"a": 1}, float("nan")]
)
@pytest.mark.parametrize("name", sorted(CHECKS))
def test_hostile_parameters_are_refused_never_a_crash(name, value):
    keys = ("column", "columns", "column1", "column2", "op", "when", "where", "allowed", "kinds")
    for params in (dict.fromkeys(keys, value), {"column": "a", "version": value}, {}):
        with contextlib.suppress(CheckParamsError):
            assert build_check(CustomCheck(name, params), schema_of("a", "b"))


def test_every_code_of_a_check_is_in_the_catalogue():
    from pathlib import Path

    import territo_opendata.validate.checks as package

    sources = Path(package.__file__).parent.glob("*.py")
    found = {
        code
        for source in sources
        for code in re.findall(r'Fault\(\s*"([a-z0-9-]+)"', source.read_text(encoding="utf-8"))
    }

    assert found
    assert found <= RULES.keys()
