"""The hooks, run by pre-commit itself in a scratch repository."""

import json
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from tests.ci.scratch import ROOT, git, make_repository, run

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with both hooks, which use the `territo` that is installed here."""
    folder = make_repository(tmp_path)
    hooks = [{**hook, "language": "system"} for hook in HOOKS]
    hooks[0]["entry"] += " --baseline territo-baseline.json"
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    assert run(folder, "territo", "baseline").returncode == 0
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "hooks")
    done = run(folder, sys.executable, "-m", "pre_commit", "install")
    assert done.returncode == 0, done.stderr
    return folder


def commit(folder: Path) -> tuple[int, str]:
    git(folder, "add", ".")
    done = run(folder, "git", "commit", "-m", "x")
    return done.returncode, done.stdout + done.stderr


def test_a_bad_cell_is_blocked_with_its_line(repository: Path) -> None:
    (repository / "p.csv").write_text("id,n\na,1\nb,x\nc,deux\n", "utf-8")
    code, said = commit(repository)
    assert code != 0
    assert "ligne 4, colonne B" in said
    assert "ligne 3" not in said


def test_added_rows_pass_although_the_table_has_old_errors(repository: Path) -> None:
    (repository / "p.csv").write_text("id,n\na,1\nb,x\nc,3\n", "utf-8")
    code, said = commit(repository)
    assert code == 0, said


def test_a_key_that_another_table_needs_is_missed(repository: Path) -> None:
    (repository / "p.csv").write_text("id,n\nb,x\n", "utf-8")
    code, said = commit(repository)
    assert code != 0
    assert "foreign-key" in said


def test_a_schema_is_reviewed(repository: Path) -> None:
    shutil.copytree(ROOT / "schemas/sources", repository / "schemas/sources")
    code, said = commit(repository)
    assert code == 0, said
    path = repository / "schemas/sources/schema.json"
    schema = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**schema, "version": "un"}), "utf-8")
    code, said = commit(repository)
    assert code != 0
    assert "schema-version-form" in said


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_the_hooks_are_well_formed(hook: dict[str, object]) -> None:
    from pre_commit.clientlib import MANIFEST_HOOK_DICT

    assert set(hook) <= {item.key for item in MANIFEST_HOOK_DICT.items if hasattr(item, "key")}
    assert hook["entry"].split()[0] == "territo"
