"""The committed reference: its counts, its form, its keys, and that it can be made again."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from territo_opendata.reference import rebuild

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("territoires", "communes_anciennes", "intercommunalites")
GONE_SINCE_2021 = 102


def content(name):
    return (ROOT / "datasets" / f"{name}.csv").read_bytes()


@pytest.fixture(scope="module")
def tables():
    return {
        name: list(csv.DictReader(io.StringIO(content(name).decode("utf-8")))) for name in TABLES
    }


@pytest.fixture(scope="module")
def schemas():
    return {
        name: json.loads((ROOT / "schemas" / name / "schema.json").read_text(encoding="utf-8"))
        for name in TABLES
    }


def key(schema, row):
    return tuple(row[field] for field in schema["primaryKey"])


def test_counts_by_type(tables):
    types = [row["type_territoire"] for row in tables["territoires"]]
    assert {each: types.count(each) for each in set(types)} == {
        "commune": 34_969,
        "arrondissement_municipal": 45,
        "epci": 1_255,
        "departement": 101,
        "region": 18,
        "collectivite_outre_mer": 8,
        "pays": 1,
    }
    assert {row["millesime"] for row in tables["territoires"]} == {"2026"}


@pytest.mark.parametrize(
    ("prefix", "count"),
    [("2A", 124), ("2B", 236), ("971", 32), ("974", 24), ("976", 17), ("975", 2), ("987", 48)],
)
def test_corsica_and_overseas(tables, prefix, count):
    communes = [row for row in tables["territoires"] if row["type_territoire"] == "commune"]
    assert sum(row["code_departement"] == prefix for row in communes) == count
    assert sum(row["code_territoire"].startswith(prefix) for row in communes) == count


@pytest.mark.parametrize(
    ("code", "name", "region"),
    [
        ("62765", "Saint-Omer", "32"),
        ("14635", "Saint-Omer", "28"),
        ("62160", "Boulogne-sur-Mer", "32"),
        ("62193", "Calais", "32"),
        ("59183", "Dunkerque", "32"),
        ("59295", "Hazebrouck", "32"),
        ("62758", "Saint-Martin-Boulogne", "32"),
    ],
)
def test_communes_named_in_the_documents(tables, code, name, region):
    (row,) = (
        row
        for row in tables["territoires"]
        if (row["type_territoire"], row["code_territoire"]) == ("commune", code)
    )
    found = (row["nom"], row["code_departement"], row["code_region"])
    assert found == (name, code[:2], region)


@pytest.mark.parametrize("name", TABLES)
def test_canonical_form(name, schemas):
    data = content(name)
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    assert out.getvalue().encode() == data
    assert rows[0] == [field["name"] for field in schemas[name]["fields"]]
    assert all(cell == " ".join(cell.split()) for row in rows for cell in row)


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_by_a_unique_key(name, schemas, tables):
    keys = [key(schemas[name], row) for row in tables[name]]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize("name", TABLES)
def test_cells_keep_the_constraints_of_their_field(name, schemas, tables):
    for field in schemas[name]["fields"]:
        rules = field.get("constraints", {})
        values = {row[field["name"]] for row in tables[name]}
        if rules.get("required"):
            assert "" not in values
        if "pattern" in rules:
            pattern = re.compile(rules["pattern"])
            assert {value for value in values - {""} if not pattern.fullmatch(value)} == set()
        if "enum" in rules:
            assert values <= set(rules["enum"]) | {""}


@pytest.mark.parametrize("name", ["communes_anciennes", "intercommunalites"])
def test_foreign_keys_resolve(name, schemas, tables):
    territories = {key(schemas["territoires"], row) for row in tables["territoires"]}
    for foreign in schemas[name]["foreignKeys"]:
        used = {tuple(row[field] for field in foreign["fields"]) for row in tables[name]}
        assert used <= territories


def test_former_codes_are_no_current_commune_and_all_102_gone_are_there(tables):
    current = {
        row["code_territoire"]
        for row in tables["territoires"]
        if row["type_territoire"] in {"commune", "arrondissement_municipal"}
    }
    former = tables["communes_anciennes"]
    assert current.isdisjoint(row["code_ancien"] for row in former)
    assert all(row["code_actuel"] in current for row in former)
    assert sum(row["dernier_millesime"] != "" for row in former) == GONE_SINCE_2021


@pytest.mark.parametrize(
    ("code", "successor", "last"),
    [
        ("14011", "14581", "2024"),
        ("49069", "49126", "2024"),
        ("69159", "69114", "2024"),
        ("12076", "12218", "2024"),
        ("01091", "01033", ""),
    ],
)
def test_merged_communes(tables, code, successor, last):
    (row,) = (row for row in tables["communes_anciennes"] if row["code_ancien"] == code)
    assert (row["code_actuel"], row["dernier_millesime"]) == (successor, last)


def test_each_commune_is_in_one_epci_at_most_and_all_1255_have_members(tables):
    members = tables["intercommunalites"]
    assert len({row["code_commune"] for row in members}) == len(members) == 34_871
    assert len({row["siren_epci"] for row in members}) == 1_255


def test_no_file_of_the_reference_names_a_registry():
    """Packages come from the registry that npm is set to; only where they are told of is named."""
    for path in (ROOT / "territo_opendata" / "reference").glob("*.py"):
        hosts = set(re.findall(r"://([^/\"]*)", path.read_text(encoding="utf-8")))
        assert hosts <= {"github.com", "creativecommons.org"}, path


@pytest.mark.skipif(
    os.environ.get("TERRITO_NETWORK") != "1",
    reason="la référence n'est reconstruite depuis les registres qu'avec TERRITO_NETWORK=1",
)
def test_the_committed_files_are_what_the_packages_give(tmp_path):
    files = rebuild.download(tmp_path)
    found = rebuild.differences(files, ROOT)
    assert not found, "\n".join(one.summary() for one in found)
    assert files == rebuild.download(tmp_path)


@pytest.mark.parametrize(("options", "code"), [((), 4), (("--offline-ok",), 0)])
def test_the_script_says_when_no_registry_can_be_reached(tmp_path, options, code):
    script = ROOT / "scripts" / "rebuild_reference.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check", *options],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == code
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "« npm »" in line
