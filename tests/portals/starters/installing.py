"""The programs of the servers: Debian's packages, and Python environments pinned version by version."""

import contextlib
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from tests.portals.starters.servers import HOME, StarterError, locked, run

PINS = Path(__file__).resolve().parents[1] / "pins"
_UV = "uv==0.13.9"


def find_postgres(program: str) -> str | None:
    """Return the newest installed PostgreSQL's `program`; Debian keeps them out of PATH."""
    found = glob(f"/usr/lib/postgresql/*/bin/{program}")  # noqa: PTH207 (an absolute pattern)
    return max(found, key=lambda path: int(path.split("/")[4]), default=shutil.which(program))


def debian_packages() -> None:
    """Install what CKAN needs of Debian. Raises StarterError naming it when we are not root."""
    there = {
        "postgresql": find_postgres("initdb"),
        "redis-server": shutil.which("redis-server"),
        "libmagic1": glob("/usr/lib/*/libmagic.so.1"),  # noqa: PTH207
    }
    missing = [name for name, found in there.items() if not found]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StarterError(f"please install these Debian packages: {' '.join(missing)}")
    with locked("install"), _no_daemons():
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-q", **quiet)
        run("apt-get", "install", "-y", "-q", "--no-install-recommends", *missing, **quiet)


def environment(name: str) -> Path:
    """Return the programs' folder of the environment that `pins/<name>.txt` describes."""
    pins = PINS / f"{name}.txt"
    folder = HOME / "environments" / name
    mark = folder / "installed"
    wanted = hashlib.sha256(pins.read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        run(_uv(), "venv", "--quiet", "--python", sys.executable, folder)
        # Every version is pinned; psycopg2-binary stands in for psycopg2, which would need a
        # compiler, so that dependencies must not be looked at again.
        run(_uv(), "pip", "install", "--quiet", "--no-deps", "-p", folder, "-r", pins)
        mark.write_text(wanted)
    return folder / "bin"


def fingerprint(name: str, *programs: Path) -> str:
    """Return a digest of what data are made by: the pinned versions, and our own programs."""
    files = (PINS / f"{name}.txt", *programs)
    return hashlib.sha256(b"".join(each.read_bytes() for each in files)).hexdigest()


def _uv() -> str:
    """Return the installer: the user's uv, or one of our own."""
    os.environ.setdefault("UV_NATIVE_TLS", "1")
    own = HOME / "environments/uv/bin"
    found = shutil.which("uv") or shutil.which("uv", path=str(own))
    if found is None:
        with locked("install"):
            run(sys.executable, "-m", "venv", own.parent)
            run(own / "python", "-m", "pip", "install", "--quiet", _UV)
        found = str(own / "uv")
    return found


@contextlib.contextmanager
def _no_daemons() -> Iterator[None]:
    """Keep the packages from making a cluster and starting daemons: ours are private."""
    cluster = Path("/etc/postgresql-common/createcluster.conf")
    if not cluster.exists():
        cluster.parent.mkdir(parents=True, exist_ok=True)
        cluster.write_text("create_main_cluster = false\n")
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()
