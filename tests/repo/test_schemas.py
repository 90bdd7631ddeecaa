"""Each schema folder: complete, in order, agreeing with itself and with its examples."""

import csv
import json
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from frictionless import Resource, Schema

from territo_opendata.descriptors.field_table import END, START, field_table, with_field_table
from territo_opendata.descriptors.schema import load_schema
from territo_opendata.errors import DescriptorError
from territo_opendata.rules import rule
from territo_opendata.tables.source import file_source
from territo_opendata.validate.inputs import TableInput
from territo_opendata.validate.references import Found
from territo_opendata.validate.run import validate_tables

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "schemas"
HOMEPAGE = "https://github.com/territo-opendata/territo-opendata"
NAMES = [
    "communes_anciennes",
    "evenements",
    "financements",
    "indicateurs",
    "intercommunalites",
    "labellisations",
    "organisations",
    "partenariats",
    "programmes",
    "sources",
    "subventions",
    "territoires",
]
PRIMARY_KEYS = {
    "communes_anciennes": ["code_ancien"],
    "evenements": ["evenement_id"],
    "financements": ["financement_id"],
    "indicateurs": ["indicateur_id"],
    "intercommunalites": ["siren_epci", "code_commune", "millesime"],
    "labellisations": ["programme_id", "type_territoire", "code_territoire"],
    "organisations": ["organisation_id"],
    "partenariats": ["programme_id", "organisation_id", "role"],
    "programmes": ["programme_id"],
    "sources": ["source_id"],
    "territoires": ["type_territoire", "code_territoire"],
}
REFERENCES = {
    "communes_anciennes": {"territoires"},
    "evenements": {"programmes", "territoires", "sources"},
    "financements": {"programmes", "organisations", "territoires", "sources"},
    "indicateurs": {"programmes", "", "sources"},
    "intercommunalites": {"territoires"},
    "labellisations": {"programmes", "territoires", "sources"},
    "organisations": {"sources"},
    "partenariats": {"programmes", "organisations", "sources"},
    "programmes": {"", "organisations", "sources"},
    "sources": set(),
    "subventions": set(),
    "territoires": set(),
}
KEY_CODES = {"primary-key", "unique-key", "foreign-key"}
STRUCTURE_CODES = {"extra-cell", "missing-cell", "blank-row"}
BEYOND_FRICTIONLESS = {
    "both-or-neither",
    "compare-columns",
    "contiguous-periods",
    "parts-add-up",
    "siren-checksum",
    "siret-checksum",
    "unique-key",
    "foreign-key",
}

every_schema = pytest.mark.parametrize("name", NAMES)


@cache
def descriptor(name):
    return json.loads((SCHEMAS / name / "schema.json").read_text(encoding="utf-8"))


def plain_schema(name):
    """The schema without what frictionless could only check inside a package."""
    return Schema.from_descriptor(
        {key: value for key, value in descriptor(name).items() if key != "foreignKeys"}
    )


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def table(name):
    return rows(ROOT / "datasets" / f"{name}.csv")


def fields():
    return [
        pytest.param(name, field, id=f"{name}.{field['name']}")
        for name in NAMES
        for field in descriptor(name)["fields"]
    ]


def test_there_are_twelve_schemas():
    assert sorted(path.name for path in SCHEMAS.iterdir()) == NAMES


@every_schema
def test_folder_is_complete(name):
    assert sorted(path.name for path in (SCHEMAS / name).iterdir()) == [
        "CHANGELOG.md",
        "README.md",
        "exemple-invalide.attendu.csv",
        "exemple-invalide.csv",
        "exemple-valide.csv",
        "schema.json",
    ]


