"""Our verdict on a data package is that of frictionless, but for a few listed differences."""

import copy
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import pytest

from territo_opendata.descriptors.package import parse_package
from territo_opendata.errors import TerritoError

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
SCHEMA = {"fields": [{"name": "a", "type": "integer", "constraints": {"exclusiveMinimum": 1}}]}
JSON_VALUES: tuple[Any, ...] = (None, True, 5, 1.5, "", "a", [], ["a"], [5], {}, {"a": 1})

BASE: dict[str, Any] = {
    "$schema": V2, "name": "paquet", "title": "P", "description": "P", "homepage": "https://a.fr",
    "version": "1.0.0", "created": "2026-01-01T00:00:00Z", "keywords": ["a"], "image": "a.png",
    "licenses": [{"name": "etalab-2.0", "path": "https://a.fr", "title": "Licence"}],
    "sources": [{"title": "S", "path": "https://a.fr", "email": "a@b.fr"}],
    "contributors": [{"title": "C", "path": "https://a.fr", "email": "a@b.fr", "organisation": "O", "role": "author"}],
    "resources": [
        {"name": "r", "type": "table", "path": "r.csv", "title": "R", "description": "R", "format": "csv",
         "mediatype": "text/csv", "encoding": "utf-8", "bytes": 5, "hash": "sha256:ab", "scheme": "file",
         "innerpath": "x", "licenses": [{"name": "x"}], "sources": [{"title": "S"}],
         "dialect": {"header": True, "headerRows": [1], "headerJoin": " ", "headerCase": True, "commentChar": "#",
                     "commentRows": [2], "skipBlankRows": False, "csv": {"delimiter": ";"}},
         "schema": SCHEMA},
        {"name": "s", "data": [{"a": 1}], "schema": SCHEMA},
    ],
}  # fmt: skip


def one(**properties: Any) -> dict[str, Any]:
    return {"resources": [{"name": "r", "path": "r.csv", **properties}]}


def package(**properties: Any) -> dict[str, Any]:
    return {**one(), **properties}


CASES: tuple[dict[str, Any], ...] = (
    one(),
    one(path=["a.csv", "b.csv"]),
    one(path=["a.csv"], extrapaths=["b.csv"]),
    one(extrapaths=[5]),
    one(path="https://a.fr/a.csv"),
    one(path=""),
    one(path=None),
    one(path=None, data=[]),
    one(data=None),
    one(data=[[1]]),
    {"resources": [{"name": "r", "data": {"a": 1}}]},
    {"resources": [{"name": "r", "url": "https://a.fr/b.csv"}]},
    {"resources": [{"name": "r"}]},
    {"resources": [{"path": "a.csv"}]},
    {"resources": [{"name": "r", "path": "a"}, {"name": "r", "path": "b"}]},
    {"resources": [{"name": "r", "path": "a"}, {"name": "s", "path": "a"}]},
    {},
    {"resources": None},
    {"resources": {}},
    one(name="Majuscule"),
    one(name="a b"),
    {"$schema": V2, **one(name="Majuscule é")},
    {"$schema": V2, **package(name="Majuscule é")},
    package(name="Majuscule"),
    package(name=None),
    {"$schema": "https://a.fr/profil.json", **one(name="É")},
    {"$schema": 5, **one()},
    {"$schema": "http://[", **one()},
    one(type="table"),
    one(type="file"),
    one(type="json"),
    one(type="text"),
    one(type="tableau"),
    one(type=""),
    package(type="x"),
    one(profile="tabular-data-resource"),
    one(profile="tabular-data-resource", schema={"fields": []}),
    one(profile="data-resource"),
    package(profile="data-package"),
    package(profile="tabular-data-package"),
    {"profile": "tabular-data-package", **one(profile="tabular-data-resource", schema={"fields": []})},
    one(schema={"fields": [{"name": "a", "type": "x"}]}),
    one(schema={"fields": 5}),
    one(schema=SCHEMA),
    {"$schema": V2, **one(schema=SCHEMA)},
    one(schema={"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", **SCHEMA}),
    one(missingValues=[""]),
    package(missingValues=[""]),
    package(fields=[]),
    package(created="2026-01-01"),
    package(created="2026-01-01T00:00:00Z"),
    package(created="2026-01-01T00:00:00+02:00"),
    package(created=""),
    package(licenses=[{}]),
    package(licenses=[{"path": "x"}]),
    package(licenses=[]),
    package(contributors=[{"email": "x"}]),
    package(contributors=[{"email": "a@b.fr"}]),
    package(sources=[{"email": "x"}]),
    one(sources=[{"email": "x"}]),
    one(contributors=[{"title": "x"}]),
    one(dialect={"delimiter": ";"}),
    one(dialect={"delimiter": None}),
    one(dialect={"delimiter": 5}),
    one(dialect={"csv": {"delimiter": ";", "quoteChar": "'"}}),
    one(dialect={"csv": {"delimiter": 5}}),
    one(dialect={"header": "x"}),
    one(dialect={"headerRows": 1}),
    one(dialect={"csvddfVersion": 1.2}),
    one(hash="abc"),
    one(hash="sha1:abc"),
    one(hash=5),
    one(bytes=5.0),
    one(bytes="5"),
    one(custom=1),
)  # fmt: skip

