"""Imports go one way: a module imports its own part and lower layers, never sideways or up."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "territo_opendata"

LAYERS = {
    "language": 0,
    "errors": 0,
    "refusals": 0,
    "rules": 0,
    "findings": 0,
    "fingerprints": 0,
    "descriptors": 1,
    "tables": 1,
    "clients": 1,
    "reference": 1,
    "fixes": 1,
    "release": 1,
    "patterns": 1,
    "project": 1,
    "settings": 1,
    "validate": 2,
    "repair": 2,
    "build": 2,
    "publish": 2,
    "compare": 2,
    "report": 2,
    "template": 2,
    "accepted": 2,
    "frames": 3,
    "joins": 3,
    "workflow": 3,
    "web": 4,
    "cli": 5,  # it starts the page, which knows nothing of it
}
HEAVY = ("frictionless", "pandas", "polars", "requests", "jsonschema", "click", "rich", "jinja2")
OWNERS = {"frictionless": "validate/exact.py", "requests": "clients/transport.py"}
EXAMPLE_READER = "descriptors/examples.py"


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            if node.module == "territo_opendata":
                yield from (f"territo_opendata.{alias.name}" for alias in node.names)
            else:
                yield node.module


def part(dotted: str) -> str | None:
    pieces = dotted.split(".")
    return pieces[1] if pieces[0] == "territo_opendata" and len(pieces) > 1 else None


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own.startswith("__"):
        return
    for name in imported(path):
        other = part(name)
        if other is None or other == own or other.startswith("__"):
            continue
        same_low_layer = LAYERS[other] == LAYERS[own] and LAYERS[own] in (0, 1, 3)
        assert LAYERS[other] < LAYERS[own] or same_low_layer, f"{own} imports {name}"


@pytest.mark.parametrize(("library", "owner"), OWNERS.items())
def test_one_module_owns_the_library(library: str, owner: str) -> None:
    users = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if any(name.split(".")[0] == library for name in imported(path))
    }
    allowed = {owner, EXAMPLE_READER} if library == "frictionless" else {owner}
    assert users <= allowed
    assert owner in users


def test_no_import_cycle_between_low_parts() -> None:
    edges: dict[str, set[str]] = {}
    for path in modules():
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        names = {part(name) for name in imported(path)} - {own, None}
        edges.setdefault(own, set()).update(name for name in names if name in LAYERS)

    def reaches(start: str, goal: str, seen: frozenset[str] = frozenset()) -> bool:
        return any(
            step == goal or (step not in seen and reaches(step, goal, seen | {step}))
            for step in edges.get(start, ())
        )

    assert [name for name in LAYERS if reaches(name, name)] == []


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, territo_opendata; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded.isdisjoint(HEAVY)
