"""The short list of what we say otherwise than frictionless 5.21, each with its reason.

`python -m tests.agreement.differences` writes docs/differences.md from it.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

PAGE = Path(__file__).resolve().parents[2] / "docs" / "differences.md"
MOST = 25
V2 = "https://datapackage.org/profiles/2.0/tableschema.json"

Errors = tuple[tuple[int | None, str | None, str], ...]
"""(row, field, type of frictionless or code of ours)."""


@dataclass(frozen=True)
class Difference:
    """A table on which frictionless and we differ, and why.

    `sentence` is quoted from `source`. `theirs` are frictionless' errors, or that it refuses the
    schema, or stops with an exception; `ours` the errors that we give (warnings left out), or
    the rules that we tell as not checked.
    """

    slug: str
    title: str
    sentence: str
    source: str
    reason: str
    schema: Mapping[str, Any]
    content: bytes
    theirs: Errors | Literal["refuses the schema", "stops with an exception"]
    ours: Errors
    dialect: Mapping[str, Any] = field(default_factory=dict)
    other: tuple[Mapping[str, Any], bytes] | None = None
    unchecked: tuple[str, ...] = ()


def _schema(*fields: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"$schema": V2, "fields": list(fields), **more}


def _column(**descriptor: Any) -> dict[str, Any]:
    return _schema({"name": "a", **descriptor})


_TWO = _schema({"name": "a"}, {"name": "b"})
_TABLE_SCHEMA = "Table Schema v2"
_RFC = "RFC 4180"

DIFFERENCES = (
    Difference(
        "unclosed-quote",
        "A quote that is never closed",
        "escaped = DQUOTE *(TEXTDATA / COMMA / CR / LF / 2DQUOTE) DQUOTE",
        f"{_RFC}, section 2, grammar",
        "Python's csv reader takes the end of the file for the end of the cell, so that half a "
        "file can vanish into one cell and be found valid. We tell where the quote was opened.",
        _TWO,
        b'a,b\n1,"x\n2,y\n3,z\n',
        (),
        ((2, None, "unclosed-quote"),),
    ),
    Difference(
        "unique-keys",
        "`uniqueKeys`",
        "A unique key is a field or a set of fields that are required to have unique logical "
        "values in each row in the table.",
        f"{_TABLE_SCHEMA}, uniqueKeys",
        "frictionless does not read the property. As in SQL, to which the standard refers, a row "
        "with a missing value in the key is not compared.",
        {**_TWO, "uniqueKeys": [["a", "b"]]},
        b"a,b\n1,x\n1,x\n1,\n1,\n",
        (),
        ((3, None, "unique-key"),),
    ),
    Difference(
        "categories",
        "`categories`",
        "The logical representation of data in the field MUST exactly match one of the values in "
        "categories.",
        f"{_TABLE_SCHEMA}, categories",
        "frictionless does not read the property. Values are compared typed: 01 is the category 1.",
        _column(type="integer", categories=[{"value": 1, "label": "Un"}, {"value": 2}]),
        b"a\n01\n3\n",
        (),
        ((3, "a", "categories"),),
    ),
    Difference(
        "json-schema",
        "`jsonSchema`",
        "If a field value conforms to the provided JSON Schema then this field value is valid.",
        f"{_TABLE_SCHEMA}, jsonSchema",
        "frictionless refuses a schema with this constraint. A reference from it to another "
        "document is never fetched: the rule is then told as not checked.",
        _column(type="object", constraints={"jsonSchema": {"required": ["places"]}}),
        b'a\n{}\n"{""places"": 12}"\n',
        "refuses the schema",
        ((2, "a", "json-schema"),),
    ),
    Difference(
        "fields-match-list",
        "`fieldsMatch` as a list of one",
        "A Table Schema descriptor MAY contain a property fieldsMatch that MUST be a string",
        f"{_TABLE_SCHEMA}, fieldsMatch",
        "The published JSON profile of version 2.0 says list where the text says string: schemas "
        "that follow either are used, and the author is told.",
        {**_TWO, "fieldsMatch": ["subset"]},
        b"c,b,a\n1,2,3\n",
        "refuses the schema",
        (),
    ),
    Difference(
        "integer-group-char",
        "`groupChar` of integers",
        "groupChar: A string whose value is used to group digits within the integer.",
        f"{_TABLE_SCHEMA}, integer",
        "frictionless knows it for numbers only, and flags the integers that use it.",
        _column(type="integer", groupChar=" "),
        b"a\n1 000\n1.5\n",
        ((2, "a", "type-error"), (3, "a", "type-error")),
        ((3, "a", "type-integer"),),
    ),
    Difference(
        "foreign-key-lone-file",
        "A foreign key when its file is given alone",
        "For referencing another Data Resource the resource property MUST be provided.",
        f"{_TABLE_SCHEMA}, foreignKeys",
        "frictionless stops when the schema of a lone file refers to another table. We look for "
        "that table among the files given, in the package, then in the datasets that come with "
        "us; where none has it, the key is told as not checked.",
        {
            **_TWO,
            "foreignKeys": [{"fields": ["a"], "reference": {"resource": "other", "fields": ["x"]}}],
        },
        b"a,b\n1,y\n2,y\n",
        ((None, None, "resource-error"),),
        ((3, None, "foreign-key"),),
        other=(_schema({"name": "x"}), b"x\n1\n"),
    ),
    Difference(
        "undecodable-bytes",
        "Bytes that the encoding cannot hold",
        "specify the character encoding of the resource's data file",
        "Data Resource v1, encoding",
        "frictionless stops at the first of them, after the rows read before. We tell where they "
        "start and on how many lines, and go on, so that the other errors are found at once.",
        _TWO,
        b"a,b\n" + "é,é\n".encode() * 40_000 + b"\xe9,1\n2\n",
        ((None, None, "encoding-error"),),
        ((None, None, "encoding-undecodable"), (40_003, "b", "missing-cell")),
    ),
    Difference(
        "binary",
        "A file that is no text",
        "MIME media type name: text",
        f"{_RFC}, section 3",
        "A workbook, a PDF or an image renamed to .csv is read by frictionless as best it can, with "
        "errors on every row. We say what it is, in one finding.",
        _TWO,
        b"%PDF-1.7\n",
        ((None, "a", "incorrect-label"), (None, "b", "missing-label")),
        ((None, None, "file-binary"),),
    ),
    Difference(
        "utf-16-mark",
        "A byte-order mark of UTF-16",
        "If the first two octets of the text is 0xFF followed by 0xFE, then the text can be "
        "interpreted as being little-endian.",
        "RFC 2781, section 4.3",
        "frictionless cuts the bytes at the ends of lines before it detects the encoding: where "
        "the first line holds nothing, or a letter, the mark is missed. The mark decides.",
        _TWO,
        "\ufeff\r\na,b\r\n1,2\r\n3\r\n".encode("utf-16-le"),
        ((None, None, "encoding-error"),),
        ((4, "b", "missing-cell"),),
    ),
    Difference(
        "utf-16-unmarked",
        "A short text in UTF-16 without a mark",
        "If the first two octets of the text is not 0xFE followed by 0xFF, and is not 0xFF followed "
        "by 0xFE, then the text SHOULD be interpreted as being big-endian.",
        "RFC 2781, section 4.3",
        "frictionless takes it for a text full of NUL, with errors on every row, as it takes a long "
        "one for UTF-16. Where every other byte is NUL, the place of these bytes tells the order.",
        _TWO,
        "a,b\r\n1,2\r\n3\r\n".encode("utf-16-be"),
        (
            (None, "a", "incorrect-label"),
            (None, "b", "incorrect-label"),
            (2, "b", "missing-cell"),
            (4, "b", "missing-cell"),
            (5, "b", "missing-cell"),
            (6, "b", "missing-cell"),
        ),
        ((3, "b", "missing-cell"),),
    ),
    Difference(
        "cut-character",
        "A character cut by the end of the buffer",
        "In UTF-8, characters from the U+0000..U+10FFFF range (the UTF-16 accessible range) are "
        "encoded using sequences of 1 to 4 octets.",
        "RFC 3629, section 3",
        "frictionless looks at the first 100,000 bytes to find the encoding. Where they end within "
        "a character, the first accent of the file, it takes the file for cp1252 and misreads "
        "it. We leave the cut character out of account.",
        _column(type="string", constraints={"pattern": "[xé]*"}),
        b"a\n" + b"x" * 99_997 + "é\n".encode(),
        ((2, "a", "constraint-error"),),
        (),
    ),
    Difference(
        "nul",
        "A stray NUL",
        "TEXTDATA = %x20-21 / %x23-2B / %x2D-7E",
        f"{_RFC}, section 2, grammar",
        "frictionless takes it for text, or the file for another encoding. It shows nowhere and "
        "makes equal texts differ: the row is flagged.",
        _TWO,
        b"a,b\n1\x00,2\n",
        (),
        ((2, None, "nul-character"),),
    ),
    Difference(
        "no-quote-character",
        "An empty `quoteChar`",
        "This property specifies a character to use for quoting in case the delimiter needs to be "
        "used inside a data cell.",
        "Table Dialect v2, quoteChar",
        "frictionless means it as “no quoting”, but its reader then stops with an error. We read "
        "the quotes as text.",
        _TWO,
        b'a,b\n"1",2"\n',
        ((None, None, "source-error"),),
        (),
        dialect={"quoteChar": ""},
    ),
    Difference(
        "time-zones",
        "Moments with and without a zone, compared",
        "Constraints MUST be applied on the logical representation of field values and constraint "
        "values.",
        f"{_TABLE_SCHEMA}, Field Constraints",
        "frictionless stops with an exception at the first cell without a zone. Such a cell "
        "cannot be shown to keep the bound: it breaks it, and the others are checked.",
        _column(type="datetime", constraints={"minimum": "2020-01-01T00:00:00Z"}),
        b"a\n2021-01-01T00:00:00\n2019-01-01T00:00:00Z\n",
        "stops with an exception",
        ((2, "a", "minimum"), (3, "a", "minimum")),
    ),
    Difference(
        "unique-json",
        "Unique objects, arrays and lists",
        "If true, then all values for that field MUST be unique within the data file in which it is "
        "found.",
        f"{_TABLE_SCHEMA}, unique",
        "frictionless stops with an exception, as it cannot put such values in a dictionary. They "
        "are compared as JSON, whatever the order of members.",
        _column(type="object", constraints={"unique": True}),
        b'a\n"{""x"":1,""y"":2}"\n"{""y"":2,""x"":1}"\n',
        "stops with an exception",
        ((3, "a", "unique"),),
    ),
    Difference(
        "signalling-nan",
        "sNaN",
        "NaN: not a number",
        f"{_TABLE_SCHEMA}, number",
        "The word sNaN is read as a number, but nothing compares with it: frictionless stops with "
        "an exception. It keeps no bound and is in no enumeration.",
        _column(type="number", constraints={"enum": [1]}),
        b"a\nsNaN\n1\n",
        "stops with an exception",
        ((2, "a", "enum"),),
    ),
    Difference(
        "zone-of-a-day",
        "A zone of a day or more, in a date of any form",
        "The implementing library can attempt to parse the datetime via a range of strategies.",
        f"{_TABLE_SCHEMA}, datetime, any",
        "dateutil reads such a zone, then nothing can compare the value: frictionless stops with "
        "an exception where it must. We drop the impossible zone.",
        _column(type="datetime", format="any", constraints={"unique": True}),
        b"a\n2020-01-01 10:00+99:99\n2020-01-01 11:00\n",
        "stops with an exception",
        (),
    ),
    Difference(
        "slow-pattern",
        "A pattern that would take for ever",
        "If the regular expression matches then the value is valid.",
        f"{_TABLE_SCHEMA}, pattern",
        "frictionless, and any tool on a backtracking engine, hangs on some patterns. Ours run "
        "with a time limit; one that runs out of it is told as not checked. (The example stays "
        "short, so that frictionless answers.)",
        _column(type="string", constraints={"pattern": r"(\w+\d*)+\b(?!é)#"}),
        b"a\nabc#\nabc\n",
        ((3, "a", "constraint-error"),),
        ((3, "a", "pattern"),),
    ),
    Difference(
        "hidden-separator",
        "A separator that sentences hide",
        "Each line should contain the same number of fields throughout the file.",
        f"{_RFC}, section 2",
        "Python's sniffer counts marks, within quotes too: where sentences hold the separator, it "
        "may give up, and frictionless then reads the file of a French Excel as one column. We "
        "take the mark by which at least nine records in ten have the same number of cells.",
        _TWO,
        b'a;b\r\n1;"x ; y"\r\n2;"z ; t ; u"\r\n',
        (
            (None, "a", "incorrect-label"), (None, "b", "missing-label"),
        ),
        (),
    ),
)  # fmt: skip


def page() -> str:
    """Return the page of documentation."""
    parts = [_HEAD.format(count=len(DIFFERENCES))]
    for each in DIFFERENCES:
        quoted = f"> {each.sentence}\n>\n> — {each.source}"
        told = f"- frictionless: {_told(each.theirs)}\n- territo: {_told(each.ours)}"
        parts.append(f"## {each.title}\n\n{quoted}\n\n{each.reason}\n\n{told}\n")
    return "\n".join(parts)


_HEAD = """# Differences from frictionless

On any table, `territo validate` gives the errors of frictionless 5.21, counted by row, field and
type, but for the {count} differences below. Each has its test, which shows both sides on the
example told here (`tests/agreement/test_differences.py`). Warnings, checks beyond Table Schema and
the findings that name the cause of a wrong header come on top and change none of these errors.

This page is made from `tests/agreement/differences.py`.
"""


def _told(errors: Errors | str) -> str:
    if isinstance(errors, str):
        return errors
    if not errors:
        return "nothing to report"
    return ", ".join(
        f"`{kind}`" + (f" on row {row}" if row else "") for row, _field, kind in errors
    )


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
    sys.stdout.write(f"{PAGE}\n")
