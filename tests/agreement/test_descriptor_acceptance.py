"""Our verdict on a schema is that of frictionless, for good and bad descriptors of all kinds."""

import copy
import importlib.util
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territo_opendata.descriptors import examples as examples_module
from territo_opendata.descriptors.acceptance import schema_reasons
from territo_opendata.descriptors.acceptance_constraints import CONSTRAINTS
from territo_opendata.descriptors.schema import parse_schema
from territo_opendata.errors import DescriptorError
from tests.agreement import oracle

V2 = "https://datapackage.org/profiles/2.0/tableschema.json"
V1 = "https://datapackage.org/profiles/1.0/tableschema.json"

ROOT = Path(__file__).parents[2]
CORPUS = os.environ.get("TERRITO_CORPUS")

JSON_VALUES: tuple[Any, ...] = (None, True, 5, 1.5, "", "a", [], ["a"], [5], {}, {"a": 1})


def field(**properties: Any) -> dict[str, Any]:
    return {"fields": [{"name": "a", **properties}]}


def v2(**properties: Any) -> dict[str, Any]:
    return {"$schema": V2, **field(**properties)}


def schema(**properties: Any) -> dict[str, Any]:
    return {"fields": [{"name": "a"}, {"name": "b", "type": "integer"}], **properties}


def key(**properties: Any) -> dict[str, Any]:
    return schema(foreignKeys=[properties])


GOOD: tuple[dict[str, Any], ...] = (
    schema(),
    {"fields": []},
    schema(name="un-nom.v1/x_y"),
    schema(title="", description="", other={"a": 1}),
    schema(primaryKey="a"),
    schema(primaryKey=["a", "b"]),
    schema(primaryKey=["a", "a"]),
    schema(primaryKey=[]),
    schema(missingValues=[]),
    schema(missingValues=["", "-", "-"]),
    {**schema(missingValues=[{"value": "-", "label": "rien"}, {"value": ""}]), "$schema": V2},
    {**schema(missingValues=[{"value": "-", "label": "rien"}]), "$schema": "https://a.fr/x.json"},
    {**schema(), "$schema": V1},
    {**schema(), "$schema": ""},
    {**schema(), "$schema": "n’importe quoi"},
    *(schema(fieldsMatch=each) for each in ("exact", "equal", "subset", "superset", "partial")),
    key(fields="a", reference={"resource": "", "fields": "b"}),
    key(fields=["a", "b"], reference={"resource": "x", "fields": ["c", "d"]}),
    key(fields="a", reference={"fields": "b"}),
    key(fields=["a"], reference={"resource": "x", "fields": ["c"], "package": 5}),
    key(),
    schema(uniqueKeys="a"),
    schema(uniqueKeys=[["z"]]),
    schema(custom_checks="siren"),
    schema(custom_checks=[5, {"name": 5}]),
    *(
        field(type=each)
        for each in CONSTRAINTS
    ),
    {"fields": [{"name": ""}, {"name": "É è/ç"}]},
    field(constraints={}),
    field(constraints={"required": True, "unique": False}),
    field(constraints={"pattern": "[a-z]+|x", "enum": [], "minLength": 0, "maxLength": 2.0}),
    field(constraints={"pattern": "(?i:a)"}),
    field(type="any", constraints={"enum": [1, None, {}]}),
    field(type="integer", constraints={"minimum": "1", "maximum": 2.0, "enum": ["x", None]}),
    field(type="integer", bareNumber=False, constraints={"minimum": "10 %"}),
    field(type="integer", constraints={"minimum": None}),
    field(type="number", constraints={"minimum": 1.5, "maximum": "INF"}),
    field(type="number", decimalChar=",", groupChar=" ", constraints={"minimum": "1 000,5"}),
    field(type="number", floatNumber=True, constraints={"minimum": "NaN"}),
    field(type="number", decimalChar=""),
    field(type="date", constraints={"minimum": "2020-1-2"}),
    field(type="date", format="%d/%m/%Y", constraints={"maximum": "01/02/2020"}),
    field(type="date", format="any", constraints={"maximum": "jan 5 2020"}),
    field(type="date", format="fmt:%d/%m/%Y", example="31/12/2020"),
    field(type="datetime", constraints={"minimum": "2020-01-01T00:00:00"}),
    field(type="time", constraints={"minimum": "10:00:00"}),
    field(type="year", constraints={"minimum": 1900, "maximum": "2100"}),
    field(type="yearmonth", constraints={"minimum": "2020-01", "maximum": [2021, 1]}),
    field(type="boolean", trueValues=["oui"], falseValues=[], example="oui"),
    field(type="boolean", trueValues=[], falseValues=[]),
    field(type="list", delimiter=";", itemType="integer", constraints={"minLength": 1}),
    field(type="array", arrayItem={"type": "integer", "constraints": {"minimum": 1}}),
    field(type="array", arrayItem={}),
    field(type="array", arrayItem={"arrayItem": 5}),
    field(type="string", arrayItem=5, decimalChar=[], trueValues="x", delimiter=""),
    field(type="integer", decimalChar=5),
    field(type="string", format="email", example="a@b.fr"),
    field(type="string", format="uri", example="http://a b"),
    field(type="geojson", format="topojson"),
    field(type="geopoint", format="n’importe", constraints={"required": True}),
    field(type="date", format=""),
    field(missingValues=["", "N/A"]),
    field(example="5"),
    field(example=0, type="string"),
    field(example="", type="integer"),
    field(example=None, type="integer"),
    field(rdfType="http://a", custom=True),
    field(categories="x", type="string"),
    field(type="string", customCheck=5),
    v2(type="integer", constraints={"exclusiveMinimum": 1, "exclusiveMaximum": "5"}),
    v2(missingValues=[{"value": "-", "label": "rien"}]),
    {"$schema": "https://a.fr/x", **field(type="date", constraints={"exclusiveMinimum": "2020-01-01"})},
)  # fmt: skip

