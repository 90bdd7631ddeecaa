"""Every renderer on the same report: whole outputs compared, hostile texts neutralised."""

import csv
import dataclasses
import io
import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

from territo_opendata.findings import Finding, Report, TableReport
from territo_opendata.language import LANGUAGES, Language
from territo_opendata.patterns.wording import describe
from territo_opendata.report import RENDERERS
from territo_opendata.report.github import render_summary
from territo_opendata.report.json_report import to_dict
from territo_opendata.report.terminal import render_terminal
from territo_opendata.report.words import verdict
from tests.unit.report.reports import REPORT

GOLDEN = Path(__file__).parents[2] / "golden"
SCHEMA = json.loads(
    (Path(__file__).parents[3] / "territo_opendata/report/report.schema.json").read_text("utf-8")
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_output_is_the_golden_one(form: str, language: Language) -> None:
    made = RENDERERS[form](REPORT, language)
    path = GOLDEN / f"report.{language}.{form}"
    if os.environ.get("TERRITO_WRITE_GOLDEN"):
        path.write_bytes(made.encode())
    assert made == path.read_bytes().decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_hostile_cells_cannot_escape(form: str, language: Language) -> None:
    made = RENDERERS[form](REPORT, language)
    assert not set(made) & {"\x1b", "\u202e", "\udcff"} or form == "json"
    made.encode("utf-8")
    assert "\n::set-env" not in made


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_follows_its_schema(language: Language) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(
        json.loads(RENDERERS["json"](REPORT, language))
    )
    empty = to_dict(Report(()), language)
    jsonschema.Draft202012Validator(SCHEMA).validate(empty)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate({**empty, "valid": False})


@pytest.mark.parametrize("width", [60, 80, 140])
def test_terminal_lines_fit(width: int) -> None:
    for line in render_terminal(REPORT, "fr", width=width).splitlines():
        assert len(line) <= width


def test_colours_only_when_asked() -> None:
    assert "\x1b[" in render_terminal(REPORT, "fr", color=True)
    assert "\x1b[" not in render_terminal(REPORT, "fr", color=False)


def test_header_echoes_are_folded_under_their_cause() -> None:
    shown = render_terminal(REPORT, "fr")
    assert "column-renamed" in shown
    assert "incorrect-label" not in shown


@pytest.mark.parametrize(
    ("errors", "skipped", "fr"),
    [
        (0, False, "Valide : 1 table, 12 345 lignes."),
        (1, False, "Invalide : 1 erreur."),
        (1, True, "Invalide : 1 erreur."),
        (0, True, "Vérification incomplète"),
    ],
)
def test_verdict_sentence(errors: int, skipped: bool, fr: str) -> None:
    table: TableReport = dataclasses.replace(REPORT.tables[0], errors=errors)
    report = Report((table,), REPORT.skipped if skipped else ())
    assert verdict(report, "fr").replace("\u202f", " ").replace("\u00a0", " ").startswith(fr)


def test_gitlab_issues_have_what_the_service_asks_for() -> None:
    """Required properties of https://docs.gitlab.com/ci/testing/code_quality/."""
    issues = json.loads(RENDERERS["gitlab"](REPORT, "en"))
    for issue in issues:
        assert set(issue) >= {"description", "check_name", "fingerprint", "location", "severity"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 1


def test_a_cell_cannot_become_a_formula() -> None:
    table = dataclasses.replace(
        REPORT.tables[0],
        findings=tuple(
            Finding("pattern", "aides", 2, 2, 1, "code", value)
            for value in ("=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "plain")
        ),
    )
    read = csv.DictReader(
        io.StringIO(RENDERERS["csv"](Report((table,)), "en").removeprefix("\ufeff"))
    )
    values = [row["value"] for row in read if row["code"] == "pattern"]
    assert values == ["'=1+1", "'+33", "'-2", "'@SUM(A1)", "'⇥=1", "plain"]


def test_markdown_of_the_summary_is_inert() -> None:
    table = dataclasses.replace(
        REPORT.tables[0], name="<img src=x> [a](http://x) @team `x` |\n## b"
    )
    made = render_summary(Report((table,)), "en")
    row = next(line for line in made.splitlines() if line.startswith("|&lt;img"))
    assert "<img" not in made
    assert "http://x" not in made
    assert "@team" not in made
    assert re.sub(r"\\\|", "", row).count("|") == 6


@pytest.mark.parametrize(("argument", "shown"), [(r"\d{14}", False), (r"(ab)+", True)])
def test_an_expression_is_shown_only_where_no_words_replace_it(argument: str, shown: bool) -> None:
    facts = {"form": describe(argument)}
    finding = Finding("pattern", "aides", 4, 5, 1, "code", "x", facts=facts, argument=argument)
    table = dataclasses.replace(REPORT.tables[0], findings=(finding,))
    made = render_terminal(Report((table,)), "fr")
    assert (argument in made) is shown
    assert ("14 chiffres" in made) is not shown
    assert (
        to_dict(Report((table,)), "fr")["tables"][0]["findings"][0]["rule"]["argument"] == argument
    )
