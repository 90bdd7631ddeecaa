"""Known findings pass, new ones fail, and what no longer occurs fails too."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.run import Done, territo

SCHEMA = {
    "fields": [
        {"name": "code", "type": "string", "constraints": {"required": True}},
        {"name": "montant", "type": "integer"},
    ],
    "primaryKey": "code",
}
HEAD = "code,montant\n"
WAIVER = """
[[waivers]]
code = "type-integer"
table = "a"
field = "montant"
reason = "saisie à reprendre"
owner = "DGCL"
expiry = {expiry}
"""
PARENTS = {"fields": [{"name": "id", "type": "string"}], "primaryKey": "id"}
CHILDREN = {
    "fields": [{"name": "parent", "type": "string"}, {"name": "n", "type": "integer"}],
    "foreignKeys": [{"fields": "parent", "reference": {"resource": "p", "fields": "id"}}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    (tmp_path / "a.csv").write_text(HEAD + "a,x\nb,2\nc,y\n", "utf-8")
    return tmp_path


def validate(folder: Path, *options: str) -> Done:
    return territo("validate", "a.csv", "--schema", "schema.json", *options, cwd=folder)


def baseline(folder: Path, *options: str) -> Done:
    return territo("baseline", "a.csv", "--schema", "schema.json", *options, cwd=folder)


def known(folder: Path) -> Done:
    return validate(folder, "--baseline", "territo-baseline.json")


def test_the_findings_of_the_baseline_pass(folder: Path) -> None:
    done = baseline(folder)
    assert (done.code, done.out) == (0, ""), done
    assert "2 constat(s) accepté(s)" in done.err
    assert validate(folder).code == 1
    done = known(folder)
    assert done.code == 0, done
    assert "2 constats déjà connus laissés de côté" in done.out


def test_rows_may_be_added_and_moved(folder: Path) -> None:
    baseline(folder)
    (folder / "a.csv").write_text(HEAD + "z,1\nc,y\nb,2\na,x\n", "utf-8")
    assert known(folder).code == 0


def test_a_new_finding_fails_alone(folder: Path) -> None:
    baseline(folder)
    (folder / "a.csv").write_text(HEAD + "a,x\nb,pas\nc,y\n", "utf-8")
    done = known(folder)
    assert done.code == 1
    assert "ligne 3, colonne B" in done.out
    assert "1 erreur" in done.out
    assert "ligne 2" not in done.out


def test_a_mended_finding_makes_the_baseline_fail(folder: Path) -> None:
    baseline(folder)
    (folder / "a.csv").write_text(HEAD + "a,1\nb,2\nc,y\n", "utf-8")
    done = known(folder)
    assert done.code == 1
    assert "baseline-outdated" in done.out
    assert "1 constat" in done.out
    assert baseline(folder).code == 0
    assert known(folder).code == 0


def test_the_baseline_only_shrinks_unless_forced(folder: Path) -> None:
    baseline(folder)
    (folder / "a.csv").write_text(HEAD + "a,x\nb,pas\nc,y\n", "utf-8")
    before = (folder / "territo-baseline.json").read_bytes()
    done = baseline(folder)
    assert done.code == 2
    assert "--force" in done.err
    assert (folder / "territo-baseline.json").read_bytes() == before
    assert baseline(folder, "--force").code == 0
    assert known(folder).code == 0


def test_it_sees_more_findings_than_are_listed(folder: Path) -> None:
    rows = "".join(f"k{n},x\n" for n in range(1500))
    (folder / "a.csv").write_text(HEAD + rows, "utf-8")
    assert "1500" in re.sub(r"\s", "", baseline(folder).err)
    assert known(folder).code == 0
    (folder / "a.csv").write_text(HEAD + rows + "neuf,x\n", "utf-8")
    done = validate(folder, "--baseline", "territo-baseline.json", "--limit", "0")
    assert done.code == 1
    assert "1 erreur" in done.out


def test_equal_fingerprints_are_counted(folder: Path) -> None:
    (folder / "schema.json").write_text(json.dumps({**SCHEMA, "primaryKey": []}), "utf-8")
    (folder / "a.csv").write_text(HEAD + "a,x\na,x\n", "utf-8")
    baseline(folder)
    written = json.loads((folder / "territo-baseline.json").read_text("utf-8"))
    assert [each["count"] for each in written["findings"]] == [2]
    (folder / "a.csv").write_text(HEAD + "a,x\na,x\na,x\n", "utf-8")
    assert known(folder).code == 1
    (folder / "a.csv").write_text(HEAD + "a,x\n", "utf-8")
    assert "baseline-outdated" in known(folder).out


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"record_version": 2, "findings": []}', '{"record_version": 1, "findings": [{}]}',
     '{"record_version": 1, "findings": [{"table": 1, "code": "x", "field": null, "fingerprint": "y", "count": 1}]}',
     '{"record_version": 1, "findings": [{"table": "a", "code": "x", "field": null, "fingerprint": "y", "count": -1}]}'],
)  # fmt: skip
def test_what_is_no_baseline(folder: Path, content: str) -> None:
    (folder / "territo-baseline.json").write_text(content, "utf-8")
    done = known(folder)
    assert done.code == 2, done
    assert "territo-baseline.json" in done.err
    assert done.out == ""


def test_a_baseline_that_is_not_there(folder: Path) -> None:
    done = known(folder)
    assert done.code == 2
    assert "territo baseline" in done.err


def test_a_waiver_covers_until_its_day_and_is_shown(folder: Path) -> None:
    (folder / "territo.toml").write_text(WAIVER.format(expiry="2999-01-01"), "utf-8")
    done = validate(folder)
    assert done.code == 0, done
    assert "2 constats acceptés jusqu’au 2999-01-01" in done.out
    assert "DGCL" in done.out
    report = json.loads(validate(folder, "--format", "json").out)
    assert report["tables"][0]["waived"] == [
        {"code": "type-integer", "field": "montant", "reason": "saisie à reprendre", "owner": "DGCL",
         "expiry": "2999-01-01", "count": 2}
    ]  # fmt: skip
    for form in ("csv", "junit", "sarif", "github", "gitlab"):
        assert "DGCL" in validate(folder, "--format", form).out, form


def test_an_expired_waiver_fails(folder: Path) -> None:
    (folder / "territo.toml").write_text(WAIVER.format(expiry="2020-01-01"), "utf-8")
    (folder / "a.csv").write_text(HEAD + "a,1\n", "utf-8")
    done = validate(folder)
    assert done.code == 1
    assert "waiver-expired" in done.out
    assert "2020-01-01" in done.out


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "p.csv").write_text("id\na\nb\n", "utf-8")
    (tmp_path / "c.csv").write_text("parent,n\na,1\nb,2\n", "utf-8")
    (tmp_path / "o.csv").write_text("id\na\n", "utf-8")
    package = {
        "name": "essai",
        "resources": [
            {"name": "p", "path": "p.csv", "schema": PARENTS},
            {"name": "c", "path": "c.csv", "schema": "c.json"},
            {"name": "o", "path": "o.csv", "schema": PARENTS},
        ],
    }
    (tmp_path / "c.json").write_text(json.dumps(CHILDREN), "utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "start")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


def since(folder: Path, *arguments: str, revision: str = "HEAD") -> Done:
    return territo("validate", *arguments, "--changed-since", revision, cwd=folder)


def read_tables(done: Done) -> list[str]:
    return re.findall(r"(?m)^[✓✗!] (\w+)  ", done.out)


def test_nothing_changed(repository: Path) -> None:
    done = since(repository)
    assert done.code == 0, done
    assert read_tables(done) == []
    assert "inchangée depuis HEAD" in done.out


@pytest.mark.parametrize(
    ("name", "content", "code", "tables"),
    [
        ("o.csv", "id\na\nz\n", 0, ["o"]),
        ("c.csv", "parent,n\na,1\n", 0, ["c"]),
        ("c.csv", "parent,n\nz,1\n", 1, ["c"]),
        ("p.csv", "id\na\nb\nz\n", 0, ["p", "c"]),
        ("p.csv", "id\na\n", 1, ["p", "c"]),
        ("c.json", json.dumps(CHILDREN).replace("integer", "date"), 1, ["c"]),
    ],
)
def test_only_what_changed_is_read_with_its_keys(
    repository: Path, name: str, content: str, code: int, tables: list[str]
) -> None:
    (repository / name).write_text(content, "utf-8")
    done = since(repository)
    assert (done.code, read_tables(done)) == (code, tables), done
    if code and name == "p.csv":
        assert "foreign-key" in done.out
        assert "seules ses références" in done.out


def test_an_old_error_of_a_table_that_only_refers_does_not_count(repository: Path) -> None:
    (repository / "c.csv").write_text("parent,n\na,faux\n", "utf-8")
    git(repository, "commit", "-qam", "wrong")
    (repository / "p.csv").write_text("id\na\nb\nz\n", "utf-8")
    assert since(repository).code == 0
    assert territo("validate", cwd=repository).code == 1


def test_a_changed_description_of_a_table_counts(repository: Path) -> None:
    path = repository / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    package["resources"][2]["title"] = "O"
    path.write_text(json.dumps(package), "utf-8")
    assert read_tables(since(repository)) == ["o"]


def test_files_given_by_name(repository: Path) -> None:
    (repository / "o.csv").write_text("id\na\na\n", "utf-8")
    done = since(repository, "o.csv", "c.csv")
    assert (done.code, read_tables(done)) == (1, ["o"]), done
    assert "c.csv" in done.out


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:p.csv", "a..b", ""])
def test_what_is_no_revision(repository: Path, revision: str) -> None:
    done = territo("validate", f"--changed-since={revision}", cwd=repository)
    assert done.code == 2, done
    assert done.err.count("\n") <= 3
    assert not (repository / "x").exists()


def test_outside_of_git(folder: Path) -> None:
    done = territo(
        "validate", "a.csv", "--schema", "schema.json", "--changed-since", "HEAD",
        cwd=folder, GIT_CEILING_DIRECTORIES=str(folder.parent),
    )  # fmt: skip
    assert done.code == 2, done
    assert "git" in done.err
