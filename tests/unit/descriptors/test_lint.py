"""What is said to the author of a schema, rule by rule."""

import time
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.descriptors.known_checks import KNOWN_CHECKS
from territo_opendata.descriptors.lint import schema_findings
from territo_opendata.descriptors.lint_fields import quick_match
from territo_opendata.descriptors.schema import load_schema, parse_schema
from territo_opendata.validate.checks import CHECKS

ROOT = Path(__file__).parents[3]
V2 = "https://datapackage.org/profiles/2.0/tableschema.json"


def codes(**properties: Any) -> list[str]:
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]
    schema = parse_schema({"fields": fields, **properties}, "essai")
    return [finding.code for finding in schema_findings(schema)]


def field_codes(name: str = "a", **properties: Any) -> list[str]:
    descriptor = {"$schema": V2, "fields": [{"name": name, "type": "string", **properties}]}
    return [finding.code for finding in schema_findings(parse_schema(descriptor, "essai"))]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({}, []),
        ({"path": "x", "homepage": "x", "countryCode": "FR", "created": "x", "lastModified": "x",
          "version": "1", "contributors": [], "sources": [], "resources": [], "keywords": []}, []),
        ({"author": "x", "contact": "x", "updated": "x", "uri": "x", "example": "x"}, []),
        ({"_prive": 1, "dpp:x": 1, "x-y": 1, "@context": 1}, []),
        ({"primarykey": "a"}, ["schema-unknown-property"]),
        ({"fieldsMatch": ["subset"], "$schema": V2}, ["schema-fields-match-form"]),
        ({"fieldsMatch": "subset", "$schema": V2}, []),
        ({"fieldsMatch": "subset"}, ["schema-version-trap"]),
        ({"uniqueKeys": [["a"]]}, ["schema-version-trap"]),
        ({"uniqueKeys": [["a"]], "$schema": "https://exemple.fr/profil.json"}, []),
        ({"uniqueKeys": [["z"]], "$schema": V2}, ["schema-profile"]),
        ({"uniqueKeys": "a", "$schema": V2}, ["schema-profile"]),
        ({"foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "b"}}]}, []),
        ({"foreignKeys": [{"fields": "a", "reference": {"fields": "z"}}]}, ["schema-foreign-key-field"]),
        ({"foreignKeys": [{"fields": "a", "reference": {"resource": "x", "fields": "z"}}]}, []),
        ({"foreignKeys": [{"fields": "a", "referencia": {}, "reference": {"fields": "b", "ressource": ""}}]},
         ["schema-unknown-property", "schema-unknown-property"]),
        ({"custom_checks": [{"name": "siren", "params": {"column": "a"}}]}, []),
        ({"custom_checks": [{"name": "french-siret-value", "params": {"column": "a"}}]}, []),
        ({"custom_checks": [{"name": "sirene", "params": {"column": "a"}}]}, ["schema-unknown-check"]),
        ({"custom_checks": [{"name": "siren", "params": {"column": "z"}}]}, ["schema-check-params"]),
        ({"custom_checks": 5}, ["schema-unknown-check"]),
    ],
)  # fmt: skip
def test_schemas(properties: dict[str, Any], expected: list[str]) -> None:
    assert codes(**properties) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"title": "A", "description": "A", "rdfType": "x", "example": "a"}, []),
        ({"contraints": {}}, ["schema-unknown-property"]),
        ({"enum": ["a"]}, ["schema-unknown-property"]),
        ({"decimalChar": ","}, ["schema-constraint-ignored"]),
        ({"type": "number", "decimalChar": ","}, []),
        ({"type": "date", "categories": ["a"]}, ["schema-constraint-ignored"]),
        ({"categories": ["a"], "categoriesOrdered": True}, []),
        ({"categories": "a"}, ["schema-profile"]),
        ({"categories": [1]}, ["schema-profile"]),
        ({"example": "b", "constraints": {"enum": ["a"]}}, ["schema-example-invalid"]),
        ({"example": "a", "constraints": {"enum": ["a"]}}, []),
        ({"example": "b", "constraints": {"pattern": "a+"}}, ["schema-example-invalid"]),
        ({"example": "aa", "constraints": {"pattern": "a+"}}, []),
        ({"example": "abc", "constraints": {"maxLength": 2}}, ["schema-example-invalid"]),
        ({"example": "abc", "constraints": {"minLength": 4}}, ["schema-example-invalid"]),
        ({"type": "integer", "example": "5", "constraints": {"minimum": 6}}, ["schema-example-invalid"]),
        ({"type": "integer", "example": 5, "constraints": {"maximum": "4"}}, ["schema-example-invalid"]),
        ({"type": "integer", "example": 5, "constraints": {"minimum": 1, "maximum": 5}}, []),
        ({"type": "number", "example": "5", "decimalChar": ",", "constraints": {"minimum": "1,5"}}, []),
        ({"type": "date", "example": "2020-01-01", "constraints": {"minimum": "2021-01-01"}}, []),
    ],
)  # fmt: skip
def test_fields(properties: dict[str, Any], expected: list[str]) -> None:
    assert field_codes(**properties) == expected


