"""Generated schemas and nasty files, and what frictionless says of them."""

import copy
import csv
import io
import itertools
import json
from collections import Counter
from pathlib import Path

from hypothesis import strategies as st

from territo_opendata.descriptors.model import Dialect
from territo_opendata.tables.dialects import CANDIDATES, SAMPLE_SIZE
from territo_opendata.tables.source import file_source
from territo_opendata.tables.table import open_table, text_lines
from tests.agreement.oracle import resource_profile
from tests.unit.validate_cells.texts import FIELDS, SEEDS


def hides_separator(path: Path) -> bool:
    """Tell whether Python's sniffer gives up on a file whose separator we find: listed."""
    opened = open_table(file_source(path.name, path), Dialect())
    sample = "".join(itertools.islice(text_lines(opened.source, opened.encoding), SAMPLE_SIZE))
    try:
        csv.Sniffer().sniff(sample, CANDIDATES)
    except csv.Error:
        return opened.format.delimiter != ","
    return False


HEADER_TYPES = frozenset(
    {
        "missing-label",
        "incorrect-label",
        "extra-label",
        "blank-label",
        "duplicate-label",
        "unmatched-header",
        "error",
    }
)
"""Findings on the header, which frictionless gives no row number and we give the header's."""

NASTY = [
    "", " ", "0", "1", "01", "-1", "+1", " 1 ", "1_000", "1.0", "1,5", "1 234,56", "1e5", "NaN",
    "INF", ".5", "5.", "٣", "２", "1\u00a0", "abc", "é", "e\u0301", "a,b", 'say "x"', "a\nb", "a\r\nb",
    "true", "True", "oui", "false", "2020-01-01", "2020-1-2", "01/02/2020", "2020-02-30", "2020",
    "20_0", "+200", "2020-05", "2020-13", "10:00:00", "10:00", "2020-01-01T10:00:00Z",
    "2020-01-01T10:00:00", "2020-01-01T10:00", "1.5,2.5", "190,1", "1, 2", "[1,2]", "{}", '{"a":1}',
    "P1Y", "PT1H", "a@b.fr", "a@b", "é@é.fr", "http://a.fr", "http://a b", "a:", "x", "None", "-",
    "nan", "99999999999999999999", "1" * 40, "0.1234567890123456789", "\ufeffa", "\u2028", "#x",
    "c0ffee00-1234-4abc-8def-0123456789ab", "NA", "1;2", "A", "a", "b", "2A004", "$5", "10%",
    "Infinity", "\x0b", "\u0085", "''", "'x'", '"', '""',
]  # fmt: skip

DIALECTS: list[dict] = [
    {"header": False},
    {"headerRows": [2]},
    {"headerRows": [1, 2]},
    {"headerRows": [2, 3], "headerJoin": "-"},
    {"headerCase": False},
    {"commentChar": "#"},
    {"commentChar": "#", "skipBlankRows": True},
    {"commentRows": [1]},
    {"commentRows": [2, 3]},
    {"skipBlankRows": True},
    {"delimiter": ";"},
    {"delimiter": ",", "quoteChar": "'"},
    {"quoteChar": "'"},
    {"csv": {"delimiter": "|", "skipInitialSpace": True}},
    {"skipInitialSpace": True},
    {"skipInitialSpace": False, "delimiter": ","},
    {"doubleQuote": False},
    {"doubleQuote": False, "escapeChar": "\\"},
    {"escapeChar": "\\"},
    {"lineTerminator": "\n"},
    {"header": True},
]


@st.composite
def fields(draw: st.DrawFn, name: str) -> dict:
    """Make a field descriptor."""
    field = {"name": name, **draw(st.sampled_from(FIELDS))}
    constraints = dict(field.get("constraints", {}))
    if draw(st.booleans()):
        constraints["required"] = draw(st.booleans())
    if field["type"] not in ("object", "array", "list", "geojson") and draw(st.integers(0, 4)) == 0:
        constraints["unique"] = True
    if constraints:
        field["constraints"] = constraints
    if "missingValues" not in field and draw(st.integers(0, 6)) == 0:
        field["missingValues"] = draw(st.sampled_from([["NA", ""], ["-"], []]))
    return field


@st.composite
def schemas(draw: st.DrawFn) -> dict:
    """Make a schema that frictionless accepts."""
    names = ["a", "b", "c", "d"][: draw(st.integers(1, 4))]
    schema: dict = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [draw(fields(name)) for name in names],
    }
    if draw(st.integers(0, 3)) == 0:
        schema["missingValues"] = draw(st.sampled_from([["", "NA"], ["-", ""], ["", "0"]]))
    plain = [
        field["name"]
        for field in schema["fields"]
        if field["type"] not in ("object", "array", "list", "geojson")
    ]
    if plain and draw(st.integers(0, 2)) == 0:
        schema["primaryKey"] = plain[: draw(st.integers(1, len(plain)))]
    if len(plain) > 1 and draw(st.integers(0, 3)) == 0:
        own, other = (
            (plain[1:3], plain[:2])
            if len(plain) > 2 and draw(st.booleans())
            else (plain[1:2], plain[:1])
        )
        schema["foreignKeys"] = [{"fields": own, "reference": {"resource": "", "fields": other}}]
    if draw(st.integers(0, 4)) == 0:
        schema["fieldsMatch"] = draw(
            st.sampled_from(["exact", "equal", "subset", "superset", "partial"])
        )
    return schema


