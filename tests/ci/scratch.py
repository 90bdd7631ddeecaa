"""A scratch repository with a small data package, for what runs in other people's repositories."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARENTS = {
    "fields": [{"name": "id", "type": "string"}, {"name": "n", "type": "integer"}],
    "primaryKey": "id",
}
CHILDREN = {
    "fields": [{"name": "parent", "type": "string"}],
    "foreignKeys": [{"fields": "parent", "reference": {"resource": "p", "fields": "id"}}],
}


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a process that finds this `territo` and no user's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    folders = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    who = {f"GIT_{role}_{part}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}  # fmt: skip
    return {
        **kept, **who, "PATH": os.pathsep.join(folders), "PYTHONPATH": str(ROOT),
        "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C.UTF-8", **more,
    }  # fmt: skip


def run(folder: Path, *command: str | Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in the repository, its output kept."""
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment(**more)
    )


def git(folder: Path, *arguments: str) -> None:
    done = run(folder, "git", *arguments)
    assert done.returncode == 0, done.stderr


def make_repository(folder: Path) -> Path:
    """Make a repository of two tables, one of which refers to the other, and commit it."""
    (folder / "p.csv").write_text("id,n\na,1\nb,x\n", "utf-8")
    (folder / "c.csv").write_text("parent\na\n", "utf-8")
    resources = [
        {"name": "p", "path": "p.csv", "schema": PARENTS},
        {"name": "c", "path": "c.csv", "schema": CHILDREN},
    ]
    package = {"name": "essai", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    return folder
