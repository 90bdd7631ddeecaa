"""Paths of a package stay in its folder."""

import os
import unicodedata
from pathlib import Path

import pytest

from territo_opendata.descriptors.paths import is_address, is_same_file, resolve_inside
from territo_opendata.errors import UnsafePathError

REFUSED = (
    "", "a\0b", "/etc/passwd", "//serveur/partage", "\\\\serveur\\partage", "\\a", "C:\\a", "C:a", "c:/a",
    "..", "../a", "a/../../b", "a/..", "a\\..\\b", "..\\a", "~", "~/a", "~moi/a",
    "file:///etc/passwd", "file:a", "ftp://a.fr/b", "s3://a/b", "http:/a", "data:text/csv,a",
)  # fmt: skip

ALLOWED = (
    "a.csv",
    "a/b.csv",
    "./a.csv",
    "a b/é.csv",
    "a..b",
    "$HOME/a",
    "-a",
    *(() if os.name == "nt" else ("...", "a/b:c", "a\nb")),  # Windows has no such names
)
LINKS = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")


@pytest.mark.parametrize("path", REFUSED)
def test_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePathError) as caught:
        resolve_inside(tmp_path, path)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("path", ALLOWED)
def test_allowed(tmp_path: Path, path: str) -> None:
    assert resolve_inside(tmp_path, path) == tmp_path.resolve() / path


@LINKS
def test_links(tmp_path: Path) -> None:
    base = tmp_path / "paquet"
    (base / "sous").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text("x")
    (base / "vrai.csv").write_text("x")
    (base / "dehors.csv").symlink_to(tmp_path / "secret.csv")
    (base / "dossier").symlink_to(tmp_path)
    (base / "dedans.csv").symlink_to(base / "vrai.csv")
    (base / "boucle").symlink_to(base / "boucle")
    assert resolve_inside(base, "dedans.csv") == base.resolve() / "vrai.csv"
    for name in ("dehors.csv", "dossier/secret.csv", "boucle/a"):
        with pytest.raises(UnsafePathError):
            resolve_inside(base, name)


@LINKS
def test_the_package_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "vrai").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "vrai")
    assert resolve_inside(tmp_path / "lien", "a.csv") == (tmp_path / "vrai" / "a.csv").resolve()


@pytest.mark.parametrize(("named", "there"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_may_be_joined_or_apart(tmp_path: Path, named: str, there: str) -> None:
    file = tmp_path / unicodedata.normalize(there, "donnée/été.csv")
    file.parent.mkdir()
    file.write_text("x", encoding="utf-8")

    found = resolve_inside(tmp_path, unicodedata.normalize(named, "donnée/été.csv"))

    assert found.read_text(encoding="utf-8") == "x"
    assert is_same_file(found, file)


@LINKS
def test_a_link_leads_to_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    (tmp_path / "b.csv").symlink_to("a.csv")
    assert is_same_file(tmp_path / "a.csv", tmp_path / "b.csv")
    assert not is_same_file(tmp_path / "a.csv", tmp_path / "c.csv")


def test_long_names(tmp_path: Path) -> None:
    assert resolve_inside(tmp_path, "x" * 5000).name == "x" * 5000


@pytest.mark.parametrize(
    ("path", "expected"),
    [("http://a.fr", True), ("HTTPS://a.fr", True), ("ftp://a.fr", False), ("a/http://b", False)],
)
def test_is_address(path: str, expected: bool) -> None:
    assert is_address(path) is expected
