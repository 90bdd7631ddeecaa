"""The pages of a release."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from territo_opendata.build import build_release
from territo_opendata.build.site import attribution, site_pages
from territo_opendata.build.site.programmes import page_name
from territo_opendata.release.history import of_version, read_history
from territo_opendata.release.pages import (
    french_date,
    french_day,
    french_figure,
    french_number,
    french_prose,
    french_size,
)
from tests.publish.packages import make_release, proof, write_package
from tests.unit.build.programmes import ATTACK, HOSTILE_IDS, TABLES, long_tables

LARGEST = 300_000


class Page(HTMLParser):
    """Collects what the page links to and asserts that it is well nested."""

    VOID = ("meta", "br", "link", "input")

    def __init__(self, text):
        super().__init__()
        self.open, self.links, self.ids, self.tags, self.text = [], [], [], set(), ""
        self.active = False
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        values = dict(attrs)
        self.active |= any(each == "style" or each.startswith("on") for each in values)
        self.links += [values[each] for each in ("href", "src") if each in values]
        self.ids += [values["id"]] if "id" in values else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data):
        self.text += data


DATA = re.compile('<script type="application/ld\\+json">(.*?)</script>', re.DOTALL)
SCRIPT = re.compile("<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("page"), "1.0.0", "a")


@pytest.fixture(scope="module")
def programmes(tmp_path_factory):
    """A release that holds our own tables, with hostile cells in them."""
    folder = tmp_path_factory.mktemp("programmes")
    package = write_package(folder, tables=TABLES)
    return build_release(package, proof(package)).release


@pytest.fixture(scope="module", params=["release", "programmes"])
def pages(request):
    """All pages of a release by path."""
    folder = request.getfixturevalue(request.param).path
    return {
        each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8")
        for each in folder.rglob("*.html")
    }


@pytest.fixture(scope="module")
def html(release):
    return (release.path / "index.html").read_text(encoding="utf-8")


def test_pages_are_well_formed_french_and_small(pages):
    for path, text in pages.items():
        page = Page(text)
        assert '<html lang="fr">' in text, path
        assert len(page.ids) == len(set(page.ids)), path
        assert len(text.encode()) < LARGEST, path
        assert text.count("<h1>") == 1, path


def test_every_link_leads_somewhere(pages, request):
    name = "programmes" if any(each.startswith("programmes/") for each in pages) else "release"
    folder = request.getfixturevalue(name).path
    ids = {path: Page(text).ids for path, text in pages.items()}
    for path, text in pages.items():
        for link in Page(text).links:
            if link.startswith(("http", "data:,")):
                continue
            parts = urlsplit(link)
            target = (folder / path).parent / unquote(parts.path) if parts.path else folder / path
            found = target.resolve()
            assert found.is_file(), (path, link)
            there = found.relative_to(folder.resolve()).as_posix()
            if parts.fragment:
                assert parts.fragment in ids[there], (path, link)


def test_every_page_can_be_reached_in_one_click(pages):
    front = {urlsplit(each).path for each in Page(pages["index.html"]).links}
    assert set(pages) - {"index.html"} <= front


def test_they_ask_nothing_of_anybody(pages):
    for path, text in pages.items():
        page = Page(SCRIPT.sub("", DATA.sub("", text)))
        assert not page.tags & {"script", "img", "iframe", "object", "form", "video", "audio"}
        assert not re.search(r"url\(|@import|@font-face", text), path
        assert 'rel="icon" href="data:,"' in text


def test_their_policy_allows_their_own_style_and_script_only(pages):
    for path, text in pages.items():
        policy = re.search('Content-Security-Policy" content="([^"]*)"', text)[1]
        assert policy.startswith(("default-src 'none'; ", "default-src &#39;none&#39;; "))
        for found in (*STYLE.findall(text), *SCRIPT.findall(text)):
            digest = base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
            assert digest in policy.replace("&#43;", "+").replace("&#61;", "="), path
        assert not Page(text).active, path


def test_the_filter_is_an_addition(programmes):
    """Without a script the list is whole and the field is not shown."""
    front = (programmes.path / "index.html").read_text(encoding="utf-8")
    assert re.search('id="recherche"[^>]* hidden>', front)
    assert front.count("<li data-words=") == 4
    assert "<noscript" not in front
    assert len(SCRIPT.findall(front)) == 1


def test_it_says_what_a_reuser_needs(html, release):
    page = Page(html)
    for each in (
        "Données d’essai",
        "Ville d’Essai",
        "Licence Ouverte 2.0",
        "22\u00a0novembre 2026",
        "territo verify",
        "sha256sum -c SHA256SUMS",
        "pandas.read_parquet",
        "CITATION.cff",
        french_prose(attribution(release.descriptor)),
    ):
        assert each in page.text, each


def test_the_page_of_a_table_documents_and_shows_it(release):
    page = Page((release.path / "tables/mesures.html").read_text(encoding="utf-8"))
    for each in ("Mesures", "obligatoire", "01004", "année", "1234567.50", "renvoie à communes"):
        assert each in page.text or each == "obligatoire", each
    towns = Page((release.path / "tables/communes.html").read_text(encoding="utf-8"))
    for each in (
        "Nom <officiel> & complet",
        "obligatoire",
        "Saint-Omer⏎(Pas-de-Calais)",
        "mesures",
    ):
        assert each in towns.text, each
    assert {"../communes.csv", "../communes.parquet", "mesures.html"} <= set(towns.links)


def test_the_page_of_a_programme_joins_its_tables(programmes):
    page = Page((programmes.path / "programmes/coeur.html").read_text(encoding="utf-8"))
    for each in (
        "Cœur de ville",
        "5\u202f000\u202f000\u00a0€",
        "2018–2020, sur 3\u00a0ans",
        "mars 2018",
        "Banque publique",
        "coordinateur",
        "Saint-Omer (62765)",
        "environ 8\u202f500 villes",
        "1er\u00a0mars 2019",
        "Rapport annuel",
    ):
        assert each in page.text, each
    assert "https://example.org/rapport" in page.links
    assert "#source-s1" in page.links
    assert "source-s1" in page.ids


def test_the_front_page_draws_amounts_and_territories_and_says_them_in_words(programmes):
    front = (programmes.path / "index.html").read_text(encoding="utf-8")
    page = Page(front)
    assert front.count('class="bar"') == 2
    assert front.count('class="dep few"') == 1
    for each in ("5\u00a0M€", "1,3\u00a0k€", "Pas-de-Calais (62)", "Saint-Omer (62765)"):
        assert each in page.text, each
    assert "CC BY 4.0" in page.text


def test_another_package_has_no_page_of_programmes(release):
    assert not (release.path / "programmes").exists()
    assert not Page((release.path / "index.html").read_text(encoding="utf-8")).tags & {"svg"}


def test_hostile_cells_stay_text_and_name_no_file(programmes):
    made = {each.name for each in (programmes.path / "programmes").iterdir()}
    assert made == {"coeur.html", *(f"{page_name(each)}.html" for each in HOSTILE_IDS)}
    for path in programmes.path.rglob("*.html"):
        text = SCRIPT.sub("", DATA.sub("", path.read_text(encoding="utf-8")))
        assert "<script" not in text
        assert "<img" not in text
        assert all("javascript:" not in each for each in Page(text).links)
        assert "\u202e" not in text
    assert any(
        ATTACK in Page(each.read_text("utf-8")).text for each in programmes.path.rglob("*.html")
    )


def test_pages_stay_small_however_long_the_tables(tmp_path):
    package = write_package(tmp_path, tables=long_tables(700))
    release = build_release(package, proof(package)).release
    sizes = {each.path: each.bytes for each in release.files if each.path.endswith(".html")}
    assert len(sizes) == 702 + len(long_tables(1))
    assert max(sizes.values()) < LARGEST, max(sizes, key=sizes.get)
    front = Page((release.path / "index.html").read_text(encoding="utf-8")).text
    assert "Les 500 premiers sur 700" in front
    assert "700 territoires" in front
    assert "Les 100 premiers montants sur 700" in front


@pytest.mark.parametrize(
    ("programme_id", "name"),
    [("npnru", "npnru"), ("a-1", "a-1"), ("Npnru", None), ("..", None), ("con", None), ("", None)],
)
def test_only_a_slug_names_a_page(programme_id, name):
    found = page_name(programme_id)
    assert found == name or (name is None and re.fullmatch("p--[0-9a-f]{16}", found))


@pytest.mark.parametrize("field", ["title", "description", "homepage", "version"])
def test_hostile_text_stays_text(release, field):
    attack = '"><script>alert(1)</script>'
    descriptor = {**release.descriptor, field: attack}
    for path, content in site_pages(release.path, descriptor, attack):
        text = content.decode()
        data = DATA.findall(text)
        assert len(data) == (path == "index.html")
        assert "<" not in "".join(data)
        assert "<script" not in SCRIPT.sub("", DATA.sub("", text))
        if data:
            said = " ".join(str(each) for each in json.loads(data[0]).values())
            assert attack in said or field == "homepage"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", " javascript:x"]
)
def test_only_web_addresses_become_links(release, address):
    licence = {"name": "x", "title": "X", "path": address}
    descriptor = {**release.descriptor, "licenses": [licence], "homepage": address}
    for _, content in site_pages(release.path, descriptor, ""):
        links = set(Page(content.decode()).links) - {"data:,"}
        assert all("script" not in each.lower() and "data:" not in each for each in links)


CHANGELOG = """# Journal

