"""Every way to break our own schemas: one mutation of a valid example per rule and field."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from territo_opendata.descriptors.model import Field, Schema
from territo_opendata.descriptors.schema import load_schema

SCHEMAS = Path(__file__).parents[2] / "schemas"
ROW = 3
"""The record that is broken: the second below the header."""

Rows = list[list[str]]

WRONG_TYPE = {
    "integer": "douze",
    "number": "douze",
    "date": "2020-13-01",
    "year": "20O5",
    "boolean": "peut-être",
    "datetime": "hier",
}


@dataclass(frozen=True)
class Mutation:
    """A broken copy of an example: its bytes, and the code, row, line and column to find."""

    name: str
    schema: str
    content: bytes
    code: str
    row: int | None
    line: int | None
    column: int | None


class Example:
    """A valid example whose first record takes two physical lines, so that rows are not lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.schema: Schema = load_schema(SCHEMAS / name / "schema.json")
        text = (SCHEMAS / name / "exemple-valide.csv").read_text("utf-8")
        self.rows: Rows = list(csv.reader(io.StringIO(text, newline="")))
        self.shift = 0
        for place, field in enumerate(self.schema.fields):
            if field.type == "string" and field.format == "default" and self._is_free(field):
                self.rows[1][place] = "première ligne\nseconde ligne"
                self.shift = 1
                break

    def _is_free(self, field: Field) -> bool:
        keys = {*self.schema.primary_key, *(n for k in self.schema.foreign_keys for n in k.fields)}
        bound = {"pattern", "enum", "maxLength", "unique"} & set(field.constraints)
        checked = {
            str(value) for check in self.schema.custom_checks for value in check.params.values()
        }
        return field.name not in keys and not bound and field.name not in checked

    def copy(self) -> Rows:
        return [list(row) for row in self.rows]

    def line(self, row: int) -> int:
        return row + (self.shift if row > 2 else 0)

    def mutation(
        self,
        name: str,
        rows: Rows,
        code: str,
        row: int | None = ROW,
        column: int | None = None,
    ) -> Mutation:
        line = None if row is None else self.line(row)
        return Mutation(f"{self.name}-{name}", self.name, write(rows), code, row, line, column)


