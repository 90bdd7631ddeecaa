"""The workbench of schema authors: each doubt is told once, at its line; a good schema is left alone."""

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import Done, territo

GOOD: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "name": "essai",
    "title": "Essai",
    "description": "Un essai.",
    "homepage": "https://exemple.fr",
    "path": "https://exemple.fr/v1.2.3/schema.json",
    "version": "1.2.3",
    "fields": [
        {
            "name": "siret",
            "type": "string",
            "title": "SIRET",
            "description": "Le numéro.",
            "example": "21750001600019",
        },
        {
            "name": "montant",
            "type": "number",
            "title": "Montant",
            "description": "En euros.",
            "example": 12.5,
            "constraints": {"minimum": 1},
        },
    ],
    "custom_checks": [{"name": "siret", "params": {"column": "siret"}}],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, GOOD)
    (tmp_path / "README.md").write_text("# Essai\n", "utf-8")
    (tmp_path / "CHANGELOG.md").write_text("# Historique\n\n## 1.2.3 - 2026-01-01\n", "utf-8")
    (tmp_path / "exemple-valide.csv").write_text("siret,montant\n21750001600019,3\n", "utf-8")
    return tmp_path


def write(folder: Path, schema: dict[str, Any]) -> None:
    (folder / "schema.json").write_text(json.dumps(schema, indent=1, ensure_ascii=False), "utf-8")


def changed(place: str, value: Any) -> dict[str, Any]:
    schema = json.loads(json.dumps(GOOD))
    holder = schema
    *path, last = place.split("/")
    for step in path:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    return schema


def lint(folder: Path, *options: str) -> Done:
    return territo("schema", "lint", *options, cwd=folder)


def test_a_good_schema_is_left_alone(folder: Path) -> None:
    done = lint(folder)
    assert done.code == 0, done
    assert done.out.splitlines()[-1] == "✓ Valide\u00a0: 1 schéma, 2 champs."
    assert "!" not in done.out


@pytest.mark.parametrize(
    ("place", "value", "code", "exit_code", "line"),
    [
        ("title", None, "schema-key-missing", 1, 1),
        ("homepage", " ", "schema-key-missing", 1, 1),
        ("version", "v1.2.3", "schema-version-form", 1, 1),
        ("path", "https://exemple.fr/v1.2.2/schema.json", "schema-path-version", 0, 1),
        ("fields/1/example", None, "schema-example-missing", 0, 1),
        ("fields/1/description", None, "schema-description-missing", 0, 1),
        ("fields/1/example", 0, "schema-example-invalid", 0, 18),
        ("fields/0/example", "21750001600018", "schema-example-invalid", 0, 11),
        ("fields/0/constraint", {"required": True}, "schema-unknown-property", 0, 1),
        ("custom_checks/0/name", "sirett", "schema-unknown-check", 0, 1),
        ("fields/1/type", "decimal", "schema-refused", 1, 18),
        ("resources", [{"name": "a", "path": "https://exemple.fr/a.csv"}], "schema-example-unread", 0, 1),
    ],
)  # fmt: skip
def test_each_doubt(
    folder: Path, place: str, value: Any, code: str, exit_code: int, line: int
) -> None:
    write(folder, changed(place, value))
    done = lint(folder, "--format", "json")
    assert done.code == exit_code, done.out
    findings = json.loads(done.out)["tables"][0]["findings"]
    found = [(each["code"], each["line"]) for each in findings]
    assert found.count((code, line)) == 1, found
    assert {each for each, _ in found} <= {code, "schema-example-missing", "schema-example-file"}
    assert lint(folder, "--fail-on", "warning").code == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [("README.md", "schema-readme-missing"), ("CHANGELOG.md", "schema-changelog-missing")],
)
def test_what_must_stand_beside(folder: Path, name: str, code: str) -> None:
    (folder / name).unlink()
    assert code in lint(folder).out


def test_a_changelog_of_another_version(folder: Path) -> None:
    (folder / "CHANGELOG.md").write_text("## 1.2.30\n\n## 11.2.3\n", "utf-8")
    assert "schema-changelog-missing" in lint(folder).out


def test_an_example_file_is_tried(folder: Path) -> None:
    (folder / "exemple-valide.csv").write_text("siret,montant\n21750001600018,0\n", "utf-8")
    done = lint(folder)
    assert done.code == 1
    assert "schema-example-file" in done.out
    assert re.search(r"2\serreurs", done.out)
    assert "ligne 2" in done.out


