"""Each kind of difference: found, classed by the recipe, worded, and shown safely."""

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest

from territo_opendata.compare import (
    FileSide,
    Level,
    changelog_entry,
    comparison_level,
    describe_comparison,
    render_record,
)
from territo_opendata.compare.kinds import KINDS
from territo_opendata.errors import RemoteError, UsageError
from territo_opendata.language import LANGUAGES
from tests.unit.compare.sides import (
    FIELDS,
    SCHEMA,
    TEXT,
    compare,
    compare_texts,
    field,
    package,
    schema,
    table,
)

RECORD = json.loads(
    (Path(__file__).parents[3] / "territo_opendata/compare/comparison.schema.json").read_text()
)
DAY = dt.date(2026, 11, 22)
REFERENCE = {"fields": ["nom"], "reference": {"resource": "villes", "fields": ["nom"]}}
VILLES = {"fields": [{"name": "nom", "type": "string"}], "primaryKey": ["nom"]}
MORE = [*FIELDS, {"name": "note", "type": "string"}]


def described(old, new):
    """Return two packages whose one table differs by its schema alone."""
    return package(table("t", TEXT, old)), package(table("t", TEXT, new))


def changed(text):
    return package(table("t", TEXT, SCHEMA)), package(table("t", text, SCHEMA))


def bounded(**constraints):
    return schema(fields=field("montant", constraints=constraints))


def referring(text, cities, **more):
    """Return a package whose table `t` refers to its table `villes`."""
    t = table("t", text, schema(foreignKeys=[REFERENCE]))
    return package(t, table("villes", f"nom\n{cities}\n", VILLES), **more)


