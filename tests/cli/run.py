"""The `territo` command in a process of its own, as a user runs it."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, its report, its talk."""

    code: int
    out: str
    err: str


def territo(*arguments: str, cwd: Path = ROOT, stdin: str = "", **environment: str) -> Done:
    """Run the command; a traceback is never acceptable."""
    settings = {**os.environ, "LANG": "fr_FR.UTF-8", "LC_ALL": "", "COLUMNS": "100", **environment}
    done = subprocess.run(
        [sys.executable, "-m", "territo_opendata", *arguments],
        cwd=cwd,
        input=stdin.encode(),
        capture_output=True,
        check=False,
        env=settings,
        timeout=120,
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in err, err
    return Done(done.returncode, out, err)
