"""Where the command writes: reports to stdout or a file, talk to stderr."""

import contextlib
import errno
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from territo_opendata.cli.glyphs import READABLE, register
from territo_opendata.errors import UsageError
from territo_opendata.refusals import reason, unwritable

_VIRTUAL_TERMINAL = 4


def prepare_streams() -> None:
    """Make the streams able to write any character, whatever the console's code page.

    A file or a pipe gets UTF-8 unless PYTHONIOENCODING names another encoding; what an encoding
    does not have is written as something readable. A stream that was closed swallows its text.
    """
    register()
    named = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    sys.stdout = _prepared(sys.stdout, named or "utf-8")
    sys.stderr = _prepared(sys.stderr, named or "utf-8")


def _prepared(stream: TextIO | None, encoding: str) -> TextIO:
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")  # open until the process ends
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        if stream.isatty():
            reconfigure(errors=READABLE)
        else:
            reconfigure(encoding=encoding, errors=READABLE, newline="\n")
    return stream


def use_color() -> bool:
    """Tell whether stdout shows colours (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or obeys_escapes(sys.stdout)


def obeys_escapes(stream: TextIO) -> bool:
    """Tell whether the stream is a terminal that colours and erases when told to."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return _asked_to_obey(stream)


def _asked_to_obey(stream: TextIO) -> bool:
    """Ask a console of Windows to obey escapes, which it shows as signs unless it is asked to.

    https://learn.microsoft.com/windows/console/setconsolemode
    """
    if sys.platform != "win32":
        return True
    import ctypes
    import msvcrt

    try:
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(stream.fileno()))
    except OSError:
        return False
    system, mode = ctypes.windll.kernel32, ctypes.c_ulong()
    if not system.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(system.SetConsoleMode(handle, mode.value | _VIRTUAL_TERMINAL))


def width() -> int:
    """Return how many columns a report may take."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 40), 140)


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


def show(text: str) -> None:
    """Write a report for a person to stdout, in an encoding that the console can show.

    Raises BrokenPipeError when nobody reads it any more, UsageError when it cannot be written.
    """
    with _told():
        sys.stdout.write(text)
        sys.stdout.flush()


def deliver(text: str, output: Path | None, *, person: bool = False) -> None:
    """Write a report to stdout, as `show` does for a `person`, or whole to the file `output`.

    What programs read is in UTF-8 wherever it goes, but for a terminal. Raises MissingFileError
    when that file cannot be written, and as `show` for stdout.
    """
    if output is None:
        if person or sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
            show(text)
            return
        with _told():
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()
        return
    try:
        _write_whole(text, output)
    except OSError as error:
        raise unwritable(output, error) from error


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Turn the refusal of stdout into advice; Windows says of a closed pipe that it is invalid."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if sys.platform == "win32" and error.errno == errno.EINVAL:
            raise BrokenPipeError from error
        why = reason(error)
        raise UsageError(
            f"Le rapport n’a pas pu être écrit : {why.fr}.",
            f"The report could not be written: {why.en}.",
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
