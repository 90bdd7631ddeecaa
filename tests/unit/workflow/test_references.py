"""Where the table that a foreign key names is looked for."""

import json
from pathlib import Path

import pytest

from territo_opendata.errors import UnsafePathError
from territo_opendata.findings import Report
from territo_opendata.validate.inputs import Options
from territo_opendata.workflow.validation import validate_files, validate_package

CODES = {"fields": [{"name": "code", "type": "string"}, {"name": "nom", "type": "string"}]}


def schema(reference: dict) -> dict:
    fields = [{"name": "id", "type": "integer"}, {"name": "code", "type": "string"}]
    return {"fields": fields, "foreignKeys": [{"fields": "code", "reference": reference}]}


def package(folder: Path, *resources: dict) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"name": "p", "resources": list(resources)}), "utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "aides.csv").write_text("id,code\n1,a\n2,z\n3,\n", "utf-8")
    (tmp_path / "autre").mkdir()
    (tmp_path / "autre" / "codes.csv").write_text("code,nom\na,A\nb,B\n", "utf-8")
    package(tmp_path / "autre", {"name": "codes", "path": "codes.csv", "schema": CODES})
    return tmp_path


def dangling(report: Report) -> list[int | None]:
    return [each.row for each in report.tables[0].findings if each.code == "foreign-key"]


def test_another_package_inside_this_one(folder: Path) -> None:
    reference = {"package": "autre/datapackage.json", "resource": "codes", "fields": "code"}
    path = package(folder, {"name": "aides", "path": "aides.csv", "schema": schema(reference)})
    report = validate_package(path)
    assert dangling(report) == [3]
    assert "autre/datapackage.json" in report.tables[0].notes[0].fr


def test_another_package_beside_a_lone_schema(folder: Path) -> None:
    reference = {"package": "autre/datapackage.json", "resource": "codes", "fields": "code"}
    (folder / "schema.json").write_text(json.dumps(schema(reference)), "utf-8")
    report = validate_files([str(folder / "aides.csv")], schema=str(folder / "schema.json"))
    assert dangling(report) == [3]


@pytest.mark.parametrize(
    "reference",
    [
        {"package": "absent/datapackage.json", "resource": "codes", "fields": "code"},
        {"package": "autre/datapackage.json", "resource": "absente", "fields": "code"},
        {"package": "http://127.0.0.1:9/datapackage.json", "resource": "codes", "fields": "code"},
        {"resource": "absente", "fields": "code"},
    ],
    ids=["no package", "no table", "private address", "no table here"],
)
def test_what_cannot_be_found_is_not_checked(folder: Path, reference: dict) -> None:
    path = package(folder, {"name": "aides", "path": "aides.csv", "schema": schema(reference)})
    report = validate_package(path)
    assert report.verdict == "incomplete"
    assert len(report.skipped) == 1
    assert "aides (code)" in report.skipped[0].what
    assert validate_package(path, options=Options(references=False)).verdict == "valid"


def test_a_package_outside_is_refused(folder: Path) -> None:
    inner = folder / "dedans"
    reference = {"package": "../autre/datapackage.json", "resource": "codes", "fields": "code"}
    path = package(inner, {"name": "aides", "path": "aides.csv", "schema": schema(reference)})
    (inner / "aides.csv").write_text("id,code\n1,a\n", "utf-8")
    with pytest.raises(UnsafePathError):
        validate_package(path)


def test_files_given_together_come_first(folder: Path) -> None:
    mine = folder / "codes.csv"
    mine.write_text("code,nom\nz,Z\n", "utf-8")
    resources = [
        {"name": "aides", "path": "aides.csv", "schema": schema({"resource": "codes", "fields": "code"})},
        {"name": "codes", "path": "codes.csv", "schema": CODES},
    ]  # fmt: skip
    package(folder, *resources)
    report = validate_files([str(folder / "aides.csv"), str(mine)])
    assert dangling(report) == [2]


def test_what_comes_along_is_told(folder: Path) -> None:
    (folder / "communes.csv").write_text("type,code\ncommune,62193\ncommune,99999\n", "utf-8")
    fields = [{"name": "type", "type": "string"}, {"name": "code", "type": "string"}]
    reference = {"resource": "territoires", "fields": ["type_territoire", "code_territoire"]}
    described = {
        "fields": fields,
        "foreignKeys": [{"fields": ["type", "code"], "reference": reference}],
    }
    (folder / "schema.json").write_text(json.dumps(described), "utf-8")
    report = validate_files([str(folder / "communes.csv")], schema=str(folder / "schema.json"))
    assert dangling(report) == [3]
    assert "territoires" in report.tables[0].notes[0].fr


def test_a_table_found_nowhere_is_named_with_what_to_do(folder: Path) -> None:
    reference = {"resource": "absente", "fields": "code"}
    path = package(folder, {"name": "aides", "path": "aides.csv", "schema": schema(reference)})
    reason = validate_package(path).skipped[0].reason
    assert "«\u00a0absente\u00a0»" in reason.fr
    assert "“absente”" in reason.en
    for said in (reason.fr, reason.en):
        assert "datapackage.json" in said
        assert "territo-opendata" in said
        assert "--no-references" in said


def test_a_reference_that_our_own_table_lacks_says_whose_table_it_is(folder: Path) -> None:
    reference = {"resource": "programmes", "fields": "programme_id"}
    path = package(folder, {"name": "aides", "path": "aides.csv", "schema": schema(reference)})
    found = [each for each in validate_package(path).tables[0].findings if each.row == 2]
    said = found[0].message("fr").replace("\u00a0", " ")
    assert "dans la table « programmes » fournie avec territo-opendata" in said
    assert "votre propre table « programmes »" in said
    assert "--no-references" in said


def test_a_reference_that_ones_own_table_lacks_is_to_be_added_there(folder: Path) -> None:
    aides = {"name": "aides", "path": "aides.csv"}
    aides["schema"] = schema({"resource": "codes", "fields": "code"})
    path = package(folder, aides, {"name": "codes", "path": "autre/codes.csv", "schema": CODES})
    (found,) = validate_package(path).tables[0].findings
    said = found.message("fr").replace("\u00a0", " ")
    assert "ajoutez d’abord la ligne qui manque à « codes »" in said
    assert "fournie" not in said


def test_a_table_of_the_package_that_is_not_there_yet_is_not_looked_for_elsewhere(
    folder: Path,
) -> None:
    reference = {"resource": "programmes", "fields": "programme_id"}
    package(
        folder,
        {"name": "aides", "path": "aides.csv", "schema": schema(reference)},
        {"name": "programmes", "path": "programmes.csv", "schema": CODES},
    )
    report = validate_files([str(folder / "aides.csv")])
    assert report.verdict == "incomplete"
    assert "programmes.csv" in report.skipped[0].reason.fr
    assert "--no-references" in report.skipped[0].reason.fr