CASES = {
    "nothing": ((package(table("t")), package(table("t"))), {}),
    "other order of rows": (changed("id,nom,montant\nb,Paris,2\na,Lyon,1.5\n"), {}),
    "other line ends": (changed(TEXT.replace("\n", "\r\n")), {}),
    "other path and format": (
        (package(table("t", path="a.csv", format="csv")), package(table("t", path="b.csv"))),
        {},
    ),
    "package renamed": ((package(name="a"), package(name="b")), {"package-renamed": None}),
    "package id": ((package(id="a"), package(id="b")), {"package-id": None}),
    "title": ((package(title="a"), package(title="b")), {"metadata": None}),
    "licence": ((package(licenses=[]), package(licenses=[{"name": "x"}])), {"metadata": None}),
    "version alone": ((package(version="1.0.0"), package(version="2.0.0")), {}),
    "table title": (
        (package(table("t", title="a")), package(table("t", title="b"))),
        {"metadata": None},
    ),
    "table added": ((package(), package(table("t"))), {"table-added": None}),
    "table removed": ((package(table("t")), package()), {"table-removed": None}),
    "table renamed, same bytes": (
        (package(table("t")), package(table("u"))),
        {"table-renamed": None},
    ),
    "table renamed and said so": (
        (package(table("t", TEXT)), package(table("u", TEXT + "c,Nice,3\n", previousName="t"))),
        {"table-renamed": None, "rows-added": None},
    ),
    "file added": (
        (package(), package(files=[FileSide("f", {}, lambda _: "1")])),
        {"file-added": None},
    ),
    "file changed": (
        (
            package(files=[FileSide("f", {}, lambda _: "1")]),
            package(files=[FileSide("f", {}, lambda _: "2")]),
        ),
        {"file-changed": None},
    ),
    "field added": (
        (
            package(table("t", TEXT, SCHEMA)),
            package(
                table("t", "id,nom,montant,note\na,Lyon,1.5,\nb,Paris,2,\n", schema(fields=MORE))
            ),
        ),
        {"field-added": None},
    ),
    "field removed": (described(schema(fields=MORE), SCHEMA), {"field-removed": None}),
    "fields reordered": (
        described(SCHEMA, schema(fields=FIELDS[::-1])),
        {"fields-reordered": None},
    ),
    "type": (
        described(SCHEMA, schema(fields=field("montant", type="string"))),
        {"field-type": None},
    ),
    "format": (
        described(SCHEMA, schema(fields=field("nom", format="email"))),
        {"field-format": None},
    ),
    "decimal mark": (
        described(SCHEMA, schema(fields=field("montant", decimalChar=","))),
        {"field-notation": None},
    ),
    "missing values": (
        described(SCHEMA, schema(missingValues=["", "-"])),
        {"field-notation": None},
    ),
    "field described": (
        described(SCHEMA, schema(fields=field("nom", description="Le nom"))),
        {"field-described": None},
    ),
    "bound lowered": (
        described(bounded(minimum=0), bounded(minimum=-1)),
        {"constraint-looser": None},
    ),
    "bound raised": (
        described(bounded(minimum=0), bounded(minimum=1)),
        {"constraint-stricter": None},
    ),
    "key added": (
        described({"fields": FIELDS}, SCHEMA),
        {"constraint-stricter": None},
    ),
    "key removed": (described(SCHEMA, {"fields": FIELDS}), {"constraint-looser": None}),
    "reference added": (
        described(SCHEMA, schema(foreignKeys=[REFERENCE])),
        {"constraint-stricter": None},
    ),
    "reference updated": (
        described(
            schema(foreignKeys=[REFERENCE]),
            schema(foreignKeys=[{**REFERENCE, "reference": {"resource": "", "fields": ["nom"]}}]),
        ),
        {"reference-updated": None},
    ),
    "row added": (changed(TEXT + "c,Nice,3\n"), {"rows-added": 1}),
    "row removed": (changed("id,nom,montant\na,Lyon,1.5\n"), {"rows-removed": 1}),
    "cell changed": (changed(TEXT.replace("Lyon", "Lyons")), {"cells-changed": 1}),
    "cell written otherwise": (changed(TEXT.replace("1.5", "1.50")), {"cells-rewritten": 1}),
    "cell emptied": (changed(TEXT.replace(",2\n", ",\n")), {"cells-changed": 1}),
    "cell in excess": (changed(TEXT.replace("1.5", "1.5,x")), {"cells-changed": 1}),
    "referenced row removed": (
        (referring(TEXT, "Lyon\nParis\nNice"), referring(TEXT, "Lyon\nParis")),
        {"referenced-rows-removed": 1},
    ),
    "cell follows its reference": (
        (
            referring(TEXT, "Lyon\nParis"),
            referring(TEXT.replace("Lyon", "Brest"), "Lyon\nParis\nBrest"),
        ),
        {"rows-added": 1, "cells-follow-reference": 1},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_difference_is_found(name: str) -> None:
    sides, expected = CASES[name]
    found = compare(*sides)
    assert {each.kind: each.count for each in found.all_changes()} == {
        kind: each.count if (each := _of(found, kind)) and count is None else count
        for kind, count in expected.items()
    }
    assert found.equal == (not expected)
    assert not found.skipped
    wanted = max((KINDS[kind].level for kind in expected), default=Level.NONE)
    assert comparison_level(found) is wanted


def _of(found, kind):
    return next((each for each in found.all_changes() if each.kind == kind), None)


def test_every_kind_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs/comparaison.md").read_text("utf-8")
    for kind, meaning in KINDS.items():
        assert f"| `{kind}` | {meaning.level.name} |" in page, kind


def test_every_kind_has_a_case() -> None:
    """`file-removed` is the mirror of `file-added`."""
    cased = {kind for _, expected in CASES.values() for kind in expected}
    assert set(KINDS) - cased == {"file-removed"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_form_holds(name: str, language) -> None:
    found = compare(*CASES[name][0])
    jsonschema.Draft202012Validator(RECORD).validate(json.loads(render_record(found, language)))
    lines = describe_comparison(found, language)
    assert all("\n" not in line and "{}" not in line for line in lines)
    entry = changelog_entry(found, language, DAY)
    assert entry.count("\n- ") == len(list(found.all_changes()))
    for change in found.all_changes():
        assert any(KINDS[change.kind].reason.say(language) in line for line in lines)


def test_record_schema_is_one_and_refuses_other_things() -> None:
    jsonschema.Draft202012Validator.check_schema(RECORD)
    record = json.loads(render_record(compare(*CASES["row added"][0]), "fr"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(RECORD).validate({**record, "class": "major"})


def test_limit_caps_lists_and_never_counts() -> None:
    new = TEXT + "".join(f"n{number},x,1\n" for number in range(50))
    rows = compare_texts(TEXT, new, limit=3).tables[0].rows
    assert rows.added == 50
    assert [row.row for row in rows.added_rows] == [4, 5, 6]
    assert compare_texts(TEXT, new, limit=0).tables[0].rows.added == 50


def test_hostile_texts_cannot_escape() -> None:
    evil = "a\x1b[31m\u202e<script>alert(1)</script>[x](javascript:0)`"
    old = package(table("t", f"id,nom,montant\n{evil},Lyon,1\n", SCHEMA), title="x", name=evil)
    text = f'id,nom,montant\n{evil},"{evil}\n# Titre",1\n{evil}2,,\n'
    new = package(table("t", text, SCHEMA), title=f"\n## 9.9.9\n{evil}", name=evil, version=evil)
    found = compare(old, new)
    entry = changelog_entry(found, "fr", DAY)
    for text in (entry, "\n".join(describe_comparison(found, "fr"))):
        assert not set(text) & {"\x1b", "\u202e"}
    assert "<script" not in entry.replace("\\<", "")
    assert "](" not in entry.replace("\\]", "")
    assert entry.count("\n## ") == 0


def test_a_table_that_cannot_be_had_is_named() -> None:
    def fail():
        raise RemoteError("en panne", "down")

    side = table("t", TEXT + "c,,\n", SCHEMA)
    broken = type(side)(side.file, side.schema, side.written, fail)
    found = compare(package(table("t", TEXT, SCHEMA)), package(broken))
    assert [(each.what, each.reason.fr) for each in found.skipped] == [("t", "en panne")]
    assert json.loads(render_record(found, "fr"))["equal"] is False


def test_a_file_without_digest_is_not_called_the_same() -> None:
    old = package(files=[FileSide("f", {}, lambda _: None)])
    found = compare(old, package(files=[FileSide("f", {}, lambda _: "1")]))
    assert [each.what for each in found.skipped] == ["f"]
    assert found.equal


def test_key_of_the_user_pairs_rows() -> None:
    plain = {"fields": FIELDS}
    new = TEXT.replace("Lyon", "Nice")
    without = compare_texts(TEXT, new, plain).tables[0].rows
    assert (without.added, without.removed, without.changed) == (1, 1, 0)
    keyed = compare_texts(TEXT, new, plain, key=("id",)).tables[0].rows
    assert (keyed.added, keyed.removed, keyed.changed) == (0, 0, 1)
    with pytest.raises(UsageError):
        compare_texts(TEXT, new, plain, key=("ailleurs",))


def test_columns_of_no_schema_are_compared() -> None:
    found = compare(package(table("t", "a,b\n1,2\n")), package(table("t", "b,c\n2,3\n")))
    kinds = sorted((each.kind, each.field) for each in found.all_changes())
    assert kinds == [("field-added", "c"), ("field-removed", "a")]


def test_nothing_in_common_is_all_different() -> None:
    rows = compare(package(table("t", "a\n1\n2\n")), package(table("t", "b\n1\n"))).tables[0].rows
    assert (rows.added, rows.removed) == (1, 2)
