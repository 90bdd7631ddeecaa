"""Published schemas and their published example files: our errors are those of frictionless."""

import json
import os
import warnings
from pathlib import Path

import pytest

from territo_opendata.errors import DescriptorError
from territo_opendata.findings import Report
from territo_opendata.tables.sizes import Sizes
from territo_opendata.validate import executors
from territo_opendata.validate.inputs import Engine, Options
from territo_opendata.workflow.validation import validate_files
from tests.agreement import tables
from tests.agreement.both import shown

CORPUS = os.environ.get("TERRITO_CORPUS")
CASES = json.loads((Path(CORPUS) / "cases.json").read_text("utf-8")) if CORPUS else []
STRETCHES = executors.Settings(large=0, sizes=Sizes(4096, 65536, 1024), budget=0, part=100)
"""The columnar executor for every file, in some tens of stretches."""

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
    plain = _validated(table, schema_path, "exact")
    assert tables.our_errors(plain) == theirs
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executors, "SETTINGS", STRETCHES)
        columnar = _validated(table, schema_path, "auto")
    assert shown(columnar) == shown(plain)


def _validated(table: Path, schema: Path, engine: Engine) -> Report:
    options = Options(limit=None, engine=engine)
    return validate_files([str(table)], schema=str(schema), options=options)


def test_the_corpus_is_whole() -> None:
    assert len(CASES) >= 30
