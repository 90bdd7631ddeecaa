"""The formats for CI services, read by programs that others wrote."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from junitparser import JUnitXml

from territo_opendata.language import LANGUAGES, Language
from territo_opendata.report import RENDERERS
from territo_opendata.report.github import render_github
from tests.unit.report.reports import REPORT

ACTIONS = """
import { readFileSync } from "node:fs";
import * as core from "@actions/core";
for (const { level, message, properties } of JSON.parse(readFileSync(0, "utf8")))
  core[level](message, properties);
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_multitool_finds_no_fault_in_the_sarif(
    language: Language, node_modules: Path, tmp_path: Path
) -> None:
    made = tmp_path / "report.sarif"
    made.write_text(RENDERERS["sarif"](REPORT, language), "utf-8")
    assert multitool(node_modules, made) == []


def test_multitool_would_find_one(node_modules: Path, tmp_path: Path) -> None:
    broken = json.loads(RENDERERS["sarif"](REPORT, "en"))
    broken["runs"][0]["results"][0]["ruleIndex"] = 99
    made = tmp_path / "report.sarif"
    made.write_text(json.dumps(broken), "utf-8")
    assert multitool(node_modules, made)


def multitool(node_modules: Path, report: Path) -> list[str]:
    """Return the errors and warnings that Microsoft's SARIF validator finds in a file."""
    program = node_modules / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
    program.chmod(0o755)
    log = report.with_suffix(".log")
    subprocess.run(
        [program, "validate", report, "--output", log, "--log", "ForceOverwrite", "--level", "Error;Warning"],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        check=False,
    )  # fmt: skip
    results = json.loads(log.read_text("utf-8-sig"))["runs"][0]["results"]
    return [f"{each['ruleId']}: {each['message']}" for each in results]


@pytest.mark.parametrize("language", LANGUAGES)
def test_junitparser_reads_every_test(language: Language) -> None:
    read = JUnitXml.fromstring(RENDERERS["junit"](REPORT, language).encode())
    suites = list(read)
    assert [suite.name for suite in suites][:2] == ["aides", "vide"]
    failed = {(case.classname, case.name) for suite in suites for case in suite if case.is_failure}
    assert failed == {
        ("aides.montant", "type-number"),
        ("aides.montant", "column-renamed"),
        ("aides.montant", "incorrect-label"),
        ("aides.code", "pattern"),
        ("aides", "primary-key"),
    }
    assert sum(suite.tests for suite in suites) == sum(len(list(suite)) for suite in suites)
    assert sum(suite.failures for suite in suites) == len(failed)


def test_annotations_are_those_of_the_actions_toolkit(node_modules: Path, tmp_path: Path) -> None:
    """What `@actions/core` would have written for the same texts is what we write."""
    ours = [line for line in render_github(REPORT, "fr").split("\n") if line.startswith("::")]
    script = tmp_path / "say.mjs"
    script.write_text(ACTIONS, "utf-8")
    (tmp_path / "node_modules").symlink_to(node_modules)
    said = subprocess.run(
        ["node", script],
        input=json.dumps([parsed(line) for line in ours]),
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    ).stdout.splitlines()
    assert [parsed(line) for line in said] == [parsed(line) for line in ours]
    assert len(said) == len(ours) >= 4


def parsed(line: str) -> dict[str, object]:
    """Return a workflow command as the runner reads it (actions/runner, ActionCommand.cs)."""
    head, _, data = line.removeprefix("::").partition("::")
    level, _, given = head.partition(" ")
    properties = dict(each.split("=", 1) for each in given.split(","))
    names = {"file": "file", "line": "startLine", "title": "title"}
    return {
        "level": level,
        "message": unescaped(data),
        "properties": {
            names[key]: int(value) if key == "line" else unescaped(value)
            for key, value in properties.items()
        },
    }


def unescaped(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text