BAD: tuple[dict[str, Any], ...] = (
    {},
    {"fields": ["a"]},
    {"fields": [{}]},
    {"fields": [{"name": "a"}, {"name": "a"}]},
    {"fields": {"name": "a"}},
    schema(type="table"),
    schema(name="Majuscule"),
    schema(name="avec espace"),
    schema(name=""),
    schema(name="é"),
    schema(primaryKey="z"),
    schema(primaryKey=["a", "z"]),
    schema(fieldsMatch="Exact"),
    schema(fieldsMatch=["exact", "equal"]),
    schema(missingValues=["", {"value": "-"}]),
    schema(missingValues=[{"value": "-"}]),
    {**schema(missingValues=[{"value": "-"}, {"value": "-"}]), "$schema": V2},
    {**schema(missingValues=[{"value": "-", "label": "x"}, {"value": "", "label": "x"}]), "$schema": V2},
    {**schema(missingValues=[{"label": "x"}]), "$schema": V2},
    {**schema(), "$schema": "http://["},
    key(fields="z", reference={"resource": "", "fields": "b"}),
    key(fields=["a", "b"], reference={"resource": "", "fields": ["b"]}),
    key(fields="a", reference={"resource": ""}),
    key(fields="a", reference=None),
    key(fields=None, reference={"fields": []}),
    key(fields="a", reference={"resource": None, "fields": "b"}),
    key(fields=[["a"]], reference={"resource": "", "fields": ["b"]}),
    schema(foreignKeys=["a"]),
    field(type="texte"),
    field(type="String"),
    field(type=""),
    field(required=True),
    field(required=False),
    field(constraint={}, constraints={"min": 1}),
    field(constraints={"required": "true"}),
    field(constraints={"minimum": 1}),
    field(constraints={"pattern": "("}),
    field(constraints={"pattern": "(?i)a"}),
    field(constraints={"pattern": "[z-a]"}),
    field(constraints={"pattern": "a{1,99999999999}"}),
    field(constraints={"pattern": "(" * 5000 + ")" * 5000}),
    field(constraints={"pattern": None}),
    field(constraints={"minLength": 1.5}),
    field(constraints={"minLength": True}),
    field(constraints={"exclusiveMinimum": 1}, type="integer"),
    {"$schema": V1, **field(constraints={"exclusiveMaximum": 1}, type="integer")},
    v2(constraints={"exclusiveMinimum": 1}, type="string"),
    field(type="integer", constraints={"pattern": "x"}),
    field(type="integer", constraints={"minimum": "x"}),
    field(type="integer", constraints={"minimum": True}),
    field(type="integer", constraints={"minimum": 1.5}),
    field(type="number", constraints={"minimum": "1,5"}),
    field(type="number", constraints={"minimum": "NaN"}),
    field(type="number", constraints={"maximum": float("nan")}),
    field(type="number", constraints={"enum": ["sNaN"]}),
    field(type="date", constraints={"minimum": "01/02/2020"}),
    field(type="date", format="%d/%m/%Y", constraints={"minimum": "2020-01-02"}),
    field(type="date", constraints={"minimum": 2020}),
    field(type="date", constraints={"pattern": "x"}),
    field(type="datetime", constraints={"minimum": "2020-01-01"}),
    field(type="time", constraints={"minimum": "10:00"}),
    field(type="year", constraints={"minimum": "20200"}),
    field(type="year", constraints={"minimum": 10000}),
    field(type="yearmonth", constraints={"minimum": "2020-13"}),
    field(type="yearmonth", constraints={"minimum": ["a", "b"]}),
    field(type="boolean", constraints={"minLength": 1}),
    field(type="duration", constraints={"minimum": "P1D"}),
    field(type="object", constraints={"jsonSchema": {}}),
    field(type="list", constraints={"enum": []}),
    field(type="list", delimiter=""),
    field(type="list", itemType="any"),
    field(type="array", arrayItem={"type": "texte"}),
    field(type="array", arrayItem={"constraints": {"pattern": "x"}}),
    field(type="array", arrayItem={"type": "string", "constraints": {"pattern": "("}}),
    field(type="array", arrayItem={"name": 5}),
    field(type="string", format="date"),
    field(type="string", format=""),
    field(type="geojson", format="wkt"),
    field(missingValues="-"),
    field(missingValues=[{"value": "-"}]),
    v2(missingValues=[{"value": "-"}, {"value": "-"}]),
    field(type="integer", example="douze"),
    field(type="integer", bareNumber=False, example="10 %"),
    field(type="number", decimalChar=",", example="1,5"),
    field(example=5),
    field(type="string", example=5),
    field(type="string", example=["a"]),
    field(type="date", example="31/12/2020"),
    field(type="date", format="%d/%m/%Y", example="2020-12-31"),
    field(type="datetime", example="2020-12-31"),
    field(type="time", example="10h"),
    field(type="year", example="20"),
    field(type="yearmonth", example="2020"),
    field(type="boolean", example="oui"),
    field(type="boolean", trueValues=["oui"], example="true"),
    field(type="boolean", example=1),
    field(type="geopoint", example="48,200"),
    field(type="geopoint", example="48;2"),
    field(type="array", example="{}"),
    field(type="object", example="[]"),
    field(type="list", example=[1]),
    field(type="duration", example="2 jours"),
    field(type="geojson", example="{}"),
    field(type="string", format="email", example="a.b.fr"),
    field(type="string", format="uuid", example="x"),
    field(type="string", format="uri", example="x"),
)  # fmt: skip

