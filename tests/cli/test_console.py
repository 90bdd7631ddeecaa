"""Where reports are written."""

import os
import threading
from pathlib import Path

import pytest

from territo_opendata.cli.console import deliver
from territo_opendata.errors import MissingFileError


def test_a_report_replaces_a_file_whole(tmp_path: Path) -> None:
    output = tmp_path / "rapport.txt"
    output.write_text("avant")

    deliver("après\n", output)

    assert output.read_bytes() == "après\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["rapport.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reader.start()

    deliver("vu\n", pipe)

    reader.join(10)
    assert read == ["vu\n"]
    assert pipe.is_fifo()


def test_a_folder_is_no_place_for_a_report(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        deliver("x", tmp_path)
