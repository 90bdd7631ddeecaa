"""Every code with its severity, its frictionless type and the facts of a lifelike finding."""

from typing import Any, NamedTuple

from territo_opendata.language import Text


class Case(NamedTuple):
    code: str
    severity: str
    frictionless_type: str | None
    facts: dict[str, Any]


def _cases(severity: str, frictionless_type: str | None, **facts: dict[str, Any]) -> list[Case]:
    return [
        Case(code.replace("_", "-"), severity, frictionless_type, given)
        for code, given in facts.items()
    ]


def _cell(value: str, field: str = "montant_eur", **facts: Any) -> dict[str, Any]:
    return {"value": value, "field": field, "title": "Montant", **facts}


SIRET = "21750001600019"
MD5 = "9e107d9d372bb6826bd81d3542a419d6"
KEY = {
    "fields": ["type_territoire", "code_territoire"],
    "values": ["commune", "19272"],
    "first": 12,
    "first_line": 14,
}
TWO = ["type_territoire", "code_territoire"]

FILES = [
    *_cases("error", "source-error", file_empty={"path": "data/financements.csv"}),
    *_cases("warning", None, header_only={"path": "data/financements.csv"}),
    *_cases(
        "error", "encoding-error", file_binary={"path": "data/financements.csv", "kind": "XLSX"}
    ),
    *_cases(
        "error",
        "encoding-error",
        encoding_undecodable={"encoding": "utf-8", "byte": "e9", "count": 3},
    ),
    *_cases(
        "warning",
        None,
        encoding_not_utf8={"encoding": "cp1252"},
        byte_order_mark={"encoding": "utf-8-sig"},
        delimiter_unusual={"delimiter": ";"},
        title_rows={"count": 3, "header_row": 4},
    ),
    *_cases("error", None, nul_character={}, unclosed_quote={"lines": 12345}),
    *_cases("error", "source-error", csv_unreadable={"reason": "field larger than field limit"}),
    *_cases("error", "hash-count", hash_mismatch={"expected": MD5, "actual": MD5[::-1]}),
    *_cases("error", "byte-count", bytes_mismatch={"expected": 1_545_000, "actual": 1_048_576}),
]
HEADERS = [
    *_cases("error", "missing-label", missing_label={"field": "millesime", "column": 8}),
    *_cases("error", "extra-label", extra_label={"label": "à vérifier", "column": 28}),
    *_cases(
        "error",
        "incorrect-label",
        incorrect_label={"label": "Nom", "field": "nom", "expected": "nom", "column": 2},
    ),
    *_cases("error", "blank-label", blank_label={"field": "population", "column": 2}),
    *_cases("error", "duplicate-label", duplicate_label={"label": "nom", "column": 5, "first": 2}),
    *_cases("error", "blank-header", blank_header={}),
    *_cases("error", "unmatched-header", unmatched_header={}),
    *_cases(
        "error",
        None,
        header_below={"header_row": 3},
        column_missing={"field": "code_departement", "title": "Code du département"},
        column_extra={"label": "à vérifier", "column": 9},
        column_renamed={"label": "Code département", "field": "code_departement", "column": 4},
        columns_reordered={
            "expected": ["code_territoire", "nom", "population"],
            "found": ["nom", "population", "code_territoire"],
        },
        column_duplicate={"label": "montant_eur", "column": 5, "first": 2},
        column_unnamed={"column": 9},
    ),
    *_cases("error", "error", header_ambiguous={"reason": "« nom » apparaît en colonnes B et D"}),
]
ROWS = [
    *_cases("error", "blank-row", blank_row={}),
    *_cases(
        "error", "missing-cell", missing_cell={"field": "source_id", "expected": 8, "found": 7}
    ),
    *_cases("error", "extra-cell", extra_cell={"value": "5", "expected": 8, "found": 9}),
    *_cases("error", "primary-key", primary_key=KEY, primary_key_empty={"fields": TWO}),
    *_cases("error", None, unique_key=KEY),
    *_cases(
        "error", "unique-error", unique=_cell("fin-001", "financement_id", first=2, first_line=2)
    ),
    *_cases(
        "error",
        "foreign-key",
        foreign_key={**KEY, "table": "territoires", "reference_fields": TWO},
    ),
]
CELLS = [
    *_cases(
        "error",
        "constraint-error",
        required=_cell("", example="1250"),
        pattern=_cell(
            "1004",
            "code",
            argument=r"\d{5}",
            form=Text("5 chiffres", "5 digits"),
            example="01004",
        ),
        enum=_cell("Versements", "nature", argument=["versement", "engagement", "subvention"]),
        minimum=_cell("-1500", argument=0),
        maximum=_cell("20226", "annee_debut", argument=2100),
        exclusive_minimum=_cell("0", argument=0),
        exclusive_maximum=_cell("100", argument=100),
        min_length=_cell("1004", "code", argument=5, length=4, example="01004"),
        max_length=_cell("19272 (Tulle)", "code", argument=5, length=13),
    ),
    *_cases(
        "warning",
        None,
        outer_spaces=_cell("Mairie de Tulle ", "nom"),
        spreadsheet_text=_cell('="01004"', "remarque"),
    ),
    *_cases(
        "error",
        "type-error",
        type_any=_cell("#N/A"),
        type_array=_cell("école, mairie"),
        type_boolean=_cell("VRAI", accepted=["true", "True", "TRUE", "1", "false", "0"]),
        type_date=_cell("31/03/2026", "date_debut", example="2026-03-31"),
        type_datetime=_cell("31/03/2026 14:30", "date_debut", accepted="2026-03-31 14:30"),
        type_duration=_cell("3 ans"),
        type_geojson=_cell("Point 1.77 45.27", "contour"),
        type_geopoint=_cell("1,7709;45,2678", "lieu"),
        type_integer=_cell("14 948 hab.", "population", example="14948"),
        type_list=_cell("2024 et 2025", "annees"),
        type_number=_cell("1 250,50 €"),
        type_object=_cell("places : 12"),
        type_string=_cell("mairie-tulle.fr", "site"),
        type_time=_cell("14h30", "heure"),
        type_year=_cell("26", "annee_debut"),
        type_yearmonth=_cell("mars-26", "mois"),
        format_email=_cell("mairie(at)exemple.fr", "courriel"),
        format_uri=_cell("www.exemple.fr", "url"),
        format_uuid=_cell("3f2504e0-4f89-11d3-9a0c", "identifiant"),
        format_binary=_cell("VHVsb", "contenu"),
        format_wkt=_cell("1.7709, 45.2678", "lieu"),
    ),
    *_cases(
        "error",
        None,
        json_schema=_cell('{"places": "douze"}', "accueil", reason="places : 'douze'"),
        categories=_cell("1 - Faible", "niveau", argument=["1", "2", "3"]),
    ),
]
CHECKS = _cases(
    "error",
    None,
    siren_length=_cell("21750016", "siren", length=8),
    siren_checksum=_cell("217500061", "siren"),
    siren_format=_cell("217 500 016", "siren"),
    siret_length=_cell("2175000160001", "siret", length=13),
    siret_checksum=_cell("21750001600091", "siret"),
    siret_format=_cell("217 500 016 00019", "siret"),
    siret_siren=_cell("217500016", "siret"),
    number_mangled=_cell("2,1750E+13", "siret", kind="SIRET"),
    cohesive_columns={"columns": ["voie", "code_postal", "commune"]},
    compare_columns={
        "column": "date_fin",
        "value": "2026-01-01",
        "op": ">=",
        "column2": "date_debut",
        "value2": "2026-12-31",
    },
    sum_columns=_cell("160", columns=["engage", "verse"], total=150),
    one_of_required={"columns": ["adresse", "coordonnees"]},
    year_interval=_cell("2024-2026", "periode"),
    opening_hours=_cell("du lundi au vendredi, 9h-17h", "horaires"),
    phone_number=_cell("555217300", "telephone"),
    gps_coordinates=_cell("45.2678,1.7709", "lieu"),
    nomenclature_acte=_cell("Commande publique / Marchés publics", "matiere"),
    code_commune=_cell("1004", "code_commune", millesime=2026),
    code_commune_merged=_cell(
        "01091", "code_commune", successor="01033", successor_name="Valserhône", since=2019
    ),
    code_commune_arrondissement=_cell("75112", "code_commune", commune="75056"),
    code_postal=_cell("1500", "code_postal"),
    code_region=_cell("1", "code_region"),
    code_departement=_cell("1", "code_departement"),
    code_fantoir=_cell("190120120Z", "voie"),
    code_pays_iso2=_cell("fr", "pays"),
    code_pays_iso3=_cell("fra", "pays"),
    name_commune=_cell("St Etienne", "commune"),
    name_departement=_cell("Correze", "departement"),
    name_region=_cell("Ile de France", "region"),
    name_canton=_cell("Plateau de millevaches", "canton"),
    name_pays=_cell("Grece", "pays"),
    commune_departement=_cell("76540", "code_commune", departement="27", expected="76"),
    epci_siren=_cell("217500016", "siren_epci", millesime=2026),
    qpv_code=_cell("QN101M", "identifiant_local", generation="2024"),
    crte_code=_cell("CRTE 94 2B 4", "identifiant_local"),
    identifier_form=_cell("ACV 1", "identifiant_local", kind="ACV", expected="acv001"),
    both_or_neither={"columns": TWO, "missing": "type_territoire"},
    parts_add_up={"total": 10, "sum": 9, "parts": ["ind-002", "ind-003"]},
    contiguous_periods={"previous_end": "2022-12-31", "start": "2024-01-01", "gap_days": 365},
    conditional_required=_cell("", "date_decision", condition="nature = versement"),
    conditional_value=_cell("commune", condition="echelle = nationale", allowed=["pays"]),
)
SCHEMAS = _cases(
    "warning",
    None,
    schema_unknown_property={
        "property": "constraint",
        "nearest": "constraints",
        "where": "fields[2]",
    },
    schema_example_invalid={"field": "code", "example": "1004", "reason": "4 caractères sur 5"},
    schema_pattern_corsica={"field": "code_commune", "pattern": r"\d{5}"},
    schema_pattern_overseas={"field": "code_departement", "pattern": r"\d{2}|2[AB]"},
    schema_foreign_key_field={"field": "programme", "table": "programmes"},
    schema_unknown_check={"name": "french-siret", "nearest": "french-siret-value"},
    schema_check_params={"name": "sum-columns-value", "reason": "« columns » manque"},
    schema_version_trap={"field": "montant_eur", "reason": "« missingValues » avec libellés"},
    schema_fields_match_form={},
    schema_pattern_slow={"field": "nom", "pattern": "(a+)+b"},
    schema_constraint_ignored={"field": "montant", "constraint": "pattern", "type": "integer"},
    schema_profile={"where": "fields[0].constraints", "reason": "« true » n’est pas un booléen"},
)
AUTHORS = [
    *_cases(
        "error",
        None,
        schema_refused={"reason": "« fields » manque"},
        schema_key_missing={"key": "homepage"},
        schema_version_form={"version": "v1.0"},
        schema_version_tag={"version": "1.0.0", "tag": "v1.1.0"},
        schema_readme_missing={},
        schema_example_file={"path": "exemple-valide.csv", "count": 3, "reason": "ligne 2 : la case est vide"},
    ),
    *_cases(
        "warning",
        None,
        schema_changelog_missing={"version": "1.1.0"},
        schema_example_missing={"count": 2, "fields": ["nom", "sigle"]},
        schema_description_missing={"count": 1, "fields": ["nom"]},
        schema_example_unread={"paths": ["exemple.csv"], "count": 1, "reason": "introuvable"},
        schema_path_version={"path": "https://exemple.fr/v1.0.0/schema.json", "version": "1.1.0"},
    ),
]  # fmt: skip
ACCEPTED = _cases(
    "error",
    None,
    baseline_outdated={"path": "territo-baseline.json", "count": 3, "known": "siret-length", "field": "siret"},
    waiver_expired={"waived": "siret-length", "field": "siret", "expiry": "2026-06-30", "owner": "DGCL", "reason": "reprise en cours"},
)  # fmt: skip
CASES = [*FILES, *HEADERS, *ROWS, *CELLS, *CHECKS, *ACCEPTED, *SCHEMAS, *AUTHORS]
