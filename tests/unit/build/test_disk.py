"""Locks and names."""

import subprocess
import sys
import threading

import pytest

from territo_opendata.errors import RefusedError, UnsafePathError, UsageError
from territo_opendata.release.disk import LOCK, locked
from territo_opendata.release.names import safe_relative


def test_a_folder_is_held_by_one_run_at_a_time(tmp_path):
    with (
        locked(tmp_path),
        pytest.raises(RefusedError, match="autre exécution"),
        locked(tmp_path, patience=0),
    ):
        pass
    with locked(tmp_path, patience=0):
        assert (tmp_path / LOCK).exists()
    assert list(tmp_path.iterdir()) == []


def test_runs_wait_for_each_other(tmp_path):
    entered = []

    def work(number):
        with locked(tmp_path):
            entered.append(number)
            assert (tmp_path / LOCK).exists()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(entered) == list(range(8))


def test_a_killed_run_holds_nothing(tmp_path):
    code = (
        "import os, sys; from pathlib import Path\n"
        "from territo_opendata.release.disk import locked\n"
        "with locked(Path(sys.argv[1])): os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, tmp_path], check=False).returncode == 9
    assert (tmp_path / LOCK).exists()
    with locked(tmp_path, patience=0):
        pass


def test_where_nothing_can_be_written_is_told(tmp_path):
    (tmp_path / "f").write_text("")
    with pytest.raises(UsageError, match="Impossible d’écrire"), locked(tmp_path / "f" / "x"):
        pass


@pytest.mark.parametrize(
    "path", ["a.csv", "data/a b.csv", "é/à.csv", "a-b_c.1.csv", "releases/1.0.0+x-0123/a.csv"]
)
def test_paths_below_are_safe(path):
    assert str(safe_relative(path)) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "/a",
        "a/",
        "a//b",
        "a/./b",
        "a/../b",
        "~a/..",
        "a\\b",
        "C:a",
        "a\nb",
        "nul",
        "a/COM1.csv",
        "a.",
        " a",
        "a*",
    ],
)
def test_other_paths_are_not(path):
    with pytest.raises(UnsafePathError):
        safe_relative(path)