@every_schema
def test_metadata_follow_the_conventions_of_the_national_catalogue(name):
    schema = descriptor(name)
    assert schema["$schema"] == "https://datapackage.org/profiles/2.0/tableschema.json"
    assert (schema["name"], schema["countryCode"]) == (name, "FR")
    assert schema["homepage"] == HOMEPAGE
    assert schema["title"]
    assert len(schema["description"]) > 50
    assert all(each["title"] and each["role"] for each in schema["contributors"])
    assert all(each["title"] for each in schema["sources"])
    assert schema["missingValues"] == [""]
    for date in (schema["created"], schema["lastModified"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", date)


@every_schema
def test_versions_agree(name):
    schema = descriptor(name)
    version = schema["version"]
    changelog = (SCHEMAS / name / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\] - (.+)$", changelog, re.MULTILINE)[0] == (
        version,
        schema["lastModified"],
    )
    addresses = [schema["path"], *(each["path"] for each in schema["resources"])]
    assert [address.split(f"/v{version}/")[1] for address in addresses] == [
        f"schemas/{name}/schema.json",
        f"schemas/{name}/exemple-valide.csv",
        f"schemas/{name}/exemple-invalide.csv",
    ]
    assert set(re.findall(r"/v(\d+\.\d+\.\d+)/", json.dumps(schema))) == {version}


@pytest.mark.parametrize(("name", "field"), fields())
def test_field_is_described_for_the_person_who_fills_it_in(name, field):
    form = (
        r"[a-z]+([A-Z][a-z]*)*|idRAE|notificationUE"
        if name == "subventions"
        else r"[a-z]+(_[a-z]+)*"
    )
    assert re.fullmatch(form, field["name"])
    assert field["title"][0].isupper()
    assert len(field["description"]) > 40
    assert field["description"].endswith((".", "»", ")"))
    assert "'" not in field["title"] + field["description"]
    assert type(field["constraints"]["required"]) is bool


@pytest.mark.parametrize(("name", "field"), fields())
def test_example_is_valid_for_its_field(name, field):
    reader = plain_schema(name).get_field(field["name"])
    value, notes = reader.read_cell(field["example"])
    assert value is not None
    assert not notes


@pytest.mark.parametrize("field", [pytest.param(p.values[1], id=p.id) for p in fields()])
def test_pattern_means_the_same_with_and_without_a_group(field):
    # frictionless puts ^ and $ around the pattern: an alternation outside a group would escape.
    pattern = field["constraints"].get("pattern", "")
    assert not pattern.startswith("^")
    depth = 0
    for char in re.sub(r"\\.|\[[^\]]*\]", "", pattern):
        depth += {"(": 1, ")": -1}.get(char, 0)
        assert not (char == "|" and depth == 0), pattern


@every_schema
def test_enum_values_can_be_typed_on_any_keyboard(name):
    for field in descriptor(name)["fields"]:
        for value in field["constraints"].get("enum", ()):
            assert not set(value) & set("'’«»\u00a0\u202f"), value


@every_schema
def test_frictionless_accepts_the_schema(name):
    assert [field.name for field in plain_schema(name).fields] == [
        field["name"] for field in descriptor(name)["fields"]
    ]
    Schema.from_descriptor(descriptor(name))


@every_schema
def test_published_profile_accepts_the_schema(name):
    folder = os.environ.get("TERRITO_STANDARDS")
    if not folder:
        pytest.skip("TERRITO_STANDARDS is not set: published profiles left out")
    from jsonschema.validators import validator_for

    profile = json.loads((Path(folder) / "tableschema-2.0.json").read_text(encoding="utf-8"))
    assert list(validator_for(profile)(profile).iter_errors(descriptor(name))) == []


@every_schema
def test_keys_name_existing_columns_and_whole_keys(name):
    schema = descriptor(name)
    names = [field["name"] for field in schema["fields"]]
    assert schema.get("primaryKey") == PRIMARY_KEYS.get(name)
    assert set(schema.get("primaryKey", [])) <= set(names)
    assert all(set(key) <= set(names) for key in schema.get("uniqueKeys", []))
    keys = schema.get("foreignKeys", [])
    assert {key["reference"]["resource"] for key in keys} == REFERENCES[name]
    for key in keys:
        assert set(key["fields"]) <= set(names)
        target = key["reference"]["resource"] or name
        assert key["reference"]["fields"] == PRIMARY_KEYS[target]


@every_schema
def test_columns_of_primary_keys_are_required(name):
    required = {f["name"] for f in descriptor(name)["fields"] if f["constraints"]["required"]}
    assert set(PRIMARY_KEYS.get(name, [])) <= required


@every_schema
def test_checks_name_existing_columns(name):
    schema = descriptor(name)
    names = {field["name"] for field in schema["fields"]}
    named = {
        "both-or-neither": lambda p: p["columns"],
        "compare-columns-value": lambda p: [p["column"], p["column2"]],
        "contiguous-periods": lambda p: [p["group"], p["start"], p["end"], *p["where"]],
        "parts-add-up": lambda p: [p["part_of"], p["key"], p["value"]],
        "siren": lambda p: [p["column"]],
        "siret": lambda p: [p["column"]],
    }
    for check in schema.get("custom_checks", []):
        assert set(named[check["name"]](check["params"])) <= names


@every_schema
def test_optional_territory_is_both_or_neither(name):
    schema = descriptor(name)
    optional = {f["name"] for f in schema["fields"] if not f["constraints"]["required"]}
    pair = ["type_territoire", "code_territoire"]
    checks = [
        c["params"]["columns"] for c in schema.get("custom_checks", []) if "columns" in c["params"]
    ]
    assert (pair in checks) == (set(pair) <= optional)


@every_schema
def test_every_siren_and_siret_has_its_checksum_checked(name):
    schema = descriptor(name)
    checked = {(c["name"], c["params"].get("column")) for c in schema.get("custom_checks", [])}
    for field in schema["fields"]:
        pattern = field["constraints"].get("pattern")
        kind = {r"\d{9}": "siren", r"\d{14}": "siret"}.get(pattern)
        assert kind is None or (kind, field["name"]) in checked


TERRITORIES = [
    ("01004", True),
    ("2A004", True),
    ("2B033", True),
    ("75112", True),
    ("97411", True),
    ("97502", True),
    ("98735", True),
    ("62", True),
    ("2A", True),
    ("974", True),
    ("975", True),
    ("200069037", True),
    ("FR", True),
    ("1004", False),
    ("20004", False),
    ("00001", False),
    ("97999", False),
    ("2a004", False),
    ("France", False),
    ("62 765", False),
    ("20006903700012", False),
]


@pytest.mark.parametrize("name", ["territoires", "financements", "labellisations", "evenements"])
@pytest.mark.parametrize(("code", "valid"), TERRITORIES)
def test_territory_codes(name, code, valid):
    _, notes = plain_schema(name).get_field("code_territoire").read_cell(code)
    assert (notes is None) == valid


DATES = [
    ("2018", True),
    ("2018-03", True),
    ("2018-03-31", True),
    ("2018-13", False),
    ("2018-3", False),
    ("2018-03-32", False),
    ("31/03/2018", False),
    ("mars 2018", False),
    ("18", False),
]
PARTIAL_DATES = [
    ("programmes", "date_debut"),
    ("programmes", "date_fin"),
    ("financements", "date_decision"),
    ("labellisations", "date_signature"),
    ("indicateurs", "date_observation"),
    ("evenements", "date_debut"),
    ("evenements", "date_fin"),
    ("sources", "date_publication"),
]


@pytest.mark.parametrize(("name", "field"), PARTIAL_DATES)
@pytest.mark.parametrize(("date", "valid"), DATES)
def test_dates_that_may_be_a_year_or_a_month(name, field, date, valid):
    _, notes = plain_schema(name).get_field(field).read_cell(date)
    assert (notes is None) == valid


PERIODS = [
    ("2025-07-01", True),
    ("2025-07-01/2026-06-30", True),
    ("2025", False),
    ("2025-07-01_2026-06-30", False),
    ("2025-07-01/", False),
]


@pytest.mark.parametrize(("period", "valid"), PERIODS)
def test_payment_date_or_period(period, valid):
    _, notes = plain_schema("subventions").get_field("datesPeriodeVersement").read_cell(period)
    assert (notes is None) == valid


def test_subventions_has_the_columns_of_scdl():
    assert [field["name"] for field in descriptor("subventions")["fields"]] == [
        "nomAttribuant",
        "idAttribuant",
        "dateConvention",
        "referenceDecision",
        "nomBeneficiaire",
        "idBeneficiaire",
        "rnaBeneficiaire",
        "objet",
        "montant",
        "nature",
        "conditionsVersement",
        "datesPeriodeVersement",
        "idRAE",
        "notificationUE",
        "pourcentageSubvention",
        "dispositifAide",
    ]


@every_schema
def test_readme_shows_the_fields_as_they_are(name):
    readme = (SCHEMAS / name / "README.md").read_text(encoding="utf-8")
    assert with_field_table(readme, descriptor(name)) == readme
    assert readme.startswith(f"# {descriptor(name)['title']}\n")


def test_field_table():
    schema = {
        "fields": [
            {
                "name": "a",
                "title": "Un|deux",
                "type": "integer",
                "example": "1",
                "description": "Deux\nlignes.",
                "constraints": {"required": True, "minimum": 1, "maximum": 9},
            },
            {"name": "b", "format": "uri", "constraints": {"enum": ["x", "y"], "unique": True}},
        ],
        "primaryKey": "a",
        "foreignKeys": [
            {"fields": "a", "reference": {"resource": "t", "fields": "c"}},
            {"fields": ["a", "b"], "reference": {"resource": "", "fields": ["b", "a"]}},
        ],
    }
    assert field_table(schema).splitlines() == [
        "| Nom | Titre | Type | Obligatoire | Règles | Exemple | Description |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        "| `a` | Un\\|deux | nombre entier | oui | au moins 1 ; au plus 9 | `1` | Deux lignes. |",
        "| `b` |  | adresse web | non | une valeur parmi `x`, `y` ; valeur unique |  |  |",
        "",
        "- Identifiant de la ligne (clé primaire) : `a`.",
        "- `a` : doit exister dans la table `t` (`c`).",
        "- `a` + `b` : doit exister dans cette même table (`b` + `a`).",
    ]


@pytest.mark.parametrize("readme", ["", START, f"{END}{START}", f"{START}{END}{START}{END}"])
def test_readme_without_its_markers_is_refused(readme):
    with pytest.raises(DescriptorError):
        with_field_table(readme, {"fields": []})


@every_schema
def test_valid_example_is_valid(name):
    path = f"schemas/{name}/exemple-valide.csv"
    assert 3 <= len(rows(ROOT / path)) <= 8
    resource = Resource(path=path, basepath=str(ROOT), schema=plain_schema(name))
    assert resource.validate().flatten(["rowNumber", "fieldName", "type"]) == []


@every_schema
def test_valid_example_refers_to_known_rows(name):
    example = rows(SCHEMAS / name / "exemple-valide.csv")
    for key in descriptor(name).get("foreignKeys", []):
        target = key["reference"]["resource"]
        known = {
            tuple(row[column] for column in key["reference"]["fields"])
            for row in (table(target) if target else example)
        }
        used = {tuple(row[column] for column in key["fields"]) for row in example}
        assert {values for values in used if any(values)} <= known


def expected_faults(name):
    return [
        (int(row["ligne"]), row["champ"], row["code"])
        for row in rows(SCHEMAS / name / "exemple-invalide.attendu.csv")
    ]


@every_schema
def test_invalid_example_covers_cells_keys_and_structure(name):
    faults = expected_faults(name)
    codes = {code for _, _, code in faults}
    assert all(rule(code).severity == "error" for code in codes)
    assert len(codes) >= 6
    assert codes & STRUCTURE_CODES
    assert codes & KEY_CODES or name == "subventions"
    assert faults == sorted(faults, key=lambda fault: fault[0])
    names = {field["name"] for field in descriptor(name)["fields"]}
    assert {field for _, field, _ in faults} <= names | {""}


@every_schema
def test_frictionless_finds_the_faults_of_the_invalid_example(name):
    path = f"schemas/{name}/exemple-invalide.csv"
    resource = Resource(path=path, basepath=str(ROOT), schema=plain_schema(name))
    found = Counter()
    for error in resource.validate().tasks[0].errors:
        found[_fault(name, error.to_descriptor())] += 1
    expected = Counter(f for f in expected_faults(name) if f[2] not in BEYOND_FRICTIONLESS)
    assert found == expected


@every_schema
def test_invalid_example_lists_its_unknown_references(name):
    path = SCHEMAS / name / "exemple-invalide.csv"
    columns = [field["name"] for field in descriptor(name)["fields"]]
    with path.open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))[1:]
    example = [dict(zip(columns, [*row, *[""] * len(columns)], strict=False)) for row in cells]
    found = []
    for key in descriptor(name).get("foreignKeys", []):
        target = key["reference"]["resource"]
        known = {
            tuple(row[column] for column in key["reference"]["fields"])
            for row in (table(target) if target else example)
        }
        for number, row in enumerate(example, start=2):
            values = tuple(row[column] for column in key["fields"])
            if any(values) and values not in known:
                found.append((number, "", "foreign-key"))
    expected = [fault for fault in expected_faults(name) if fault[2] == "foreign-key"]
    assert sorted(found) == expected


@every_schema
@pytest.mark.parametrize("example", ["valide", "invalide"])
def test_our_engine_finds_exactly_the_faults_of_the_examples(name, example):
    def table_of(schema, path):
        return TableInput(
            schema, file_source(path, ROOT / path), load_schema(SCHEMAS / schema / "schema.json")
        )

    def find(key, _table):
        return Found(table_of(key.resource, f"datasets/{key.resource}.csv"))

    report = validate_tables([table_of(name, f"schemas/{name}/exemple-{example}.csv")], find)
    assert report.skipped == ()
    (found,) = report.tables
    faults = Counter((each.row, each.field or "", each.code) for each in found.findings)
    assert faults == Counter(expected_faults(name) if example == "invalide" else ())


def _fault(name, error):
    kind = error["type"]
    field = error.get("fieldName") or ""
    if kind == "constraint-error":
        constraint = error["note"].split('"')[1]
        kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", constraint).lower()
    if kind == "type-error":
        declared = next(f for f in descriptor(name)["fields"] if f["name"] == field)
        form = declared.get("format")
        kind = f"format-{form}" if form else f"type-{declared['type']}"
    return error["rowNumber"], field, kind
