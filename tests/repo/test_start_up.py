"""What the check of a small file loads: most of its time is spent on that."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from territo_opendata.cli.main import run
sys.argv.pop(0)
out, sys.stdout = sys.stdout, sys.stderr
code = run(["validate", *sys.argv])
print(code, *sorted(sys.modules), file=out)
"""
LIBRARIES = {
    "chardet",
    "frictionless",
    "jinja2",
    "jsonschema",
    "numpy",
    "pandas",
    "phonenumbers",
    "polars",
    "pydantic",
    "re2",
    "requests",
    "stdnum",
    "subprocess",
}
PARTS = {"accepted", "build", "clients", "fixes", "publish", "release"}


@pytest.mark.parametrize("schema", ["subventions", "labellisations"])
def test_a_small_clean_file_needs_few_modules(schema: str) -> None:
    example = ROOT / "schemas" / schema / "exemple-valide.csv"
    command = [sys.executable, "-c", SCRIPT, str(example), "--schema", schema]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, *modules = done.stdout.split()

    assert code == "0"
    assert LIBRARIES.isdisjoint(modules)
    own = {name.removeprefix("territo_opendata.").split(".")[0] for name in modules}
    assert PARTS.isdisjoint(own)
