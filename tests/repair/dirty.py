"""Dirty copies of our own datasets, made as spreadsheets and hands make them: the truth is known.

Every copy is drawn from a seed. A dirty cell is written in one of the ways of `CELLS`; those of
`LOSSY` destroy what the cell said, so that nothing may be made of it.
"""

import csv
import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from territo_opendata import project
from territo_opendata.descriptors.model import Field, Schema

DATASETS = (
    "programmes",
    "financements",
    "organisations",
    "partenariats",
    "indicateurs",
    "evenements",
    "sources",
    "territoires",
    "communes_anciennes",
    "intercommunalites",
)
ROWS = 25
NBSP, NARROW = "\u00a0", "\u202f"
_ACCENTS = str.maketrans({"e": "é", "a": "à", "o": "ô", "u": "ù", "i": "î"})


@dataclass(frozen=True)
class Dirty:
    """A dirty copy: its bytes, and what each of its cells is, and was."""

    name: str
    schema: Schema
    content: bytes
    truth: list[list[str]]
    dirty: list[list[str]]
    labels: list[str]
    done: tuple[str, ...]


@cache
def dataset(name: str) -> tuple[Schema, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    resource = project.builtin_package().resource(name)
    text = resource.files[0].read_text("utf-8")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return resource.schema, tuple(header), tuple(map(tuple, rows))


def copy(seed: int) -> Dirty:
    """Return the dirty copy of this number."""
    rng = random.Random(seed)  # noqa: S311 - copies are to be the same every time
    schema, header, rows = dataset(rng.choice(DATASETS))
    start = rng.randrange(max(1, len(rows) - ROWS))
    truth = [list(row) for row in rows[start : start + rng.randint(3, ROWS)]]
    dirty = [list(row) for row in truth]
    done: list[str] = []
    for place, field in enumerate(schema.fields):
        if rng.random() < 0.6:
            done += _soil_column(rng, place, field, dirty)
    labels = [_label(rng, name, done) if rng.random() < 0.4 else name for name in header]
    content = _file(rng, labels, dirty, done)
    return Dirty(schema.name, schema, content, truth, dirty, labels, tuple(done))


def _soil_column(rng: random.Random, place: int, field: Field, rows: list[list[str]]) -> list[str]:
    name, soil = rng.choice([*CELLS.items(), *LOSSY.items()])
    whole = name in WHOLE_COLUMNS or rng.random() < 0.3
    done = False
    for row in rows:
        if row[place] and (whole or rng.random() < 0.3):
            after = soil(rng, row[place], field)
            done = done or after != row[place]
            row[place] = after
    return [f"{field.name}:{name}"] if done else []


def _french_date(separator: str) -> Callable[[random.Random, str, Field], str]:
    def soil(_rng: random.Random, cell: str, _field: Field) -> str:
        found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell)
        return separator.join(reversed(found.groups())) if found else cell

    return soil


def _american_date(_rng: random.Random, cell: str, _field: Field) -> str:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell)
    return f"{int(found[2])}/{int(found[3])}/{found[1]}" if found else cell


def _either_date(rng: random.Random, cell: str, field: Field) -> str:
    return rng.choice([_french_date("/"), _american_date])(rng, cell, field)


def _french_number(rng: random.Random, cell: str, field: Field) -> str:
    if field.type not in ("number", "integer") or not re.fullmatch(r"-?\d+(\.\d+)?", cell):
        return cell
    whole, _, decimals = cell.partition(".")
    grouped = f"{int(whole):,}".replace(",", rng.choice([" ", NBSP, NARROW]))
    money = rng.choice(["", " €", f"{NBSP}€", " euros"])
    return grouped + (f",{decimals}" if decimals else "") + money


def _without_zero(_rng: random.Random, cell: str, _field: Field) -> str:
    return cell.lstrip("0") or cell if re.fullmatch(r"0\d{1,4}", cell) else cell


def _typo(rng: random.Random, cell: str, field: Field) -> str:
    """Mistype a word of a list, as fingers do: not its first letter, no digit."""
    words = field.constraints.get("enum")
    if not words or len(cell) < 5:
        return cell
    at = rng.randrange(1, len(cell) - 1)
    swapped = cell[:at] + cell[at + 1] + cell[at] + cell[at + 2 :]
    return rng.choice([cell[:at] + cell[at + 1 :], cell[:at] + cell[at] + cell[at:], swapped])


