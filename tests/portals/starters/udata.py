"""A udata of our own (the software of data.gouv.fr), on a stand-in for MongoDB."""

import json
import shutil
from pathlib import Path
from typing import Any

from tests.portals.starters.installing import environment, fingerprint
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
    save_state,
    start,
    stop,
)

VERSION = "17.18"
_TERRITORIES = ROOT / "datasets/territoires.csv"
_INSIDE = Path(__file__).with_name("inside")
"""What runs in the environment of the portal itself."""


def folder_of() -> Path:
    """Return where its data lie."""
    return HOME / f"udata-{VERSION}"


def up() -> dict[str, Any]:
    """Install, start and fill what is missing; return addresses, keys and ids."""
    folder, pins = folder_of(), f"udata-{VERSION}"
    with locked(pins):
        programs = environment(pins)
        made_by = fingerprint(pins, *sorted(_INSIDE.glob("udata_*.py")), _TERRITORIES)
        state = load_state(folder)
        if state.get("made_by") != made_by or not (folder / "made.json").exists():
            wipe()
            folder.mkdir()
            state = {"made_by": made_by, **_new_state()}
            save_state(folder, state)
        _write_settings(folder, state)
        start(_database(folder, state["database_port"], programs), folder)
        start(_web(folder, state, programs), folder)
        return {**state, **json.loads((folder / "made.json").read_text(encoding="utf-8"))}


def down() -> None:
    """Stop both processes."""
    for name in ("udata", "database"):
        stop(name, folder_of())


def wipe() -> None:
    """Stop it and forget its data; the installed programs stay."""
    if folder_of().exists():
        down()
        shutil.rmtree(folder_of())


def _new_state() -> dict[str, Any]:
    names = ("port", "catalogue_port", "database_port")
    ports = dict(zip(names, free_ports(len(names), f"udata-{VERSION}"), strict=True))
    return {"version": VERSION, **ports, "url": f"http://{HOST}:{ports['port']}"} | {
        "catalogue_url": f"http://{HOST}:{ports['catalogue_port']}",
    }


def _database(folder: Path, port: int, programs: Path) -> Service:
    command = [programs / "python", programs / "secantusd-py", "--host", HOST]
    command += ["--port", str(port), "--standalone", "--storage-path", folder / "database"]
    return Service("database", command, lambda: listens(port))


def _web(folder: Path, state: dict[str, Any], programs: Path) -> Service:
    command = [programs / "python", _INSIDE / "udata_server.py", folder]
    command += [str(state["port"]), str(state["catalogue_port"]), _TERRITORIES]
    settings = {"UDATA_SETTINGS": str(folder / "udata.cfg")}
    return Service("udata", command, lambda: answers(_site(state)), settings)


def _site(state: dict[str, Any]) -> str:
    return f"{state['url']}/api/1/site/"


def _write_settings(folder: Path, state: dict[str, Any]) -> None:
    settings = {
        "SERVER_NAME": f"{HOST}:{state['port']}",
        "SECRET_KEY": "for tests on this machine",
        "API_TOKEN_SECRET": "for tests on this machine",
        "MONGODB_HOST": f"mongodb://{HOST}:{state['database_port']}/udata",
        "CELERY_TASK_ALWAYS_EAGER": True,  # background work is done in the request: no Redis
        "CACHE_TYPE": "flask_caching.backends.SimpleCache",
        "SEND_MAIL": False,
        "FS_ROOT": str(folder / "files"),
        "URLS_ALLOW_LOCAL": True,
        "URLS_ALLOW_PRIVATE": True,
        "URLS_RESOLVE_HOSTNAME": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},  # no DNS for contacts
        "SCHEMA_CATALOG_URL": f"{state['catalogue_url']}/schemas.json",
        "HARVESTER_BACKENDS": ["dcat"],
        "HARVEST_AUTOARCHIVE_GRACE_DAYS": -1,  # what leaves a catalogue is archived at once
        "DEFAULT_LANGUAGE": "fr",
    }
    text = "".join(f"{name} = {value!r}\n" for name, value in settings.items())
    (folder / "udata.cfg").write_text(text, encoding="utf-8")
