"""What a validation reads beside the files that it is given."""

import json
from pathlib import Path
from typing import Any

import pytest

from territo_opendata.errors import DescriptorError
from territo_opendata.workflow.validation import validate_files


def in_a_broken_package(folder: Path, **properties: Any) -> dict[str, Any]:
    (folder / "datapackage.json").write_text('{"resources": [{"name": 5}]}', "utf-8")
    (folder / "t.csv").write_text("a\n1\n", "utf-8")
    schema = {"fields": [{"name": "a", "type": "integer"}], **properties}
    (folder / "schema.json").write_text(json.dumps(schema), "utf-8")
    return {"files": [str(folder / "t.csv")], "schema": str(folder / "schema.json")}


def test_a_file_given_with_its_schema_needs_no_package(tmp_path: Path) -> None:
    assert validate_files(**in_a_broken_package(tmp_path)).valid


def test_a_reference_within_the_table_needs_no_package(tmp_path: Path) -> None:
    key = {"fields": "a", "reference": {"resource": "", "fields": "a"}}
    assert validate_files(**in_a_broken_package(tmp_path, foreignKeys=[key])).valid


def test_a_reference_to_another_table_needs_it(tmp_path: Path) -> None:
    key = {"fields": "a", "reference": {"resource": "autre", "fields": "a"}}
    with pytest.raises(DescriptorError):
        validate_files(**in_a_broken_package(tmp_path, foreignKeys=[key]))