def test_the_version_is_the_tag(folder: Path) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v1.2.4"]):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
    assert "schema-version-tag" in lint(folder).out
    subprocess.run(["git", "tag", "v1.2.3"], cwd=folder, check=True)
    subprocess.run(["git", "tag", "-d", "v1.2.4"], cwd=folder, check=True, capture_output=True)
    assert lint(folder).code == 0


def test_several_schemas_one_of_them_broken(folder: Path) -> None:
    (folder / "b.json").write_text("{", "utf-8")
    done = lint(folder, "b.json", "schema.json")
    assert done.code == 1
    assert "1 schéma sur 2" in done.out


def test_nothing_to_review(tmp_path: Path) -> None:
    done = lint(tmp_path)
    assert done.code == 2
    assert "schema.json" in done.err


def test_docs_in_markdown() -> None:
    done = territo("schema", "docs", "financements")
    assert done.code == 0
    assert done.out.startswith("# Financements\n")
    assert "| `montant_eur` |" in done.out
    assert "## Contrôles" in done.out


class Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.append(tag)


def test_docs_in_html_hold_no_markup_of_the_schema(folder: Path) -> None:
    schema = changed("fields/0/description", "<script>alert(1)</script> `a|b` <b>")
    write(folder, {**schema, "title": "<img src=x onerror=1>"})
    done = territo(
        "schema", "docs", "schema.json", "--format", "html", "--output", "d.html", cwd=folder
    )
    assert done.code == 0, done
    page = (folder / "d.html").read_text("utf-8")
    parser = Cells()
    parser.feed(page)
    assert "script" not in parser.tags
    assert "img" not in parser.tags
    assert "<code>montant</code>" in page
    assert not re.search(r"(src|href)=\"(?!https://exemple\.fr|#|data:,\")", page)


def diff(folder: Path, *options: str) -> Done:
    return territo("schema", "diff", "old.json", "schema.json", *options, cwd=folder)


@pytest.mark.parametrize(
    ("place", "value", "version", "level", "code"),
    [
        ("fields/1/title", "Somme", "1.2.4", "PATCH", 0),
        ("fields/1/title", "Somme", "1.2.3", "PATCH", 1),
        ("fields/1/constraints/minimum", 0, "1.3.0", "MINOR", 0),
        ("fields/1/constraints/minimum", 0, "1.2.9", "MINOR", 1),
        ("fields/1/constraints/minimum", 5, "2.0.0", "MAJOR", 0),
        ("fields/1/constraints/minimum", 5, "1.9.0", "MAJOR", 1),
        ("fields/0/type", "any", "1.9.0", "MAJOR", 1),
        ("fields/1/name", "somme", "1.9.0", "MAJOR", 1),
    ],
)  # fmt: skip
def test_the_version_must_follow_the_changes(
    folder: Path, place: str, value: Any, version: str, level: str, code: int
) -> None:
    (folder / "old.json").write_text(json.dumps(GOOD), "utf-8")
    write(folder, {**changed(place, value), "version": version})
    done = diff(folder)
    assert done.code == code, done.out
    assert level in done.out
    found = json.loads(diff(folder, "--format", "json").out)
    assert found["version_follows"] is (code == 0)
    assert diff(folder, "--changelog").out.startswith("## ")


def test_the_same_schema(folder: Path) -> None:
    (folder / "old.json").write_text(json.dumps(GOOD), "utf-8")
    assert diff(folder).code == 0


def test_who_would_be_harmed(folder: Path) -> None:
    (folder / "old.json").write_text(json.dumps(GOOD), "utf-8")
    write(folder, {**changed("fields/1/name", "Montant"), "version": "2.0.0"})
    corpus = folder / "publies"
    corpus.mkdir()
    good = "siret,montant\n21750001600019,{}\n"
    (corpus / "renommage.csv").write_text(good.format(3), "utf-8")
    (corpus / "deja-faux.csv").write_text(good.format("x"), "utf-8")
    done = diff(folder, "--corpus", "publies")
    assert done.code == 0, done
    assert "Sur 2 fichier(s) publié(s), 1 suivent" in done.out
    assert "renommage.csv : 2 erreur(s), réparable" in done.out
    assert "deja-faux.csv" not in done.out
    write(folder, {**changed("fields/1/constraints/minimum", 5), "version": "2.0.0"})
    found = json.loads(diff(folder, "--corpus", "publies", "--format", "json").out)
    assert found["corpus"]["harmed"] == [
        {"file": "renommage.csv", "errors": 1, "left_after_repair": 1}
    ]
    assert diff(folder, "--corpus", "nulle-part").code == 2
