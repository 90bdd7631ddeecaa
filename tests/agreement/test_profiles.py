"""Our JSON Schemas, written from the text of the standard, against the published v2 profiles."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from territo_opendata.descriptors.profile import ProfileKind, check_profile

STANDARDS = os.environ.get("TERRITO_STANDARDS")
ROOT = Path(__file__).parents[2]
KINDS: tuple[ProfileKind, ...] = ("tableschema", "tabledialect", "dataresource", "datapackage")

Case = tuple[ProfileKind, dict[str, Any]]


def schema(**properties: Any) -> Case:
    return "tableschema", {"fields": [{"name": "a"}], **properties}


def field(**properties: Any) -> Case:
    return "tableschema", {"fields": [{"name": "a", **properties}]}


def dialect(**properties: Any) -> Case:
    return "tabledialect", properties


def resource(**properties: Any) -> Case:
    return "dataresource", {"name": "r", "path": "r.csv", **properties}


def package(**properties: Any) -> Case:
    return "datapackage", {"resources": [{"name": "r", "path": "r.csv"}], **properties}


def key(**properties: Any) -> Case:
    return schema(foreignKeys=[properties])


GOOD: tuple[Case, ...] = (
    schema(),
    schema(custom=1, title="T"),
    schema(missingValues=["", "-"]),
    schema(missingValues=[{"value": "-", "label": "rien"}]),
    schema(primaryKey=["a"]),
    schema(primaryKey="a"),
    schema(uniqueKeys=[["a"]]),
    key(fields=["a"], reference={"resource": "b", "fields": ["c"]}),
    key(fields=["a"], reference={"fields": ["c"]}),
    key(fields="a", reference={"resource": "", "fields": "c"}),
    field(type="string", format="email", constraints={"pattern": "x", "minLength": 1}),
    field(type="string", categories=["a", "b"], categoriesOrdered=True),
    field(type="integer", categories=[{"value": 1, "label": "x"}], groupChar=" "),
    field(type="integer", constraints={"minimum": 1, "exclusiveMaximum": "5", "enum": [1, 2]}),
    field(type="number", decimalChar=",", constraints={"minimum": 1.5}),
    field(type="boolean", trueValues=["oui"], falseValues=["non"]),
    field(type="date", format="%d/%m/%Y", constraints={"minimum": "2020-01-01"}),
    field(type="year", constraints={"minimum": 2000}),
    field(type="geopoint", format="array"),
    field(type="geojson", format="topojson"),
    field(type="object", constraints={"jsonSchema": {}}),
    field(type="duration", constraints={"minimum": "P1D"}),
    field(type="any", constraints={"required": True, "enum": [1, "a"]}),
    dialect(),
    dialect(delimiter=";", quoteChar="'", header=False, headerRows=[1, 2], skipInitialSpace=True),
    dialect(itemType="array", itemKeys=["a"], sheetNumber=2, sheetName="A", table="t", property="p"),
    resource(),
    resource(path=["a.csv", "b/c.csv"]),
    resource(path="https://a.fr/b.csv", type="table", mediatype="text/csv", bytes=5),
    resource(hash="sha256:ab12", encoding="utf-8", format="csv"),
    resource(schema={"fields": [{"name": "a"}]}, dialect={"delimiter": ";"}),
    resource(schema="schema.json"),
    ("dataresource", {"name": "r", "data": [[1]]}),
    resource(licenses=[{"name": "etalab-2.0"}], sources=[{"title": "S"}]),
    package(),
    package(name="Nom É", id="x", version="1", keywords=["a"], created="2026-01-01T00:00:00Z"),
    package(contributors=[{"title": "C", "roles": ["creator"], "email": "a@b.fr"}]),
    package(licenses=[{"path": "https://a.fr", "title": "L"}], sources=[{"path": "a.pdf"}]),
)  # fmt: skip

BAD: tuple[Case, ...] = (
    ("tableschema", {}),
    schema(fields=[]),
    schema(fields=["a"]),
    schema(fields=[{"title": "a"}]),
    schema(missingValues="-"),
    schema(missingValues=["", {"value": "-"}]),
    schema(primaryKey=5),
    schema(uniqueKeys=["a"]),
    schema(uniqueKeys=[]),
    schema(foreignKeys={}),
    key(fields=["a"]),
    key(fields=["a"], reference={"resource": "b"}),
    key(fields=5, reference={"fields": ["b"]}),
    field(type="texte"),
    field(type=5),
    field(title=5),
    field(type="string", format="siret"),
    field(type="string", constraints={"minLength": "1"}),
    field(type="string", constraints={"enum": []}),
    field(type="string", constraints={"enum": ["a", "a"]}),
    field(type="string", constraints=[]),
    field(type="string", constraints={"required": "true"}),
    field(type="integer", constraints={"minimum": 1.5}),
    field(type="integer", bareNumber="non"),
    field(type="number", constraints={"minimum": [1]}),
    field(type="date", constraints={"minimum": 2020}),
    field(type="boolean", trueValues="oui"),
    field(type="boolean", trueValues=[]),
    field(type="geopoint", format="wkt"),
    field(type="integer", categories=["a"]),
    dialect(header="oui"),
    dialect(headerRows=[0]),
    dialect(delimiter=5),
    dialect(itemType="x"),
    dialect(sheetNumber=0),
    ("dataresource", {"name": "r"}),
    ("dataresource", {"path": "a.csv"}),
    ("dataresource", {"name": "r", "path": "a.csv", "data": []}),
    resource(path=5),
    resource(path=[]),
    resource(path="/etc/passwd"),
    resource(path="~/a.csv"),
    resource(path="../a.csv"),
    resource(path="file:///a.csv"),
    resource(bytes="5"),
    resource(hash="sha256:zz"),
    resource(mediatype="csv"),
    resource(type="tableau"),
    resource(schema={"fields": []}),
    resource(dialect={"header": 1}),
    resource(licenses=[]),
    resource(licenses=[{"title": "x"}]),
    resource(sources=[{}]),
    ("datapackage", {}),
    ("datapackage", {"resources": []}),
    ("datapackage", {"resources": [{"name": "r"}]}),
    package(name=5),
    package(keywords=[]),
    package(contributors=[]),
    package(contributors=[{}]),
    package(contributors=[{"roles": "author"}]),
    package(licenses=[{"name": "Licence Ouverte"}]),
    package(version=1),
)  # fmt: skip

DIFFERENCES: tuple[tuple[str, Case, bool], ...] = (
    ("the prose makes fieldsMatch a string", schema(fieldsMatch="subset"), True),
    ("a list of several has no meaning", schema(fieldsMatch=["subset", "equal"]), False),
    ("the profile wrote item for items", schema(fieldsMatch=["x"]), False),
    ("the profile forgot the type list", field(type="list", itemType="integer"), True),
    ("the prose limits pattern to strings", field(type="integer", constraints={"pattern": "x"}), False),
    ("the prose limits minimum to ordered types", field(type="string", constraints={"minimum": 1}), False),
    ("the prose limits lengths to collections", field(type="geojson", constraints={"minLength": 1}), False),
    ("lists are collections", field(type="list", constraints={"minLength": 1}), True),
    ("an example is any value", field(type="integer", example=5), True),
    ("missing values are unique", schema(missingValues=["-", "-"]), False),
    ("quoteChar is one character", dialect(quoteChar="''"), False),
    ("escapeChar is one character", dialect(escapeChar=""), False),
    ("commentChar is one character or more", dialect(commentChar=""), False),
    ("addresses are http or https", resource(path="ftp://a.fr/b.csv"), False),
    ("no parent folder, even at the end", resource(path="a/.."), False),
    ("role is of version 1, and still read", package(contributors=[{"role": 5}]), False),
    ("created follows RFC 3339", package(created="hier"), False),
    ("an e-mail address has an @", package(contributors=[{"email": "x"}]), False),
    ("a schema may be a path, which must be safe", resource(schema="/schema.json"), False),
    ("a dialect may be a path", resource(dialect="dialect.json"), True),
    ("version 1 had no foreign key at all as a list", schema(foreignKeys=[]), True),
    ("a package is named by a text", key(fields=["a"], reference={"fields": ["b"], "package": 5}), False),
    ("one or several on each side", key(fields="a", reference={"fields": ["b"]}), True),
)  # fmt: skip
"""Where we differ: the sentence of the standard, a descriptor, and our verdict."""


def ours(case: Case) -> bool:
    kind, descriptor = case
    return not [issue for issue in check_profile(descriptor, kind) if not issue.unknown]


@cache
def published(kind: ProfileKind) -> jsonschema.protocols.Validator:
    profile = json.loads((Path(STANDARDS or "") / f"{kind}-2.0.json").read_text("utf-8"))
    return jsonschema.Draft7Validator(profile)


def theirs(case: Case) -> bool:
    kind, descriptor = case
    return bool(published(kind).is_valid(descriptor))


def name(case: Any) -> str:
    return (
        f"{case[0]}-{json.dumps(case[1], ensure_ascii=False)}"[:80]
        if isinstance(case, tuple)
        else ""
    )


needs_standards = pytest.mark.skipif(
    not STANDARDS, reason="TERRITO_STANDARDS is not set: no published profiles to compare with"
)


@pytest.mark.parametrize("case", GOOD, ids=name)
def test_good(case: Case) -> None:
    assert ours(case)


@pytest.mark.parametrize("case", BAD, ids=name)
def test_bad(case: Case) -> None:
    assert not ours(case)


@needs_standards
@pytest.mark.parametrize("case", [*GOOD, *BAD], ids=name)
def test_agreement(case: Case) -> None:
    assert ours(case) is theirs(case)


@pytest.mark.parametrize(("reason", "case", "accepted"), DIFFERENCES, ids=name)
def test_own_side_of_differences(reason: str, case: Case, accepted: bool) -> None:
    assert reason
    assert ours(case) is accepted


@needs_standards
@pytest.mark.parametrize(("reason", "case", "accepted"), DIFFERENCES, ids=name)
def test_differences(reason: str, case: Case, accepted: bool) -> None:
    assert reason
    assert theirs(case) is not accepted


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("schemas/*/schema.json")), ids=lambda path: path.parts[-2]
)
def test_own_schemas(path: Path) -> None:
    assert check_profile(json.loads(path.read_text("utf-8")), "tableschema") == []


def test_own_package() -> None:
    descriptor = json.loads((ROOT / "datapackage.json").read_text("utf-8"))
    assert check_profile(descriptor, "datapackage") == []


@pytest.mark.parametrize(
    ("case", "pointer", "sentence"),
    [
        (field(type="texte"), "/fields/0/type", "'texte' au lieu de : any, array"),
        (schema(title=5), "/title", "5 n’est pas un texte"),
        (("tableschema", {}), "", "il manque : fields"),
        (resource(schema={"fields": [{"title": "x"}]}), "/schema/fields/0", "il manque : name"),
        (resource(dialect={"headerRows": [0]}), "/dialect/headerRows/0", "n’est pas admise"),
        (("dataresource", {"name": "r"}), "", "path ou data"),
        (package(keywords=[]), "/keywords", "au moins 1 attendu"),
        (schema(uniqueKeys=[["a", "a"]]), "/uniqueKeys/0", "répétée"),
        (schema(contraints=1), "/contraints", "n’est pas connue"),
        (schema(primarykey="a"), "/primarykey", "voulez-vous dire « primaryKey » ?"),
        (field(**{"enum": [1], "a/b~c": 1}), "/fields/0/a~1b~0c", "n’est pas connue"),
        (field(enum=[1]), "/fields/0/enum", "constraints.enum"),
        (package(resources=[{"name": "r", "path": "a", "schema": {"field": [], "fields": [{"name": "a"}]}}]),
         "/resources/0/schema/field", "fields"),
    ],
)  # fmt: skip
def test_sentences(case: Case, pointer: str, sentence: str) -> None:
    issues = {issue.pointer: issue.text for issue in check_profile(case[1], case[0])}
    assert sentence in issues[pointer].fr
    assert issues[pointer].en


@pytest.mark.parametrize("kind", KINDS)
def test_profiles_are_themselves_valid(kind: ProfileKind) -> None:
    path = ROOT / "territo_opendata" / "descriptors" / "profiles" / f"{kind}.json"
    jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))