EXAMPLES: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("integer", ("1", " 1 ", "+1", "1_0", "1.0", 1, 1.0, 1.5, True, [1])),
    ("number", ("1", ".5", "1e5", "1_0.5", "NaN", "1 000", 1, 1.5, True, {})),
    ("year", ("2020", "-123", "+200", 0.5, 2020, 20200, True, ["2020"])),
    ("yearmonth", ("2020-01", "2020-1", "20-1", "-1-1", "2020-13", [2020, 1], [1], ["a", None], 5)),
    ("date", ("2020-01-31", "2020-1-1", "2020-02-30", "20200131", "2020-01-31 ", 5, [5])),
    ("datetime", ("2020-01-31T10:00:00", "2020-01-31T10:00:00Z", "2020-01-31 10:00:00", "2020-01-31T10:00", "2020-01-31T24:00:00", "2020-01-31T25:00:00", 5)),
    ("time", ("10:00:00", "10:00:00Z", "24:00:00", "25:00:00", "10:00:00.5", 5)),
    ("boolean", ("true", "TRUE", "1", "oui", True, 1, [True])),
    ("duration", ("P1Y", "P", "PT", "P1M2D", "PT5M", "P1W", "-P1D", "1", 5)),
    ("geopoint", ("1,2", "1, 2", "181,2", "1,91", "a,b", "1;2", [1, 2], [1, 91], ["1", "2"], {"lon": 1, "lat": 2}, 5)),
    ("geojson", ('{"type":"Point","coordinates":[1,2]}', {"type": "Point", "coordinates": [1, 2]}, "{}", "x", [1])),
    ("array", ("[1]", "{}", "x", [1], {"a": 1}, 5)),
    ("object", ("{}", "[1]", "x", [1], {"a": 1}, 5)),
    ("list", ("a,b", "a", ["a"], [1], 5, {"a": 1})),
    ("any", ("a", 5, [1], {"a": 1})),
    ("string", ("a", 5, [1], {"a": 1}, True)),
)  # fmt: skip