def write(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def mutations() -> Iterator[Mutation]:
    for folder in sorted(SCHEMAS.iterdir()):
        example = Example(folder.name)
        yield from cell_mutations(example)
        yield from key_mutations(example)
        yield from header_mutations(example)
        yield from row_mutations(example)


def cell_mutations(example: Example) -> Iterator[Mutation]:
    for place, field in enumerate(example.schema.fields):
        for code, value in bad_values(field):
            rows = example.copy()
            rows[ROW - 1][place] = value
            yield example.mutation(f"{field.name}-{code}", rows, code, column=place + 1)
        if field.unique:
            rows = example.copy()
            rows[ROW - 1][place] = rows[ROW - 2][place]
            yield example.mutation(f"{field.name}-unique", rows, "unique", column=place + 1)


def bad_values(field: Field) -> Iterator[tuple[str, str]]:
    """Yield, for each rule of `field`, its code and a text that breaks it."""
    constraints = field.constraints
    if field.required:
        yield "required", ""
    if field.type in WRONG_TYPE:
        yield f"type-{field.type}", WRONG_TYPE[field.type]
    if field.format in ("uri", "email"):
        yield f"format-{field.format}", "ni l’un ni l’autre"
    if "pattern" in constraints:
        candidates = ("§ hors motif §", "ftp://exemple.fr", " |", "a||b")
        pattern = re.compile(f"^{constraints['pattern']}$")
        yield (
            "pattern",
            next(
                text
                for text in candidates
                if not pattern.match(text) and (field.format != "uri" or "://" in text)
            ),
        )
    if "enum" in constraints:
        yield "enum", "valeur inconnue"
    for name, step in (("minimum", -1), ("maximum", 1)):
        if name in constraints:
            yield name, _beyond(constraints[name], step)
    if constraints.get("minLength", 0) > 1:
        yield "min-length", "x" * (constraints["minLength"] - 1)
    if "maxLength" in constraints:
        yield "max-length", "x" * (constraints["maxLength"] + 1)


def _beyond(bound: object, step: int) -> str:
    text = str(bound)
    if "-" in text[1:]:
        return f"{int(text[:4]) + step:04d}{text[4:]}"
    return str(int(float(text)) + step)


def key_mutations(example: Example) -> Iterator[Mutation]:
    names = example.schema.field_names
    if example.schema.primary_key:
        rows = example.copy()
        for name in example.schema.primary_key:
            place = names.index(name)
            rows[ROW - 1][place] = rows[ROW - 2][place]
        first = names.index(example.schema.primary_key[0]) + 1
        yield example.mutation("primary-key", rows, "primary-key", column=first)
    for key in example.schema.unique_keys:
        rows = example.copy()
        for name in key:
            place = names.index(name)
            rows[ROW - 1][place] = rows[ROW - 2][place]
        yield example.mutation(
            f"{key[0]}-unique-key", rows, "unique-key", column=names.index(key[0]) + 1
        )
    for key in example.schema.foreign_keys:
        rows = example.copy()
        for name in key.fields:
            place = names.index(name)
            rows[ROW - 1][place] = _unknown(example.schema.field(name), rows[ROW - 1][place])
        last = names.index(key.fields[-1]) + 1
        yield example.mutation(f"{key.fields[-1]}-foreign-key", rows, "foreign-key", column=last)


def _unknown(field: Field, value: str) -> str:
    """Return a value that keeps the field's own rules but refers to nothing."""
    if "enum" in field.constraints:
        return value or str(field.constraints["enum"][0])
    if field.name.startswith("code"):
        return "99999"
    if field.name.startswith("siren"):
        return "999999999"
    return "inconnu-au-bataillon"


def header_mutations(example: Example) -> Iterator[Mutation]:
    width = len(example.schema.fields)
    yield example.mutation("column-missing", drop(example.copy(), 1), "column-missing", 1, 2)
    extra = [[*row, "x"] for row in example.copy()]
    extra[0][-1] = "commentaire_interne"
    yield example.mutation("column-extra", extra, "column-extra", 1, width + 1)
    change: dict[str, Callable[[str], str]] = {
        "case": str.upper,
        "space": lambda name: f"{name.replace('_', ' ')} ?",
        "typo": lambda name: name[:-1],
    }
    for kind, rename in change.items():
        rows = example.copy()
        rows[0][0] = rename(rows[0][0])
        yield example.mutation(f"column-renamed-{kind}", rows, "column-renamed", 1, 1)
    rows = example.copy()
    rows[0][1] = rows[0][0]
    yield example.mutation("column-duplicate", rows, "column-duplicate", 1, 2)
    rows = example.copy()
    rows[0][1] = ""
    yield example.mutation("column-unnamed", rows, "column-unnamed", 1, 2)
    rows = [[row[1], row[0], *row[2:]] for row in example.copy()]
    yield example.mutation("columns-reordered", rows, "columns-reordered", 1, 1)


def drop(rows: Rows, place: int) -> Rows:
    return [row[:place] + row[place + 1 :] for row in rows]


def row_mutations(example: Example) -> Iterator[Mutation]:
    width = len(example.schema.fields)
    rows = example.copy()
    rows[ROW - 1] = rows[ROW - 1][:-1]
    yield example.mutation("missing-cell", rows, "missing-cell", column=width)
    rows = example.copy()
    rows[ROW - 1] = [*rows[ROW - 1], "en trop"]
    yield example.mutation("extra-cell", rows, "extra-cell", column=width + 1)
    rows = example.copy()
    rows.insert(ROW - 1, [""] * width)
    yield example.mutation("blank-row", rows, "blank-row")
    lines = write(example.rows[: ROW - 1])
    opened = example.mutation("unclosed-quote", example.rows, "unclosed-quote")
    broken = lines + b'"' + write(example.rows[ROW - 1 :]).replace(b'"', b"")
    yield Mutation(
        opened.name, opened.schema, broken, opened.code, opened.row, opened.line, opened.column
    )
