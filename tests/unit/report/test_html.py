"""The page of a report: well formed, closed in itself, inert whatever the cells hold."""

import base64
import dataclasses
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest

from territo_opendata.findings import Finding, Report, TableReport
from territo_opendata.language import LANGUAGES, Language
from territo_opendata.report.html import render_html
from tests.unit.report.reports import HOSTILE, REPORT

VOID = {"meta", "link", "br", "!doctype"}
ADDRESSES = {"href", "src", "srcset", "action", "data", "poster", "background", "cite"}


class Page(HTMLParser):
    """Checks that what is opened is closed, and keeps ids, links, tags and texts."""

    def __init__(self, given: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.described: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(given)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            elif name in ADDRESSES:
                self.links.append(value or "")
            elif name in ("aria-describedby", "aria-labelledby"):
                self.described.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(render_html(REPORT, request.param))


def test_links_stay_in_the_page_and_lead_somewhere(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    links = [link for link in page.links if link != "data:,"]
    assert links
    assert {link.removeprefix("#") for link in links} | set(page.described) <= set(page.ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_script_runs_which_closes_what_a_cell_says(language: Language) -> None:
    made = render_html(REPORT, language)
    (script,) = re.findall("<script>(.*?)</script>", made, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; img-src data:"
    assert f'content="{policy.format(digest)}"' in html.unescape(made)
    assert "Escape" in script
    assert made.count("<script") == 1


def test_nothing_is_fetched(page: Page) -> None:
    assert page.tags.isdisjoint({"img", "iframe", "object", "form", "base"})
    assert not any(name.startswith("on") for name in page.attributes)
    assert "http://" not in "".join(page.text)
    assert "url(" not in "".join(page.text)


def test_each_listed_finding_has_its_place(page: Page) -> None:
    # The echo of the renamed column is folded under its cause.
    assert {f"t1-{number}" for number in range(1, 5)} | {"t2-1"} <= set(page.ids)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Seuls les 5 premiers constats sur 7", "4 constats déjà connus", "Une note."]),
        ("en", ["Only the first 5 findings of 7", "4 known findings", "A note."]),
    ],
)
def test_caps_notes_and_what_is_accepted_are_said(language: Language, said: list[str]) -> None:
    text = "".join(Page(render_html(REPORT, language)).text)
    for each in said:
        assert each in text
    for code in ("incorrect-label × 1", "schema-unknown-property"):
        assert code in text
    assert {"fr": "cette table est introuvable", "en": "no such table"}[language] in text


def test_hostile_names_are_inert_everywhere() -> None:
    finding = Finding("pattern", HOSTILE, 2, 2, 1, HOSTILE, HOSTILE, argument=HOSTILE)
    table: TableReport = dataclasses.replace(
        REPORT.tables[0],
        name=HOSTILE,
        path=HOSTILE,
        schema=HOSTILE,
        fields=(HOSTILE,),
        labels=(HOSTILE,),
        findings=(finding,),
        counts={(HOSTILE, "pattern"): 1},
        by_code={"pattern": 1},
        samples={2: (HOSTILE,)},
    )
    made = render_html(Report((table,)), "fr")
    assert not set(made) & {"\x1b", "\u202e", "\udcff"}
    assert made.count("<script") == 1


def test_a_thousand_findings_stay_a_light_page() -> None:
    findings = tuple(
        Finding("type-number", "t", row, row, 2, "montant", f"{row} €") for row in range(2, 1002)
    )
    table = dataclasses.replace(
        REPORT.tables[1],
        findings=findings,
        by_code={"type-number": 123_456},
        counts={("montant", "type-number"): 123_456},
        errors=123_456,
        truncated=True,
        samples={row: ("a", f"{row} €") for row in range(2, 1002)},
    )
    made = render_html(Report((table,)), "fr")
    assert len(made.encode()) < 250_000
    text = "".join(Page(made).text)
    assert "Les 20 premières des 1\u202f000 lignes" in text
    assert "et 123\u202f451 de plus" in text


def test_what_is_said_of_several_lines_is_said_once() -> None:
    findings = tuple(
        Finding("type-number", "t", row, row, 2, "montant", value)
        for row, value in ((2, "a"), (3, "b"), (5, "a"))
    )
    table = dataclasses.replace(
        REPORT.tables[1], findings=findings, by_code={"type-number": 3}, errors=3
    )
    made = render_html(Report((table,)), "fr")
    listed = made[made.index('<table class="list">') :]
    assert '2 lignes : <a id="t1-1" href="#t1-1">2</a>, <a id="t1-3" href="#t1-3">5</a>' in (
        listed.replace("\u00a0", " ")
    )
    assert listed.count("Écrivez un nombre seul") == 1
    assert '<a href="#t1-1">Que faire\u00a0?</a>' in listed


def test_a_clean_table_says_so() -> None:
    table = dataclasses.replace(
        REPORT.tables[1], findings=(), by_code={}, counts={}, warnings=0, rows=3
    )
    assert "Rien à signaler." in "".join(Page(render_html(Report((table,)), "fr")).text)


def test_a_header_is_marked_where_it_is_wrong() -> None:
    table = dataclasses.replace(REPORT.tables[0], labels=("code", "Montant ?"))
    page = Page(render_html(Report((table,)), "fr"))
    assert "t1-h2" in page.described


@pytest.mark.parametrize(("path", "told"), [("a.csv", True), ("a.xlsx", False), ("A.ODS", False)])
def test_separators_are_told_of_text_files_alone(path: str, told: bool) -> None:
    table = dataclasses.replace(REPORT.tables[0], path=path)
    assert ("Écriture" in render_html(Report((table,)), "fr")) is told
