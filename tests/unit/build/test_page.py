"""The page of a release."""

import json
import re
from html.parser import HTMLParser

import pytest

from territo_opendata.build.page import attribution, render_page
from territo_opendata.release.pages import french_day, french_number, french_prose, french_size
from tests.publish.packages import make_release


class Page(HTMLParser):
    """Collects what the page links to and asserts that it is well nested."""

    VOID = ("meta", "br", "link")

    def __init__(self, text):
        super().__init__()
        self.open, self.links, self.ids, self.tags, self.text = [], [], [], set(), ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        values = dict(attrs)
        self.links += [values[each] for each in ("href", "src") if each in values]
        self.ids += [values["id"]] if "id" in values else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


DATA = re.compile('<script type="application/ld\\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return make_release(tmp_path_factory.mktemp("page"), "1.0.0", "a")


@pytest.fixture(scope="module")
def html(release):
    return (release.path / "index.html").read_text(encoding="utf-8")


def test_it_is_well_formed_french_and_links_to_what_is_there(html, release):
    page = Page(html)
    assert '<html lang="fr">' in html
    assert len(page.ids) == len(set(page.ids))
    local = [each for each in page.links if not each.startswith("http")]
    for link in local:
        if link.startswith("#"):
            assert link[1:] in page.ids
        else:
            assert (release.path / link).is_file()
    assert {"communes.csv", "communes.parquet", "mesures.csv", "essai.zip", "CHANGELOG.md"} <= set(
        local
    )


def test_it_asks_nothing_of_anybody(html):
    page = Page(DATA.sub("", html))
    assert not page.tags & {"script", "img", "iframe", "object", "link", "form", "video", "audio"}
    assert not re.search(r"url\(|@import|@font-face|\bon\w+=", html)


def test_it_says_what_a_reuser_needs(html, release):
    page = Page(html)
    for each in (
        "Données d’essai",
        "Ville d’Essai",
        "Licence Ouverte 2.0",
        "22\u00a0novembre 2026",
        "Nom <officiel> & complet",
        "obligatoire",
        "01004",
        french_prose(attribution(release.descriptor)),
        "année",
    ):
        assert each in page.text


@pytest.mark.parametrize("field", ["title", "description", "homepage", "version"])
def test_hostile_text_stays_text(release, field):
    attack = '"><script>alert(1)</script>'
    page = render_page({**release.descriptor, field: attack}).decode()
    (data,) = DATA.findall(page)
    assert "<" not in data
    said = " ".join(str(each) for each in json.loads(data).values())
    assert attack in said or field == "homepage"
    assert "<script" not in DATA.sub("", page)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", " javascript:x"]
)
def test_only_web_addresses_become_links(release, address):
    licence = {"name": "x", "title": "X", "path": address}
    page = Page(
        render_page({**release.descriptor, "licenses": [licence], "homepage": address}).decode()
    )
    assert all("script" not in each.lower() and "data:" not in each for each in page.links)


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
