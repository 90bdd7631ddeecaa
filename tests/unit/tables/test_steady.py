"""Files that change, or vanish, while they are read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from territo_opendata.errors import TerritoError
from territo_opendata.workflow.validation import validate_files

LINES = "".join(f"x{number % 7},{number}\n" for number in range(20_000))


def _append(path: Path) -> None:
    with path.open("a") as stream:
        stream.write("z,1\n")


def _replace(path: Path) -> None:
    other = path.with_name("autre")
    other.write_text("a,b\n")
    other.replace(path)


def _empty(path: Path) -> None:
    path.write_text("")


# Windows lets nobody replace or delete a file that is being read.
_CHANGES = [_append, _empty] if os.name == "nt" else [_append, _empty, _replace, Path.unlink]


@pytest.mark.parametrize("change", _CHANGES)
def test_a_file_that_changes_is_refused(change: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + LINES)
    schema = tmp_path / "s.json"
    schema.write_text('{"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": "a"}')
    changed = []

    def progress(*_: object) -> None:
        if not changed:
            changed.append(change(path))

    with pytest.raises(TerritoError) as caught:
        validate_files([str(path)], schema=str(schema), progress=progress)
    assert caught.value.exit_code == 2
    assert "t.csv" in caught.value.text.fr
