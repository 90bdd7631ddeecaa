"""Kill a publication at each of its writes, in a child process, and look at what is left.

usage: kill_each.py SCRATCH OLD_RELEASE|- NEW_RELEASE
Prints one JSON object: the number of steps, and whatever was wrong.
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from territo_opendata.publish import apply_plan, make_plan, parse_target, verify_target
from territo_opendata.release import open_release
from territo_opendata.release.disk import Disk

KILLED = 9


def publish(folder, release, watch=None, plan=None):
    settings = {"base_url": "https://example.org/données"}
    if watch:
        settings["disk"] = Disk(watch)
    target = parse_target(f"folder:{folder}", release, settings)
    apply_plan(plan or make_plan(target, frozenset({"removal"})), target)
    return target


def killer(last):
    """Return what ends the process, as a power cut would, before step number `last`."""
    steps = iter(range(last))

    def watch(*_step):
        if next(steps, None) is None:
            os._exit(KILLED)

    return watch


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def faults_of(folder, releases):
    """Return what a reader would find wrong in a folder left by a killed run."""
    entry = folder / "essai" / "datapackage.json"
    faults = entry_faults(entry) if entry.exists() else []
    known = [{each.path: each.sha256 for each in release.files} for release in releases]
    latest = folder / "essai" / "latest"
    for path, digest in tree(latest).items():
        hidden = any(part.startswith(".") for part in path.split("/"))
        if not hidden and digest not in {files.get(path) for files in known}:
            faults.append(f"latest/{path} is torn")
    for path in (folder / "essai" / "releases").glob("[!.]*"):
        if open_release(path).digest not in {release.digest for release in releases}:
            faults.append(f"{path.name} is no release")
    return faults + root_faults(folder)


def entry_faults(entry):
    resources = json.loads(entry.read_text(encoding="utf-8"))["resources"]
    faults = []
    if len({each["path"].split("/")[1] for each in resources}) != 1:
        faults.append("the entry names several releases")
    for each in resources:
        content = (entry.parent / each["path"]).read_bytes()
        if each["hash"] != "sha256:" + hashlib.sha256(content).hexdigest():
            faults.append(f"{each['path']} is not what the entry says")
    return faults


def root_faults(folder):
    catalogue = folder / "catalog.jsonld"
    if catalogue.exists():
        json.loads(catalogue.read_text(encoding="utf-8"))
    pages = [each for each in (folder / "index.html", folder / "essai/index.html") if each.exists()]
    texts = {each: each.read_text(encoding="utf-8") for each in pages}
    return [f"{each} is cut" for each in pages if not texts[each].endswith("</html>\n")]


def kill(folder, release, step, plan):
    """Publish in a child that dies before `step`; return whether it lived to the end."""
    child = os.fork()
    if not child:
        publish(folder, release, killer(step), plan)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, KILLED), code
    return code == 0


def main():
    scratch, old, new = Path(sys.argv[1]), sys.argv[2], open_release(Path(sys.argv[3]))
    before = [] if old == "-" else [open_release(Path(old))]
    start, whole = scratch / "début é", scratch / "entier"
    start.mkdir()
    for release in before:
        publish(start, release)
    shutil.copytree(start, whole)
    publish(whole, new)
    wanted, faults, step = tree(whole), [], 0
    while True:
        folder = scratch / "essai en cours"
        shutil.copytree(start, folder)
        # Every other run is resumed with the plan it was started with, saved before.
        target = parse_target(f"folder:{folder}", new, {"base_url": "https://example.org/données"})
        plan = make_plan(target, frozenset({"removal"})) if step % 2 else None
        lived = kill(folder, new, step, plan)
        faults += [f"step {step}: {fault}" for fault in faults_of(folder, [*before, new])]
        target = publish(folder, new, plan=plan)
        if tree(folder) != wanted:
            faults.append(f"step {step}: it does not converge: {set(tree(folder)) ^ set(wanted)}")
        if not make_plan(target).empty or verify_target(target).mismatches:
            faults.append(f"step {step}: it is not done after the second run")
        shutil.rmtree(folder)
        if lived:
            break
        step += 1
    sys.stdout.write(json.dumps({"steps": step, "faults": faults}))


if __name__ == "__main__":
    main()