FORMATTED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("string", "email", ("a@b.fr", "a.b-c_d@ex-ample.gouv.fr", "a@b", "é@b.fr", "a@@b.fr", "a..b@c.fr", "a@b.c")),
    ("string", "uri", ("http://a.fr", "https://a.fr/b?c#d", "a:", "/a", "http://[", "http://a b", "http://a:b")),
    ("string", "uuid", ("c56a4180-65aa-42ec-a945-5fd21dec0538", "c56a418065aa42eca9455fd21dec0538", "x")),
    ("string", "binary", ("YQ==", "YQ", "é", "****")),
    ("geopoint", "array", ("[1,2]", "[1]", "1,2", "[1,91]")),
    ("geopoint", "object", ('{"lon":1,"lat":2}', '{"lon":1}', "1,2")),
    ("geopoint", "autre", ("1,2",)),
    ("date", "any", ("2020-01-31", "jan 5", "x", "10")),
    ("date", "%d/%m/%Y", ("31/12/2020", "1/2/2020", "2020-01-01")),
    ("date", "%Q", ("31", "%Q")),
    ("date", "", ("31", "x")),
    ("datetime", "any", ("2020-01-31T10:00:00", "jan 5", "x")),
    ("datetime", "%Y-%m-%d %H:%M", ("2020-01-31 10:00", "2020-01-31")),
    ("time", "any", ("10:00:00", "10h", "x")),
    ("time", "%H:%M", ("10:00", "10:00:00")),
    ("geojson", "topojson", ('{"type":"Topology","objects":{},"arcs":[]}', "{}")),
)  # fmt: skip

BASES: tuple[dict[str, Any], ...] = (
    {"$schema": V2, "name": "s", "title": "S", "description": "S", "fieldsMatch": "equal",
     "primaryKey": ["a"], "missingValues": ["", "-"], "uniqueKeys": [["a"]], "custom_checks": [],
     "foreignKeys": [{"fields": ["a"], "reference": {"resource": "", "fields": ["a"], "package": "x"}}],
     "fields": [{"name": "a", "type": "string", "format": "default", "title": "A", "description": "A",
                 "example": "x", "rdfType": "x", "missingValues": [""], "categories": ["x"],
                 "constraints": {"required": True, "unique": True, "pattern": "x", "enum": ["x"],
                                 "minLength": 1, "maxLength": 5}}]},
    {"$schema": V2, "fields": [
        {"name": "n", "type": "number", "bareNumber": True, "floatNumber": False, "decimalChar": ",",
         "groupChar": " ", "constraints": {"minimum": 1, "maximum": 5, "exclusiveMinimum": 1,
                                           "exclusiveMaximum": 5, "enum": [2]}},
        {"name": "i", "type": "integer", "bareNumber": False, "constraints": {"minimum": 1, "enum": [1]}},
        {"name": "d", "type": "date", "format": "%d/%m/%Y", "example": "31/12/2020",
         "constraints": {"minimum": "01/01/2020", "enum": ["01/01/2020"]}},
        {"name": "b", "type": "boolean", "trueValues": ["1"], "falseValues": ["0"], "example": "1"},
        {"name": "l", "type": "list", "delimiter": ";", "itemType": "integer"},
        {"name": "r", "type": "array", "arrayItem": {"name": "x", "type": "string", "constraints": {"pattern": "x"}}},
        {"name": "o", "type": "object", "constraints": {"maxLength": 5}},
        {"name": "g", "type": "geopoint", "format": "array", "example": [1, 2]},
        {"name": "y", "type": "year", "constraints": {"minimum": "2000"}},
        {"name": "m", "type": "yearmonth", "constraints": {"minimum": "2000-01"}},
    ]},
)  # fmt: skip


