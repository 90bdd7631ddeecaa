"""Make tables of grants as they arrive, each dirty in its own way, with the schema to repair them by.

    python benchmarks/make_dirty.py DIRECTORY --rows 1000000 --cases dates amounts

The same arguments give the same bytes. The rows are those of `make_data.py`; what is wrong with
them is what spreadsheets and exports do to a whole file.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from make_data import BLOCK, block, communes, schema, spoil

Spoil = Callable[[pl.DataFrame, int], pl.DataFrame]


@dataclass(frozen=True)
class Dirt:
    """What is wrong with a file: its cells, the rows above its header, how it is written."""

    spoil: Spoil
    titles: str = ""
    delimiter: str = ","
    encoding: str = "utf-8"


def _texts(table: pl.DataFrame, _start: int) -> pl.DataFrame:
    return table.select(pl.all().cast(pl.String))


def _dates(table: pl.DataFrame, start: int) -> pl.DataFrame:
    shown = pl.col("date_decision").dt.strftime("%d/%m/%Y")
    return _texts(table.with_columns(shown), start)


def _amounts(table: pl.DataFrame, start: int) -> pl.DataFrame:
    """Write a French amount, another one in each row."""
    euros = pl.int_range(start + 1, start + table.height + 1).alias("euros")
    cents = (pl.col("montant_eur") * 100).cast(pl.Int64) % 100
    whole = euros + 1_000_000
    grouped = pl.format(
        "{} {} {},{} €",
        whole // 1_000_000,
        (whole // 1000 % 1000).cast(pl.String).str.zfill(3),
        (whole % 1000).cast(pl.String).str.zfill(3),
        cents.cast(pl.String).str.zfill(2),
    )
    return _texts(table.with_columns(montant_eur=grouped), start)


def _zeros(table: pl.DataFrame, start: int) -> pl.DataFrame:
    """Take the leading zeros of every commune's code, all of which have one."""
    codes = pl.Series([code for code in communes()["code"] if code.startswith("0")])
    place = pl.int_range(start, start + table.height) % len(codes)
    lost = pl.lit(codes).gather(place).str.strip_chars_start("0")
    return _texts(table.with_columns(code_commune=lost), start)


def _everything(table: pl.DataFrame, start: int) -> pl.DataFrame:
    """Write the rows as Excel does in French, with what its users add."""
    lost = _zeros(table, start)["code_commune"]
    written = _amounts(_dates_kept(table), start)
    comma = pl.col("taux").str.replace(".", ",", literal=True)
    told = pl.when(pl.col("actif") == "true").then(pl.lit("Oui")).otherwise(pl.lit("Non"))
    shouted = pl.col("nature").str.to_uppercase()
    spoilt = written.with_columns(lost, taux=comma, actif=told, nature=shouted)
    return spoilt.rename({"montant_eur": "Montant (eur)", "nom_commune": "Nom commune"})


def _dates_kept(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns(pl.col("date_decision").dt.strftime("%d/%m/%Y"))


_TITLES = "Subventions versées{0}\nExtraction du 12/11/2026{0}\n{0}\n"

DIRT: Mapping[str, Dirt] = {
    "clean": Dirt(_texts),
    "one in a hundred": Dirt(lambda table, start: spoil(table, 0.01, start)),
    "dates": Dirt(_dates),
    "amounts": Dirt(_amounts),
    "zeros": Dirt(_zeros),
    "cp1252": Dirt(_texts, delimiter=";", encoding="cp1252"),
    "titles": Dirt(_texts, titles=_TITLES.format("," * 12)),
    "excel": Dirt(_everything, _TITLES.format(";" * 12), ";", "cp1252"),
}
"""The ways, by name: a whole column of `dates` DD/MM/YYYY, of different `amounts`, of lost `zeros`;
`excel` is everything at once."""


def make(directory: Path, rows: int, case: str) -> Path:
    """Write the file of a case and its schema into `directory`, and return the file's path.

    The schema refers to no other table: a repair is of one file alone.
    """
    directory.mkdir(parents=True, exist_ok=True)
    dirt, places = DIRT[case], communes()
    path = directory / "data.csv"
    with path.open("wb") as out:
        out.write(dirt.titles.encode(dirt.encoding))
        for start in range(0, rows, BLOCK):
            table = dirt.spoil(block(start, min(BLOCK, rows - start), places), start)
            text = table.write_csv(include_header=start == 0, separator=dirt.delimiter)
            out.write(text.encode(dirt.encoding))
    descriptor = {**schema(), "foreignKeys": []}
    (directory / "schema.json").write_text(json.dumps(descriptor, ensure_ascii=False), "utf-8")
    return path


def main() -> None:
    """Make the files that the command line asks for, each in a folder of its name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--cases", nargs="+", choices=DIRT, default=list(DIRT))
    asked = parser.parse_args()
    for case in asked.cases:
        path = make(asked.directory / case, asked.rows, case)
        print(path, path.stat().st_size)


if __name__ == "__main__":
    main()
