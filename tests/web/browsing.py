"""The page in a real Chromium, and the ways to go through it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.serving import ROOT, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 20_000
VALID = (ROOT / "schemas/financements/exemple-valide.csv").read_text("utf-8")


def opened(browser: "Browser", served: Served, width: int = 1280, **options: Any) -> "Page":
    """Return the page in a window of its own; what its script or policy complains of is kept."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.set_default_timeout(PATIENCE)
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(served.address)
    return page


def checked(page: "Page", path: Path) -> None:
    page.set_input_files("#file", path)
    page.locator("#schema-step").wait_for()
    page.locator("#choice button").click()
    page.locator("#after-check").wait_for()


def mended(page: "Page") -> None:
    page.locator("#repair").click()
    page.locator("#repair-step").wait_for()


def reach(page: "Page", target: str, steps: int = 30, *, back: bool = False) -> None:
    """Go to what a selector finds by the keyboard alone; where the focus is must be seen."""
    for _ in range(steps):
        if page.evaluate("selector => document.activeElement.matches(selector)", target):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none"
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"Tab does not lead to {target}")
