"""Exit codes, and one clear message for each kind of bad input."""

import gzip
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.run import ROOT, territo

SCHEMA = {
    "fields": [
        {"name": "code", "type": "string", "constraints": {"required": True}},
        {"name": "montant", "type": "integer"},
    ]
}
GOOD = "code,montant\na,1\nb,2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    (tmp_path / "bon.csv").write_text(GOOD, "utf-8")
    return tmp_path


def check(folder: Path, name: str, content: bytes, *options: str):
    (folder / name).write_bytes(content)
    return territo("validate", name, "--schema", "schema.json", *options, cwd=folder)


def test_valid(folder: Path) -> None:
    done = territo("validate", "bon.csv", "--schema", "schema.json", cwd=folder)
    assert done.code == 0, done
    assert "Valide\u00a0: 1 table, 2 lignes." in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", 1, "file-empty"),
        (b"\n", 1, "file-empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1, "file-binary"),
        (b"PK\x03\x04" + bytes(200), 1, "file-binary"),
        (b"code,montant\na,1\x00\n", 1, "nul-character"),
        (b'code,montant\na,1\n"b,2\nc,3\n', 1, "unclosed-quote"),
        (b"code,montant\n" + b"a,1\n" * 40_000 + b"\xff\xfe,2\n", 1, "encoding-undecodable"),
        ("code,montant\nété,1\nà côté,2\n".encode("cp1252"), 0, "encoding-not-utf8"),
        (GOOD.encode("utf-8-sig"), 0, "byte-order-mark"),
        (GOOD.encode("utf-16"), 0, "encoding-not-utf8"),
        (GOOD.replace(",", ";").encode(), 0, "delimiter-unusual"),
        (b"code,montant\n", 0, "header-only"),
        (b"code,montant\n" + b"x" * 10_000_000 + b",1\n", 0, "Valide"),
        (b"montant,code\n1,a\n", 1, "columns-reordered"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_files(folder: Path, content: bytes, code: int, said: str) -> None:
    done = check(folder, "essai.csv", content)
    assert done.code == code, done
    assert said in done.out
    assert "essai" in done.out


def test_five_thousand_columns(folder: Path) -> None:
    names = [f"c{number}" for number in range(5000)]
    schema = {"fields": [{"name": name, "type": "integer"} for name in names]}
    (folder / "schema.json").write_text(json.dumps(schema), "utf-8")
    row = ",".join(map(str, range(5000)))
    done = check(folder, "large.csv", f"{','.join(names)}\n{row}\n{row},x\n".encode())
    assert done.code == 1
    assert "colonne GJI" in done.out


def test_warnings_fail_when_asked(folder: Path) -> None:
    content = GOOD.replace(",", ";").encode()
    assert check(folder, "a.csv", content, "--fail-on", "warning").code == 1
    assert check(folder, "a.csv", content).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validate", "absent.csv", "--schema", "schema.json"], "absent.csv"),
        (["validate", ".", "--schema", "schema.json"], "dossier"),
        (["validate", "bon.csv"], "--schema"),
        (["validate", "bon.csv", "--schema", "financement"], "financements"),
        (["validate", "bon.csv", "--schema", "absent.json"], "absent.json"),
        (["validate", "bon.csv", "--schema", "bon.csv"], "bon.csv"),
        (["validate", "bon.csv", "--schema", "liste.json"], "liste.json"),
        (["validate", "bon.csv", "--schema", "casse.json"], "casse.json"),
        (["validate"], "datapackage.json"),
        (["validate", "--format", "xml"], "--format"),
        (["validate", "--limit", "beaucoup"], "--limit"),
        (["validate", "--inconnu"], "--inconnu"),
        (["publier"], "publish"),
        (["publish"], "--to"),
        (["plan", "--to", "ftp:ici"], "ftp"),
        (["verify"], "--to"),
        (["get", "absent"], "absent"),
        (["rules", "inconnu"], "inconnu"),
        (["build"], "datapackage.json"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use(folder: Path, arguments: list[str], said: str) -> None:
    (folder / "liste.json").write_text("[1, 2]", "utf-8")
    (folder / "casse.json").write_text('{"fields": [{"name": 3}]}', "utf-8")
    done = territo(*arguments, cwd=folder)
    assert done.code == 2, done
    assert said in done.err
    assert done.out == ""


def test_a_schema_address_that_does_not_answer(folder: Path) -> None:
    done = territo("validate", "bon.csv", "--schema", "http://127.0.0.1:9/s.json", cwd=folder)
    assert done.code == 4, done
    assert "127.0.0.1" in done.err


def test_a_reference_that_cannot_be_found(folder: Path) -> None:
    key = {"fields": ["code"], "reference": {"resource": "nulle-part", "fields": ["code"]}}
    (folder / "schema.json").write_text(json.dumps({**SCHEMA, "foreignKeys": [key]}), "utf-8")
    done = territo("validate", "bon.csv", "--schema", "schema.json", cwd=folder)
    assert done.code == 3, done
    assert "nulle-part" in done.out
    by_choice = territo(
        "validate", "bon.csv", "--schema", "schema.json", "--no-references", cwd=folder
    )
    assert by_choice.code == 0, by_choice
    assert "--no-references" in by_choice.out


def test_an_unknown_check_is_not_passed_over(folder: Path) -> None:
    schema = {**SCHEMA, "custom_checks": [{"name": "sirene", "params": {"column": "code"}}]}
    (folder / "schema.json").write_text(json.dumps(schema), "utf-8")
    done = territo("validate", "bon.csv", "--schema", "schema.json", cwd=folder)
    assert done.code == 3, done
    assert "sirene" in done.out


@pytest.mark.parametrize("path", ["../hors.csv", "/etc/hostname", "lien.csv"])
def test_a_package_cannot_reach_outside(folder: Path, path: str) -> None:
    inside = folder / "paquet"
    inside.mkdir()
    (folder / "hors.csv").write_text(GOOD, "utf-8")
    (inside / "lien.csv").symlink_to(folder / "hors.csv")
    resource = {"name": "t", "path": path, "schema": SCHEMA}
    (inside / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [resource]}))
    done = territo("validate", cwd=inside)
    assert done.code == 2, done
    assert path in done.err


def test_circular_references_are_checked(folder: Path) -> None:
    def schema(other: str) -> dict:
        key = {"fields": ["code"], "reference": {"resource": other, "fields": ["code"]}}
        return {**SCHEMA, "foreignKeys": [key]}

    shutil.copy(folder / "bon.csv", folder / "b.csv")
    (folder / "b.csv").write_text("code,montant\na,1\n", "utf-8")
    resources = [
        {"name": "a", "path": "bon.csv", "schema": schema("b")},
        {"name": "b", "path": "b.csv", "schema": schema("a")},
    ]
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": resources}))
    done = territo("validate", "--format", "json", cwd=folder)
    assert done.code == 1, done
    tables = json.loads(done.out)["tables"]
    assert [table["by_code"] for table in tables] == [{"foreign-key": 1}, {}]
    assert tables[0]["findings"][0]["row"] == 3


def test_report_to_a_file_and_talk_apart(folder: Path) -> None:
    done = territo(
        "validate", "bon.csv", "--schema", "schema.json", "--format", "json",
        "--output", "rapport.json", cwd=folder,
    )  # fmt: skip
    assert (done.code, done.out) == (0, "")
    assert json.loads((folder / "rapport.json").read_text("utf-8"))["valid"] is True
    done = territo(
        "validate", "bon.csv", "--schema", "schema.json", "--output", "nulle/part.txt", cwd=folder
    )
    assert done.code == 2
    assert "part.txt" in done.err


def test_stop_after_says_that_it_stopped(folder: Path) -> None:
    content = ("code,montant\n" + "a,x\n" * 20_000).encode()
    done = check(folder, "faux.csv", content, "--stop-after", "10", "--format", "json")
    table = json.loads(done.out)["tables"][0]
    assert done.code == 1
    assert table["complete"] is False
    assert table["rows"] < 20_000


def test_limit_caps_the_list_only(folder: Path) -> None:
    content = ("code,montant\n" + "a,x\n" * 3000).encode()
    done = check(folder, "faux.csv", content, "--limit", "7", "--format", "json")
    table = json.loads(done.out)["tables"][0]
    assert (len(table["findings"]), table["errors"], table["truncated"]) == (7, 3000, True)
    assert table["by_field"] == {"montant": 3000}


def test_compressed_file(folder: Path) -> None:
    assert check(folder, "a.csv.gz", gzip.compress(GOOD.encode())).code == 0


def test_english_on_demand_and_by_locale(folder: Path) -> None:
    asked = ["validate", "bon.csv", "--schema", "schema.json"]
    assert "Valid: 1 table, 2 rows." in territo(*asked, "--lang", "en", cwd=folder).out
    assert "Valid: 1 table" in territo(*asked, cwd=folder, LANG="en_GB.UTF-8").out
    assert "Valide" in territo(*asked, cwd=folder, LANG="C").out


def test_alone_it_says_what_to_do_next(tmp_path: Path) -> None:
    assert "territo build" in territo(cwd=ROOT).out
    assert "financements" in territo(cwd=tmp_path).out
    (tmp_path / "a.csv").write_text(GOOD, "utf-8")
    assert "territo validate a.csv" in territo(cwd=tmp_path).out
    assert territo("--version").out.startswith("territo-opendata ")


def test_the_repository_is_valid_whole() -> None:
    done = territo("validate", "--format", "json")
    report = json.loads(done.out)
    assert (done.code, report["verdict"], report["skipped"]) == (0, "valid", [])
    assert len(report["tables"]) == 10
    made = [each for table in report["tables"] for each in table["checked"]]
    declared = json.loads((ROOT / "datapackage.json").read_text("utf-8"))["resources"]
    keys = references = 0
    for resource in declared:
        schema = json.loads((ROOT / resource["schema"]).read_text("utf-8"))
        keys += bool(schema.get("primaryKey"))
        references += len(schema.get("foreignKeys", ()))
    assert sum(each["kind"] == "primary-key" for each in made) == keys
    assert sum(each["kind"] == "foreign-key" for each in made) == references
