"""A publication killed at any of its writes and run again ends the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.publish.packages import make_release

SCRIPT = Path(__file__).with_name("kill_each.py")


@pytest.mark.parametrize("update", [False, True], ids=["first", "update"])
def test_killed_at_each_write_it_stays_readable_and_converges(tmp_path, update):
    old = make_release(tmp_path / "a", "1.0.0", "old").path if update else "-"
    new = make_release(tmp_path / "b", "1.1.0", "new").path
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    run = subprocess.run(
        [sys.executable, "-W", "error", SCRIPT, scratch, old, new],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["faults"] == []
    assert found["steps"] > 60