letters = st.characters(exclude_characters="\x00", exclude_categories=("Cs",))
any_cell = st.one_of(st.sampled_from(NASTY), st.text(letters, max_size=4))
typed_cells = {
    kind: st.sampled_from([seed for seed in seeds if len(seed) < 100 and "\x00" not in seed])
    for kind, seeds in SEEDS.items()
}


@st.composite
def dialects(draw: st.DrawFn) -> dict:
    """Make a declared dialect; most tables declare none."""
    return draw(st.sampled_from(DIALECTS)) if draw(st.integers(0, 3)) == 0 else {}


@st.composite
def files(draw: st.DrawFn, schema: dict) -> bytes:
    """Make the bytes of a table that may or may not fit the schema."""
    names = [field["name"] for field in schema["fields"]]
    header = draw(_headers(names))
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    cells = [
        st.one_of(typed_cells[kinds[name]], typed_cells[kinds[name]], any_cell)
        if name in kinds
        else any_cell
        for name in header
    ]
    rows = [*draw(_above()), header]
    for _ in range(draw(st.integers(0, 6))):
        row = draw(_rows(cells))
        rows.extend([row] * draw(st.sampled_from([1, 1, 1, 1, 2])))
    if draw(st.integers(0, 19)) == 0:
        rows.extend(rows[-3:] * draw(st.integers(30, 60)))
    return draw(_written(rows))


@st.composite
def _headers(draw: st.DrawFn, names: list[str]) -> list[str]:
    match draw(st.integers(0, 9)):
        case 0:
            odd = st.sampled_from([*names, "x", "", "A", " a ", "a2", "é", "#a", "a,b", 'a"'])
            return draw(st.lists(odd, max_size=5))
        case 1:
            return names[::-1]
        case 2:
            return [*names, draw(st.sampled_from(["", "x", names[0], " "]))]
    return list(names)


@st.composite
def _above(draw: st.DrawFn) -> list[list[str]]:
    """Make the rows above a header: none, mostly."""
    if draw(st.integers(0, 9)):
        return []
    above = [["Titre"], [], ["#", "x"], ["", ""], ["a", "b", "c"], ["Bilan 2025", "", "", ""]]
    return draw(st.lists(st.sampled_from(above), min_size=1, max_size=3))


@st.composite
def _rows(draw: st.DrawFn, cells: list[st.SearchStrategy[str]]) -> list[str]:
    row = [draw(each) for each in cells]
    match draw(st.integers(0, 15)):
        case 0:
            return row[:-1]
        case 1:
            return [*row, draw(any_cell)]
        case 2:
            return [""] * len(row)
        case 3:
            return []
        case 4:
            return ["# " + (row[0] if row else ""), *row[1:]]
    return row


@st.composite
def _written(draw: st.DrawFn, rows: list[list[str]]) -> bytes:
    delimiter = draw(st.sampled_from([",", ",", ",", ";", "\t", "|", ", ", "; "]))
    ends = draw(st.sampled_from([["\n"], ["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]]))
    quote = draw(st.sampled_from(['"', '"', '"', '"', "'"]))
    text = _text(rows, delimiter, ends, quote, quote_all=draw(st.booleans()))
    if draw(st.integers(0, 3)) == 0:
        text = text.rstrip("\r\n")
    if draw(st.integers(0, 9)) == 0:
        text += draw(st.sampled_from(["\n", " \n", "\n\n", 'x"y', "\r", "\x1a", '"a"b,', "\\"]))
    encodings = ["utf-8"] * 8 + [
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "cp1252",
        "latin-1",
    ]
    encoding = draw(st.sampled_from(encodings))
    return text.encode(encoding, "replace")


def _text(
    rows: list[list[str]], delimiter: str, ends: list[str], quote: str, *, quote_all: bool
) -> str:
    out = io.StringIO()
    for number, row in enumerate(rows):
        quoted = []
        for cell in row:
            needs = quote_all or any(char in cell for char in (delimiter[0], quote, "\n", "\r"))
            quoted.append(quote + cell.replace(quote, quote * 2) + quote if needs else cell)
        out.write(delimiter.join(quoted) + ends[number % len(ends)])
    return out.getvalue()


def frictionless_errors(path: Path, schema: dict, dialect: dict | None = None) -> Counter | str:
    """Return frictionless' errors as a multiset, or why it could not tell."""
    from frictionless import FrictionlessException, Resource, Schema

    try:
        read = Schema.from_descriptor(copy.deepcopy(schema))
        descriptor = {
            **resource_profile(read),
            "name": "table",
            "path": path.name,
            "schema": copy.deepcopy(schema),
            **({"dialect": copy.deepcopy(dialect)} if dialect else {}),
        }
        resource = Resource.from_descriptor(descriptor, basepath=str(path.parent))
        report = resource.validate(limit_errors=10**9)
    except FrictionlessException as error:
        return f"refused: {error}"
    except Exception as error:  # noqa: BLE001 (frictionless crashes with anything on some input)
        return f"crashed: {type(error).__name__}: {error}"
    rows = report.flatten(["rowNumber", "fieldName", "type"])
    return Counter((row, field or None, kind) for row, field, kind in rows)


def our_errors(report) -> Counter:
    """Return our errors that frictionless knows, as the same multiset."""
    return Counter(
        (
            None if finding.frictionless_type in HEADER_TYPES else finding.row,
            finding.field or None,
            finding.frictionless_type,
        )
        for table in report.tables
        for finding in table.findings
        if finding.frictionless_type
    )


def describe(path: Path, schema: dict, dialect: dict) -> str:
    """Return a case so that it can be typed again."""
    return f"{json.dumps(schema, ensure_ascii=False)}\n{dialect}\n{path.read_bytes()!r}"
