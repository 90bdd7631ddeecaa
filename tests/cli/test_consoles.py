"""Consoles that have few characters, few columns, no colour, nobody who reads, or no home."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from territo_opendata.cli.glyphs import READABLE, register
from territo_opendata.cli.main import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs/exemples/mes-financements.csv"
VALIDATE = ("validate", str(EXAMPLE), "--schema", "financements")
POSIX = pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")


def start(
    command: str, *arguments: str, cwd: Path = ROOT, **settings: str
) -> tuple[int, bytes, bytes]:
    """Run `command` in a shell, where "$@" is `territo` with its arguments."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "LANG": "fr_FR.UTF-8",
        "COLUMNS": "100",
        **settings,
    }
    done = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "territo_opendata", *arguments],
        cwd=cwd, env=environment, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert b"Traceback" not in done.stderr, done.stderr.decode("utf-8", "replace")
    return done.returncode, done.stdout, done.stderr


@POSIX
@pytest.mark.parametrize(
    ("encoding", "there"),
    [
        ("cp1252", ["X mes-financements", "| subvention |", "« montant_eur »", "-> Écrire"]),
        ("ascii", ["X mes-financements", "| subvention |", '" montant_eur "', "-> Ecrire"]),
    ],
)
def test_what_an_encoding_lacks_is_written_readably(encoding: str, there: list[str]) -> None:
    code, out, _ = start('"$@"', *VALIDATE, PYTHONIOENCODING=f"{encoding}:strict", PYTHONUTF8="0")
    text = out.decode(encoding)
    assert code == 1
    for each in there:
        assert each in text.replace("\u00a0", " ")
    lines = text.splitlines()
    underlined = [(lines[n - 1], line) for n, line in enumerate(lines) if "^^" in line]
    assert {cells[line.index("^") :][: line.count("^")] for cells, line in underlined} >= {
        "Subvention", "15/03/2021",
    }  # fmt: skip


@POSIX
def test_what_programs_read_is_in_utf_8_whatever_the_console() -> None:
    code, out, _ = start('"$@"', "template", "financements", PYTHONIOENCODING="ascii:strict")
    assert code == 0
    assert "é" in out.decode("utf-8")


def test_every_sign_of_ours_can_be_read_in_ascii() -> None:
    register()
    written = {
        char
        for path in (ROOT / "territo_opendata").rglob("*.py")
        for char in path.read_text("utf-8")
        if not char.isascii()
    } - set("\ufe0f\ufffd\u0301")
    unreadable = {char for char in written if "\\u" in (made := _ascii(char)) or not made}
    assert len(written) > 30
    assert not unreadable


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Élève œuvré", "Eleve oeuvre"),
        ("α", "\\u03b1"),
        ("… │ é │ …\n    ^\n", ". | e | .\n    ^\n"),
        ("… et 3 autres\n", "... et 3 autres\n"),
        ("12\u00a0500\u202f€", "12 500 EUR"),
    ],
)
def test_a_sign_becomes_one_that_can_be_read(text: str, written: str) -> None:
    register()
    assert _ascii(text) == written


def _ascii(text: str) -> str:
    return text.encode("ascii", READABLE).decode("ascii")


@POSIX
@pytest.mark.skipif(shutil.which("script") is None, reason="no program to make a terminal with")
def test_a_poor_terminal_gets_no_escapes() -> None:
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": "dumb"}
    line = 'script -qec "$1 -m territo_opendata validate docs/exemples/mes-financements.csv --schema financements --lang fr" /dev/null'
    code, out, _ = start(line, **poor)
    assert code == 1
    assert b"\x1b" not in out
    assert b"X mes-financements" in out
    assert out.isascii()


@POSIX
@pytest.mark.parametrize(
    ("command", "arguments", "code", "said"),
    [
        ('"$@" >&- 2>&- <&-', VALIDATE, 1, ""),
        ('("$@"; echo $? >&2) | head -1 >&2', ("rules",), 0, ""),
        ('"$@" > /dev/full', VALIDATE, 2, "Le rapport n’a pas pu être écrit"),
        ('"$@" > /dev/full', ("--help",), 2, "le système a refusé"),
    ],
)  # fmt: skip
def test_nobody_reads(command: str, arguments: tuple[str, ...], code: int, said: str) -> None:
    if "/dev/full" in command and not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    done, _, err = start(command, *arguments)
    assert done == code, err
    assert said in err.decode("utf-8")


@pytest.mark.parametrize("columns", ["1", "20", "40", "500", "x"])
def test_a_width_is_kept_to(
    columns: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert run([*VALIDATE, "--lang", "fr"]) == 1
    lines = capsys.readouterr().out.splitlines()
    limit = min(max(int(columns) if columns.isdigit() else 100, 40), 140)
    assert max(len(line) for line in lines) <= limit
    assert "✗ Invalide" in lines[-1]


@POSIX
def test_no_home_is_needed() -> None:
    code, out, _ = start('"$@"', *VALIDATE, cwd=Path("/"), HOME="/proc", TMPDIR="/nowhere")
    assert code == 1
    assert "Nombre attendu" in out.decode("utf-8")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that nobody may write in")
def test_a_folder_that_cannot_be_written_in_is_told() -> None:
    output = ("--output", "x.csv")
    code, _, err = start('"$@"', "repair", *VALIDATE[1:], *output, cwd=Path("/proc"))
    assert code == 2
    assert "Impossible d’écrire" in err.decode("utf-8")
