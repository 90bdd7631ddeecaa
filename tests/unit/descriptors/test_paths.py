"""Paths of a package stay in its folder."""

from pathlib import Path

import pytest

from territo_opendata.descriptors.paths import is_address, resolve_inside
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
    "...",
    "$HOME/a",
    "a/b:c",
    "-a",
    "a\nb",
)


@pytest.mark.parametrize("path", REFUSED)
def test_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePathError) as caught:
        resolve_inside(tmp_path, path)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("path", ALLOWED)
def test_allowed(tmp_path: Path, path: str) -> None:
    assert resolve_inside(tmp_path, path) == tmp_path.resolve() / path


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


def test_the_package_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "vrai").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "vrai")
    assert resolve_inside(tmp_path / "lien", "a.csv") == (tmp_path / "vrai" / "a.csv").resolve()


def test_long_names(tmp_path: Path) -> None:
    assert resolve_inside(tmp_path, "x" * 5000).name == "x" * 5000


@pytest.mark.parametrize(
    ("path", "expected"),
    [("http://a.fr", True), ("HTTPS://a.fr", True), ("ftp://a.fr", False), ("a/http://b", False)],
)
def test_is_address(path: str, expected: bool) -> None:
    assert is_address(path) is expected