DIFFERENCES: tuple[tuple[str, dict[str, Any], bool], ...] = (
    ("the standard wants one resource at least", {"resources": []}, False),
    ("a delimiter of two characters cannot be read", one(dialect={"delimiter": ";;"}), False),
    ("rows are numbers", one(dialect={"headerRows": ["1"]}), False),
    ("sheets are read by their v2 names", one(dialect={"sheetName": 5}), False),
    ("an unknown format of dialect is left alone", one(dialect={"inconnu": {"a": 1}}), True),
    ("a custom profile is not fetched", package(profile="absent.json"), True),
)  # fmt: skip
"""Where we differ: the reason, a descriptor, and our verdict."""


R = ("resources", 0)
NOT_A_ROW = tuple(each for each in JSON_VALUES if each != 5)
UNREADABLE = NOT_A_ROW
BOUND = ("schema", "fields", 0, "constraints", "exclusiveMinimum")
STRICTER: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {
    ("resources",): ("one resource at least", ([],)),
    (*R, "bytes"): ("a size is a number", (None, "", [], {})),
    (*R, "dialect"): ("the file must exist", ("a",)),
    (*R, "dialect", "commentRows"): ("rows are numbers", (["a"],)),
    (*R, "dialect", "commentRows", 0): ("rows are numbers", NOT_A_ROW),
    (*R, "dialect", "csv"): ("an object", (None, True, 5, 1.5, "", "a", [], ["a"], [5])),
    (*R, "dialect", "csv", "delimiter"): ("one character", ("",)),
    (*R, "dialect", "headerRows"): ("rows are numbers", (["a"],)),
    (*R, "dialect", "headerRows", 0): ("rows are numbers", NOT_A_ROW),
    (*R, "schema"): ("the file must exist", ("a",)),
    (*R, *BOUND): ("no cell can be compared with it", UNREADABLE),
    ("resources", 1, "schema"): ("the file must exist", ("a",)),
    ("resources", 1, *BOUND): ("no cell can be compared with it", UNREADABLE),
}
"""Values that we alone refuse, by their place in BASE, and why."""


def ours(descriptor: Any) -> str | None:
    try:
        parse_package(copy.deepcopy(descriptor), Path("datapackage.json"))
    except TerritoError as error:
        return str(error)
    return None


def theirs(descriptor: Any) -> str | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            frictionless.Package.from_descriptor(copy.deepcopy(descriptor))
        except Exception as error:  # noqa: BLE001 - a crash is a refusal too
            return f"{type(error).__name__}: {error}"
    return None


@pytest.mark.parametrize("descriptor", CASES, ids=lambda each: json.dumps(each)[:80])
def test_cases(descriptor: dict[str, Any]) -> None:
    assert (ours(descriptor) is None) is (theirs(descriptor) is None), ours(descriptor) or theirs(
        descriptor
    )


@pytest.mark.parametrize(("reason", "descriptor", "accepted"), DIFFERENCES)
def test_differences(reason: str, descriptor: dict[str, Any], accepted: bool) -> None:
    assert reason
    assert (ours(descriptor) is None) is accepted
    assert (theirs(descriptor) is None) is not accepted


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*at, name)
            yield from places(each, (*at, name))


def with_change(place: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(BASE)
    owner = changed
    for step in place[:-1]:
        owner = owner[step]
    if value is ...:
        del owner[place[-1]]
    else:
        owner[place[-1]] = value
    return changed


@pytest.mark.parametrize("place", list(places(BASE)), ids=lambda each: "-".join(map(str, each)))
def test_every_json_type_everywhere(place: tuple[Any, ...]) -> None:
    for value in (..., *JSON_VALUES):
        changed = with_change(place, value)
        mine, other = ours(changed), theirs(changed)
        if mine is not None and value in STRICTER.get(place, ("", ()))[1]:
            continue
        assert (mine is None) is (other is None), (value, mine, other)
