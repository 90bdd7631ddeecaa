"""The pages of a release in a real browser: accessible, asking nothing, never too wide."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from territo_opendata.build import build_release
from territo_opendata.publish import apply_plan, make_plan, parse_target
from tests.publish.packages import proof, write_package
from tests.unit.build.programmes import TABLES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
AXE = "async () => (await axe.run({resultTypes: ['violations']})).violations"
PAGES = (
    "index.html",
    "essai/index.html",
    "essai/latest/index.html",
    "essai/latest/historique.html",
    "essai/latest/tables/financements.html",
    "essai/latest/programmes/coeur.html",
)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as programs:
        browser = programs.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder with programmes, one hostile cell in each column."""
    folder = tmp_path_factory.mktemp("site")
    package = write_package(folder / "source", tables=TABLES)
    release = build_release(package, proof(package)).release
    target = parse_target(f"folder:{folder / 'public'}", release)
    apply_plan(make_plan(target), target)
    return folder / "public"


def opened(browser: "Browser", path: Path, width: int = 1280, **options: Any) -> "Page":
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.said, page.asked = [], []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: page.said.append(dialog.message))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_fits(
    browser: "Browser", public: Path, node_modules: Path, name: str, width: int, scheme: str
) -> None:
    page = opened(browser, public / name, width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.said == []
    assert page.asked == [(public / name).as_uri()]
    page.evaluate((node_modules / "axe-core/axe.min.js").read_text("utf-8"))
    violations = page.evaluate(AXE)
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == [], json.dumps(
        violations
    )
    page.context.close()


def test_the_filter_finds_by_any_word_whatever_its_accents(
    browser: "Browser", public: Path
) -> None:
    page = opened(browser, public / "essai/latest/index.html")
    entries = page.locator(".entries li:visible")
    assert entries.count() == 4
    page.get_by_role("searchbox").fill("banque COEUR")
    assert entries.all_inner_texts() == ["Cœur de ville\nprogramme, depuis mars 2018"]
    assert page.locator("#filtre-nombre").inner_text() == "2 sur 18"
    page.get_by_role("searchbox").fill("")
    assert entries.count() == 4


def test_without_a_script_the_list_is_whole(browser: "Browser", public: Path) -> None:
    page = opened(browser, public / "essai/latest/index.html", java_script_enabled=False)
    assert page.locator(".entries li:visible").count() == 4
    assert not page.locator("#recherche").is_visible()
    assert 'package="ADRESSE"' in page.locator("pre").first.inner_text()
