"""Every command, option, rule and schema appears in the documentation, which is fresh."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from territo_opendata import project
from territo_opendata.cli.app import build_app
from territo_opendata.rules import RULES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = build_app("fr").commands


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented_with_an_example(name: str) -> None:
    page = (ROOT / "docs/commandes.md").read_text("utf-8")
    assert f"## territo {name}" in page
    assert f"territo {name}" in README
    command = COMMANDS[name]
    assert f"territo {name}" in command.help
    for parameter in command.params:
        for option in parameter.opts:
            assert option in page or not option.startswith("--")


@pytest.mark.parametrize("code", RULES)
def test_rule_is_documented(code: str) -> None:
    assert f"### {code}" in (ROOT / "docs/regles.md").read_text("utf-8") or re.search(
        rf"^#+ .*{code}", (ROOT / "docs/regles.md").read_text("utf-8"), re.MULTILINE
    )


@pytest.mark.parametrize("name", project.builtin_schema_names())
def test_schema_is_documented(name: str) -> None:
    assert f"schemas/{name}/" in README
    assert (ROOT / "schemas" / name / "README.md").is_file()


@pytest.mark.parametrize(
    "script",
    [
        "rules_docs",
        "messages_docs",
        "schema_readmes",
        "cli_docs",
        "readme",
        "reference_keys",
        "tutorial",
    ],
)
def test_generated_pages_are_fresh(script: str) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / f"{script}.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/commandes.md",
        "docs/moissonnage.md",
        "docs/catalogue.md",
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        if not link.startswith("http"):
            assert ((ROOT / page).parent / link).exists(), link
