"""Programs from the npm registry that read what territo writes; installed once, for tests only."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """Return the folder of the installed programs; installs what the lock file pins."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    installed = HERE / "node_modules"
    mark = installed / ".package-lock.json"
    if not mark.exists() or mark.stat().st_mtime < (HERE / "package-lock.json").stat().st_mtime:
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"npm ci failed: {done.stderr[-500:]}")
        os.utime(mark)
    return installed
