"""Generated schemas and nasty files, and what frictionless says of them."""

import io
import json
from collections import Counter
from pathlib import Path

from hypothesis import strategies as st

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

TYPES = {
    "string": [{}, {"format": "email"}, {"format": "uri"}, {"format": "uuid"}, {"format": "binary"}],
    "integer": [{}, {"bareNumber": False}],
    "number": [
        {}, {"decimalChar": ","}, {"groupChar": " "}, {"decimalChar": ",", "groupChar": " "},
        {"bareNumber": False},
    ],
    "boolean": [{}, {"trueValues": ["oui", "1"], "falseValues": ["non", "0"]}],
    "date": [{}, {"format": "%d/%m/%Y"}, {"format": "any"}],
    "time": [{}, {"format": "%H:%M"}],
    "datetime": [{}, {"format": "%Y-%m-%d"}],
    "year": [{}],
    "yearmonth": [{}],
    "duration": [{}],
    "geopoint": [{}, {"format": "array"}, {"format": "object"}],
    "geojson": [{}],
    "object": [{}],
    "array": [{}],
    "list": [{}, {"itemType": "integer"}, {"delimiter": ";"}],
    "any": [{}],
}  # fmt: skip

CONSTRAINTS = {
    "string": [
        {"pattern": "[0-9]+"}, {"pattern": "a|b"}, {"pattern": r"\d{2}"}, {"minLength": 2},
        {"maxLength": 3}, {"enum": ["a", "b", "1"]}, {"pattern": "^[A-Z]?.*$"},
    ],
    "integer": [{"minimum": 1}, {"maximum": 10}, {"enum": [1, 2, "3"]}, {"minimum": "0"}],
    "number": [{"minimum": 0.5}, {"maximum": 1000}, {"enum": [1, 0.5]}],
    "date": [{"minimum": "2019-01-01"}, {"maximum": "2020-01-01"}],
    "year": [{"minimum": 2000}, {"enum": [2020]}],
    "list": [{"minLength": 2}],
    "array": [{"minLength": 1}],
    "any": [{"enum": ["a", "1"]}],
    "boolean": [{"enum": [True]}],
}  # fmt: skip


@st.composite
def fields(draw: st.DrawFn, name: str) -> dict:
    """Make a field descriptor."""
    kind = draw(st.sampled_from(sorted(TYPES)))
    field = {"name": name, "type": kind, **draw(st.sampled_from(TYPES[kind]))}
    if kind == "date" and field.get("format", "default") != "default":
        constraints: dict = {}
    else:
        constraints = dict(draw(st.sampled_from([{}, *CONSTRAINTS.get(kind, [])])))
    if draw(st.booleans()):
        constraints["required"] = draw(st.booleans())
    if kind not in ("object", "array", "list", "geojson") and draw(st.integers(0, 4)) == 0:
        constraints["unique"] = True
    if constraints:
        field["constraints"] = constraints
    if draw(st.integers(0, 6)) == 0:
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
        schema["foreignKeys"] = [
            {"fields": [plain[1]], "reference": {"resource": "", "fields": [plain[0]]}}
        ]
    if draw(st.integers(0, 4)) == 0:
        schema["fieldsMatch"] = draw(
            st.sampled_from(["exact", "equal", "subset", "superset", "partial"])
        )
    return schema


letters = st.characters(blacklist_characters="\x00", blacklist_categories=("Cs",))
cells = st.one_of(st.sampled_from(NASTY), st.text(letters, max_size=4))


@st.composite
def files(draw: st.DrawFn, schema: dict) -> bytes:
    """Make the bytes of a table that may or may not fit the schema."""
    names = [field["name"] for field in schema["fields"]]
    header = list(names)
    match draw(st.integers(0, 9)):
        case 0:
            header = draw(st.lists(st.sampled_from([*names, "x", "", "A", " a "]), max_size=5))
        case 1:
            header = header[::-1]
        case 2:
            header = [*header, draw(st.sampled_from(["", "x", names[0]]))]
    rows = [header]
    for _ in range(draw(st.integers(0, 6))):
        row = [draw(cells) for _ in header]
        match draw(st.integers(0, 11)):
            case 0:
                row = row[:-1]
            case 1:
                row = [*row, draw(cells)]
            case 2:
                row = [""] * len(row)
            case 3:
                row = []
        rows.append(row)
        if draw(st.integers(0, 5)) == 0:
            rows.append(list(row))
    delimiter = draw(st.sampled_from([",", ",", ",", ";", "\t", "|"]))
    end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    text = _write(rows, delimiter, end, draw(st.booleans()))
    if draw(st.integers(0, 3)) == 0:
        text = text.rstrip("\r\n")
    if draw(st.integers(0, 9)) == 0:
        text += draw(st.sampled_from(["\n", " \n", '"', 'x"y', "\r"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"]))
    return text.encode(encoding, "replace")


def _write(rows: list[list[str]], delimiter: str, end: str, quote_all: bool) -> str:
    out = io.StringIO()
    for row in rows:
        quoted = []
        for cell in row:
            needs = quote_all or any(char in cell for char in (delimiter, '"', "\n", "\r"))
            quoted.append('"' + cell.replace('"', '""') + '"' if needs else cell)
        out.write(delimiter.join(quoted) + end)
    return out.getvalue()


def frictionless_errors(path: Path, schema: dict) -> Counter | str:
    """Return frictionless' errors as a multiset, or why it could not tell."""
    from frictionless import FrictionlessException, Resource, Schema

    try:
        resource = Resource(
            path=path.name, basepath=str(path.parent), schema=Schema.from_descriptor(schema)
        )
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


def describe(path: Path, schema: dict) -> str:
    """Return a case so that it can be typed again."""
    return f"{json.dumps(schema, ensure_ascii=False)}\n{path.read_bytes()!r}"
