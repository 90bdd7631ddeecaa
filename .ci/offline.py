"""Install from a folder of wheels, then use the tool, with the network cut off.

usage: offline.py WHEEL [FOLDER]

The commands are those of docs/installation.md, "Sans réseau": its first block runs as on the
machine that has the network, its second in the empty FOLDER (a temporary one, unless named), as on
the one that has none. WHEEL stands for the published package, requirements.lock for its versions.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/installation.md"
EXAMPLE = ROOT / "docs/exemples/mes-financements.csv"
NO_NETWORK = 4
_CUTS = (["unshare", "--net"], ["unshare", "--map-root-user", "--net"])
_REFUSING = "http://127.0.0.1:9"
_PINNED = re.compile(r"^([\w.-]+==[^\s;\\]+(?: ; [^\\]+)?)", re.MULTILINE)


def main() -> None:
    """Run both blocks; the first command that fails ends it."""
    wheel = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as spare:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else spare).resolve()
        online, offline = blocks(PAGE.read_text("utf-8"))
        environment = {
            **os.environ,
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_QUIET": "1",
            "PIP_NO_COMPILE": "1",
        }
        links = f"{os.environ.get('PIP_FIND_LINKS', '')} {wheel.parent.as_uri()}".strip()
        pins = {
            **environment,
            "PIP_CONSTRAINT": constraints(wheel, folder),
            "PIP_FIND_LINKS": links,
        }
        for command in online:
            run(command, folder, pins)
        shutil.copy(EXAMPLE, folder / "mon-fichier.csv")
        cut, how, proxies = without_network()
        print(f"the network is cut off: {how}", flush=True)
        for command in offline:
            run([*cut, *command], folder, {**environment, **proxies})
        there = [offline[-1][0], "validate", "https://example.org/x.csv", "--schema", "sources"]
        run([*cut, *there], folder, {**environment, **proxies}, code=NO_NETWORK)


def blocks(page: str) -> tuple[list[list[str]], list[list[str]]]:
    """Return the commands of the page's two blocks, as this system writes them."""
    part = page.split("\n## Sans réseau\n", 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"^```sh\n(.*?)^```", part, re.MULTILINE | re.DOTALL)
    online, offline = ([_command(line) for line in block.splitlines()] for block in found)
    return online, offline


def _command(line: str) -> list[str]:
    program, *rest = shlex.split(line)
    if program == "python":
        program = sys.executable
    elif os.name == "nt":
        program = program.replace("/bin/", "/Scripts/")
    return [program, *rest]


def constraints(wheel: Path, folder: Path) -> str:
    """Write which versions the first block takes: those of the lock, and that of our wheel.

    Named by its version: older pips refuse a wheel by address with extras. The bare name of that file is returned: pip reads a variable as words parted by spaces.
    """
    pinned = _PINNED.findall((ROOT / "requirements.lock").read_text("utf-8"))
    path = folder / "versions.txt"
    lines = [*(each.strip() for each in pinned), f"territo-opendata=={wheel.name.split('-')[1]}"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path.name


def without_network() -> tuple[list[str], str, dict[str, str]]:
    """Return what to put before a command, how that cuts it off, and what to set."""
    for cut in _CUTS:
        if shutil.which(cut[0]) and not subprocess.run([*cut, "true"], check=False).returncode:  # noqa: S603
            return cut, f"an empty network namespace ({' '.join(cut)})", {}
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    proxies = {name: _REFUSING for each in names for name in (each, each.lower())}
    return [], f"a proxy that refuses ({_REFUSING})", {**proxies, "NO_PROXY": "", "no_proxy": ""}


def run(command: list[str], folder: Path, environment: dict[str, str], code: int = 0) -> None:
    """Run one command in the folder, and end with an error unless it exits with `code`."""
    print("$", shlex.join(command), flush=True)
    if "/" in command[0] and not Path(command[0]).is_absolute():
        command = [str(folder / command[0]), *command[1:]]
    done = subprocess.run(command, cwd=folder, env=environment, check=False)  # noqa: S603
    if done.returncode != code:
        sys.exit(f"exit code {done.returncode}, expected {code}")


if __name__ == "__main__":
    main()