CORSICA, OVERSEAS = "schema-pattern-corsica", "schema-pattern-overseas"


@pytest.mark.parametrize(
    ("name", "title", "pattern", "expected"),
    [
        ("code_commune", "Code de la commune", r"\d{5}", [CORSICA]),
        ("code_commune", "Code de la commune", r"^(0[1-9]|[1-8]\d|9[0-5]|2[AB])\d{3}$", [OVERSEAS]),
        ("code_commune", "Code de la commune", r"^([013-9]\d|2[AB1-9])\d{3}$", []),
        ("code_insee", "", r"[0-9]{5}", [CORSICA]),
        ("com", "Code INSEE de la commune", r"\d{5}", [CORSICA]),
        ("commune", "Nom de la commune", r"\w+", []),
        ("code_postal", "Code postal de la commune", r"\d{5}", []),
        ("code_commune", "Code de la commune", r"\d{14}", []),
        ("dep", "Code du département", r"\d{2}", [CORSICA, OVERSEAS]),
        ("dep", "Code du département", r"\d{2,3}", [CORSICA]),
        ("dep", "Code du département", r"\d{2}|2[AB]|97\d", []),
        ("dep", "Code du département", r"(\d{2}|2[AB]|9[78]\d)", []),
        ("departement", "Nom du département", r"\d{2}", []),
        ("code_region", "Code de la région", r"\d{2}", []),
    ],
)
def test_territories(name: str, title: str, pattern: str, expected: list[str]) -> None:
    assert field_codes(name, title=title, constraints={"pattern": pattern}) == expected


def test_one_finding_for_a_property_of_many_fields() -> None:
    fields = [{"name": name, "nullable": True} for name in "abc"]
    (finding,) = schema_findings(parse_schema({"fields": fields}, "essai"))
    assert finding.facts["where"] == ("a", "b", "c")


def test_the_nearest_name_is_given() -> None:
    schema = parse_schema({"fields": [{"name": "a", "enum": []}], "countrycode": "FR"}, "essai")
    assert [each.facts["nearest"] for each in schema_findings(schema)] == [
        "countryCode",
        "constraints.enum",
    ]


def test_no_type_in_version_2() -> None:
    schema = parse_schema({"$schema": V2, "fields": [{"name": "a"}]}, "essai")
    assert [each.code for each in schema_findings(schema)] == ["schema-version-trap"]


def test_known_checks_are_those_that_exist() -> None:
    assert set(CHECKS) == KNOWN_CHECKS


def test_every_finding_is_a_warning_and_can_be_said() -> None:
    schema = parse_schema(
        {
            "fields": [{"name": "a", "typ": 1, "example": "b", "constraints": {"pattern": "a"}}],
            "uniqueKeys": [["z"]],
            "custom_checks": ["x"],
        },
        "essai",
    )
    findings = schema_findings(schema)
    assert len(findings) == 5
    for finding in findings:
        assert finding.severity == "warning"
        assert "…" not in finding.message("fr") + finding.message("en")


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("a+", "aaa", True),
        ("a+", "b", False),
        ("a|b", "axxx", True),
        ("(?:a|b)+", "abab", True),
        ("(?=a)a", "a", None),
        (r"(a)\1", "aa", None),
        ("(a+)+b", "a" * 40, None),
        ("(a?){1000}", "a" * 40, None),
        ("a*" * 20, "a" * 40, None),
        ("a" * 3000, "a", None),
    ],
)
def test_quick_match(pattern: str, text: str, expected: bool | None) -> None:
    assert quick_match(pattern, text) is expected


@pytest.mark.parametrize("pattern", ["(a*)*(b*)*c", "((a*)*)*b", "(a|a)*b", "(a|aa)+c", "(.*)*x"])
def test_quick_match_is_quick(pattern: str) -> None:
    start = time.perf_counter()
    for length in range(60):
        quick_match(pattern, "a" * length)
    assert time.perf_counter() - start < 2


def test_another_matcher_judges_what_is_not_quick() -> None:
    field = {
        "name": "a",
        "type": "string",
        "example": "b" * 40,
        "constraints": {"pattern": "(a+)+"},
    }
    schema = parse_schema({"fields": [field]}, "essai")
    assert schema_findings(schema) == ()
    (finding,) = schema_findings(schema, lambda _pattern, _text: False)
    assert finding.code == "schema-example-invalid"


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("schemas/*/schema.json")), ids=lambda path: path.parts[-2]
)
def test_own_schemas_are_beyond_doubt(path: Path) -> None:
    assert schema_findings(load_schema(path)) == ()
