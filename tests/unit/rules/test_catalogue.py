"""The catalogue is complete, and each of its sentences reads well in both languages."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from territo_opendata.findings import Finding
from territo_opendata.language import LANGUAGES, Text
from territo_opendata.rules import RULES, rule
from territo_opendata.rules.catalogue import render_list, render_markdown, render_rule
from territo_opendata.rules.model import Rule
from tests.unit.rules.cases import CASES, Case

ROOT = Path(__file__).parents[3]
ALL = list(RULES.values())
TO_STEWARDS = [each for each in ALL if not each.code.startswith("schema-")]
LONGEST = 240
HOSTILE = "\x1b[31m\r\nA\u202eB\u200b{0}{field}[x|y]%s"

by_code = pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
by_rule = pytest.mark.parametrize("each", ALL, ids=lambda each: each.code)
in_both = pytest.mark.parametrize("language", LANGUAGES)


def texts(each: Rule) -> dict[str, Text]:
    said = {
        name: getattr(each, name)
        for name in ("title", "message", "remedy", "cause", "example", "false_alarm")
    }
    return {name: text for name, text in said.items() if text}


def test_every_code_once() -> None:
    assert [case.code for case in CASES if Counter(c.code for c in CASES)[case.code] > 1] == []
    assert sorted(RULES) == sorted(case.code for case in CASES)


def test_no_code_is_hidden_by_a_later_one() -> None:
    from territo_opendata.rules import catalogue

    assert len(RULES) == sum(len(rules) for _, rules in catalogue.FAMILIES)


@by_code
def test_severity_and_frictionless_type(case: Case) -> None:
    each = rule(case.code)
    assert (each.severity, each.frictionless_type) == (case.severity, case.frictionless_type)


@by_rule
def test_code_is_kebab_case(each: Rule) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", each.code)


@by_code
@in_both
def test_sentence_is_whole_with_lifelike_facts(case: Case, language: str) -> None:
    said = rule(case.code).word(language, case.facts)
    assert "…" not in said
    assert not re.search(r"[{}\[\]|]", _without_facts(said, case))
    assert len(said) <= LONGEST


def _without_facts(said: str, case: Case) -> str:
    for fact in case.facts.values():
        for shown in fact if isinstance(fact, list) else [fact]:
            said = said.replace(str(shown), "")
    return said


@by_code
@in_both
def test_sentence_names_what_is_wrong(case: Case, language: str) -> None:
    said = rule(case.code).word(language, case.facts)
    for name in ("value", "field", "label", "path", "property", "name"):
        fact = case.facts.get(name)
        template = rule(case.code).message.say(language)
        if fact and f"{{{name}}}" in template:
            assert fact.strip() in said  # a space at the edge is shown by a sign
    if case.facts.get("value"):
        assert "{value" in rule(case.code).message.say(language)


@by_rule
@in_both
def test_remedy_reads_without_facts(each: Rule, language: str) -> None:
    said = each.advise(language)
    assert said.endswith(".")
    assert not re.search(r"[…{}\[\]|]|  |\s[.,]|«\s*»|“”", said)


@by_rule
@in_both
def test_message_survives_missing_facts(each: Rule, language: str) -> None:
    said = each.word(language, {})
    assert not re.search(r"[{}\[\]|]|  | [.,]", said)


@by_rule
@in_both
def test_sentences_are_sentences(each: Rule, language: str) -> None:
    for name, text in texts(each).items():
        said = text.say(language)
        assert said == said.strip()
        assert said
        assert said.endswith(".") == (name not in ("title", "example")), said
        if name != "example":
            assert said[0].isupper() or said[0] in "[«“{", said


@by_rule
def test_french_and_english_differ(each: Rule) -> None:
    for name, text in texts(each).items():
        if name not in ("title", "example"):
            assert text.fr != text.en


@by_rule
def test_both_languages_use_the_same_facts(each: Rule) -> None:
    for text in (each.message, each.remedy):
        names = [sorted(set(re.findall(r"\{(\w+)", said))) for said in (text.fr, text.en)]
        assert names[0] == names[1]


@by_rule
def test_french_typography(each: Rule) -> None:
    for name, text in texts(each).items():
        said = re.sub(r"\{[^}]*\}", "X", text.fr)
        assert "'" not in said
        assert not re.search(r"(?<=[\wÀ-ÿ»)X])[;!?»](?!\w)", said), "no space before"
        assert not re.search(r" [:;!?»%€]", said), "a breaking space before"
        assert not re.search(r"«(?!\u00a0)", said), "no no-break space after «"
        assert said.count("«") == said.count("»")
        if name != "example":
            assert '"' not in said.replace('(")', "").replace('("")', "")


@by_rule
def test_english_typography(each: Rule) -> None:
    for name, text in texts(each).items():
        assert not re.search(r"[«»\u00a0]| [:;!?]", text.en), text.en
        assert text.en.count("“") == text.en.count("”")
        if name != "example":
            assert '"' not in text.en.replace('(")', "").replace('("")', "")


@pytest.mark.parametrize("each", TO_STEWARDS, ids=lambda each: each.code)
def test_no_jargon(each: Rule) -> None:
    said = " ".join(text.fr + " " + text.en for text in texts(each).values()).lower()
    words = set(re.findall(r"[a-zà-ÿ]+", said.replace("datapackage.json", "")))
    jargon = {"regex", "json", "null", "string", "foreign", "regexp", "parser", "cast", "float"}
    assert words & jargon <= ({"null"} if each.code == "nul-character" else set())


@by_code
@in_both
def test_hostile_facts_are_neutralised(case: Case, language: str) -> None:
    hostile = {name: HOSTILE for name, fact in case.facts.items() if isinstance(fact, str)}
    listed = {name: [HOSTILE] for name, fact in case.facts.items() if isinstance(fact, list)}
    said = Finding(case.code, facts={**case.facts, **hostile, **listed}).message(language)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]", said)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("fr", "Correction automatique : à confirmer"),
        ("en", "Automatic fix: to be confirmed"),
    ],
)
def test_rule_page(path: str, expected: str) -> None:
    page = render_rule(rule("siret-siren"), path).replace("\u00a0", " ")
    assert page.startswith("siret-siren — SIREN ")
    assert expected in page.replace("\n  ", " ")
    assert "--accept siret-siren" in page.replace("\n  ", " ")


@by_rule
@in_both
def test_rule_page_fits_a_terminal(each: Rule, language: str) -> None:
    page = render_rule(each, language)
    assert max(map(len, page.splitlines())) <= 88
    assert "{" not in page or each.code in {"type-geojson", "type-object", "json-schema"} | {
        code for code in RULES if code.startswith("schema-pattern")
    }


@in_both
def test_list_and_page_name_every_code(language: str) -> None:
    listed = [line.split()[0] for line in render_list(language).splitlines() if line[:2] == "  "]
    headings = re.findall(r"^### (.+)$", render_markdown(language), re.MULTILINE)
    assert listed == headings == list(RULES)


def test_documentation_page_is_fresh() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "rules_docs.py"), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
