"""The action's steps, run as the service runs them: a shell, the inputs as variables."""

from pathlib import Path

import pytest
import yaml

from tests.ci.scratch import ROOT, git, make_repository, run

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step.get("name", "setup"): step for step in ACTION["runs"]["steps"]}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return make_repository(tmp_path)


def step(name: str, folder: Path, **inputs: str) -> tuple[int, str, str]:
    """Run a step with these inputs over the defaults; return its code, its output, its summary."""
    values = {key: each.get("default", "") for key, each in ACTION["inputs"].items()}
    values |= {key.replace("_", "-"): value for key, value in inputs.items()}
    given = {
        variable: values[expression.removeprefix("${{ inputs.").removesuffix(" }}")]
        for variable, expression in STEPS[name].get("env", {}).items()
    }
    summary = folder.parent / "summary.md"
    summary.write_text("", "utf-8")
    done = run(
        folder, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"],
        GITHUB_ACTION_PATH=str(ROOT), GITHUB_STEP_SUMMARY=str(summary), **given,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr, summary.read_text("utf-8")


def test_a_bad_cell_is_annotated(repository: Path) -> None:
    code, said, summary = step("Validate", repository)
    assert code == 1, said
    assert "::error file=p.csv,line=3,title=" in said
    assert "|p|n|" in summary


def test_a_baseline_lets_added_rows_pass(repository: Path) -> None:
    assert run(repository, "territo", "baseline").returncode == 0
    (repository / "p.csv").write_text("id,n\na,1\nb,x\nc,3\n", "utf-8")
    code, said, _ = step("Validate", repository, baseline="territo-baseline.json")
    assert code == 0, said


def test_only_what_changed(repository: Path) -> None:
    (repository / "c.csv").write_text("parent\na\nb\n", "utf-8")
    code, said, _ = step("Validate", repository, changed_since="HEAD")
    assert code == 0, said


def test_files_and_their_schema(repository: Path) -> None:
    (repository / "s.json").write_text('{"fields": [{"name": "parent", "type": "date"}]}', "utf-8")
    code, said, _ = step("Validate", repository, files="c.csv\n\n", schema="s.json", lang="en")
    assert code == 1
    assert "::error file=c.csv,line=2" in said
    assert "Column A" in said


@pytest.mark.parametrize("name", ["$(touch owned).csv", "; touch owned", "--output=owned"])
def test_a_file_name_is_no_command(repository: Path, name: str) -> None:
    code, _, _ = step("Validate", repository, files=name, schema="s.json")
    assert code == 2
    assert not (repository / "owned").exists()


def test_the_inputs_reach_the_scripts_as_variables_only() -> None:
    for each in STEPS.values():
        assert "${{ inputs" not in each.get("run", "")
        script = each.get("run", "").partition("GITHUB_ACTION_PATH/")[2].rstrip('"')
        assert not script or (ROOT / script).is_file()


def test_the_summary_tells_what_changed_in_the_data(repository: Path) -> None:
    (repository / "p.csv").write_text("id,n\na,2\nb,3\n", "utf-8")
    git(repository, "commit", "-qam", "change")
    code, said, summary = step("Show what changed in the data", repository, diff_with="HEAD~1")
    assert code == 0, said
    assert "HEAD~1" in summary
    assert "p" in summary