## Non publié

## Données 1.1.0 — 2026-11-22

### Ajouté

- Une table
  de plus, voir [la page](https://example.org/x).
- <b>Une autre</b>

Un mot.

## Outil 1.1.0-beta

- Rien

## 1.0.0
"""


def test_a_changelog_is_read_as_text():
    blocks = read_history(CHANGELOG)
    assert [each.kind for each in blocks[:4]] == ["heading", "heading", "heading", "heading"]
    found = of_version(blocks, "1.1.0")
    assert [(each.kind, each.lines) for each in found] == [
        ("heading", ("Ajouté",)),
        ("list", ("Une table de plus, voir la page.", "<b>Une autre</b>")),
        ("text", ("Un mot.",)),
    ]
    assert of_version(blocks, "1.1") == ()
    assert read_history("") == ()


def colours(block):
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_reaches_aa(html, dark):
    blocks = re.findall(r":root \{(.*?)\}", html, re.DOTALL)
    found = colours(blocks[1 if dark else 0])
    for ink in ("ink", "soft", "accent"):
        for ground in ("paper", "card", "tint"):
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
    assert contrast(found["ink"], found["code"]) >= 4.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018", "2018"),
        ("2018-03", "mars 2018"),
        ("2018-03-01", "1er\u00a0mars 2018"),
        ("2018-13", "2018-13"),
        ("demain", "demain"),
        ("", ""),
    ],
)
def test_partial_dates_are_in_words(text, said):
    assert french_date(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5000000", "5\u202f000\u202f000"),
        ("1234.50", "1\u202f234,50"),
        ("NaN", "NaN"),
        ("1e999999", "1e999999"),
        ("douze", "douze"),
    ],
)
def test_figures_are_grouped(text, said):
    assert french_figure(text) == said


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0\u00a0o"),
        (999, "999\u00a0o"),
        (1000, "1,0\u00a0ko"),
        (9940, "9,9\u00a0ko"),
        (178_000, "178\u00a0ko"),
        (999_600, "1,0\u00a0Mo"),
        (1_900_000, "1,9\u00a0Mo"),
        (5 * 10**15, "5\u202f000\u00a0To"),
    ],
)
def test_sizes_are_in_french(size, text):
    assert french_size(size) == text


def test_french_punctuation_keeps_to_its_word():
    assert french_prose("« a » : b ; c:d") == "«\u00a0a\u00a0»\u00a0: b\u00a0; c:d"


def test_numbers_and_days_are_in_french():
    import datetime as dt

    assert french_number(36397) == "36\u202f397"
    assert french_day(dt.datetime(2026, 8, 1, tzinfo=dt.UTC)) == "1er\u00a0août 2026"
