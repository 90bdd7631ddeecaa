"""What `territo validate` says to type next when something can be mended without a person."""

import shlex
from pathlib import Path

import pytest

from tests.cli.run import Done, territo

ROWS = "nature,montant_eur\nSubvention,« 1 »\nengagement,12\n"
SCHEMA = """{"name": "essai", "fields": [
  {"name": "nature", "type": "string", "constraints": {"enum": ["subvention", "engagement"]}},
  {"name": "montant_eur", "type": "number"}]}"""


def check(folder: Path, file: str, *more: str) -> Done:
    (folder / file).write_text(ROWS, encoding="utf-8")
    (folder / "essai.json").write_text(SCHEMA, encoding="utf-8")
    named = f"./{file}" if file.startswith("-") else file
    return territo("validate", named, "--schema", "essai.json", *more, cwd=folder)


@pytest.mark.parametrize("file", ["suivi.csv", "mes suivis été.csv", "$(date).csv", "-x.csv"])
def test_the_command_can_be_pasted(file: str, tmp_path: Path) -> None:
    done = check(tmp_path, file)
    assert "À corriger sans vous : 1 constat.\n" in done.err
    _, program, *arguments = done.err.replace("\n", " ").rpartition("territo repair")
    pasted = territo("repair", *shlex.split(" ".join(arguments)), cwd=tmp_path)
    assert program == "territo repair"
    assert "Corrigé (1)" in pasted.out


def test_silent_where_nothing_is_certain(tmp_path: Path) -> None:
    done = check(tmp_path, "suivi.csv", "--limit", "0")
    assert done.code == 1
    assert done.err == ""


@pytest.mark.parametrize("more", [("--format", "json"), ("--format", "csv")])
def test_silent_for_machines(more: tuple[str, str], tmp_path: Path) -> None:
    assert check(tmp_path, "suivi.csv", *more).err == ""


def test_silent_where_it_cannot_be_typed(tmp_path: Path) -> None:
    assert check(tmp_path, "a\nb.csv").err == ""
