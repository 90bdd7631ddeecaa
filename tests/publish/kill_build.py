"""Kill a build at each of its writes, in a child process, and build again.

usage: kill_build.py SCRATCH FIRST|AGAIN
Prints one JSON object: the number of steps, and whatever was wrong.
"""

import json
import os
import shutil
import sys
from pathlib import Path

import polars as pl  # loaded here; its threads start in the children only

from territo_opendata.build import build_release
from territo_opendata.release.disk import Disk, replaced
from tests.publish.kill_each import KILLED, killer, tree
from tests.publish.packages import TOWNS, proof, write_package

assert pl


def build(folder, mark, watch=None):
    table = (TOWNS, f"code,nom\n01004,{mark}\n")
    package = write_package(folder / "source", tables={"communes": table})
    build_release(package, proof(package), folder / "out", disk=Disk(watch) if watch else None)


def in_child(folder, mark, step=None):
    """Build in a child that dies before `step`; return whether it lived to the end."""
    child = os.fork()
    if not child:
        build(folder, mark, killer(step) if step is not None else None)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED), code
    return code == 0


def main():
    scratch, again = Path(sys.argv[1]), sys.argv[2] == "AGAIN"
    start, whole = scratch / "start", scratch / "whole"
    start.mkdir()
    if again:
        in_child(start, "old")
    old = tree(start / "out")
    shutil.copytree(start, whole)
    in_child(whole, "new")
    new, faults, step = tree(whole / "out"), [], 0
    while True:
        folder = scratch / "run"
        shutil.copytree(start, folder)
        lived = in_child(folder, "new", step)
        left = tree(folder / "out") or tree(replaced(folder / "out"))
        if left not in (old, new):
            faults.append(f"step {step}: neither the old release nor the new one is whole")
        in_child(folder, "new")
        if tree(folder / "out") != new:
            faults.append(f"step {step}: it does not converge")
        if sorted(each.name for each in folder.iterdir()) != ["out", "source"]:
            faults.append(f"step {step}: something is left behind")
        shutil.rmtree(folder)
        if lived:
            break
        step += 1
    sys.stdout.write(json.dumps({"steps": step, "faults": faults}))


if __name__ == "__main__":
    main()
