"""A schema is read into values that the rest of the package can rely on."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.descriptors.model import CustomCheck, ForeignKey
from territo_opendata.descriptors.schema import load_schema, parse_schema
from territo_opendata.errors import DescriptorError

V2 = "https://datapackage.org/profiles/2.0/tableschema.json"


def parse(**properties: Any) -> Any:
    fields = [{"name": "a"}, {"name": "b", "type": "integer"}]
    return parse_schema({"fields": fields, **properties}, "essai")


def field(**properties: Any) -> Any:
    return parse_schema({"$schema": V2, "fields": [{"name": "a", **properties}]}, "essai").fields[0]


def test_defaults() -> None:
    schema = parse()
    assert (schema.missing_values, schema.primary_key, schema.fields_match) == (("",), (), "exact")
    assert (schema.fields[0].type, schema.fields[0].format) == ("string", "default")
    assert schema.missing_values_of(schema.fields[0]) == ("",)
    assert (schema.version, schema.name, schema.origin) == (None, "", "essai")


@pytest.mark.parametrize(
    ("properties", "attribute", "expected"),
    [
        ({"missingValues": []}, "missing_values", ()),
        ({"missingValues": ["-"]}, "missing_values", ("-",)),
        ({"primaryKey": "a"}, "primary_key", ("a",)),
        ({"primaryKey": ["a", "b"]}, "primary_key", ("a", "b")),
        ({"fieldsMatch": "subset"}, "fields_match", "subset"),
        ({"fieldsMatch": ["partial"]}, "fields_match", "partial"),
        ({"version": "1.2.3"}, "version", "1.2.3"),
        ({"version": 2}, "version", None),
        ({"uniqueKeys": [["a"], ["a", "b"]]}, "unique_keys", (("a",), ("a", "b"))),
        ({"uniqueKeys": [["z"], [], "a", ["b"]]}, "unique_keys", (("b",),)),
        ({"uniqueKeys": "a"}, "unique_keys", ()),
        (
            {"foreignKeys": [{"fields": "a", "reference": {"fields": "b"}}]},
            "foreign_keys",
            (ForeignKey(("a",), "", ("b",)),),
        ),
        (
            {"foreignKeys": [{"fields": ["a"], "reference": {"resource": "x", "fields": ["c"], "package": "p"}}]},
            "foreign_keys",
            (ForeignKey(("a",), "x", ("c",), "p"),),
        ),
        ({"foreignKeys": [{}]}, "foreign_keys", ()),
        (
            {"custom_checks": [{"name": "siren", "params": {"column": "a"}}]},
            "custom_checks",
            (CustomCheck("siren", {"column": "a"}),),
        ),
        ({"custom_checks": [{"name": "siren"}]}, "custom_checks", (CustomCheck("siren", {}),)),
        ({"custom_checks": ["siren"]}, "custom_checks", (CustomCheck("siren", {}),)),
        ({"custom_checks": "siren"}, "custom_checks", (CustomCheck("siren", {}),)),
        ({"custom_checks": [{"nom": "x"}, 5]}, "custom_checks", (CustomCheck('{"nom": "x"}'), CustomCheck("5"))),
        ({"custom_checks": [{"name": "x", "params": 5}]}, "custom_checks", (CustomCheck("x", {}),)),
    ],
)  # fmt: skip
def test_properties(properties: dict[str, Any], attribute: str, expected: Any) -> None:
    assert getattr(parse(**properties), attribute) == expected


@pytest.mark.parametrize(
    ("properties", "attribute", "expected"),
    [
        ({"type": "date", "format": "fmt:%d/%m/%Y"}, "format", "%d/%m/%Y"),
        ({"missingValues": ["", {"value": "-"}][:1]}, "missing_values", ("",)),
        ({"missingValues": [{"value": "-", "label": "x"}]}, "missing_values", ("-",)),
        ({"type": "number", "decimalChar": ",", "trueValues": ["x"]}, "options", {"decimalChar": ","}),
        ({"categories": ["x", "y"]}, "options", {"categories": ["x", "y"]}),
        ({"categories": "x"}, "options", {}),
        ({"type": "integer", "categories": ["x"]}, "options", {}),
        ({"type": "integer", "categories": [{"value": 1, "label": "x"}]}, "options", {"categories": [{"value": 1, "label": "x"}]}),
        ({"type": "date", "categories": ["x"]}, "options", {}),
        ({"constraints": {"required": True}}, "required", True),
        ({"constraints": {"unique": True}}, "unique", True),
    ],
)  # fmt: skip
def test_fields(properties: dict[str, Any], attribute: str, expected: Any) -> None:
    assert getattr(field(**properties), attribute) == expected


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"customCheck": "siren"}, CustomCheck("siren", {"column": "a"})),
        ({"customCheck": {"name": "commune", "cog": "2024"}}, CustomCheck("commune", {"cog": "2024", "column": "a"})),
        ({"custom_checks": [{"name": "x", "params": {"y": 1}}]}, CustomCheck("x", {"column": "a", "y": 1})),
    ],
)  # fmt: skip
def test_checks_of_a_field(declared: dict[str, Any], expected: CustomCheck) -> None:
    assert parse_schema({"fields": [{"name": "a", **declared}]}, "essai").custom_checks == (
        expected,
    )


def test_every_reason_is_listed() -> None:
    broken = {
        "name": "Majuscule",
        "fields": [{"name": "a", "type": "texte"}, {"name": "b", "constraints": {"pattern": "("}}],
    }
    with pytest.raises(DescriptorError) as caught:
        parse_schema(broken, "essai.json")
    for word in ("essai.json", "- name", "fields[0] (a).type", "fields[1] (b).constraints.pattern"):
        assert word in caught.value.say("fr")
        assert word in caught.value.say("en")


def test_many_reasons_are_counted() -> None:
    broken = {"fields": [{"name": str(index), "type": "texte"} for index in range(30)]}
    with pytest.raises(DescriptorError, match="et 10 autre"):
        parse_schema(broken, "essai")


def test_a_package_imposes_its_version() -> None:
    v1 = {"fields": [{"name": "a", "type": "integer", "constraints": {"exclusiveMinimum": 1}}]}
    parse_schema(v1, "essai", "v2")
    parse_schema(v1, "essai", "unknown")
    with pytest.raises(DescriptorError, match="version 2"):
        parse_schema(v1, "essai")
    with pytest.raises(DescriptorError, match="version 2"):
        parse_schema({"$schema": V2, **v1}, "essai", "v1")


def test_load_schema(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text('{"fields": [{"name": "a"}]}')
    assert load_schema(path).origin == str(path)


@pytest.mark.parametrize(
    "pattern", ["a" * 1_000_000, "[é-\U0010ffff]" * 4000, "(?i:" + "[Ā-￿]" * 400 + ")"]
)
def test_patterns_slow_to_compile_are_left_to_the_engine(pattern: str) -> None:
    start = time.perf_counter()
    assert field(constraints={"pattern": pattern}).constraints["pattern"] == pattern
    assert time.perf_counter() - start < 1


def test_schemas_are_read_and_doubted_without_heavy_libraries() -> None:
    script = (
        "import sys; from territo_opendata import project;"
        "from territo_opendata.descriptors.lint import schema_findings;"
        "[schema_findings(each.schema) for each in project.builtin_package().resources];"
        "[project.builtin_schema(name) for name in project.builtin_schema_names()];"
        "heavy = {'frictionless', 'jsonschema', 'pandas', 'polars', 're2', 'requests', 'click'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({"type": "integer", "example": "un"}, "n’est pas du type integer"),
        ({"format": "uri", "example": "url/1.png"}, "n’est pas du type string, format uri"),
    ],
)
def test_an_example_that_cannot_be_read_is_refused_by_type_and_format(
    properties: dict[str, Any], said: str
) -> None:
    with pytest.raises(DescriptorError) as refusal:
        parse_schema({"fields": [{"name": "a", **properties}]}, "essai")
    assert refusal.value.say("fr").endswith(said)
