"""A file to be written where there is no folder: the same refusal by every command."""

from pathlib import Path

import pytest

from tests.cli.run import territo

TABLE = "datasets/sources.csv"
COMMANDS = {
    "template-csv": ("template", "sources", "--output", "{}/x.csv"),
    "template-xlsx": ("template", "sources", "--output", "{}/x.xlsx"),
    "html": ("validate", TABLE, "--format", "html", "--output", "{}/x.html"),
    "xlsx": ("validate", TABLE, "--format", "xlsx", "--output", "{}/x.xlsx"),
    "repair": ("repair", TABLE, "--schema", "sources", "--output", "{}/x.csv"),
    "log": ("repair", TABLE, "--schema", "sources", "--output", "{}.csv", "--log", "{}/l.csv"),
    "diff": ("diff", TABLE, TABLE, "--output", "{}/x.txt"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_folder_is_made_for_a_report(command: str, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    done = territo(*(each.format(absent) for each in COMMANDS[command]))
    assert done.code == 2
    assert "Impossible d’écrire" in done.err
    assert str(absent) in done.err
    assert not absent.exists()
