"""Where the command writes: reports to stdout or a file, talk to stderr."""

import os
import shlex
import shutil
import sys
from pathlib import Path

from territo_opendata.errors import MissingFileError


def prepare_streams() -> None:
    """Make the streams able to write any character, whatever the console's code page."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")


def use_color() -> bool:
    """Tell whether stdout shows colours (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def width() -> int:
    """Return how many columns a report may take."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 140)


def quoted(text: str) -> str:
    """Return an argument as it is typed in the shell of this system."""
    if sys.platform == "win32":
        import subprocess

        return subprocess.list2cmdline([text])
    return shlex.quote(text)


def say(text: str) -> None:
    """Say something to the person, apart from the report."""
    sys.stderr.write(text.rstrip("\n") + "\n")
    sys.stderr.flush()


def deliver(text: str, output: Path | None) -> None:
    """Write a report to stdout, or whole to the file `output`.

    Raises MissingFileError when that file cannot be written.
    """
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        _write_whole(text, output)
    except OSError as error:
        reason = error.strerror or str(error)
        raise MissingFileError(
            f"Impossible d’écrire « {output} » : {reason}. Choisissez un autre fichier.",
            f"Cannot write “{output}”: {reason}. Choose another file.",
        ) from error


def _write_whole(text: str, output: Path) -> None:
    if output.exists() and not output.is_file():
        # A pipe or a device (/dev/stdout) is written to: a file in its place would be its end.
        with output.open("w", encoding="utf-8", newline="\n", errors="replace") as stream:
            stream.write(text)
        return
    # Opened as any new file, so that others may read it where the user's umask lets them.
    fresh = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with fresh.open("x", encoding="utf-8", newline="\n", errors="replace") as stream:
            stream.write(text)
        fresh.replace(output)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