def test_the_tables_are_what_they_say() -> None:
    """Good is accepted and bad refused by frictionless, so that both columns mean something."""
    assert [each for each in GOOD if not oracle.schema_accepted(each)] == []
    assert [each for each in BAD if oracle.schema_accepted(each)] == []


@pytest.mark.parametrize("descriptor", GOOD, ids=lambda each: json.dumps(each)[:80])
def test_good(descriptor: dict[str, Any]) -> None:
    assert schema_reasons(descriptor) == ()
    parse_schema(descriptor, "essai")


@pytest.mark.parametrize("descriptor", BAD, ids=lambda each: json.dumps(each)[:80])
def test_bad(descriptor: dict[str, Any]) -> None:
    with pytest.raises(DescriptorError):
        parse_schema(descriptor, "essai")


def examples() -> Iterator[dict[str, Any]]:
    for type_, values in EXAMPLES:
        yield from (field(type=type_, example=value) for value in values)
    for type_, form, texts in FORMATTED:
        yield from (field(type=type_, format=form, example=text) for text in texts)


@pytest.mark.parametrize("descriptor", list(examples()), ids=lambda each: json.dumps(each)[11:90])
def test_examples(descriptor: dict[str, Any]) -> None:
    assert_agreement(descriptor)


PLAIN = [
    ("date", "default", examples_module._ISO_DATE),
    ("datetime", "default", examples_module._ISO_DATETIME),
    ("time", "default", examples_module._ISO_TIME),
    ("duration", "default", examples_module._DURATION),
    *(("string", form, plain) for form, plain in examples_module._PLAIN_FORMATS.items()),
    *(("geopoint", form, plain) for form, plain in examples_module._PLAIN_POINT.items()),
]


@pytest.mark.parametrize(("type_", "form", "plain"), PLAIN, ids=[f"{a}-{b}" for a, b, _ in PLAIN])
def test_what_is_taken_for_plain_is_read(type_: str, form: str, plain: re.Pattern[str]) -> None:
    """The short cuts that spare the import of frictionless accept nothing that it refuses."""

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.from_regex(plain, fullmatch=True))
    def check(text: str) -> None:
        reading = {"type": type_, "format": form}
        if examples_module.readable(reading, text):
            assert examples_module.read_by_frictionless(reading, text)

    check()


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in a descriptor."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, each in inside:
        yield (*at, name)
        yield from places(each, (*at, name))


