"""A real CKAN and a real udata on this machine, for tests: see docs/portails.md.

usage: python -m tests.portals up|down|wipe|env [--quiet] [ckan|ckan-2.11|udata]...

`up` installs and starts what is missing and prints addresses and tokens as JSON; `env` prints
them as `export` lines; `down` stops, `wipe` also forgets all data. Without a name: ckan and udata.
`--quiet` prints nothing but failures.
"""

import json
import shlex
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from types import ModuleType
from typing import Any

from tests.portals.starters import ckan, udata
from tests.portals.starters.servers import StarterError

_VERBS = ("up", "down", "wipe", "env")
_PORTALS: Mapping[str, tuple[ModuleType, tuple[str, ...]]] = {
    "ckan": (ckan, ()),
    "ckan-2.11": (ckan, ("2.11",)),
    "udata": (udata, ()),
}
_SECRETS = ("secret", "made_by")


def main(arguments: list[str]) -> int:
    """Do what the arguments say and return the exit code."""
    quiet = "--quiet" in arguments
    verb, *names = [each for each in arguments if each != "--quiet"] or [""]
    names = names or ["ckan", "udata"]
    if verb not in _VERBS or not set(names) <= set(_PORTALS):
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        with ThreadPoolExecutor() as pool:
            done = dict(zip(names, pool.map(partial(_do, verb), names), strict=True))
    except StarterError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if verb == "up" and not quiet:
        sys.stdout.write(json.dumps(done, indent=1, ensure_ascii=False) + "\n")
    if verb == "env" and not quiet:
        sys.stdout.writelines(
            line for name, state in done.items() for line in _exports(name, state)
        )
    return 0


def _do(verb: str, name: str) -> dict[str, Any]:
    module, arguments = _PORTALS[name]
    act = partial(getattr(module, "up" if verb == "env" else verb), *arguments)
    state = act() or {}
    return {key: value for key, value in state.items() if key not in _SECRETS}


def _exports(name: str, state: Mapping[str, Any]) -> list[str]:
    prefix = name.upper().replace("-", "_").replace(".", "_")
    flat = {"URL": state["url"], **{f"TOKEN_{k}": v for k, v in state["tokens"].items()}}
    return [f"export {prefix}_{key.upper()}={shlex.quote(value)}\n" for key, value in flat.items()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
