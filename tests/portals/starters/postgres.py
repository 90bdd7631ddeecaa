"""A private PostgreSQL cluster: no password, loopback only, made to be thrown away."""

import hashlib
import shutil
import signal
import subprocess
from pathlib import Path

from tests.portals.starters.installing import find_postgres
from tests.portals.starters.servers import (
    HOST,
    Service,
    StarterError,
    as_user,
    run,
    start,
    stop,
)

_USER = "postgres"


def start_cluster(folder: Path, port: int) -> None:
    """Start the cluster, made at first."""
    data = data_folder(folder)
    if not (data / "PG_VERSION").exists():
        made = ("-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run(_program("initdb"), "-D", data, *made, user=_USER)
    settings = (
        f"listen_addresses={HOST}",
        "unix_socket_directories=",  # their path could be too long
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
    )
    command = [_program("postgres"), "-D", data, "-p", str(port)]
    command += [word for each in settings for word in ("-c", each)]
    start(Service("postgres", command, lambda: _is_ready(port), user=_USER), folder)


def stop_cluster(folder: Path) -> None:
    """Stop the cluster, without waiting for its clients."""
    stop("postgres", folder, signal.SIGINT)


def remove_cluster(folder: Path) -> None:
    """Remove its files."""
    shutil.rmtree(data_folder(folder), ignore_errors=True)


def query(port: int, sql: str) -> str:
    """Run SQL as the owner of the cluster and return what it answers."""
    connection = ("-h", HOST, "-p", str(port), "-U", _USER, "-d", "postgres")
    return run(_program("psql"), *connection, "-qAt", "-v", "ON_ERROR_STOP=1", stdin=sql)


def make_role(port: int, name: str) -> None:
    """Make a role that may log in, where it is missing."""
    if not query(port, f"select 1 from pg_roles where rolname = '{name}'"):  # noqa: S608 (our own names)
        query(port, f"create role {name} login password 'pass'")


def make_database(port: int, name: str, owner: str) -> None:
    """Make a database, where it is missing."""
    if not query(port, f"select 1 from pg_database where datname = '{name}'"):  # noqa: S608
        query(port, f"create database {name} owner {owner} encoding 'UTF8' template template0")


def data_folder(folder: Path) -> Path:
    """Return where the cluster's files lie.

    PostgreSQL refuses to run as root, and its own account may be kept out of `folder` (a checkout
    in root's home): then they lie in the home of that account.
    """
    try:
        done = subprocess.run(["test", "-x", str(folder)], check=False, **as_user(_USER))
    except (LookupError, PermissionError) as error:
        raise StarterError(f"there is no account “{_USER}” to run PostgreSQL as") from error
    if done.returncode == 0:
        data = folder / "postgres"
    else:
        key = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        data = Path("/var/lib/postgresql") / f"territo-{key}"
    if not data.exists():
        data.mkdir(mode=0o700)
        if as_user(_USER):
            shutil.chown(data, _USER, _USER)
    return data


def _is_ready(port: int) -> bool:
    asked = [_program("pg_isready"), "-q", "-h", HOST, "-p", str(port)]
    return subprocess.run(asked, check=False).returncode == 0


def _program(name: str) -> str:
    found = find_postgres(name)
    if found is None:
        raise StarterError(f"PostgreSQL's {name} is not installed")
    return found
