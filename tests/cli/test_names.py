"""Names of files as other systems write them: never taken for an address, written as they are."""

import os
import shutil
import unicodedata
from pathlib import Path

import pytest

from territo_opendata.cli.main import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs/exemples/mes-financements.csv"
ABSENT = "n’existe pas"
NO_PACKAGE = "Il n’y a pas de « datapackage.json » dans «"

CASES = (
    (r"validate C:\données\x.csv --schema sources", ABSENT),
    ("validate c:x.csv --schema sources", ABSENT),
    (r"validate \\serveur\partage\x.csv --schema sources", ABSENT),
    (r"repair C:\données\x.csv --schema sources", ABSENT),
    (rf"validate {EXAMPLE} --schema C:\s.json", ABSENT),
    (rf"validate {EXAMPLE} --schema \\serveur\s.json", ABSENT),
    (r"schema lint C:\s.json", ABSENT),
    (r"diff C:\a.csv C:\b.csv", ABSENT),
    (r"get C:\paquet", NO_PACKAGE),
    (r"get \\serveur\paquet", NO_PACKAGE),
    ("get file:///C:/paquet", NO_PACKAGE),
    (r"verify C:\paquet", NO_PACKAGE),
    (r"plan --to C:\sortie", r"écrivez « folder:C:\sortie »"),
)


@pytest.mark.parametrize(("command", "said"), CASES, ids=[each[0] for each in CASES])
def test_a_path_of_windows_is_no_address(
    command: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run([*command.split(), "--lang", "fr"]) == 2
    assert said in capsys.readouterr().err


_DEEP = "/".join(["un dossier au nom bien long, comme en ont les partages"] * 6)


@pytest.mark.parametrize(
    "name",
    [
        "mon fichier d’été (v2).csv",
        unicodedata.normalize("NFD", "données évaluées.csv"),
        "a&b;c=d%20#1.csv",
        "aux financements.csv",
        pytest.param(
            f"{_DEEP}/x.csv",
            marks=pytest.mark.skipif(os.name == "nt", reason="long paths are a setting there"),
        ),
    ],
)
def test_a_file_is_repaired_beside_itself_under_its_own_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLE, file)
    monkeypatch.chdir(tmp_path)

    assert run(["repair", name, "--schema", "financements", "--lang", "fr"]) == 0

    made = file.with_name(f"{file.stem}.repare.csv")
    assert sorted(each.name for each in file.parent.iterdir()) == sorted([file.name, made.name])
    assert run(["validate", str(made), "--schema", "financements"]) == 0
    assert "Traceback" not in capsys.readouterr().err