def _case(rng: random.Random, cell: str, field: Field) -> str:
    codes = "enum" in field.constraints or field.constraints.get("pattern", "").startswith(
        "[a-z0-9]"
    )
    return rng.choice([cell.upper(), cell.capitalize()]) if codes else cell


def _bare_accents(_rng: random.Random, cell: str, field: Field) -> str:
    if "enum" not in field.constraints:
        return cell
    return cell.translate(str.maketrans("éèêàçôîû", "eeeacoiu"))


def _drop_digit(rng: random.Random, cell: str, _field: Field) -> str:
    if not re.fullmatch(r"\d{6,}", cell):
        return cell
    at = rng.randrange(len(cell))
    return cell[:at] + cell[at + 1 :]


def _power(_rng: random.Random, cell: str, _field: Field) -> str:
    return f"{int(cell):.2E}".replace(".", ",") if re.fullmatch(r"[1-9]\d{8,}", cell) else cell


def _padded(rng: random.Random, cell: str, _field: Field) -> str:
    return rng.choice([" ", NBSP, "\t", ""]) + cell + rng.choice([" ", NBSP, "  "])


CELLS: dict[str, Callable[[random.Random, str, Field], str]] = {
    "french-date": _french_date("/"),
    "dashed-date": _french_date("-"),
    "dotted-date": _french_date("."),
    "french-number": _french_number,
    "lost-zero": _without_zero,
    "formula": lambda _rng, cell, _field: f'="{cell}"' if '"' not in cell else cell,
    "spaces": _padded,
    "typo": _typo,
    "case": _case,
    "accents": _bare_accents,
    "decimal": lambda _rng, cell, field: (
        f"{cell},00" if field.type == "integer" or re.fullmatch(r"\d{9,14}", cell) else cell
    ),
}
LOSSY: dict[str, Callable[[random.Random, str, Field], str]] = {
    "american-date": _american_date,
    "either-date": _either_date,
    "power": _power,
    "digit-dropped": _drop_digit,
    "emptied": lambda _rng, _cell, _field: "",
    "unknown": lambda rng, _cell, _field: rng.choice(["NC", "?", "voir remarque", "n/a"]),
}
WHOLE_COLUMNS = ("french-date", "dashed-date", "dotted-date", "american-date")


def _label(rng: random.Random, name: str, done: list[str]) -> str:
    middle = len(name) // 2
    made = rng.choice(
        [
            name.replace("_", " ").capitalize(),
            name.upper(),
            f" {name} ",
            name.replace("_", "-"),
            name.translate(_ACCENTS),
            f"{name} ?",
            name[:middle] + name[middle] + name[middle:] if len(name) > 5 else name,
        ]
    )
    done.append(f"label {made!r}")
    return made


def _file(rng: random.Random, labels: list[str], rows: list[list[str]], done: list[str]) -> bytes:
    order = list(range(len(labels)))
    if rng.random() < 0.3:
        rng.shuffle(order)
        done.append("order")
    table = [[row[place] for place in order] for row in (labels, *rows)]
    empty = rng.choice([0, 0, 1, 3])
    table = [[*row, *[""] * empty] for row in table]
    for _ in range(rng.choice([0, 0, 2, 30])):
        table.append([""] * len(table[0]))
    width = len(table[0])
    titles = rng.choice([0, 0, 1, 3])
    filled = rng.random() < 0.5
    above = [["Tableau de suivi 2025"] + [""] * (width - 1) * filled for _ in range(titles)]
    done += [f"{empty} columns", f"{titles} titles"]
    delimiter = rng.choice([",", ";", ";", "\t"])
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=rng.choice(["\n", "\r\n"]))
    writer.writerows([*above, *table])
    encoding = rng.choice(["utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16"])
    done += [repr(delimiter), encoding]
    try:
        return text.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return text.getvalue().encode("utf-8")


def read(content: bytes, delimiter: str = ",") -> list[list[str]]:
    """Return the records of a repaired file."""
    text = content.decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
