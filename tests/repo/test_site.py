"""The documentation site is built without a warning, and asks nothing of the network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//"""
    r"""|<link\b(?![^>]*\brel=["']?canonical)[^>]*\bhref=["']?(?:https?:)?//"""
    r"""|(?:@import\s+|url\()["']?(?:https?:)?//""",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_built(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert pages <= {path.stem for path in site.glob("*.html")}


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    texts = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(texts) > 10
    assert not {path.name for path in texts if FETCHED.search(path.read_text("utf-8"))}


@pytest.mark.parametrize(
    "fetched",
    [
        '<script src="https://unpkg.com/a.js">',
        '<link href="https://fonts.gstatic.com" rel="preconnect">',
        "@import url(//cdn.exemple.fr/a.css)",
    ],
)
def test_a_fetch_would_be_seen(fetched: str) -> None:
    assert FETCHED.search(fetched)


def test_what_the_tutorial_starts_from_can_be_downloaded(site: Path) -> None:
    assert (site / "exemples" / "tutoriel" / "saisie.csv").is_file()
