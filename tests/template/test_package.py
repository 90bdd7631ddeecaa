"""A package to start from: written whole, valid once filled in, and never over anything."""

import json
from pathlib import Path

import pytest

from tests.cli.run import territo

SCHEMA = {"name": "a-nous", "fields": [{"name": "nom", "type": "string", "example": "Arras"}]}


def start(folder: Path, *schemas: str) -> dict:
    done = territo("template", *schemas, "--package", str(folder))
    assert done.code == 0, done.err
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


def fill(folder: Path, **values: object) -> None:
    path = folder / "datapackage.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")


def mend(folder: Path, *names: str) -> None:
    for name in names:
        table, made = folder / f"{name}.xlsx", folder / f"{name}.csv"
        done = territo("repair", str(table), "--schema", name, "--output", str(made))
        assert done.code == 0, done.err


def test_two_tables_become_a_release(tmp_path: Path) -> None:
    folder = tmp_path / "Mes données"
    made = start(folder, "subventions", "financements")
    assert made["name"] == "mes-donnees"
    assert [each["path"] for each in made["resources"]] == ["subventions.csv", "financements.csv"]
    assert made["licenses"][0]["name"] == "etalab-2.0"
    mend(folder, "subventions", "financements")
    assert territo("validate", cwd=folder).code == 0
    (folder / "CHANGELOG.md").rename(tmp_path / "CHANGELOG.md")
    refused = territo("build", cwd=folder)
    assert refused.code == 2
    for each in (
        "`title`",
        "`description`",
        "`homepage`",
        "`contributors[0].title`",
        "CHANGELOG.md",
    ):
        assert each in refused.err
    (tmp_path / "CHANGELOG.md").rename(folder / "CHANGELOG.md")
    publisher = [{"title": "Préfecture", "roles": ["publisher"]}]
    fill(folder, title="T", description="D", homepage="https://exemple.fr", contributors=publisher)
    done = territo("build", cwd=folder)
    assert done.code == 0, done.err


def test_a_schema_of_ones_own_goes_along(tmp_path: Path) -> None:
    source = tmp_path / "schema.json"
    source.write_text(json.dumps(SCHEMA), "utf-8")
    made = start(tmp_path / "paquet", str(source))
    assert made["resources"][0]["schema"] == "a-nous.schema.json"
    assert json.loads((tmp_path / "paquet" / "a-nous.schema.json").read_text("utf-8")) == SCHEMA


@pytest.mark.parametrize("name", ["datapackage.json", "CHANGELOG.md", "subventions.xlsx"])
def test_nothing_is_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("à moi", "utf-8")
    done = territo("template", "subventions", "--package", str(tmp_path))
    assert done.code == 2
    assert name in done.err
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == "à moi"


@pytest.mark.parametrize(
    "given",
    [
        ["subventions", "--package", "d", "--force"],
        ["subventions", "--package", "d", "--output", "x.csv"],
        ["subventions", "financements", "--output", "x.csv"],
        ["subventions", "subventions", "--package", "d"],
        ["subventions", "inconnu", "--package", "d"],
        [],
    ],
    ids=["force", "output", "two files", "twice", "unknown", "none"],
)
def test_wrong_uses_write_nothing(tmp_path: Path, given: list[str]) -> None:
    done = territo("template", *given, cwd=tmp_path)
    assert done.code == 2
    assert list(tmp_path.iterdir()) == []
