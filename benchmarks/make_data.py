"""Make a table of grants of any size, the schema it is to be checked by, and a data package.

    python benchmarks/make_data.py DIRECTORY --rows 1000000 --bad 0.05

The same arguments give the same bytes: 13 columns, about 154 bytes a row, names with accents,
one cell in twenty quoted. `--bad` is the share of rows in which one cell breaks one rule.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import polars as pl

ROOT = Path(__file__).parents[1]
BLOCK = 100_000
NATURES = ["enveloppe annoncée", "délégation de crédits", "engagement", "versement", "subvention"]
OBJETS = [
    "Réhabilitation de l’école",
    "Rénovation énergétique",
    "Maison de santé, tranche 1",
    "Tiers-lieu numérique, étude",
    "Centre-bourg, îlot nord",
    "Aménagement de la place",
    "Création, recyclerie",
    "Voirie et réseaux, lot n° 2",
]


def schema() -> dict[str, object]:
    """Return the schema: one rule of nearly every kind, two keys and a reference."""

    def field(name: str, kind: str, **rest: object) -> dict[str, object]:
        options = {key: rest.pop(key) for key in ("format",) if key in rest}
        return {"name": name, "type": kind, **options, "constraints": rest}

    return {
        "name": "subventions-de-mesure",
        "fields": [
            field("subvention_id", "string", required=True, pattern="SUB-[0-9]{8}-[A-Z]{2}"),
            field("numero", "integer", required=True, unique=True, minimum=1),
            field("code_commune", "string", required=True, pattern=r"([013-9]\d|2[AB1-9])\d{3}"),
            field("nom_commune", "string", required=True),
            field("nature", "string", enum=NATURES),
            field("montant_eur", "number", minimum=0, maximum=1_000_000_000),
            field("annee", "year", minimum=2000, maximum=2030),
            field("date_decision", "date"),
            field("courriel", "string", format="email"),
            field("actif", "boolean"),
            field("siren", "string", pattern=r"\d{9}"),
            field("taux", "number", minimum=0, maximum=100),
            field("objet", "string", maxLength=100, pattern=r"[^\n]*"),
        ],
        "primaryKey": ["subvention_id"],
        "foreignKeys": [
            {"fields": ["code_commune"], "reference": {"resource": "communes", "fields": ["code"]}}
        ],
    }


COMMUNES = {
    "name": "communes-de-mesure",
    "fields": [{"name": "code", "type": "string"}, {"name": "nom", "type": "string"}],
    "primaryKey": ["code"],
}


def communes() -> pl.DataFrame:
    """Return the code and name of every commune of the reference."""
    table = pl.read_csv(ROOT / "datasets" / "territoires.csv", infer_schema=False)
    chosen = table.filter(pl.col("type_territoire") == "commune")
    return chosen.select(code="code_territoire", nom="nom")


def block(start: int, count: int, places: pl.DataFrame) -> pl.DataFrame:
    """Return rows `start` to `start + count`, all right."""
    rng = np.random.default_rng(start)
    numbers = np.arange(start, start + count)
    place = rng.integers(0, len(places), count)
    day = np.datetime64("2015-01-01") + rng.integers(0, 3650, count)
    return pl.DataFrame(
        {
            "subvention_id": pl.Series(numbers),
            "numero": pl.Series(numbers + 1),
            "code_commune": places["code"].gather(place),
            "nom_commune": places["nom"].gather(place),
            "nature": pl.Series(NATURES).gather(rng.integers(0, len(NATURES), count)),
            "montant_eur": pl.Series(rng.integers(0, 99_999_999, count) / 100),
            "annee": pl.Series(rng.integers(2015, 2026, count)),
            "date_decision": pl.Series(day),
            "courriel": pl.Series(rng.integers(0, 1_000_000, count)),
            "actif": pl.Series(["true", "false"]).gather(rng.integers(0, 2, count)),
            "siren": pl.Series(rng.integers(100_000_000, 999_999_999, count)),
            "taux": pl.Series(rng.integers(0, 10_000, count) / 100),
            "objet": pl.Series(OBJETS).gather(rng.integers(0, len(OBJETS), count)),
        }
    ).with_columns(
        subvention_id=pl.format(
            "SUB-{}-{}",
            pl.col("subvention_id").cast(pl.String).str.zfill(8),
            pl.Series(["FR", "CT", "AN"]).gather(rng.integers(0, 3, count)),
        ),
        courriel=pl.format("mairie{}@ville.fr", pl.col("courriel")),
        objet=pl.format("{} {}", pl.col("objet"), pl.col("annee")),
    )


WRONG = {
    "subvention_id": "sub-1",
    "numero": "douze",
    "code_commune": "99999",
    "nom_commune": "",
    "nature": "don",
    "montant_eur": "-1",
    "annee": "1999",
    "date_decision": "2020-02-30",
    "courriel": "mairie@",
    "actif": "peut-être",
    "siren": "12345678",
    "taux": "100.5",
    "objet": "é" * 101,
}


def spoil(table: pl.DataFrame, share: float, start: int) -> pl.DataFrame:
    """Return the rows with a wrong cell in a share of them; some repeat the key of the first."""
    rng = np.random.default_rng([start, 1])
    bad = rng.random(len(table)) < share
    which = rng.integers(0, len(WRONG) + 2, len(table))
    texts = table.select(pl.all().cast(pl.String))
    wrong = {**WRONG, "again": texts["subvention_id"][0], "number": texts["numero"][0]}
    targets = [*WRONG, "subvention_id", "numero"]
    for number, (name, value) in enumerate(zip(targets, wrong.values(), strict=True)):
        hit = pl.Series(bad & (which == number))
        texts = texts.with_columns(pl.when(hit).then(pl.lit(value)).otherwise(name).alias(name))
    return texts


def make(directory: Path, rows: int, bad: float) -> Path:
    """Write the files into `directory` and return the path of the data package."""
    directory.mkdir(parents=True, exist_ok=True)
    places = communes()
    places.write_csv(directory / "communes.csv")
    with (directory / "data.csv").open("wb") as out:
        for start in range(0, rows, BLOCK):
            table = block(start, min(BLOCK, rows - start), places)
            spoil(table, bad, start).write_csv(out, include_header=start == 0)
    for name, descriptor in (("schema", schema()), ("communes.schema", COMMUNES)):
        _write(directory / f"{name}.json", descriptor)
    resources = [
        {"name": "data", "path": "data.csv", "schema": "schema.json"},
        {"name": "communes", "path": "communes.csv", "schema": "communes.schema.json"},
    ]
    for each in resources:
        each.update(profile="tabular-data-resource", encoding="utf-8")
    package = directory / "datapackage.json"
    _write(package, {"name": "mesure", "resources": resources})
    return package


def _write(path: Path, descriptor: object) -> None:
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=1), "utf-8")


def main() -> None:
    """Make the files that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--bad", type=float, default=0.0)
    asked = parser.parse_args()
    package = make(asked.directory, asked.rows, asked.bad)
    print(package, (asked.directory / "data.csv").stat().st_size)


if __name__ == "__main__":
    main()
