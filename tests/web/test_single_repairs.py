"""Repairs chosen one by one, in a real Chromium, by keyboard alone."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import VALID, checked, mended, opened, reach
from tests.web.conftest import CHROMIUM
from tests.web.serving import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


def test_single_repairs_are_chosen_by_keyboard_alone(
    browser: "Browser", served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "longs.csv"
    path.write_text(amounts(250), "utf-8")
    page = opened(browser, served)
    checked(page, path)
    mended(page)
    page.locator("#repair-title:focus").wait_for()
    reach(page, "summary")
    page.keyboard.press("Enter")
    page.locator(".changes tbody tr").nth(99).wait_for()
    assert "100 montrées sur 250" in page.inner_text(".kind details")
    reach(page, "[data-place='[3,4]']")
    page.keyboard.press("Space")
    assert page.evaluate("document.querySelector('.kind > input').indeterminate")
    assert "Appliquez-les" in page.inner_text("#pending")
    page.locator("#live", has_text="Appliquez-les").wait_for(state="attached")
    reach(page, ".kind details > button", 120)
    page.keyboard.press("Enter")
    page.locator("[data-place='[102,4]']:focus").wait_for()
    page.keyboard.press("Space")
    reach(page, ".jump input", 120, back=True)
    page.keyboard.type("251")
    page.keyboard.press("Enter")
    page.locator("[data-place='[251,4]']:focus").wait_for()
    page.keyboard.press("Space")
    reach(page, "#again")
    page.keyboard.press("Enter")
    page.locator("#repair-title:focus").wait_for()
    assert "dont 247 à faire" in page.inner_text("#safe")
    kept, log = downloaded(page, "csv"), downloaded(page, "log")
    left = [number for number, line in enumerate(kept.splitlines(), 1) if " €" in line]
    assert left == [3, 102, 251]
    rows = [row[0] for row in csv.reader(log.lstrip("\ufeff").splitlines(), delimiter=";")][1:]
    assert rows == [str(row) for row in range(2, 252) if row not in left]
    page.locator(".kind > input").uncheck()
    page.locator("#again").click()
    page.locator("#repair-said", has_text="Rien à corriger").wait_for()
    assert downloaded(page, "csv").count(" €") == 250
    assert page.complaints == []


def amounts(rows: int) -> str:
    """Return a table of which every amount is to be mended, and nothing else."""
    header, first, *_ = VALID.splitlines()
    cells = first.split(",")
    place = header.split(",").index("montant_eur")
    lines = [
        ",".join([f"f-{number}", *cells[1:place], f"{number} €", *cells[place + 1 :]])
        for number in range(rows)
    ]
    return "\n".join([header, *lines, ""])


def downloaded(page: "Page", form: str) -> str:
    with page.expect_download() as download:
        page.locator(f"[data-form={form}]").click()
    return Path(download.value.path()).read_text("utf-8")
