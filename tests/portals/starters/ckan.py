"""A CKAN of our own: DataStore, uploads, PostgreSQL and Redis are the real ones; Solr is not."""

import json
import secrets
import shutil
import sys
import tempfile
from glob import glob
from pathlib import Path
from typing import Any

from tests.portals.starters import postgres
from tests.portals.starters.ckan_settings import write_settings
from tests.portals.starters.installing import debian_packages, environment, fingerprint
from tests.portals.starters.servers import (
    HOME,
    HOST,
    ROOT,
    Service,
    answers,
    free_ports,
    listens,
    load_state,
    locked,
    run,
    save_state,
    start,
    stop,
)

VERSIONS = ("2.12", "2.11")
DATABASES = ("ckan_default", "datastore_default")
_WEB = {"ckan": "port", "ckan-small": "small_port"}
_STORES = ("solr", "redis")
_INSIDE = Path(__file__).with_name("inside")
"""What runs in the environment of the portal itself."""


def folder_of(version: str) -> Path:
    """Return where this version's data lie."""
    return HOME / f"ckan-{version}"


def up(version: str = VERSIONS[0]) -> dict[str, Any]:
    """Install, start and fill what is missing; return addresses, tokens and names."""
    folder, pins = folder_of(version), f"ckan-{version}"
    with locked(pins):
        debian_packages()
        programs = environment(pins)
        made_by = fingerprint(pins, _INSIDE / "ckan_seed.py")
        state = load_state(folder)
        if state.get("made_by") != made_by or "tokens" not in state:
            wipe(version)
            folder.mkdir()
            state = {"made_by": made_by, **_new_state(version)}
            save_state(folder, state)
        _start_stores(folder, state, programs)
        write_settings(folder, state)
        if "tokens" not in state:
            state.update(_fill(folder, state, programs))
            save_state(folder, state)
        for name, port in _WEB.items():
            start(_web(name, state[port], folder, programs), folder)
        return state


def down(version: str = VERSIONS[0]) -> None:
    """Stop all that `up` started."""
    folder = folder_of(version)
    for name in (*_WEB, *_STORES):
        stop(name, folder)
    postgres.stop_cluster(folder)


def wipe(version: str = VERSIONS[0]) -> None:
    """Stop it and forget its data; the installed programs stay."""
    folder = folder_of(version)
    if folder.exists():
        down(version)
        postgres.remove_cluster(folder)
        shutil.rmtree(folder)


def _new_state(version: str) -> dict[str, Any]:
    names = ("port", "small_port", "solr_port", "redis_port", "postgres_port")
    ports = dict(zip(names, free_ports(len(names), f"ckan-{version}"), strict=True))
    # Kept over restarts: with another secret, every token would be dead.
    return {"version": version, "secret": secrets.token_urlsafe(32), **ports} | {
        "url": f"http://{HOST}:{ports['port']}",
        "small_url": f"http://{HOST}:{ports['small_port']}",
    }


def _start_stores(folder: Path, state: dict[str, Any], programs: Path) -> None:
    postgres.start_cluster(folder, state["postgres_port"])
    port = state["redis_port"]
    options = ("--bind", HOST, "--port", str(port), "--save", "", "--appendonly", "no")
    start(Service("redis", ["redis-server", *options], lambda: listens(port)), folder)
    start_solr(folder, state["solr_port"], programs)


def start_solr(folder: Path, port: int, programs: Path) -> None:
    """Start the stand-in, which keeps its documents; without it every write of CKAN fails."""
    schema = glob(str(programs.parent / "lib/python3*/site-packages/ckan/config/solr/schema.xml"))  # noqa: PTH207
    command = [sys.executable, "-m", "tests.portals.starters.solr", schema[0]]
    command += [folder / "solr.sqlite", str(port)]
    ready = f"http://{HOST}:{port}/solr/ckan/ping"
    service = Service("solr", command, lambda: answers(ready), {"PYTHONPATH": str(ROOT)})
    start(service, folder)


def _fill(folder: Path, state: dict[str, Any], programs: Path) -> dict[str, Any]:
    """Make the databases, the organisations, the users and their tokens."""
    port = state["postgres_port"]
    for name in DATABASES:
        postgres.make_role(port, name)
        postgres.make_database(port, name, owner=DATABASES[0])
    ckan = (programs / "ckan", "-c", folder / "ckan.ini")
    run(*ckan, "db", "upgrade")
    postgres.query(port, run(*ckan, "datastore", "set-permissions"))
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "made.json"
        run(programs / "python", _INSIDE / "ckan_seed.py", folder / "ckan.ini", made)
        return dict(json.loads(made.read_text(encoding="utf-8")))


def _web(name: str, port: int, folder: Path, programs: Path) -> Service:
    workers = "2" if name == "ckan" else "1"
    command = [programs / "gunicorn", "--workers", workers, "--bind", f"{HOST}:{port}"]
    command += ["--timeout", "120", "--no-control-socket", "--chdir", _INSIDE, "ckan_wsgi"]
    settings = {"CKAN_INI": str(folder / f"{name}.ini")}
    # The socket listens before the workers are ready, so an answer is waited for.
    return Service(name, command, lambda: answers(_status(port)), settings)


def _status(port: int) -> str:
    return f"http://{HOST}:{port}/api/3/action/status_show"
