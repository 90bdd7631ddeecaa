"""The virtual environment that the two commands of the README run in."""

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_BIN = "Scripts" if os.name == "nt" else "bin"


def prepare(folder: Path = ROOT / ".venv") -> Path:
    """Make the environment in `folder`, as the lock file pins it, and return its programs' folder."""
    if sys.version_info < (3, 11):  # noqa: UP036 (run by whatever Python the user has)
        sys.exit("territo-opendata needs Python 3.11 or newer; this is " + sys.version.split()[0])
    programs = folder / _BIN
    if not (programs / "python").exists() and not (programs / "python.exe").exists():
        venv.create(folder, with_pip=True)
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet"]
    pip.append("--disable-pip-version-check")
    run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")])
    run([*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    return programs


def run(command: list[str]) -> None:
    """Run a command of the project, and end with its exit code when it fails."""
    done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 (our own commands)
    if done.returncode:
        sys.exit(done.returncode)
