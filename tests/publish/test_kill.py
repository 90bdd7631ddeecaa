"""What is killed at any of its writes and run again ends the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publish.packages import make_release

ROOT = Path(__file__).parents[2]


def run(module, *arguments):
    """Run a script of this folder and return what it found."""
    command = [sys.executable, "-W", "error", "-m", f"tests.publish.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("update", [False, True], ids=["first", "update"])
def test_a_publication_stays_readable_and_converges(tmp_path, update):
    old = make_release(tmp_path / "a", "1.0.0", "old").path if update else "-"
    new = make_release(tmp_path / "b", "1.1.0", "new").path
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    found = run("kill_each", scratch, old, new)
    assert found["faults"] == []
    assert found["steps"] > 60


@pytest.mark.parametrize("again", ["FIRST", "AGAIN"])
def test_a_build_leaves_the_old_release_or_the_new_one(tmp_path, again):
    found = run("kill_build", tmp_path, again)
    assert found["faults"] == []
    assert found["steps"] > 15
