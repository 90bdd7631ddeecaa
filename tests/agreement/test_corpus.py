"""Published schemas and their published example files: our errors are those of frictionless."""

import json
import os
import warnings
from pathlib import Path

import pytest

from territo_opendata.errors import DescriptorError
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.validation import validate_files
from tests.agreement import tables

CORPUS = os.environ.get("TERRITO_CORPUS")
CASES = json.loads((Path(CORPUS) / "cases.json").read_text("utf-8")) if CORPUS else []

pytestmark = pytest.mark.skipif(
    not CORPUS, reason="TERRITO_CORPUS is not set: published schemas and files left out"
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["table"])
def test_errors_are_those_of_frictionless(case: dict) -> None:
    base = Path(CORPUS or "")
    schema_path, table = base / case["schema"], base / case["table"]
    schema = json.loads(schema_path.read_text("utf-8-sig"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = tables.frictionless_errors(table, schema)
    if isinstance(theirs, str):
        with pytest.raises(DescriptorError) as refusal:
            validate_files([str(table)], schema=str(schema_path))
        assert schema_path.name in refusal.value.say("fr")
        return
    report = validate_files([str(table)], schema=str(schema_path), options=Options(limit=None))
    assert tables.our_errors(report) == theirs


def test_the_corpus_is_whole() -> None:
    assert len(CASES) >= 30