def with_change(descriptor: Any, place: tuple[Any, ...], value: Any) -> Any:
    """Return a copy where the place holds `value`, or nothing when it is `...`."""
    changed = copy.deepcopy(descriptor)
    owner = changed
    for step in place[:-1]:
        owner = owner[step]
    if value is ...:
        del owner[place[-1]]
    else:
        owner[place[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("base", "place"),
    [(base, place) for base in BASES for place in places(base)],
    ids=lambda each: "-".join(map(str, each)) if isinstance(each, tuple) else "",
)
def test_every_json_type_everywhere(base: dict[str, Any], place: tuple[Any, ...]) -> None:
    """Each property in turn is removed, then replaced by a value of each JSON type."""
    for value in (..., *JSON_VALUES):
        assert_agreement(with_change(base, place, value))


DIFFERENCES: tuple[tuple[str, dict[str, Any], bool], ...] = (
    ("the JSON profile of v2 has fieldsMatch as a list", schema(fieldsMatch=["subset"]), True),
    ("v2 has jsonSchema for objects", v2(type="object", constraints={"jsonSchema": {}}), True),
    ("no cell can be read, so the bound is never used", field(type="date", format="%Q", constraints={"minimum": 1}), False),
    ("v2 has jsonSchema for arrays", v2(type="array", constraints={"jsonSchema": {}}), True),
)  # fmt: skip
"""Where we differ: the reason, a descriptor, and our verdict."""


@pytest.mark.parametrize(("reason", "descriptor", "accepted"), DIFFERENCES)
def test_difference(reason: str, descriptor: dict[str, Any], accepted: bool) -> None:
    assert reason
    assert (schema_reasons(descriptor) == ()) is accepted
    assert oracle.schema_accepted(descriptor) is not accepted


def test_wkt_is_judged_where_its_library_is() -> None:
    """Its parser is an extra of frictionless; without it, no schema is refused for an example."""
    with_library = importlib.util.find_spec("tatsu") is not None
    assert schema_reasons(field(type="string", format="wkt", example="POINT (1 2)")) == ()
    bad = schema_reasons(field(type="string", format="wkt", example="n’importe"))
    assert bool(bad) is with_library


def assert_agreement(descriptor: Any) -> None:
    ours = schema_reasons(descriptor)
    if is_listed(descriptor):
        return
    theirs = oracle.refusal(descriptor)
    assert (not ours) is (theirs is None), f"{descriptor}\nours: {ours}\nfrictionless: {theirs}"


def is_listed(descriptor: Any) -> bool:
    """Tell whether the descriptor falls under DIFFERENCES."""
    return isinstance(descriptor.get("fieldsMatch"), list)


def corpus_schemas() -> list[Path]:
    folders = sorted(Path(CORPUS).glob("*/")) if CORPUS else ()
    return [path for each in folders for path in sorted(each.glob("*.json"))]


OWN_SCHEMAS = sorted(ROOT.glob("schemas/*/schema.json"))


@pytest.mark.skipif(not CORPUS, reason="TERRITO_CORPUS is not set: no national schemas to compare")
@pytest.mark.parametrize("path", corpus_schemas(), ids=lambda path: "/".join(path.parts[-2:]))
def test_corpus(path: Path) -> None:
    assert_agreement(json.loads(path.read_text("utf-8-sig")))


@pytest.mark.parametrize("path", OWN_SCHEMAS, ids=lambda path: path.parts[-2])
def test_own_schemas(path: Path) -> None:
    descriptor = json.loads(path.read_text("utf-8"))
    assert schema_reasons(descriptor) == ()
    assert oracle.refusal(descriptor) is None


REAL = [json.loads(path.read_text("utf-8-sig")) for path in (*OWN_SCHEMAS, *corpus_schemas())]

HOSTILE = st.sampled_from(
    [..., *JSON_VALUES, "required", "(", "date", "1,5", "2020-01-01", V1, V2, "NaN", [["a"]], [{}], -1]
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_mutations_of_real_schemas(data: st.DataObject) -> None:
    """One or two values of a real schema are removed or replaced by another of any JSON type."""
    mutated = shortened(data.draw(st.sampled_from(REAL)))
    for _ in range(data.draw(st.integers(1, 2))):
        place = data.draw(st.sampled_from(list(places(mutated))))
        mutated = with_change(mutated, place, data.draw(HOSTILE))
    assert_agreement(mutated)


def shortened(descriptor: dict[str, Any]) -> dict[str, Any]:
    """Keep the fields that keys need and ten more, so that a mutation often hits them."""
    needed = json.dumps([descriptor.get("primaryKey"), descriptor.get("foreignKeys")])
    kept = [
        each
        for index, each in enumerate(descriptor["fields"])
        if index < 10 or json.dumps(each["name"]) in needed
    ]
    return {**descriptor, "fields": kept}
