"""The page in a real Chromium: dropped, read, mended, kept; by keyboard, narrow, in the dark."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.web.browsing import PATIENCE, VALID, checked, mended, opened, reach
from tests.web.conftest import CHROMIUM
from tests.web.serving import Served
from tests.web.test_page import large

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
# From outside the page, whose own policy lets no script run.
AXE = "async () => (await axe.run({resultTypes: ['violations']})).violations"


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """Return a table with what is certain to mend, what is to be confirmed, and what is hostile."""
    header, first, *_ = VALID.splitlines()
    cells = first.split(",")
    names = header.split(",")
    cells[names.index("montant_eur")] += " €"
    cells[names.index("date_decision")] = "04/05/2023"
    second = [*cells]
    second[0], second[2] = "f-2", "<img src=x onerror=alert(1)>"
    path = tmp_path / "mes financements.csv"
    path.write_text("\n".join([header, ",".join(cells), ",".join(second), ""]), "utf-8")
    return path


def dropped(page: "Page", path: Path) -> None:
    """Drop a file as the system would, beside the zone even."""
    content = path.read_text("utf-8")
    given = page.evaluate_handle(
        """([content, name]) => {
          const data = new DataTransfer();
          data.items.add(new File([content], name, {type: "text/csv"}));
          return data;
        }""",
        [content, path.name],
    )
    page.dispatch_event("h1", "drop", {"dataTransfer": given})


def violations(page: "Page", node_modules: Path) -> list[tuple[str, str]]:
    page.evaluate((node_modules / "axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate(AXE)
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_a_file_is_dropped_checked_mended_and_kept(
    browser: "Browser", served: Served, dirty: Path
) -> None:
    page = opened(browser, served, accept_downloads=True)
    dropped(page, dirty)
    page.locator("#schema-step").wait_for()
    assert page.input_value("#schema") == "financements"
    page.locator("#choice button").click()
    page.locator("#after-check").wait_for()
    assert page.inner_text("#verdict").startswith("Invalide")
    assert "<img src=x" in page.inner_text("#report")
    mended(page)
    assert page.inner_text("#repaired-verdict").startswith("Après correction")
    assert "montant_eur" in page.inner_text("#safe")
    assert "04/05/2023" in page.inner_text("#unsafe")
    assert page.locator("#again").is_hidden()
    page.locator("#all").click()
    page.locator("#safe .kind > input").first.uncheck()
    assert page.locator("#kept").is_hidden()
    page.locator("#again").click()
    page.locator("#kept").wait_for()
    assert page.locator("#safe .kind > input").first.is_checked() is False
    assert page.locator("#unsafe .kind > input").first.is_checked()
    with page.expect_download() as download:
        page.locator("[data-form=csv]").click()
    assert download.value.suggested_filename == "mes financements.repare.csv"
    kept = Path(download.value.path()).read_text("utf-8")
    assert kept.count("2023-05-04") == 2
    assert kept.count(" €") == 2
    with page.expect_download() as download:
        page.locator("#repaired-report").click()
    assert "<!doctype html>" in Path(download.value.path()).read_text("utf-8")
    assert page.complaints == []
    assert page.evaluate("performance.getEntriesByType('resource')").__len__() > 0


def test_the_keyboard_is_enough(browser: "Browser", served: Served, dirty: Path) -> None:
    page = opened(browser, served)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reach(page, "#file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(dirty)
    page.locator("#schema-step").wait_for()
    reach(page, "#schema")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#after-check").wait_for()
    page.locator("#result-title:focus").wait_for()
    reach(page, "#repair")
    page.keyboard.press("Enter")
    page.locator("#repair-title:focus").wait_for()
    with page.expect_download() as download:
        reach(page, "[data-form=csv]")
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "mes financements.repare.csv"


# A window of 1280 pixels at 200 % is one of 640 whose pixels count double.
@pytest.mark.parametrize(
    ("width", "options"),
    [
        (1280, {"color_scheme": "light"}),
        (400, {"color_scheme": "dark"}),
        (640, {"device_scale_factor": 2}),
        (320, {"color_scheme": "light"}),
    ],
)
def test_the_page_fits_and_axe_finds_no_violation(
    browser: "Browser",
    served: Served,
    dirty: Path,
    node_modules: Path,
    width: int,
    options: dict[str, Any],
) -> None:
    page = opened(browser, served, width, **options)
    assert violations(page, node_modules) == []
    checked(page, dirty)
    mended(page)
    page.locator("#safe summary").click()
    page.locator(".changes tbody tr").nth(1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, node_modules) == []


def test_progress_is_told_and_reading_can_be_stopped(
    browser: "Browser", served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "grand.csv"
    path.write_bytes(large(15_000))
    page = opened(browser, served)
    page.set_input_files("#file", path)
    page.locator("#schema-step").wait_for()
    page.locator("#choice button").click()
    page.locator("#verdict.preview, #after-check:not([hidden])").first.wait_for()
    page.locator("#after-check").wait_for()
    assert "150 erreurs" in page.inner_text("#verdict")
    page.locator("#live", has_text="150 erreurs").wait_for(state="attached")


def test_a_file_too_large_is_told_before_it_is_sent(
    browser: "Browser", served: Served, tmp_path: Path
) -> None:
    path = tmp_path / "grand.csv"
    path.write_bytes(b"a\n" * 2_600_000)
    page = opened(browser, served)
    page.set_input_files("#file", path)
    page.locator("#failure", has_text="dépasse 5").wait_for()
    assert page.locator("#schema-step").is_hidden()


def test_a_file_chosen_before_the_script_is_there_is_taken(
    browser: "Browser", served: Served, dirty: Path
) -> None:
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    held: list[Any] = []
    page.route("**/page.js", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(served.address, wait_until="commit")
    page.set_input_files("#file", dirty)
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    page.locator("#schema-step").wait_for()


def test_it_speaks_english(browser: "Browser", served: Served, dirty: Path) -> None:
    page = opened(browser, served)
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Check and mend a file").wait_for()
    checked(page, dirty)
    assert page.inner_text("#verdict").startswith("Invalid:")
    assert page.get_attribute("html", "lang") == "en"


def test_a_sheet_of_a_workbook_is_chosen(
    browser: "Browser", served: Served, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["une", "note"])
    sheet = book.create_sheet("Données")
    for row in csv.reader(VALID.splitlines()):
        sheet.append(row)
    book.save(tmp_path / "classeur.xlsx")
    page = opened(browser, served)
    page.set_input_files("#file", tmp_path / "classeur.xlsx")
    page.locator("#schema-step").wait_for()
    assert page.input_value("#schema") == ""
    page.select_option("#sheet", "Données")
    page.locator("#schema-why", has_text="Financements").wait_for()
    page.locator("#choice button").click()
    page.locator("#after-check").wait_for()
    assert page.inner_text("#verdict").startswith("Valide")
