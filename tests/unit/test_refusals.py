"""Files that another program holds, full disks, other volumes: what is said, and what is left."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from territo_opendata.cli.main import run
from territo_opendata.errors import TerritoError
from territo_opendata.refusals import reason
from territo_opendata.release.disk import Disk

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs/exemples/mes-financements.csv"
MEMORY = Path("/dev/shm")  # noqa: S108 (another volume, where there is one)


def _windows(code: int) -> OSError:
    error = OSError(errno.EINVAL, "Windows says so in its own language")
    error.winerror = code
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "Fermez-le dans Excel"),
        (OSError(errno.EBUSY, "Device or resource busy"), "Fermez-le dans Excel"),
        (_windows(32), "Fermez-le dans Excel"),
        (_windows(123), "n’admet pas ce nom"),
        (_windows(206), "trop long"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "trop long"),
        (OSError(errno.ENOSPC, "No space left on device"), "le disque est plein"),
        (OSError(errno.EROFS, "Read-only file system"), "en lecture seule"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "n’existe pas"),
        (OSError(errno.EIO, "Input/output\x1b error"), "Input/output\\u001b error. Vérifiez"),
        (OSError("odd"), "odd. Vérifiez"),
    ],
)
def test_a_refusal_says_what_to_do(error: OSError, said: str) -> None:
    assert said in reason(error).fr
    assert len(reason(error).en) > 10


def _refuse(method: str, matching: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Return what makes `Path.method` fail as Windows does for a file that Excel has open."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        plain = getattr(Path, method)

        def held(path: Path, *arguments: object, **options: object) -> object:
            if any(re.fullmatch(matching, Path(str(each)).name) for each in (path, *arguments)):
                raise PermissionError(errno.EACCES, "The process cannot access the file", str(path))
            return plain(path, *arguments, **options)

        monkeypatch.setattr(Path, method, held)

    return patch


_REPAIR = ("repair", "mon fichier.csv", "--schema", "financements", "--force")


@pytest.mark.parametrize(
    ("arguments", "held"),
    [
        (("validate", "mon fichier.csv", "--schema", "financements"), _refuse("open", r"mon .*")),
        (_REPAIR, _refuse("open", r"mon fichier\.csv")),
        (_REPAIR, _refuse("replace", r"mon fichier\.repare\.csv")),
        (("template", "financements", "--output", "m.xlsx", "--force"), _refuse("replace", r"m\.xlsx")),
        (
            ("validate", "mon fichier.csv", "--schema", "financements", "--output", "r.html"),
            _refuse("replace", r"r\.html"),
        ),
    ],
)  # fmt: skip
def test_a_file_open_in_excel_is_told_and_left_as_it_was(
    arguments: tuple[str, ...],
    held: Callable[[pytest.MonkeyPatch], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(EXAMPLE, tmp_path / "mon fichier.csv")
    for name in ("mon fichier.repare.csv", "m.xlsx", "r.html"):
        (tmp_path / name).write_bytes(b"before")
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    monkeypatch.chdir(tmp_path)
    held(monkeypatch)

    assert run([*arguments, "--lang", "fr"]) == 2

    assert "Fermez-le dans Excel" in capsys.readouterr().err
    monkeypatch.undo()
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


@pytest.mark.skipif(not MEMORY.is_dir(), reason="no second volume here")
@pytest.mark.parametrize(
    "arguments",
    [
        ("repair", str(EXAMPLE), "--schema", "financements", "--output", "x.csv", "--log", "l.csv"),
        ("template", "financements", "--output", "x.xlsx"),
        ("validate", str(EXAMPLE), "--schema", "financements", "--format", "xlsx", "--output", "x.xlsx"),
    ],
)  # fmt: skip
def test_what_is_written_may_go_to_another_volume(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as other:
        assert os.stat(other).st_dev != os.stat(tempfile.gettempdir()).st_dev  # noqa: PTH116
        monkeypatch.chdir(other)
        assert run(arguments) in (0, 1)
        made = sorted(each.name for each in Path(other).iterdir())
    assert made in (["l.csv", "x.csv"], ["x.xlsx"])


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_bytes(b"before")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TerritoError, match="le disque est plein"):
        Disk().put(kept, [b"after"])
    assert kept.read_bytes() == b"before"
