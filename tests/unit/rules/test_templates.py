"""How templates are filled in: quotes, counts, clauses, unknown and empty facts."""

from typing import Any

import pytest

from territo_opendata.language import Text
from territo_opendata.rules.model import Rule
from territo_opendata.rules.writing import Words, entry, text


def fill(template: str, language: str = "fr", **facts: Any) -> str:
    words = Words("T", template, "R.", "C.", "E")
    each: Rule = entry("a-code", "error", None, fr=words, en=words)
    return each.explain(language, facts).replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("template", "facts", "french", "english"),
    [
        ("{a}", {"a": "x"}, "x", "x"),
        ("{a:q}", {"a": "x"}, "«~x~»", "“x”"),
        ("{a:q}", {"a": ["x", 2]}, "«~x~», «~2~»", "“x”, “2”"),
        ("{a:q}", {"a": ["x", ""]}, "«~x~», (vide)", "“x”, (empty)"),
        ("{a}", {"a": ("x", "y")}, "x, y", "x, y"),
        ("{a}", {"a": list("abcdefghi")}, "a, b, c, d, e, f, g, h, …", "a, b, c, d, e, f, g, h, …"),
        ("{n:mot/mots}", {"n": 1}, "1~mot", "1~mot"),
        ("{n:mot/mots}", {"n": 0}, "0~mot", "0~mots"),
        ("{n:mot/mots}", {"n": 12345}, "12\u202f345~mots", "12,345~mots"),
        ("{n:mot/mots}", {"n": "2"}, "2 mots", "2 mots"),
        ("{n:mot/mots}", {}, "… mots", "… mots"),
        ("{c:A}{d:A}{e:A}", {"c": 1, "d": 26, "e": 27}, "AZAA", "AZAA"),
        ("{c:A}", {"c": 703}, "AAA", "AAA"),
        ("{o:op}", {"o": ">="}, "supérieure ou égale à", "greater than or equal to"),
        ("{o:op}", {"o": "~"}, "~", "~"),
        ("a[ {b}]", {"b": "x"}, "a x", "a x"),
        ("a[ {example}]", {"value": "x", "example": "y"}, "a y", "a y"),
        ("a[ {example}]", {"value": "x", "example": "x"}, "a", "a"),
        ("a[ {b}]", {"b": ""}, "a", "a"),
        ("a[ {b}]", {"b": None}, "a", "a"),
        ("a[ {b}]", {"b": []}, "a", "a"),
        ("a[ {b}]", {"b": 0}, "a 0", "a 0"),
        ("[{a} {b}|{a}|z]", {"a": "x", "b": "y"}, "x y", "x y"),
        ("[{a} {b}|{a}|z]", {"a": "x"}, "x", "x"),
        ("[{a} {b}|{a}|z]", {"b": "y"}, "z", "z"),
        ("{a} {a:q}", {}, "… …", "… …"),
        ("{a}", {"a": Text("un", "one")}, "un", "one"),
        ("{c:A}", {"c": "x"}, "x", "x"),
        ("a : {a}.", {"a": "b."}, "a~: b.", "a : b."),
        ("a {a}.", {"a": "b…"}, "a b….", "a b…."),
        ("{value}", {"value": ""}, "(vide)", "(empty)"),
        ("{value}", {"value": " x\u00a0"}, "␣x␣", "␣x␣"),
        ("{a}", {"a": "{b}[c|d]"}, "{b}[c|d]", "{b}[c|d]"),
        ("[{a}]", {"a": "[{b}|c]"}, "[{b}|c]", "[{b}|c]"),
    ],
)
def test_fill(template: str, facts: dict[str, Any], french: str, english: str) -> None:
    assert fill(template, "fr", **facts) == french
    assert fill(template, "en", **facts) == english


def test_long_facts_are_cut() -> None:
    assert len(fill("{a}", a="x" * 500)) == 80
    assert len(fill("{a}", a=["x" * 500])) == 40


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("« a » : b ; c ? d !", "«~a~»~: b~; c~? d~!"),
        ("50 % de 14 948 €", "50~% de 14~948~€"),
        ("[ : {a}]", "[~: {a}]"),
        ("12:30", "12:30"),
    ],
)
def test_french_spaces(written: str, set_: str) -> None:
    assert text(written, written).fr.replace("\u00a0", "~") == set_
    assert text(written, written).en == written
