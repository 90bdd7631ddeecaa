"""The page, started once for each module."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.tools.conftest import node_modules  # noqa: F401
from tests.web.serving import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("temp"), "--max-size", "5") as page:
        yield page


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as programs:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = programs.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
