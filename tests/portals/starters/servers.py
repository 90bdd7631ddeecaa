"""Processes, ports and files of the servers that portal tests need. Linux only (it reads /proc)."""

import contextlib
import fcntl
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
HOME = Path(os.environ.get("TERRITO_PORTALS_HOME") or ROOT / ".portals").resolve()
"""Where programs and data of the servers lie; nothing else is written but PostgreSQL's files."""

HOST = "127.0.0.1"
_FIRST_PORT, _LAST_PORT = 20_000, 32_000  # below those that Linux gives to clients
_PATIENCE = 120.0

PORTALS = ("ckan-2.12", "ckan-2.11", "udata-17.18")


class StarterError(Exception):
    """A server that could not be installed or started; the text says why."""


@dataclass(frozen=True, slots=True)
class Service:
    """A server process: its command line, and how it is known to be ready.

    `user` is the account to run as, for programs that refuse root; `stop` the signal that ends
    it in good order.
    """

    name: str
    command: Sequence[str | Path]
    ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    stop: signal.Signals = signal.SIGTERM


def start(service: Service, folder: Path) -> None:
    """Start the service unless it runs, and wait until it is ready; its log lies in `folder`."""
    if running(service.name, folder) is None:
        log = folder / f"{service.name}.log"
        with log.open("ab") as output:
            child = subprocess.Popen(
                [str(each) for each in service.command],
                cwd=folder if service.user is None else "/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                env={**os.environ, **service.environment},
                **as_user(service.user),
            )
        _pid_file(service.name, folder).write_text(f"{child.pid} {_born(child.pid)}")
        child.returncode = 0  # it lives on after us: Python need not warn of that
    _wait(service, folder)


def stop(name: str, folder: Path, how: signal.Signals = signal.SIGTERM) -> None:
    """End the process that `start` made, and only that one."""
    pid = running(name, folder)
    end = time.monotonic() + 15
    if pid is not None:
        os.kill(pid, how)
    while pid is not None and running(name, folder) is not None:
        if time.monotonic() > end:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
    _pid_file(name, folder).unlink(missing_ok=True)


def running(name: str, folder: Path) -> int | None:
    """Return the process id of a service that `start` made and that still runs."""
    try:
        pid, born = _pid_file(name, folder).read_text().split()
        alive = _born(int(pid)) == born
    except (OSError, ValueError):
        return None
    return int(pid) if alive else None


def as_user(name: str | None) -> dict[str, Any]:
    """Return the options of `subprocess` that run a command as this user, when we are root."""
    if name is None or os.geteuid() != 0:
        return {}
    return {"user": name, "group": name, "extra_groups": []}


def run(*command: str | Path, stdin: str = "", user: str | None = None, **environment: str) -> str:
    """Return what a command prints. Raises StarterError with all that it said when it fails."""
    done = subprocess.run(
        [str(each) for each in command],
        cwd="/",
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        **as_user(user),
    )
    if done.returncode:
        said = (done.stdout[-2_000:] + done.stderr[-4_000:]).strip()
        raise StarterError(f"{Path(command[0]).name} failed ({done.returncode}):\n{said}")
    return done.stdout


def answers(url: str) -> bool:
    """Tell whether a server answers 200 at `url`."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=30) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def listens(port: int) -> bool:
    """Tell whether something listens on this port."""
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == 0


def free_ports(count: int, portal: str) -> list[int]:
    """Return so many free ports in a row; where the search starts depends on the checkout.

    Each portal has its own, so that two that start at once do not choose the same.
    """
    width = 10 * len(PORTALS)
    span = (_LAST_PORT - _FIRST_PORT) // width
    start_at = sum(os.fsencode(HOME)) * 7919 % span
    for step in range(span):
        first = _FIRST_PORT + width * ((start_at + step) % span) + 10 * PORTALS.index(portal)
        if all(map(_is_free, range(first, first + count))):
            return list(range(first, first + count))
    raise StarterError("no free ports on this machine")


@contextlib.contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one starter at a time do what goes by this name."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def load_state(folder: Path) -> dict[str, Any]:
    """Return what was kept in `folder`, or nothing."""
    try:
        return dict(json.loads((folder / "state.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def save_state(folder: Path, state: Mapping[str, Any]) -> None:
    """Keep `state`, which holds tokens, for this user alone."""
    new = folder / "state.json.new"
    new.touch(mode=0o600)
    new.write_text(json.dumps(state, indent=1, ensure_ascii=False), encoding="utf-8")
    new.replace(folder / "state.json")


def _is_free(port: int) -> bool:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((HOST, port))
        except OSError:
            return False
    return True


def _wait(service: Service, folder: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while not service.ready():
        if running(service.name, folder) is None or time.monotonic() > end:
            log = (folder / f"{service.name}.log").read_text(errors="replace")
            raise StarterError(f"{service.name} did not start:\n{log[-3_000:]}")
        time.sleep(0.1)


def _pid_file(name: str, folder: Path) -> Path:
    return folder / f"{name}.pid"


def _born(pid: int) -> str:
    """Return when the process started, so that a reused number is not taken for it.

    Raises ProcessLookupError for one that has ended.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        raise ProcessLookupError(pid) from None
    if fields[0] == "Z":
        raise ProcessLookupError(pid)
    return fields[19]
