"""The page of a report in a real browser: accessible, readable by keyboard, never too wide."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from territo_opendata.report.html import render_html
from tests.unit.report.reports import REPORT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
# From outside the page, whose own policy lets no script run.
AXE = "async () => (await axe.run({resultTypes: ['violations']})).violations"

SPACED = (
    "* {line-height: 1.5 !important; letter-spacing: .12em !important; "
    "word-spacing: .16em !important} p {margin-bottom: 2em !important}"
)
# Outside the grid, whose cells are cut on purpose: the whole text is below.
CUT = """() => [...document.querySelectorAll('main *, header *')]
  .filter((each) => !each.closest('.grid') && !each.matches('.hidden, .hidden *'))
  .filter((each) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1)
  .filter((each) => getComputedStyle(each).overflowX === 'hidden')
  .map((each) => each.outerHTML.slice(0, 100))"""


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
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "rapport.html"
    path.write_text(render_html(REPORT, "fr"), encoding="utf-8")
    return path.as_uri()


def opened(browser: "Browser", address: str, width: int, **options: Any) -> "Page":
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(
    browser: "Browser", address: str, node_modules: Path, scheme: str
) -> None:
    page = opened(browser, address, 1280, color_scheme=scheme)
    page.locator(".bad").first.focus()
    page.evaluate((node_modules / "axe-core/axe.min.js").read_text("utf-8"))
    violations = page.evaluate(AXE)
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == [], json.dumps(
        violations
    )


@pytest.mark.parametrize("width", [320, 400, 1280])
def test_the_page_is_never_wider_than_the_window(
    browser: "Browser", address: str, width: int
) -> None:
    page = opened(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_shows_what_is_wrong_with_a_cell(browser: "Browser", address: str) -> None:
    page = opened(browser, address, 1280, java_script_enabled=False)
    message = page.locator("#t1-1-2")
    assert not message.is_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if message.is_visible():
            break
    assert "« 1 234,56 € »" in message.inner_text().replace("\u00a0", " ")
    page.keyboard.press("Enter")
    assert page.url.endswith("#t1-2")


def test_escape_hides_what_a_cell_says(browser: "Browser", address: str) -> None:
    page = opened(browser, address, 1280)
    message, cell = page.locator("#t1-1-2"), page.locator("[aria-describedby=t1-1-2]")
    cell.hover()
    assert message.is_visible()
    page.keyboard.press("Escape")
    assert not message.is_visible()
    page.locator("h1").hover()
    cell.hover()
    assert message.is_visible()
    message.hover()
    assert message.is_visible()
    page.keyboard.press("Escape")
    assert not message.is_visible()
    page.locator("h1").hover()
    cell.focus()
    assert message.is_visible()
    page.keyboard.press("Escape")
    assert not message.is_visible()
    assert page.evaluate("document.activeElement.className") == "bad error quiet"


def test_wider_spaces_between_letters_and_lines_hide_nothing(
    browser: "Browser", address: str
) -> None:
    """The spacing of RGAA 10.12 (WCAG 2.1, 1.4.12)."""
    page = opened(browser, address, 400)
    page.add_style_tag(content=SPACED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert page.evaluate(CUT) == []
